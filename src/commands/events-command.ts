import { checkEvents, type EventCheck } from '../../etl/events/check-events.ts';
import { loadFeeds } from '../../etl/feeds/load-feeds.ts';
import { localFeeds } from '../wire-events.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

/** Raw objects, invoice table and warehouse side by side; exit code 1 where they differ. */
export async function eventsCheckCommand(
  options: { feeds?: string; json?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  const { config } = plumbline;
  const pipeline = await plumbline.pipeline({ feedsFile: options.feeds });
  const feeds = await localFeeds(options.feeds ? await loadFeeds([options.feeds]) : pipeline.feeds);
  const bucket = config.objects.buckets.landing;
  const check = await checkEvents({ ...plumbline, bucket, feeds });
  if (check.differences.length > 0) process.exitCode = 1;
  if (options.json) printJson(check);
  else for (const line of inWords(check)) say(line);
}

function inWords({ invoices, raw, records, warehouse, pending, differences }: EventCheck): string[] {
  const sums = ({ lines, quantity, amount }: EventCheck['raw']) =>
    `${lines} lines, quantity ${quantity}, amount ${amount}`;
  return [
    `${invoices} invoices came as events.`,
    `Raw objects: ${sums(raw)}`,
    `DynamoDB:    ${sums(records)}`,
    `Warehouse:   ${sums(warehouse)}`,
    ...(pending > 0 ? [`${pending} invoices are still on their way to the warehouse.`] : []),
    ...(differences.length === 0 ? ['They agree, invoice by invoice.'] : []),
    ...differences.map(
      (one) =>
        `${one.invoice}: raw ${sums(one.raw)}; DynamoDB ${sums(one.records)}; warehouse ${sums(one.warehouse)}`,
    ),
  ];
}
