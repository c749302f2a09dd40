import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import {
  addToSeries,
  causeOf,
  endSeries,
  type FailureSeries,
  listSeries,
  openSeries,
} from './failure-series.ts';
import { mutedFeeds } from './mute-feed.ts';
import { type NoticeSummary, noteInSummary, placeOfSummary, saveSummaryPlace } from './notice-summary.ts';
import type { RunNotice } from './run-notice.ts';

export type NoticePlace = { channel: string; ts: string };

export type NoticeMessage =
  | { kind: 'run'; notice: RunNotice; series: FailureSeries | null }
  /** What was too much to tell one by one. */
  | { kind: 'summary'; summary: NoticeSummary }
  /** In a failure's thread: the feed loads again. */
  | { kind: 'recovered'; notice: RunNotice; series: FailureSeries };

export type NoticePoster = {
  /** In the notices' channel, or in a thread of it; null when there is no such channel. `key` stays in the message. */
  post(message: NoticeMessage, key: string, thread: NoticePlace | null): Promise<NoticePlace | null>;
  /** False when the message is gone. */
  update(place: NoticePlace, message: NoticeMessage, key: string): Promise<boolean>;
  findPosted(key: string): Promise<NoticePlace | null>;
};

export type DeskNeeds = {
  smallRecords: VersionedRecords;
  conversations: Pick<Conversations, 'claim' | 'notePosted'>;
  clock: Clock;
  poster: NoticePoster;
  /** The same facts for people outside of Slack. */
  publish?(message: NoticeMessage): Promise<void>;
};

export type NoticeDesk = {
  /** Settles when the run is told, and gives the place. Of a run that goes on: its message is edited, or made. */
  announce(notice: RunNotice): Promise<NoticePlace | null>;
};

/** Posts in a minute; one more sums up the rest. Edits are not counted, since they disturb nobody. */
const POSTS_A_MINUTE = 4;
const MINUTE_MS = 60_000;
const ENDED_KEPT = 2000;

type Waiting = {
  notice: RunNotice;
  settle(place: NoticePlace | null): void;
  fail(reason: unknown): void;
};

/**
 * Tells how runs went without drowning the channel: what comes while a message is under way is told together; a failure
 * that repeats edits its first message; beyond some posts a minute the rest becomes one summary. A run counts as told
 * when its fact stands in a message; what could not be told fails, stays untold in its record, and is told by the sweeper.
 */
export function createNoticeDesk(needs: DeskNeeds): NoticeDesk {
  let waiting: Waiting[] = [];
  let isWorking = false;
  const ended = new Set<string>();

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await tellBatch(batch, ended, needs);
    }
    isWorking = false;
  }

  return {
    announce(notice) {
      return new Promise((settle, fail) => {
        waiting.push({ notice, settle, fail });
        void work();
      });
    },
  };
}

async function tellBatch(batch: Waiting[], ended: Set<string>, needs: DeskNeeds): Promise<void> {
  const overflow: Waiting[] = [];
  for (const { notice } of batch) if (notice.run.outcome !== 'running') ended.add(notice.run.id);
  const groups = inGroups(batch, ended);
  const known = await knownOf(groups, needs).catch((thrown: unknown) => {
    for (const each of groups.flat()) each.fail(thrown);
  });
  for (const group of known ? groups : []) {
    const last = group.at(-1);
    if (!last || !known) continue;
    try {
      const told = await tellGroup(group, last.notice, known, needs);
      if (told === 'too-many') overflow.push(...group);
      else for (const each of group) each.settle(told);
    } catch (thrown) {
      for (const each of group) each.fail(thrown);
    }
  }
  if (overflow.length > 0) await tellRest(overflow, needs);
  while (ended.size > ENDED_KEPT) for (const id of [...ended].slice(0, ENDED_KEPT / 2)) ended.delete(id);
}

/** Failures of one feed for one cause are told together; of a run that has ended, its course is no news. */
function inGroups(batch: Waiting[], ended: Set<string>): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const each of batch) {
    const { run } = each.notice;
    if (run.outcome === 'running' && ended.has(run.id)) {
      each.settle(run.notice);
      continue;
    }
    const key = run.outcome === 'failed' ? `failed/${run.feed}/${causeOf(run)}` : `run/${run.id}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** What the records say of all of them, read at once: a thousand must not take a minute. */
type Known = {
  muted: ReadonlySet<string>;
  series: ReadonlyMap<string, FailureSeries>;
  own: ReadonlyMap<string, NoticePlace | null>;
};

async function knownOf(groups: Waiting[][], needs: DeskNeeds): Promise<Known> {
  const lasts = groups.flatMap((group) => group.at(-1)?.notice ?? []);
  const [muted, series, places] = await Promise.all([
    mutedFeeds(needs),
    listSeries(needs),
    Promise.all(lasts.map(async (notice) => (isRoutine(notice) ? null : ownPlace(notice, needs)))),
  ]);
  return {
    muted: new Set(muted.map(({ feed }) => feed)),
    series: new Map(series.map((each) => [each.feed, each])),
    own: new Map(lasts.map(({ run }, index) => [run.id, places[index] ?? null])),
  };
}

async function tellGroup(
  group: Waiting[],
  notice: RunNotice,
  known: Known,
  needs: DeskNeeds,
): Promise<NoticePlace | null | 'too-many'> {
  const { run } = notice;
  if (known.muted.has(run.feed)) return null;
  if (isRoutine(notice)) {
    if (run.outcome === 'loaded') await tellRecovery(notice, known.series.get(run.feed), needs);
    return null;
  }
  const own = known.own.get(run.id) ?? null;
  const series = known.series.get(run.feed);
  if (run.outcome === 'failed') return tellFailure(group, { notice, own, series }, needs);
  const told = await postOrEdit({ kind: 'run', notice, series: null }, `run/${run.id}`, own, needs);
  if (told !== 'too-many' && run.outcome !== 'running' && run.outcome !== 'duplicate')
    await tellRecovery(notice, series, needs);
  return told;
}

/**
 * Micro-batches of events come every minute, and each money record is a run of its own, whose recorder is told in Slack:
 * only what goes wrong is news.
 */
function isRoutine({ run }: RunNotice): boolean {
  const isSmall = run.startedBy === 'events' || (run.feed === 'ledger' && run.findings === 0);
  return isSmall && (run.outcome === 'loaded' || run.outcome === 'running');
}

async function tellFailure(
  group: Waiting[],
  {
    notice,
    own,
    series: known,
  }: { notice: RunNotice; own: NoticePlace | null; series: FailureSeries | undefined },
  needs: DeskNeeds,
): Promise<NoticePlace | null | 'too-many'> {
  const runs = group.map((each) => each.notice.run);
  if (known?.cause === causeOf(notice.run) && known.place) {
    const series = await addToSeries(known, runs, needs);
    const isEdited = await needs.poster.update(
      known.place,
      { kind: 'run', notice, series },
      `run/${series.runs[0]}`,
    );
    if (isEdited) return known.place;
  }
  const opened = openSeries(runs);
  const place = await postOrEdit({ kind: 'run', notice, series: opened }, `run/${runs[0]?.id}`, own, needs);
  if (place === 'too-many' || place === null) return place;
  await addToSeries({ ...opened, place, version: known?.version ?? 0 }, [], needs);
  return place;
}

/** The end of a failure that was told is told in its thread, once. */
async function tellRecovery(
  notice: RunNotice,
  series: FailureSeries | undefined,
  needs: DeskNeeds,
): Promise<void> {
  if (!series?.place || series.runs.at(-1) === notice.run.id) {
    if (series) await endSeries(series, needs);
    return;
  }
  const key = `recovered/${series.runs[0]}`;
  const claim = await needs.conversations.claim(key, MINUTE_MS);
  if (claim.state === 'owned' && claim.postedTs === null) {
    // With no post left in this minute, the feed's next good load tells it.
    if (!(await takeSlot(needs))) return;
    const message: NoticeMessage = { kind: 'recovered', notice, series };
    const place = await needs.poster.post(message, key, series.place);
    await needs.conversations.notePosted(key, place?.ts ?? 'told');
    await needs.publish?.(message);
  }
  await endSeries(series, needs);
}

async function postOrEdit(
  message: Extract<NoticeMessage, { kind: 'run' }>,
  key: string,
  own: NoticePlace | null,
  needs: DeskNeeds,
): Promise<NoticePlace | null | 'too-many'> {
  const isEnd = message.notice.run.outcome !== 'running';
  if (own && (await needs.poster.update(own, message, key))) {
    if (isEnd) await needs.publish?.(message);
    return own;
  }
  if (!(await takeSlot(needs))) return isEnd ? 'too-many' : null;
  await needs.conversations.notePosted(key, PENDING);
  const place = await needs.poster.post(message, key, null);
  if (place) await needs.conversations.notePosted(key, `${place.channel} ${place.ts}`);
  if (isEnd) await needs.publish?.(message);
  return place;
}

/** An earlier try may have died between posting and remembering it. */
const PENDING = 'pending';

async function ownPlace({ run }: RunNotice, needs: DeskNeeds): Promise<NoticePlace | null> {
  if (run.notice) return run.notice;
  const claim = await needs.conversations.claim(`run/${run.id}`, 0);
  const posted = claim.state === 'owned' ? claim.postedTs : null;
  if (posted === PENDING) return needs.poster.findPosted(`run/${run.id}`);
  const [channel, ts] = posted?.split(' ') ?? [];
  return channel && ts ? { channel, ts } : null;
}

async function tellRest(overflow: Waiting[], needs: DeskNeeds): Promise<void> {
  try {
    const window = windowOf(needs.clock);
    const runs = overflow.map(({ notice }) => notice);
    const { summary, added } = await noteInSummary(window, runs, needs);
    const message: NoticeMessage = { kind: 'summary', summary };
    const place = await postSummary(message, window, needs);
    // In the end all are in it; what others put into it meanwhile, they show themselves.
    await needs.publish?.({ kind: 'summary', summary: added });
    for (const each of overflow) each.settle(place);
  } catch (thrown) {
    for (const each of overflow) each.fail(thrown);
  }
}

async function postSummary(
  message: Extract<NoticeMessage, { kind: 'summary' }>,
  window: string,
  needs: DeskNeeds,
): Promise<NoticePlace | null> {
  const key = `notices/${window}`;
  const known = await placeOfSummary(window, needs);
  if (known && (await needs.poster.update(known, message, key))) return known;
  const claim = await needs.conversations.claim(`${key}/post`, MINUTE_MS / 6);
  const found = await needs.poster.findPosted(key);
  if (found) {
    await needs.poster.update(found, message, key);
    return found;
  }
  if (claim.state !== 'owned') throw new Error('Another instance is telling it.');
  const place = await needs.poster.post(message, key, null);
  if (place) await saveSummaryPlace(window, place, needs);
  return place;
}

/** Windows of which this process knows that nothing is left. */
const full = new WeakMap<DeskNeeds, string>();

/** Shared by all instances, through conditional claims. */
async function takeSlot(needs: DeskNeeds): Promise<boolean> {
  const window = windowOf(needs.clock);
  if (full.get(needs) === window) return false;
  for (let slot = 0; slot < POSTS_A_MINUTE; slot += 1) {
    const claim = await needs.conversations.claim(`notices/${window}/${slot}`, 2 * MINUTE_MS);
    if (claim.state === 'owned') return true;
  }
  full.set(needs, window);
  return false;
}

function windowOf(clock: Clock): string {
  return new Date(Math.floor(clock.now().getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
}
