import { z } from 'zod';
import { AppError, sentenceFor, toAppError } from '../../src/domain/app-error.ts';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run, Stage } from '../../src/domain/run.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import { addCounts, CheckOutput, checkFiles, nothingLoaded, tooManyRefused } from '../stages/check-files.ts';
import { LoadOutput, loadBatch } from '../stages/load-batch.ts';
import { ReceiveOutput, receiveFiles } from '../stages/receive-files.ts';
import { ReconcileOutput, reconcile } from '../stages/reconcile.ts';
import { refreshKpis } from '../stages/refresh-kpis.ts';
import { stagingTables } from '../stages/stage-sql.ts';
import { validateFile } from '../stages/validate-file.ts';
import { ValidatedFile } from '../stages/validated-file.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { tableRules } from './table-rules.ts';

/** What a run was asked to do; kept with it, so that it can be resumed and run again. */
export const RunInput = z.object({
  files: z
    .array(
      z.union([
        z.object({ name: z.string(), path: z.string() }),
        z.object({ name: z.string(), object: ObjectRef }),
      ]),
    )
    .min(1),
  set: z.string().nullable(),
  feed: z.string().nullable(),
  startedBy: z.string(),
  replyTo: z.object({ channel: z.string(), thread: z.string() }).nullable(),
  /** Load the files though they were loaded before. */
  again: z.boolean(),
  /** A run whose refused and waiting rows alone are tried again. */
  redriven: z.string().nullable(),
});
export type RunInput = z.infer<typeof RunInput>;

const LoadPlan = z.object({ batch: z.string(), batchNumber: z.number().int(), loadedAt: z.string() });
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;

/** Starts a run over a set of files and drives it to its end. Never throws: what goes wrong ends in the run's record. */
export async function runPipeline(input: RunInput, needs: PipelineNeeds): Promise<Run> {
  const now = needs.clock.now().toISOString();
  const run: Run = {
    id: needs.ids.next('run'),
    feed: input.feed ?? input.set ?? 'unknown',
    contentHash: '',
    outcome: 'running',
    stage: 'receive',
    version: 1,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
    files: [],
    rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
    refusals: [],
    batch: null,
    findings: 0,
    touchedDays: [],
    outputs: { input, owner: needs.owner },
    failure: null,
    startedBy: input.startedBy,
    notice: null,
    replyTo: input.replyTo,
    announced: false,
  };
  await needs.runLog.create(run);
  await needs.failpoint?.('created');
  return drive(run, input, needs);
}

/** Goes on where a run stopped; what its finished stages gave is in its record. A run that has ended is told if it was not. */
export async function resumeRun(id: string, needs: PipelineNeeds): Promise<Run> {
  const run = await needs.runLog.find(id);
  if (!run) throw new AppError('run.not-found', { detail: `No run has the number '${id}'.` });
  if (run.outcome !== 'running') return announce(run, needs);
  const owned = await needs.runLog.save({ ...run, outputs: { ...run.outputs, owner: needs.owner } });
  return drive(owned, RunInput.parse(run.outputs['input']), needs);
}

/** The one catch of the pipelines. */
async function drive(started: Run, input: RunInput, needs: PipelineNeeds): Promise<Run> {
  const record = recordOf(started, needs);
  try {
    await stages(record, input, needs);
  } catch (thrown) {
    await end(record, { outcome: 'failed', ...failureOf(record.run, thrown) }, needs);
  }
  return announce(record.run, needs);
}

async function stages(record: RunRecord, input: RunInput, needs: PipelineNeeds): Promise<void> {
  const { run } = record;
  const received = await stage(record, 'receive', ReceiveOutput, needs, () =>
    receiveFiles(
      { run: run.id, day: run.startedAt.slice(0, 10), set: input.set, feed: input.feed, files: input.files },
      { objects: needs.objects, feeds: needs.feeds, landingBucket: needs.landingBucket },
    ),
  );
  await record.save({
    feed: received.feed,
    contentHash: received.contentHash,
    files: received.files.map((file) => ({
      ...file,
      feed: file.feed ?? 'look-up',
      rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
    })),
  });
  if (await isDuplicate(record.run, input, needs)) {
    await end(record, { outcome: 'duplicate' }, needs);
    return;
  }
  const files = await stage(record, 'validate', z.array(ValidatedFile), needs, async () =>
    (
      await inTurns(received.units, 2, (unit) =>
        validateFile(unit, {
          objects: needs.objects,
          feeds: needs.feeds,
          stagingBucket: needs.landingBucket,
        }),
      )
    ).flat(),
  );
  const set = needs.feeds.find(({ name }) => name === received.set);
  if (!set)
    throw new AppError('feed.unknown', { detail: `The set '${received.set}' is declared no longer.` });
  const rules = tableRules(set, new Set(files.map((file) => file.feed)));
  const checked = await stage(record, 'check', CheckOutput, needs, () =>
    checkFiles(
      {
        run: run.id,
        files,
        rules,
        tolerance: Object.fromEntries(set.feeds.map((feed) => [feed.name, feed.tolerance])),
        redriven: input.redriven,
      },
      needs,
    ),
  );
  await record.save({
    rows: checked.rows,
    refusals: checked.refusals,
    files: withRows(record.run, files, checked),
  });
  if (!checked.mayLoad) throw tooManyRefused(checked.rows, checked.refusals);

  const plan = await stage(
    record,
    'load',
    LoadPlan,
    needs,
    async () => ({
      batch: needs.ids.next('bat'),
      batchNumber: await needs.runLog.nextBatchNumber(),
      loadedAt: needs.clock.now().toISOString(),
    }),
    'load-plan',
  );
  const loaded = await stage(record, 'load', LoadOutput, needs, () =>
    loadBatch(
      { run: run.id, feed: received.feed, tables: checked.tables, rules, rows: checked.rows, ...plan },
      needs,
    ),
  );
  await record.save({ batch: loaded.batch, touchedDays: loaded.touchedDays });
  await needs.dataChanged?.(record.run);
  const { findings } = await stage(record, 'reconcile', ReconcileOutput, needs, () =>
    reconcile(
      {
        run: run.id,
        batch: loaded.batch,
        tables: checked.tables,
        touchedDays: loaded.touchedDays,
        foundAt: plan.loadedAt,
      },
      needs,
    ),
  );
  await record.save({ findings: findings.length });
  await stage(record, 'refresh-kpis', z.object({ written: z.number() }).loose(), needs, () =>
    refreshKpis({ days: loaded.touchedDays, batchNumber: plan.batchNumber }, needs),
  );
  const { refused, waiting } = record.run.rows;
  await end(record, { outcome: refused + waiting > 0 ? 'partly-refused' : 'loaded' }, needs);
}

type RunRecord = { run: Run; save(change: Partial<Run>): Promise<void> };

function recordOf(run: Run, needs: PipelineNeeds): RunRecord {
  const record: RunRecord = {
    run,
    async save(change) {
      record.run = await needs.runLog.save({
        ...record.run,
        ...change,
        updatedAt: needs.clock.now().toISOString(),
      });
      needs.onProgress?.(record.run);
    },
  };
  return record;
}

/** One stage: its output is taken from the record when it is there; else it is made, tried again when that may help, and kept. */
async function stage<T>(
  record: RunRecord,
  name: Stage,
  schema: z.ZodType<T>,
  needs: PipelineNeeds,
  work: () => Promise<T>,
  key: string = name,
): Promise<T> {
  const kept = record.run.outputs[key];
  if (kept !== undefined) return schema.parse(kept);
  if (record.run.stage !== name) await record.save({ stage: name });
  await needs.failpoint?.(`before-${key}`);
  const output = await withRetries(work);
  await needs.failpoint?.(`after-${key}`);
  await record.save({ outputs: { ...record.run.outputs, [key]: output } });
  await needs.failpoint?.(`recorded-${key}`);
  return output;
}

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!error.retryable || attempt >= ATTEMPTS) throw thrown;
      const pauseMs = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Record first, so that a lost notice is not a lost fact. */
async function end(
  record: RunRecord,
  change: Partial<Run> & { outcome: Run['outcome'] },
  needs: PipelineNeeds,
): Promise<void> {
  const { run } = record;
  if (change.outcome === 'failed' && run.outputs['check'] !== undefined && run.batch === null)
    await dropStaging(run, needs);
  await record.save({ ...change, endedAt: needs.clock.now().toISOString() });
  await needs.failpoint?.('ended');
}

async function dropStaging(run: Run, needs: PipelineNeeds): Promise<void> {
  const checked = CheckOutput.safeParse(run.outputs['check']);
  const tables = checked.success ? checked.data.tables : [];
  try {
    const steps = stagingTables(run.id, tables).map((table) => ({ sql: `drop table if exists ${table}` }));
    await needs.warehouse.write({ token: `${run.id}-clean`, steps });
  } catch (thrown) {
    needs.log.warn({ err: thrown, run: run.id }, 'staging tables of a failed run were left behind');
  }
}

function failureOf(run: Run, thrown: unknown): Pick<Run, 'failure' | 'rows'> {
  const error = toAppError(thrown);
  const where = error.context['file'] ?? null;
  return {
    failure: {
      stage: run.stage,
      code: error.code,
      sentence: sentenceFor(error),
      where: where === null ? null : String(where),
    },
    rows: run.batch === null ? nothingLoaded(run.rows) : run.rows,
  };
}

/** Tells how a run went; a run that was told is not told again. */
export async function announce(run: Run, needs: PipelineNeeds): Promise<Run> {
  if (run.announced) return run;
  if (run.failure)
    needs.log.warn(
      { run: run.id, feed: run.feed, stage: run.failure.stage, code: run.failure.code },
      'a run failed',
    );
  else needs.log.info({ run: run.id, feed: run.feed, outcome: run.outcome, rows: run.rows }, 'a run ended');
  try {
    const notice = await needs.announcer.announce(runNotice(run));
    await needs.failpoint?.('announced');
    return await needs.runLog.save({ ...run, announced: true, notice: notice ?? run.notice });
  } catch (thrown) {
    needs.log.warn({ err: thrown, run: run.id }, 'a notice could not be sent; the sweeper will try again');
    return run;
  }
}

async function isDuplicate(run: Run, input: RunInput, needs: PipelineNeeds): Promise<boolean> {
  if (input.again || run.outputs['validate'] !== undefined) return false;
  const earlier = await needs.runLog.findLoaded(run.contentHash);
  return earlier !== undefined && earlier.id !== run.id;
}

function withRows(run: Run, files: ValidatedFile[], checked: CheckOutput): Run['files'] {
  const rows = new Map<string, ReturnType<typeof addCounts>>();
  files.forEach((file, index) => {
    const counts = checked.perFile[index];
    if (counts) rows.set(file.object.key, counts);
  });
  return run.files.map((file) => ({ ...file, rows: rows.get(file.object.key) ?? file.rows }));
}

/** At most `width` at once, results in order. */
async function inTurns<I, O>(
  items: readonly I[],
  width: number,
  work: (item: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = new Array<O>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as I);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
