import { addDays, type Day, dayIn, isoWeekday } from '../domain/day.ts';
import type { ExpectedFeed, FeedRhythm } from '../domain/feed-rhythm.ts';
import { dayInWords } from '../domain/period.ts';
import { NO_FEED, type Run } from '../domain/run.ts';
import { instantOf } from '../domain/time-of-day.ts';
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
  /** To be said after the feed's name and a colon. */
  saying: string;
  /** Rows of the newest load. */
  rows: number;
  /** The warehouse's tables that it fills; null when that is not known. */
  tables: string[] | null;
};

export type FreshnessNeeds = {
  runLog: Pick<RunLog, 'list'>;
  clock: Clock;
  /** What is declared of the feeds; without it, all is learnt from the runs. */
  expected?: () => Promise<ExpectedFeed[]>;
};

const RUNS_READ = 400;
const LEAST_LOADS = 4;
const HOUR_MS = 3_600_000;
/** What a load may be off in time: a quarter of the usual gap, at least two hours. */
const PATIENCE = { share: 0.25, leastMs: 2 * HOUR_MS };
/** Rows of a load against the middle of the ones before it. */
const SIZE = { smaller: 0.4, larger: 2.5, loads: 5, leastRows: 50 };

/**
 * How each feed stands against its own rhythm: as declared, or learnt from the gaps between its loads (the middle one, by
 * weekday where a week-end makes a difference), and the usual number of rows. Learnt by file, since a set's budgets come
 * once a month and its orders every day. A feed that came in once says nothing of when it is due again.
 */
export async function freshness(needs: FreshnessNeeds): Promise<FeedFreshness[]> {
  const [runs, expected] = await Promise.all([
    needs.runLog.list({ limit: RUNS_READ }),
    needs.expected?.() ?? [],
  ]);
  const sets = expected
    .filter(({ rhythm }) => rhythm !== null)
    .map((set) => judge(set.feed, ofSet(set.feed, runs), needs.clock, set));
  const late = new Set(
    sets.filter(({ state }) => state === 'late' || state === 'missing').map(({ feed }) => feed),
  );
  const files = [...deliveriesOf(runs)].map(([feed, { set, deliveries, newest }]) => {
    const found = judge(feed, { deliveries, newest }, needs.clock);
    const declared = sets.some((each) => each.feed === set);
    // Where the set's hour is declared, it alone says what is late.
    const state = declared && (found.state === 'late' || found.state === 'missing') ? 'on-time' : found.state;
    return { ...found, state, tables: tablesOf(feed, set, expected) };
  });
  return [
    ...files.filter(({ feed }) => !late.has(feed)),
    ...sets
      .filter(({ feed }) => late.has(feed))
      .map((set) => ({
        ...set,
        tables: expected.find(({ feed, rhythm }) => rhythm && feed === set.feed)?.tables ?? null,
      })),
  ].sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

/** Those that a reader of figures must know of: all that are not on time. With `tables`, those that fill one of them. */
export function lateSentences(feeds: FeedFreshness[], tables?: readonly string[]): string[] {
  const bySaying = new Map<string, string[]>();
  for (const feed of feeds) {
    if (!isOdd(feed) || (tables && feed.tables && !feed.tables.some((table) => tables.includes(table))))
      continue;
    bySaying.set(feed.saying, [...(bySaying.get(feed.saying) ?? []), feed.feed]);
  }
  return [...bySaying].map(([saying, names]) => `${namesInWords(names)}: ${saying}`);
}

export function isOdd({ state }: Pick<FeedFreshness, 'state'>): boolean {
  return state !== 'on-time' && state !== 'unknown';
}

export function namesInWords(names: string[]): string {
  if (names.length <= 4) return names.join(', ');
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`;
}

type Delivery = { startedAt: string; rows: number };
type Deliveries = {
  /** Newest first. */
  deliveries: Delivery[];
  newest: Run['outcome'] | null;
};

function isLoad(run: Run): boolean {
  return (run.outcome === 'loaded' || run.outcome === 'partly-refused') && !run.undoneAt;
}

function ofSet(set: string, runs: Run[]): Deliveries {
  const own = runs.filter((run) => run.feed === set);
  return {
    deliveries: own.filter(isLoad).map((run) => ({ startedAt: run.startedAt, rows: run.rows.loaded })),
    newest: own.find((run) => run.outcome !== 'running' && run.outcome !== 'duplicate')?.outcome ?? null,
  };
}

/** By the feeds of the runs' files; a run whose files are not known counts for its set. */
function deliveriesOf(runs: Run[]): Map<string, Deliveries & { set: string }> {
  const feeds = new Map<string, Deliveries & { set: string }>();
  for (const run of runs) {
    const rows = new Map<string, number>();
    for (const { feed, rows: counts } of run.files) rows.set(feed, (rows.get(feed) ?? 0) + counts.loaded);
    if (rows.size === 0) rows.set(run.feed, run.rows.loaded);
    rows.delete(NO_FEED);
    for (const [feed, loaded] of rows) {
      const known = feeds.get(feed) ?? { set: run.feed, deliveries: [], newest: null };
      if (run.outcome !== 'running' && run.outcome !== 'duplicate') known.newest ??= run.outcome;
      if (isLoad(run)) known.deliveries.push({ startedAt: run.startedAt, rows: loaded });
      feeds.set(feed, known);
    }
  }
  return feeds;
}

function tablesOf(feed: string, set: string, expected: ExpectedFeed[]): string[] | null {
  return (
    (expected.find((each) => each.feed === feed) ?? expected.find((each) => each.feed === set))?.tables ??
    null
  );
}

function judge(
  feed: string,
  { deliveries, newest }: Deliveries,
  clock: Clock,
  declared?: ExpectedFeed,
): Omit<FeedFreshness, 'tables'> {
  const [last] = deliveries;
  const now = clock.now().getTime();
  const due = dueOf(deliveries, clock, declared);
  const at = last ? momentInWords(last.startedAt, clock.timeZone) : '';
  const say = (state: FeedState, saying: string): Omit<FeedFreshness, 'tables'> => ({
    feed,
    lastLoaded: last?.startedAt ?? null,
    expectedBy: due ? new Date(due.at).toISOString() : null,
    rows: last?.rows ?? 0,
    state,
    saying,
  });
  if (newest === 'failed')
    return say(
      'failing',
      `the newest load failed; ${last ? `the last good one was ${at}` : 'none was good yet'}.`,
    );
  if (due && now > due.at) {
    const lastWords = last ? `the last load was ${at}` : 'it was never loaded';
    const state = now > due.at + due.gapMs ? 'missing' : 'late';
    return say(state, `${state}, due ${momentInWords(due.at, clock.timeZone)}; ${lastWords}.`);
  }
  if (!last) return say('unknown', 'never loaded.');
  const size = sizeOf(deliveries);
  if (size)
    return say(
      size.state,
      `${last.rows.toLocaleString('en-GB')} rows ${at}, much ${size.state === 'smaller' ? 'fewer' : 'more'} than usual (${size.usual.toLocaleString('en-GB')}).`,
    );
  return say(due ? 'on-time' : 'unknown', `loaded ${at}.`);
}

function dueOf(
  deliveries: Delivery[],
  clock: Clock,
  declared: ExpectedFeed | undefined,
): { at: number; gapMs: number } | null {
  const [last] = deliveries;
  if (declared?.rhythm)
    return declaredDue(declared.rhythm, last ?? null, declared.timeZone, clock.now().getTime());
  return last ? dueAfter(deliveries, clock.timeZone) : null;
}

/** When the next load is due at the latest, as its declaration says. */
function declaredDue(
  rhythm: FeedRhythm,
  last: Delivery | null,
  timeZone: string,
  now: number,
): { at: number; gapMs: number } | null {
  if ('everyHours' in rhythm) {
    const gapMs = rhythm.everyHours * HOUR_MS;
    const at = (last ? Date.parse(last.startedAt) : now - 2 * gapMs) + gapMs;
    return { at: at + Math.max(PATIENCE.leastMs, gapMs * PATIENCE.share), gapMs };
  }
  const [hour = 0, minute = 0] = rhythm.by.split(':').map(Number);
  const at = (day: Day): number => instantOf(day, hour * 60 + minute, timeZone).getTime();
  const nextAfter = (day: Day): Day => {
    let next = addDays(day, 1);
    while (!rhythm.days.includes(isoWeekday(next))) next = addDays(next, 1);
    return next;
  };
  // A load of a day is that day's delivery, before or after the hour; what never came was due on the first day seen.
  const due = nextAfter(
    last ? dayIn(timeZone, new Date(last.startedAt)) : addDays(dayIn(timeZone, new Date(now)), -1),
  );
  return { at: at(due), gapMs: at(nextAfter(due)) - at(due) };
}

/** When the next load is due at the latest, by the gaps so far. */
function dueAfter(loads: Delivery[], timeZone: string): { at: number; gapMs: number } | null {
  const times = loads.map(({ startedAt }) => Date.parse(startedAt)).sort((a, b) => a - b);
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

function sizeOf(loads: Delivery[]): { state: 'smaller' | 'larger'; usual: number } | null {
  const [last, ...before] = loads.map(({ rows }) => rows);
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
