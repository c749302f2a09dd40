import { createHash } from 'node:crypto';
import { hasCode } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import { checkExtract } from './check-extract.ts';
import type { Extract } from './extract.ts';
import { type ExtractNeeds, readyKey } from './extract-needs.ts';
import { type ExtractState, openState, type Round, type StateRecord } from './extract-state.ts';
import { readLeg } from './read-leg.ts';
import { sayReady, sealRound } from './seal-round.ts';

export type ExtractOutcome = {
  extract: string;
  /** `nothing-new`: no row has changed. `handed-over`: the run goes on elsewhere. */
  outcome: 'loaded' | 'partly-refused' | 'failed' | 'nothing-new' | 'handed-over';
  rows: Record<string, number>;
  notes: string[];
  run: Run | null;
};

const ATTEMPTS = 4;
const KEPT_ROUNDS = 50;

/**
 * Reads what has changed in a database since it was last read, and gives it to the pipeline as one set of files.
 * Wherever it stops, the next call goes on: nothing counts as read before its run has loaded it.
 * Errors: source.unavailable, source.refused, source.changed, run.in-progress, records.conflict, feed.unknown.
 */
export async function runExtract(
  extract: Extract,
  options: { fromStart?: boolean },
  needs: ExtractNeeds,
): Promise<ExtractOutcome> {
  checkExtract(extract, needs.feeds);
  const record = await openState(extract.name, needs.smallRecords);
  if (record.state.round?.sealed) {
    const earlier = await handOver(extract, record, needs);
    if (earlier.outcome === 'handed-over') return earlier;
  }
  await goBackWhereUndone(record, needs);
  if (options.fromStart) await record.save({ low: {}, round: null, seen: null });
  await readRound(extract, record, needs);
  const { round } = record.state;
  if (round === null)
    return { extract: extract.name, outcome: 'nothing-new', rows: {}, notes: [], run: null };
  return handOver(extract, record, needs);
}

/** Reads until all tables are read in one look at the source; each lost connection costs what was not yet written. */
async function readRound(extract: Extract, record: StateRecord, needs: ExtractNeeds): Promise<void> {
  if (record.state.round === null) await record.save({ round: newRound(extract, record.state, needs) });
  await needs.failpoint?.('extract-begun');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const seen = await readLeg(extract, record, needs);
      await sealRound(record, seen, extract, needs);
      return;
    } catch (thrown) {
      const passes = hasCode(thrown, 'source.unavailable');
      if (!passes || attempt >= ATTEMPTS) throw thrown;
      needs.log.warn({ err: thrown, extract: extract.name, attempt }, 'an extract begins another look');
      await needs.pause?.(1_000 * 2 ** attempt * (0.5 + Math.random() / 2));
    }
  }
}

function newRound(extract: Extract, state: ExtractState, { clock }: ExtractNeeds): Round {
  const startedAt = clock.now().toISOString();
  const id = startedAt.replace(/\D/g, '').slice(0, 17);
  const low = Object.fromEntries(extract.tables.map(({ feed }) => [feed, state.low[feed] ?? null]));
  const hash = createHash('sha256').update(`${extract.name} ${id}`).digest('hex');
  return {
    id,
    run: `run-ex-${hash.slice(0, 24)}`,
    startedAt,
    leg: 0,
    low,
    tables: {},
    sealed: false,
    notes: [],
  };
}

/** The set is ready: its run is driven, or looked for, and only what it has loaded counts as read. */
async function handOver(extract: Extract, record: StateRecord, needs: ExtractNeeds): Promise<ExtractOutcome> {
  const round = record.state.round as Round;
  // Also for a run that has ended: its files may not have been put away.
  const known = await needs.runLog.find(round.run);
  if (!known) await sayReady(extract, round, needs);
  const run = await needs.drive({ key: readyKey(extract, round), run: round.run });
  await needs.failpoint?.('extract-driven');
  const rows = Object.fromEntries(Object.entries(round.tables).map(([feed, table]) => [feed, table.rows]));
  const said = { extract: extract.name, rows, notes: round.notes, run };
  if (run === null || run.outcome === 'running') return { ...said, outcome: 'handed-over' };
  if (run.batch === null && run.outcome === 'failed') {
    await record.save({ round: null, seen: null });
    return { ...said, outcome: 'failed' };
  }
  const low = Object.fromEntries(Object.entries(round.tables).map(([feed, table]) => [feed, table.reach]));
  await record.save({
    low: { ...record.state.low, ...low },
    round: null,
    // What was refused is given again for as long as the overlap reaches it.
    seen: run.outcome === 'loaded' ? record.state.seen : null,
    loaded: [{ id: round.id, run: run.id, low: round.low }, ...record.state.loaded].slice(0, KEPT_ROUNDS),
  });
  return { ...said, outcome: run.outcome === 'duplicate' ? 'loaded' : run.outcome };
}

/** Rounds whose batch was undone are read again, from where the oldest of them began. */
async function goBackWhereUndone(record: StateRecord, needs: ExtractNeeds): Promise<void> {
  const { loaded } = record.state;
  let oldest = -1;
  for (const [index, { run }] of loaded.entries())
    if ((await needs.runLog.find(run))?.undoneAt) oldest = index;
  const back = loaded[oldest];
  if (back) await record.save({ low: back.low, loaded: loaded.slice(oldest + 1), round: null, seen: null });
}
