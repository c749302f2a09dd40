import { rebuild } from '../../etl/pipeline/rebuild.ts';
import { restoreRecords } from '../../etl/pipeline/records-copy.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, progress, say } from './output.ts';

/** Rebuilds from landing. Ends with 1 when a run failed or a total is not as it was. */
export async function rebuildCommand(options: { json?: boolean }, plumbline: Plumbline): Promise<void> {
  const needs = await plumbline.pipeline();
  // Here and now, also in the cloud: the order of loads is kept.
  const { drive: _drive, ...here } = needs;
  const outcome = await rebuild(here, ({ run }, done, of) => progress(`Run ${done} of ${of}: ${run}`));
  const landingBucket = plumbline.config.objects.buckets.landing;
  // After the loads: months that were closed since would refuse them.
  const records = await restoreRecords({ ...plumbline, landingBucket });
  if (outcome.failed.length + outcome.differences.length > 0) process.exitCode = 1;
  if (options.json) return printJson({ ...outcome, records });
  say(
    `Rebuilt from ${outcome.runs} runs; ${outcome.leftOut} that had been taken back were left out, ${outcome.failed.length} failed.`,
  );
  for (const run of outcome.failed) say(`  failed: ${run}`);
  if (outcome.differences.length === 0)
    say(`All ${Object.keys(outcome.totals).length} totals are as they were, to the last digit.`);
  for (const { what, was, is } of outcome.differences) say(`  ${what}: ${was} then, ${is} now`);
  say(
    records
      ? `${records.restored} of ${records.records} records of what people set up were put back, as of ${records.copiedAt.slice(0, 16)}; the others were there.`
      : 'There is no copy of what people set up: digests, own alerts, settings and money records come from a backup of the table small_records.',
  );
  say(FROM_BACKUPS);
}

const FROM_BACKUPS =
  'Receipts, audit, threads, landed records and invoices of events come from point-in-time recovery of their tables (infra/aws/README.md).';
