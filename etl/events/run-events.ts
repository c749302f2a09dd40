import { setTimeout as pause } from 'node:timers/promises';
import { toAppError } from '../../src/domain/app-error.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import { consumeEvents } from './consume-events.ts';
import type { EventNeeds } from './event-needs.ts';
import { type FeedWarehouseNeeds, feedWarehouse } from './feed-warehouse.ts';

/** What the consumer reads from: the journal of this machine. */
export type EventSource = {
  next(limits: {
    records: number;
    bytes: number;
  }): Promise<{ records: StreamRecord[]; cutAt: string; again: boolean } | undefined>;
  done(): Promise<void>;
  waiting(): number;
  somethingNew(timeoutMs: number): Promise<void>;
};

export type RunEventsNeeds = EventNeeds &
  FeedWarehouseNeeds & {
    source: EventSource;
    /** A micro-batch waits this long for more. */
    lingerMs?: number;
    /** How often the warehouse is brought up to date. */
    windowMs?: number;
  };

export type EventCounts = { records: number; added: number; repeated: number; quarantined: number };

export type RunningEvents = {
  counts(): EventCounts;
  /** Resolves when all that was accepted is stored and in the warehouse. */
  drained(): Promise<void>;
  stop(): Promise<void>;
};

const BATCH = { records: 10_000, bytes: 8 << 20 };
const LINGER_MS = 300;
const WINDOW_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;

/** Consumes the journal in micro-batches and feeds the warehouse in windows, until it is told to stop. */
export function runEvents(needs: RunEventsNeeds): RunningEvents {
  const counts: EventCounts = { records: 0, added: 0, repeated: 0, quarantined: 0 };
  const lingerMs = needs.lingerMs ?? LINGER_MS;
  let stopping = false;
  let draining = 0;
  const halt = new AbortController();
  let feeding: Promise<unknown> = Promise.resolve();
  const consuming = consume();
  const windows = feedInWindows();

  return {
    counts: () => ({ ...counts }),
    async drained() {
      draining += 1;
      try {
        while (needs.source.waiting() > 0 && !stopping) await pause(20);
        await feed();
      } finally {
        draining -= 1;
      }
    },
    async stop() {
      stopping = true;
      halt.abort();
      await Promise.all([consuming, windows]);
      await feeding;
    },
  };

  async function consume(): Promise<void> {
    for (let failures = 0; !stopping; ) {
      await needs.source.somethingNew(1_000);
      if (needs.source.waiting() === 0) continue;
      if (needs.source.waiting() < BATCH.records && draining === 0) await rest(lingerMs);
      try {
        await consumeBatch();
        failures = 0;
      } catch (thrown) {
        failures += 1;
        needs.log.error({ err: toAppError(thrown), failures }, 'events could not be stored; trying again');
        await rest(Math.min(LONGEST_PAUSE_MS, 200 * 2 ** failures));
      }
    }
  }

  async function consumeBatch(): Promise<void> {
    const batch = await needs.source.next(BATCH);
    if (!batch) return;
    const outcome = await consumeEvents(batch.records, batch.cutAt.slice(0, 10), needs, {
      again: batch.again,
    });
    const [failed] = outcome.again;
    if (failed) throw failed.error;
    await needs.source.done();
    counts.records += outcome.records;
    counts.added += outcome.added;
    counts.repeated += outcome.repeated;
    counts.quarantined += outcome.quarantined;
    if (outcome.quarantined > 0)
      needs.log.warn({ quarantined: outcome.quarantined }, 'events were put into quarantine');
  }

  async function feedInWindows(): Promise<void> {
    for (let failures = 0; !stopping; ) {
      failures = (await feed()) ? 0 : failures + 1;
      await rest((needs.windowMs ?? WINDOW_MS) * 2 ** Math.min(failures, 6));
    }
  }

  /** One at a time: an older state of an invoice is never loaded after a newer one. */
  async function feed(): Promise<boolean> {
    const mine = feeding.then(() => feedWarehouse(needs));
    feeding = mine.catch(() => undefined);
    try {
      return (await mine).failed === 0;
    } catch (thrown) {
      needs.log.error({ err: toAppError(thrown) }, 'events could not be brought to the warehouse');
      return false;
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: halt.signal }).catch(() => undefined);
  }
}
