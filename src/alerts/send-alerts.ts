import type { Day } from '../domain/day.ts';
import type { Rights } from '../domain/rights.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { Locale } from '../questions/format-value.ts';
import { AlertState, decideAlerts, isQuiet, snoozed, strictnessOf } from './alert-state.ts';
import { type Described, describeUnusual } from './describe-unusual.ts';
import { DEFAULT_FIND, findUnusual } from './find-unusual.ts';
import { readWatched, type WatchedNeeds } from './read-watched.ts';

export type AlertNeeds = WatchedNeeds & {
  smallRecords: VersionedRecords;
  conversations: Pick<Conversations, 'claim' | 'notePosted' | 'finish'>;
  clock: Clock;
  locale(): Promise<Locale>;
  /** The last day that is loaded. */
  loadedThrough(): Promise<Day | null>;
  /** What everyone in the alerts' channel may see. */
  rights(): Promise<Rights>;
  quietHours: { fromHour: number; toHour: number } | null;
  poster: {
    post(alert: Described & { id: string }, day: Day): Promise<{ channel: string; ts: string }>;
    /** In the alert's own thread. */
    postOver(state: AlertState): Promise<void>;
  };
};

const KIND = 'alert';
const LEASE_MS = 5 * 60_000;

/**
 * Judges the last day that is loaded and tells what is new and what is over. Called after each load and every few
 * minutes: the same day judged again tells nothing twice, also with several instances (conditional claims and versions).
 */
export async function sendAlerts(needs: AlertNeeds): Promise<{ told: string[]; over: string[] }> {
  const outcome = { told: [] as string[], over: [] as string[] };
  const day = await needs.loadedThrough();
  if (!day) return outcome;
  const known = await knownAlerts(needs);
  const watched = await readWatched(day, await needs.rights(), needs);
  const found = findUnusual(watched, { ...DEFAULT_FIND, strictness: strictnessOf(known) });
  const locale = await needs.locale();
  const decision = decideAlerts(found, known, {
    day,
    quiet: isQuiet(minuteNow(needs.clock), needs.quietHours),
    headlineOf: (unusual) => describeUnusual(unusual, locale).headline,
  });
  const saved = new Map<string, AlertState>();
  for (const state of decision.states) {
    const stored = await saveState(state, needs);
    if (stored) saved.set(state.key, stored);
  }
  for (const { state, unusual } of decision.tell) {
    const stored = saved.get(state.key);
    if (!stored) continue;
    const told = await once(`alert/${state.key}/${state.firstFound}`, needs, async () => {
      const place = await needs.poster.post({ ...describeUnusual(unusual, locale), id: state.key }, day);
      await saveState({ ...stored, toldOn: day, place }, needs);
      return place.ts;
    });
    if (told) outcome.told.push(state.key);
  }
  for (const state of decision.over) {
    const stored = saved.get(state.key);
    if (!stored) continue;
    const told = await once(`alert-over/${state.key}/${state.firstFound}`, needs, async () => {
      await needs.poster.postOver(stored);
      await saveState({ ...stored, overTold: true }, needs);
      return state.place?.ts ?? 'over';
    });
    if (told) outcome.over.push(state.key);
  }
  return outcome;
}

export async function knownAlerts(needs: Pick<AlertNeeds, 'smallRecords'>): Promise<AlertState[]> {
  const records = await needs.smallRecords.list(KIND);
  return records.map((record) => AlertState.parse({ ...(record.value as object), version: record.version }));
}

export type AlertMark = 'acknowledge' | 'snooze' | 'not-useful';

/** A person's word on an alert: 'I am on it', quiet for a week, or not useful, which makes it harder to trigger. */
export async function markAlert(
  key: string,
  mark: { what: AlertMark; by: string },
  needs: Pick<AlertNeeds, 'smallRecords' | 'clock'>,
): Promise<AlertState | null> {
  const state = (await knownAlerts(needs)).find((each) => each.key === key);
  if (!state) return null;
  const today = needs.clock.today();
  const marked =
    mark.what === 'acknowledge'
      ? { ...state, acknowledgedBy: mark.by }
      : mark.what === 'snooze'
        ? snoozed(state, today, 7)
        : { ...snoozed(state, today, 28), notUseful: Math.min(3, state.notUseful + 1) };
  return saveState(marked, needs);
}

/** Null when another instance was quicker: then it is theirs to tell. */
async function saveState(
  state: AlertState,
  needs: Pick<AlertNeeds, 'smallRecords'>,
): Promise<AlertState | null> {
  const { version, ...value } = state;
  try {
    return { ...state, version: await needs.smallRecords.save(KIND, { id: state.key, version, value }) };
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'records.conflict') return null;
    throw thrown;
  }
}

async function once(
  key: string,
  needs: Pick<AlertNeeds, 'conversations'>,
  work: () => Promise<string>,
): Promise<boolean> {
  const claim = await needs.conversations.claim(key, LEASE_MS);
  if (claim.state !== 'owned') return false;
  if (claim.postedTs === null) await needs.conversations.notePosted(key, await work());
  await needs.conversations.finish(key);
  return claim.postedTs === null;
}

function minuteNow(clock: Clock): number {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: clock.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(clock.now());
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
