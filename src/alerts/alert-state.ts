import { z } from 'zod';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import { isBad, type Unusual } from './unusual.ts';

/** What is remembered of a cause, from the day that it was first found until long after it is over. */
export const AlertState = z.object({
  /** The finding's key. */
  key: z.string(),
  headline: z.string(),
  phase: z.enum(['open', 'over']),
  firstFound: z.string(),
  lastFound: z.string(),
  /** The day judged when it was told; null while quiet hours or a snooze hold it back. */
  toldOn: z.string().nullable(),
  place: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  overTold: z.boolean(),
  acknowledgedBy: z.string().nullable(),
  snoozedUntil: z.string().nullable(),
  /** Each makes the next one of this key harder to trigger. */
  notUseful: z.number().int(),
  version: z.number().int(),
});
export type AlertState = z.infer<typeof AlertState>;

export type AlertDecision = {
  /** States to save, told or not. */
  states: AlertState[];
  tell: { state: AlertState; unusual: Unusual }[];
  over: AlertState[];
};

/** Days without the finding before it is over; a cause that comes back sooner is the same one. */
const OVER_AFTER_DAYS = 3;
const SAME_AGAIN_DAYS = 14;

/**
 * What to tell of a day's findings: a cause is told once, when it begins; it is told again only when it had been over
 * for two weeks; its end is told once. Snoozed ones, and all in quiet hours, are kept until later. Pure.
 */
export function decideAlerts(
  found: Unusual[],
  known: AlertState[],
  of: { day: Day; quiet: boolean; headlineOf(unusual: Unusual): string },
): AlertDecision {
  const byKey = new Map(known.map((state) => [state.key, state]));
  const decision: AlertDecision = { states: [], tell: [], over: [] };
  for (const unusual of found.filter(isBad)) {
    const before = byKey.get(unusual.key);
    byKey.delete(unusual.key);
    const state = foundAgain(before, unusual, of);
    const snoozed = state.snoozedUntil !== null && state.snoozedUntil > of.day;
    decision.states.push(state);
    if (state.toldOn === null && !snoozed && !of.quiet) decision.tell.push({ state, unusual });
  }
  for (const state of byKey.values()) {
    if (state.phase !== 'open' || daysBetween(state.lastFound, of.day) < OVER_AFTER_DAYS) continue;
    const over: AlertState = { ...state, phase: 'over' };
    decision.states.push(over);
    // What was never told has no end to tell.
    if (state.toldOn !== null && !state.overTold) {
      if (of.quiet) decision.states[decision.states.length - 1] = state;
      else decision.over.push(over);
    }
  }
  return decision;
}

function foundAgain(
  before: AlertState | undefined,
  unusual: Unusual,
  of: { day: Day; headlineOf(unusual: Unusual): string },
): AlertState {
  const fresh: AlertState = {
    key: unusual.key,
    headline: of.headlineOf(unusual),
    phase: 'open',
    firstFound: of.day,
    lastFound: of.day,
    toldOn: null,
    place: null,
    overTold: false,
    acknowledgedBy: null,
    snoozedUntil: null,
    notUseful: before?.notUseful ?? 0,
    version: before?.version ?? 0,
  };
  if (!before) return fresh;
  if (before.phase === 'over' && daysBetween(before.lastFound, of.day) >= SAME_AGAIN_DAYS) return fresh;
  // An older day judged again (a correction) does not move the clock back.
  const lastFound = before.lastFound > of.day ? before.lastFound : of.day;
  return { ...before, phase: 'open', lastFound };
}

/** How much stricter a key is judged for each 'not useful'; see falseDiscovery. */
export function strictnessOf(states: AlertState[]): Map<string, number> {
  return new Map(
    states.filter((state) => state.notUseful > 0).map((state) => [state.key, 100 ** state.notUseful]),
  );
}

export function snoozed(state: AlertState, day: Day, days: number): AlertState {
  return { ...state, snoozedUntil: addDays(day, days) };
}

/** Quiet from `from` until `to` o'clock; over midnight when `from` is later. */
export function isQuiet(minuteOfDay: number, quiet: { fromHour: number; toHour: number } | null): boolean {
  if (!quiet || quiet.fromHour === quiet.toHour) return false;
  const [from, to] = [quiet.fromHour * 60, quiet.toHour * 60];
  return from < to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}
