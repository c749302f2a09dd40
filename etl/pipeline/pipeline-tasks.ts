import { z } from 'zod';
import { AppError, hasCode } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import { NO_TRACER } from '../../src/ports/tracer.ts';
import { CheckOutput, nothingLoaded, tooManyRefused } from '../stages/check-files.ts';
import { refuseClosedSince, refuseUndoInClosedMonth } from '../stages/closed-months.ts';
import { landRecords } from '../stages/land-records.ts';
import { isLoaded, type LoadInput, LoadOutput, loadBatch } from '../stages/load-batch.ts';
import { loadUpload } from '../stages/load-upload.ts';
import { ReceiveOutput, receiveFiles } from '../stages/receive-files.ts';
import { ReconcileOutput, reconcile } from '../stages/reconcile.ts';
import { readUndo } from '../stages/undo-batch.ts';
import { type ValidateInput, validateFile } from '../stages/validate-file.ts';
import { refreshAndVerify } from '../stages/verify-kpis.ts';
import { announce } from './announce.ts';
import { checkedStill, checkRun, inputOf, reportOf, rulesOf, setOf } from './check-run.ts';
import { cleanUp } from './clean-up.ts';
import { compareWindow, windowLoaded } from './event-run.ts';
import { feedsOfRun } from './feeds-of-run.ts';
import { finishUndo } from './finish-undo.ts';
import { noteRun, noteTotals } from './journal.ts';
import { noteDuplicate } from './note-duplicate.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { openRecord, outputOf, type RunRecord, step } from './run-record.ts';
import type { Json } from './state-machine.ts';
import { STAGING_GONE } from './sweep-staging.ts';
import { asTaskError, readFailure } from './task-error.ts';

const OfRun = z.object({ run: z.string() });
const OfUnit = OfRun.extend({ unit: z.number().int() });
const OfFailure = OfRun.extend({ error: z.object({ Error: z.string(), Cause: z.string() }) });
const LoadPlan = z.object({
  batch: z.string(),
  batchNumber: z.number().int(),
  loadedAt: z.string(),
  /** Another run loaded the same files while this one was on its way. */
  duplicate: z.boolean().default(false),
});

/** A task of the state machine: small JSON in and out, all else is in the run's record and in landing. Each may be called again. */
type Task = (input: unknown, needs: PipelineNeeds) => Promise<Json>;

/** By the names in `infra/orders-pipeline.asl.json`. What they throw carries the error's code as its name. */
export const PIPELINE_TASKS: Readonly<Record<string, Task>> = {
  Receive: task('receive', receive),
  Validate: task('validate', validate),
  Check: task('check', check),
  Load: task('load', load),
  Reconcile: task('reconcile', reconcileBatch),
  RefreshKpis: task('refresh-kpis', refresh),
  End: task('end', endWell),
  RecordFailure: task('record-failure', recordFailure),
  Announce: task('announce', tell),
};

function task(stage: string, work: Task): Task {
  const guarded: Task = async (input, needs) => {
    try {
      const output = await work(input, needs);
      needs.log.debug?.({ stage }, 'a stage is done');
      return output;
    } catch (thrown) {
      const told = asTaskError(thrown);
      if (told.name === 'internal') needs.log.error({ err: thrown, input }, 'a stage failed');
      else needs.log.warn({ stage, code: told.name }, 'a stage ended in an error');
      throw told;
    }
  };
  return (input, needs) => {
    const { run } = OfRun.loose().parse(input);
    return (needs.tracer ?? NO_TRACER).follow({ run }, `run ${stage}`, {}, () => guarded(input, needs));
  };
}

async function receive(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  const input = inputOf(record.run);
  const { id, startedAt } = record.run;
  const received = await step(
    record,
    { stage: 'receive', step: 'receive', schema: ReceiveOutput },
    needs,
    async () =>
      receiveFiles(
        { run: id, day: startedAt.slice(0, 10), set: input.set, feed: input.feed, files: input.files },
        {
          objects: needs.objects,
          feeds: await feedsOfRun(record.run, needs),
          landingBucket: needs.landingBucket,
          workbooks: needs.workbooks,
        },
      ),
    (output) => ({
      ...(output.leftOut.length > 0 ? { notes: [...(record.run.notes ?? []), ...output.leftOut] } : {}),
      feed: output.feed,
      contentHash: output.contentHash,
      files: output.files.map((file) => ({
        ...file,
        feed: file.feed ?? 'look-up',
        rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
      })),
    }),
  );
  return { duplicate: await isDuplicate(record.run, needs), units: received.units.map((_, unit) => unit) };
}

/** Several run at the same time, so what they find is kept as objects and not in the record. */
async function validate(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const { run: id, unit } = OfUnit.parse(given);
  const record = await openRecord(id, needs);
  const received = outputOf(record, 'receive', ReceiveOutput);
  const report = reportOf(received, record.run.id, unit, needs);
  if (record.run.outputs['check'] !== undefined || (await needs.objects.head(report))) return null;
  if (record.run.stage !== 'validate') await enterValidation(record, needs);
  const work = received.units[unit];
  if (!work) throw new AppError('internal', { detail: `The run has no unit ${unit}.` });
  await needs.failpoint?.('before-validate');
  await keepRecords(work, record.run, needs);
  const files = await validateFile(work, {
    objects: needs.objects,
    feeds: await feedsOfRun(record.run, needs),
    stagingBucket: needs.landingBucket,
    readSource: needs.warehouse.readSource,
    ...(needs.warehouse.copySlices ? { parts: { slices: await needs.warehouse.copySlices() } } : {}),
  });
  await needs.failpoint?.('after-validate');
  await needs.objects.put(report, JSON.stringify(files), { contentType: 'application/json' });
  await needs.failpoint?.('recorded-validate');
  return null;
}

/** Of feeds that are so declared, every record as it came. */
async function keepRecords(unit: ValidateInput, run: Run, needs: PipelineNeeds): Promise<void> {
  const sets = await feedsOfRun(run, needs);
  const feed = sets.find(({ name }) => name === unit.set)?.feeds.find(({ name }) => name === unit.feed);
  if (!feed?.landRecords) return;
  const { objects, landingRecords } = needs;
  if (!landingRecords)
    throw new AppError('internal', { detail: 'This process has no way to the landing table.' });
  await landRecords(unit, feed, run.startedAt.slice(0, 10), { objects, landingRecords });
}

async function enterValidation(record: RunRecord, needs: PipelineNeeds): Promise<void> {
  try {
    await record.save({ stage: 'validate' });
  } catch (thrown) {
    // Another unit, at the same time, was first to say so.
    if (!hasCode(thrown, 'records.conflict')) throw thrown;
    record.run = (await openRecord(record.run.id, needs)).run;
  }
}

async function check(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  const { mayLoad } = await checkRun(record, needs);
  return { mayLoad };
}

async function load(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  const { id } = record.run;
  const received = outputOf(record, 'receive', ReceiveOutput);
  const { redriven, upload } = inputOf(record.run);
  const { duplicate, ...plan } = await step(
    record,
    { stage: 'load', step: 'load-plan', schema: LoadPlan },
    needs,
    async () => ({
      duplicate: await isDuplicate(record.run, needs),
      batch: needs.ids.next('bat'),
      batchNumber: await needs.runLog.nextBatchNumber(),
      loadedAt: needs.clock.now().toISOString(),
    }),
  );
  if (duplicate) return { duplicate };
  const checked = await checkedStill(record, plan.batch, needs);
  const rules = rulesOf(record.run, await setOf(record.run, received, needs), received);
  await step(
    record,
    { stage: 'load', step: 'load', schema: LoadOutput },
    needs,
    async () => {
      await refuseClosedSince(checked, needs.smallRecords);
      const replaced = upload?.replaces?.batch;
      if (replaced) await refuseUndoInClosedMonth(replaced, needs);
      const input: LoadInput = {
        run: id,
        feed: received.feed,
        tables: checked.tables,
        rules,
        rows: checked.rows,
        redriven,
        ...plan,
      };
      return upload ? loadUpload(input, upload, needs) : loadBatch(input, needs);
    },
    (output) => ({ batch: output.batch, touchedDays: output.touchedDays }),
  );
  await needs.dataChanged?.(record.run);
  return { duplicate };
}

async function reconcileBatch(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  const loaded = outputOf(record, 'load', LoadOutput);
  const foundAt = outputOf(record, 'load-plan', LoadPlan).loadedAt;
  await step(
    record,
    { stage: 'reconcile', step: 'reconcile', schema: ReconcileOutput },
    needs,
    async () =>
      reconcile(
        {
          run: record.run.id,
          batch: loaded.batch,
          tables: outputOf(record, 'check', CheckOutput).tables,
          touchedDays: loaded.touchedDays,
          foundAt,
          stagingGone: record.run.outputs[STAGING_GONE] === true,
        },
        needs,
        await compareWindow(record.run, loaded.batch, foundAt, needs),
      ),
    (output) => ({ findings: output.findings.length }),
  );
  return null;
}

async function refresh(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  const { batch, touchedDays } = outputOf(record, 'load', LoadOutput);
  const { loadedAt } = outputOf(record, 'load-plan', LoadPlan);
  const schema = z.object({ written: z.number(), findings: z.number().optional() }).loose();
  await step(
    record,
    { stage: 'refresh-kpis', step: 'refresh-kpis', schema },
    needs,
    () => refreshAndVerify({ run: record.run.id, batch, days: touchedDays, foundAt: loadedAt }, needs),
    ({ findings }) => (findings ? { findings: record.run.findings + findings } : {}),
  );
  await finishReplaced(record.run, needs);
  return null;
}

/** The batch that went out with this load: its run says so, and its own receipt. */
async function finishReplaced(run: Run, needs: PipelineNeeds): Promise<void> {
  const batch = inputOf(run).upload?.replaces?.batch;
  if (!batch) return;
  const undone = await readUndo({ batch, touchedDays: [] }, needs);
  const earlier = await needs.runLog.find(undone.run);
  if (earlier && earlier.outputs['undo'] !== 'done') await finishUndo(undone, needs);
}

/** Record first, so that a lost notice is not a lost fact. */
async function endWell(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const record = await openRecord(OfRun.parse(given).run, needs);
  if (record.run.outcome !== 'running') return null;
  await cleanUp(record.run, needs);
  await windowLoaded(record.run, needs);
  const { redriven } = inputOf(record.run);
  if (redriven !== null) await markRedriven(redriven, record.run.id, needs);
  if (record.run.batch !== null) {
    await noteRun(record.run, needs);
    await noteTotals(needs);
  }
  const { refused, waiting } = record.run.rows;
  const outcome = refused + waiting > 0 ? 'partly-refused' : 'loaded';
  const endedAt = needs.clock.now().toISOString();
  if (record.run.batch === null)
    await record.save({
      ...(await noteDuplicate(record.run, needs)),
      outcome: 'duplicate',
      endedAt,
      rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
    });
  else await record.save({ outcome, endedAt });
  await needs.failpoint?.('ended');
  // Now the KPIs are those of the facts, too.
  if (record.run.batch !== null) await needs.dataChanged?.(record.run);
  return null;
}

async function markRedriven(id: string, by: string, needs: PipelineNeeds): Promise<void> {
  const run = await needs.runLog.find(id);
  if (run && run.outputs['redrivenBy'] === undefined)
    await needs.runLog.save({ ...run, outputs: { ...run.outputs, redrivenBy: by } });
}

async function recordFailure(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const { run: id, error } = OfFailure.parse(given);
  const record = await openRecord(id, needs);
  if (record.run.outcome !== 'running') return null;
  await noteWhatIsLoaded(record, needs);
  const { run } = record;
  await cleanUp(run, needs);
  const failure =
    error.Error === 'rows.refused' ? refusalOf(run) : { stage: run.stage, ...readFailure(error) };
  await record.save({
    outcome: 'failed',
    failure,
    rows: run.batch === null ? nothingLoaded(run.rows) : run.rows,
    files:
      run.batch === null ? run.files.map((file) => ({ ...file, rows: nothingLoaded(file.rows) })) : run.files,
    endedAt: needs.clock.now().toISOString(),
  });
  await needs.failpoint?.('ended');
  return null;
}

/**
 * A load may have happened though its answer was lost. The warehouse knows; where it cannot be asked this throws, and
 * the run stays open for the sweeper rather than say that nothing was loaded.
 */
async function noteWhatIsLoaded(record: RunRecord, needs: PipelineNeeds): Promise<void> {
  const plan = LoadPlan.safeParse(record.run.outputs['load-plan']);
  if (record.run.batch !== null || !plan.success || plan.data.duplicate) return;
  const { batch } = plan.data;
  if (await isLoaded(batch, needs)) await record.save({ batch });
}

function refusalOf(run: Run): NonNullable<Run['failure']> {
  const { Error, Cause } = asCaught(asTaskError(tooManyRefused(run.rows, run.refusals)));
  return { stage: 'check', ...readFailure({ Error, Cause }) };
}

function asCaught(error: Error): { Error: string; Cause: string } {
  return { Error: error.name, Cause: error.message };
}

async function tell(given: unknown, needs: PipelineNeeds): Promise<Json> {
  const { run } = await openRecord(OfRun.parse(given).run, needs);
  await announce(run, needs);
  return null;
}

async function isDuplicate(run: Run, needs: PipelineNeeds): Promise<boolean> {
  if (inputOf(run).again || run.outputs['load'] !== undefined) return false;
  const earlier = await needs.runLog.findLoaded(run.contentHash);
  return earlier !== undefined && earlier.id !== run.id;
}
