import type { Day } from '../domain/day.ts';
import { dayIn } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { Run } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunLog } from '../ports/run-log.ts';

export type FeedState =
  | 'on-time'
  /** Past the time by which it usually comes. */
  | 'late'
  /** Two or more of its usual loads did not come. */
  | 'missing'
  /** The newest try failed and nothing has been loaded since. */
  | 'failing'
  | 'smaller'
  | 'larger'
  /** Too few loads to know its rhythm. */
  | 'unknown';

export type FeedFreshness = {
  feed: string;
  /** ISO instant of the newest load; null when nothing was ever loaded. */
  lastLoaded: string | null;
  /** ISO instant; null while the rhythm is unknown. */
  expectedBy: string | null;
  state: FeedState;
  sentence: string;
};

export type FreshnessNeeds = { runLog: RunLog; clock: Clock };

const RUNS_READ = 400;
const LEAST_LOADS = 4;
const HOUR_MS = 3_600_000;
/** What a load may be off in time: a quarter of the usual gap, at least two hours. */
const PATIENCE = { share: 0.25, leastMs: 2 * HOUR_MS };
/** Rows of a load against the middle of the ones before it. */
const SIZE = { smaller: 0.4, larger: 2.5, loads: 5, leastRows: 50 };

/**
 * How each feed stands against its own rhythm: gaps between its loads (the middle one, by weekday where a week-end makes
 * a difference) and the usual number of rows. A feed that came in once says nothing of when it is due again.
 */
export async function freshness(needs: FreshnessNeeds): Promise<FeedFreshness[]> {
  const runs = await needs.runLog.list({ limit: RUNS_READ });
  const feeds = new Map<string, Run[]>();
  for (const run of runs) feeds.set(run.feed, [...(feeds.get(run.feed) ?? []), run]);
  return [...feeds]
    .map(([feed, ofFeed]) => judge(feed, ofFeed, needs.clock))
    .sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

/** Those that a reader of figures must know of; all that are not on time. */
export function lateSentences(feeds: FeedFreshness[], _day?: Day): string[] {
  return feeds
    .filter(({ state }) => state !== 'on-time' && state !== 'unknown')
    .map(({ sentence }) => sentence);
}

/** `runs` newest first. */
function judge(feed: string, runs: Run[], clock: Clock): FeedFreshness {
  const loads = runs.filter(
    (run) =>
      (run.outcome === 'loaded' || run.outcome === 'partly-refused') && run.rows.loaded > 0 && !run.undoneAt,
  );
  const last = loads[0];
  const newest = runs.find((run) => run.outcome !== 'running' && run.outcome !== 'duplicate');
  const now = clock.now().getTime();
  const due = last ? dueAfter(loads, clock.timeZone) : null;
  const facts = {
    feed,
    lastLoaded: last ? last.startedAt : null,
    expectedBy: due ? new Date(due.at).toISOString() : null,
  };
  const at = last ? momentInWords(last.startedAt, clock.timeZone) : '';
  const say = (state: FeedState, sentence: string): FeedFreshness => ({ ...facts, state, sentence });
  if (newest?.outcome === 'failed')
    return say('failing', `${feed}: the newest load failed${last ? `; the last good one was ${at}` : ''}.`);
  if (!last) return say('unknown', `${feed} was never loaded.`);
  if (due && now > due.at + due.gapMs)
    return say(
      'missing',
      `${feed} is missing: the last load was ${at}, and the next was due ${momentInWords(due.at, clock.timeZone)}.`,
    );
  if (due && now > due.at)
    return say(
      'late',
      `${feed} is late: it was due ${momentInWords(due.at, clock.timeZone)}; the last load was ${at}.`,
    );
  const size = sizeOf(loads);
  if (size)
    return say(
      size.state,
      `${feed} had ${last.rows.loaded.toLocaleString('en-GB')} rows ${at}, much ${size.state === 'smaller' ? 'fewer' : 'more'} than usual (${size.usual.toLocaleString('en-GB')}).`,
    );
  return say(due ? 'on-time' : 'unknown', `${feed} was loaded ${at}.`);
}

/** When the next load is due at the latest, by the gaps so far. */
function dueAfter(loads: Run[], timeZone: string): { at: number; gapMs: number } | null {
  const times = loads.map((run) => Date.parse(run.startedAt)).sort((a, b) => a - b);
  const gaps = times
    .slice(1)
    .map((time, index) => ({ after: times[index] ?? time, ms: time - (times[index] ?? time) }));
  // Files of one delivery come minutes apart: that is no rhythm.
  const real = gaps.filter(({ ms }) => ms >= HOUR_MS / 2);
  const last = times.at(-1);
  if (last === undefined || real.length < LEAST_LOADS - 1) return null;
  const weekday = weekdayOf(last, timeZone);
  const sameDay = real.filter(({ after }) => weekdayOf(after, timeZone) === weekday);
  const gapMs = median((sameDay.length >= 3 ? sameDay : real).map(({ ms }) => ms));
  return { at: last + gapMs + Math.max(PATIENCE.leastMs, gapMs * PATIENCE.share), gapMs };
}

function sizeOf(loads: Run[]): { state: 'smaller' | 'larger'; usual: number } | null {
  const [last, ...before] = loads.map((run) => run.rows.loaded);
  const earlier = before.slice(0, 12);
  if (last === undefined || earlier.length < SIZE.loads) return null;
  const usual = median(earlier);
  if (usual < SIZE.leastRows) return null;
  if (last < usual * SIZE.smaller) return { state: 'smaller', usual };
  if (last > usual * SIZE.larger) return { state: 'larger', usual };
  return null;
}

function weekdayOf(ms: number, timeZone: string): number {
  return new Date(`${dayIn(timeZone, new Date(ms))}T00:00:00Z`).getUTCDay();
}

function momentInWords(moment: string | number, timeZone: string): string {
  const date = new Date(moment);
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(
    date,
  );
  return `on ${dayInWords(dayIn(timeZone, date))} at ${time}`;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
