import { type EventCheck, reconcileEvents } from '../../etl/events/reconcile-day.ts';
import { loadFeeds } from '../../etl/feeds/load-feeds.ts';
import { AppError } from '../domain/app-error.ts';
import { isDay } from '../domain/day.ts';
import { localFeeds } from '../wire-events.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

/** Raw objects, invoice table and warehouse side by side, of all days or of one; exit code 1 where they differ. */
export async function eventsCheckCommand(
  options: { feeds?: string; day?: string; json?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  const { config } = plumbline;
  const { day = null } = options;
  if (day !== null && !isDay(day))
    throw new AppError('usage.wrong', { detail: `--day is YYYY-MM-DD, not '${day}'.` });
  const pipeline = await plumbline.pipeline({ feedsFile: options.feeds });
  const feeds = await localFeeds(options.feeds ? await loadFeeds([options.feeds]) : pipeline.feeds);
  const bucket = config.objects.buckets.landing;
  const check = await reconcileEvents(day, { ...plumbline, bucket, feeds });
  if (check.findings.length > 0) process.exitCode = 1;
  if (options.json) printJson(check);
  else for (const line of inWords(check)) say(line);
}

function inWords({ invoices, raw, records, warehouse, pending, findings }: EventCheck): string[] {
  const sums = ({ lines, quantity, amount }: EventCheck['raw']) =>
    `${lines} lines, quantity ${quantity}, amount ${amount}`;
  return [
    `${invoices} invoices came as events.`,
    `Raw objects: ${sums(raw)}`,
    `DynamoDB:    ${sums(records)}`,
    `Warehouse:   ${sums(warehouse)}`,
    ...(pending > 0 ? [`${pending} invoices are still on their way to the warehouse.`] : []),
    ...(findings.length === 0 ? ['They agree, invoice by invoice.'] : []),
    ...findings.flatMap(({ sentence, examples }) => [sentence, ...examples.map((one) => `  ${one}`)]),
  ];
}
