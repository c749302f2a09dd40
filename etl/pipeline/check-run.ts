import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run } from '../../src/domain/run.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { readForgotten } from '../forgetting/forgotten.ts';
import { addCounts, CheckOutput, checkFiles, type TableRule, tooManyRefused } from '../stages/check-files.ts';
import { closedMonths } from '../stages/closed-months.ts';
import { isLoaded } from '../stages/load-batch.ts';
import { ReceiveOutput } from '../stages/receive-files.ts';
import { stagedTables } from '../stages/stage-sql.ts';
import { ValidatedFile } from '../stages/validated-file.ts';
import { stagedPrefix } from './clean-up.ts';
import { feedsOfRun } from './feeds-of-run.ts';
import { timesCheckedAnew } from './heed-newer.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';
import { outputOf, type RunRecord, step } from './run-record.ts';
import { tableRules } from './table-rules.ts';

/** Stages what was judged and judges what only the whole set shows; what it gave before, when it is done. */
export async function checkRun(record: RunRecord, needs: PipelineNeeds): Promise<CheckOutput> {
  const { run } = record;
  const received = outputOf(record, 'receive', ReceiveOutput);
  return step(
    record,
    { stage: 'check', step: 'check', schema: CheckOutput },
    needs,
    async () => {
      const set = await setOf(run, received, needs);
      const files = await validatedFiles(received, run.id, needs);
      return checkFiles(
        {
          run: run.id,
          files,
          rules: rulesOf(run, set, received),
          tolerance: Object.fromEntries(set.feeds.map((feed) => [feed.name, feed.tolerance])),
          redriven: inputOf(run).redriven,
          asOf: inputOf(run).asOf ?? null,
          ownRuns: inputOf(run).ownRuns,
          anew: timesCheckedAnew(run),
          closed: await closedMonths(needs.smallRecords),
        },
        { warehouse: needs.warehouse, forgotten: await readForgotten(needs) },
      );
    },
    (output) => ({
      ...(output.warnings.length > 0 ? { notes: [...(run.notes ?? []), ...output.warnings] } : {}),
      rows: output.rows,
      refusals: output.refusals,
      files: withRows(run, received, output),
    }),
  );
}

/**
 * The check of a run that is to be loaded now. Where staged rows are gone with the process that staged them, it is made
 * anew, and may end otherwise than before: then this throws as if more was refused than may be.
 */
export async function checkedStill(
  record: RunRecord,
  batch: string,
  needs: PipelineNeeds,
): Promise<CheckOutput> {
  const checked = outputOf(record, 'check', CheckOutput);
  const { run } = record;
  const { warehouse } = needs;
  const { redriven } = inputOf(run);
  if (!warehouse.holdsScratch || redriven !== null || run.outputs['load'] !== undefined) return checked;
  if (await warehouse.holdsScratch(stagedTables(run.id, checked.tables))) return checked;
  if (await isLoaded(batch, needs)) return checked;
  const { check: _lost, ...outputs } = run.outputs;
  await record.save({ outputs: { ...outputs, checkedAnew: timesCheckedAnew(run) + 1 } });
  const again = await checkRun(record, needs);
  if (!again.mayLoad) throw tooManyRefused(again.rows, again.refusals);
  return again;
}

export function inputOf(run: Run): RunInput {
  return RunInput.parse(run.outputs['input']);
}

export async function setOf(run: Run, received: ReceiveOutput, needs: PipelineNeeds): Promise<FeedSet> {
  const set = (await feedsOfRun(run, needs)).find(({ name }) => name === received.set);
  if (!set)
    throw new AppError('feed.unknown', { detail: `The set '${received.set}' is declared no longer.` });
  return set;
}

export function rulesOf(run: Run, set: FeedSet, received: ReceiveOutput): TableRule[] {
  const rules = tableRules(set, feedsOf(received));
  return inputOf(run).newestWins ? rules.map((rule) => ({ ...rule, duplicates: 'last' })) : rules;
}

function feedsOf(received: ReceiveOutput): Set<string> {
  return new Set(received.units.map((unit) => unit.feed));
}

export function reportOf(
  received: ReceiveOutput,
  run: string,
  unit: number,
  needs: PipelineNeeds,
): ObjectRef {
  return {
    bucket: needs.landingBucket,
    key: `${stagedPrefix(received.set, run)}unit-${unit}.validated.json`,
  };
}

async function validatedFiles(
  received: ReceiveOutput,
  run: string,
  needs: PipelineNeeds,
): Promise<ValidatedFile[]> {
  const files: ValidatedFile[] = [];
  for (const unit of received.units.keys()) {
    const { body } = await needs.objects.get(reportOf(received, run, unit, needs));
    files.push(...z.array(ValidatedFile).parse(JSON.parse(await text(body))));
  }
  return files;
}

/** Units are whole files in their order, and so are the counts of the check. */
function withRows(run: Run, received: ReceiveOutput, checked: CheckOutput): Run['files'] {
  const keys = received.units.flatMap((unit) => unit.files.map((file) => file.object.key));
  const rows = new Map(keys.map((key, index) => [key, checked.perFile[index] ?? addCounts([])]));
  return run.files.map((file) => ({ ...file, rows: rows.get(file.object.key) ?? file.rows }));
}
