import type { Finding } from '../../src/domain/load-batch.ts';
import type { Invoices } from '../../src/ports/invoices.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { lostRaw, rawAgainstTable, standingOf, warehouseAgainst } from './compare-events.ts';
import { type EventDifference, eventFindings } from './event-differences.ts';
import { quarantinedIds } from './event-objects.ts';
import { type EventWindow, findWindow, keepWindow } from './event-windows.ts';
import { sumsOf } from './line-sums.ts';
import { rawReader } from './read-raw.ts';
import { refusedLines, warehouseSums } from './warehouse-lines.ts';

export type ReconcileEventsNeeds = {
  objects: ObjectStore;
  bucket: string;
  invoices: Invoices;
  warehouse: Warehouse;
  feeds: readonly FeedSet[];
};

/**
 * After the load of a file of events: the raw objects that it stands for are there and their events are in the invoice
 * table, and the warehouse has what the file had. Costs a reading of those raw objects and of those invoices, whatever came
 * before. An invoice that has gone on since is held against what it is now.
 */
export async function reconcileWindow(
  input: { file: string; run: string; batch: string; refused: number; foundAt: string },
  needs: ReconcileEventsNeeds,
): Promise<Finding[]> {
  const window = await findWindow(input.file, needs);
  if (!window) return [];
  const refused =
    input.refused > 0 ? await refusedLines(input.run, window.invoices, needs.warehouse) : window.refused;
  if (input.refused > 0) await keepWindow({ ...window, refused }, needs);
  const differences = [
    ...(await rawDifferences(window, needs)),
    ...(await warehouseDifferences({ ...window, refused }, needs)),
  ];
  const { run, batch, foundAt } = input;
  return eventFindings(differences, { id: batch, batch, run, foundAt });
}

/** Of each micro-batch only the invoices that it changed: what it could not store comes again in another. */
async function rawDifferences(window: EventWindow, needs: ReconcileEventsNeeds): Promise<EventDifference[]> {
  const reader = rawReader(needs);
  const objects = new Map<string, { lines: number; of: Set<string> }>();
  for (const { raw, invoices } of window.batches) {
    if (!raw) continue;
    const { lines, of } = objects.get(raw.key) ?? { lines: raw.lines, of: new Set<string>() };
    objects.set(raw.key, { lines, of: new Set([...of, ...invoices]) });
  }
  const read = [];
  for (const [key, { lines, of }] of objects)
    read.push({ key, lines, found: await reader.read(key, (invoice) => of.has(invoice)) });
  const standing = await standingOf(reader.told, needs.invoices);
  const isMissing = [...standing.values()].some(({ missing }) => missing.length > 0);
  const inQuarantine = isMissing ? await quarantinedIds(needs) : new Set<string>();
  return [...lostRaw(read), ...rawAgainstTable(reader.told, standing, { whole: false, inQuarantine })];
}

async function warehouseDifferences(
  { invoices, refused }: EventWindow,
  needs: ReconcileEventsNeeds,
): Promise<EventDifference[]> {
  const sums = await warehouseSums(
    invoices.map(({ invoice }) => invoice),
    needs.warehouse,
  );
  const expected = invoices.map((one) => [one.invoice, sumsOf(one)] as const);
  const off = warehouseAgainst(expected, sums, refused);
  if (off.length === 0) return off;
  // A later file of the same invoices may have been loaded before this was looked at.
  const standing = await needs.invoices.standing(new Map(off.map(({ invoice }) => [invoice, new Set()])));
  const now = warehouseAgainst(
    standing.map((one) => [one.invoice, sumsOf(one)] as const),
    sums,
    refused,
  );
  const still = new Set(now.map(({ invoice }) => invoice));
  return off.filter(({ invoice }) => still.has(invoice));
}
