import { reconcileEvents } from '../etl/events/reconcile-day.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { addDays, type Day, daysBetween } from './domain/day.ts';
import type { Stores } from './wire-stores.ts';

type Parts = Pick<Stores, 'objects' | 'invoices' | 'warehouse' | 'smallRecords' | 'clock'>;

const KIND = 'events-checked';
/** After a longer rest, the days before are left to `plumbline events`. */
const MOST_DAYS = 31;

/**
 * Compares the events of each whole day (UTC, as raw objects lie) that has not been compared yet: raw objects, invoice table
 * and warehouse. What differs is a finding. Gives how many findings there are.
 */
export async function checkEventDays(
  parts: Parts,
  { landingBucket: bucket, feeds }: Pick<PipelineNeeds, 'landingBucket' | 'feeds'>,
): Promise<number> {
  const { smallRecords, clock } = parts;
  const yesterday = addDays(clock.now().toISOString().slice(0, 10), -1);
  const record = await smallRecords.find(KIND, 'day');
  const last = typeof record?.value === 'string' ? (record.value as Day) : addDays(yesterday, -MOST_DAYS);
  const days = Math.min(daysBetween(last, yesterday), MOST_DAYS);
  if (days <= 0) return 0;
  let findings = 0;
  for (let back = days - 1; back >= 0; back -= 1)
    findings += (await reconcileEvents(addDays(yesterday, -back), { ...parts, bucket, feeds })).findings
      .length;
  await smallRecords.save(KIND, { id: 'day', version: record?.version ?? 0, value: yesterday });
  return findings;
}
