import { createInterface } from 'node:readline';
import { z } from 'zod';
import {
  add,
  compare,
  type Decimal,
  decimal,
  multiply,
  toShortText,
  ZERO,
} from '../../src/domain/decimal.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Invoices } from '../../src/ports/invoices.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { findingStep } from '../stages/reconcile.ts';
import { readRecord } from './consume-events.ts';
import { pendingNotes } from './event-objects.ts';

type Sums = { lines: number; quantity: Decimal; amount: Decimal };
type Said = { lines: number; quantity: string; amount: string };

export type EventCheck = {
  invoices: number;
  /** Sums over the lines: of the raw objects (each event once), of the invoice table, of the warehouse's order items. */
  raw: Said;
  records: Said;
  warehouse: Said;
  /** Invoices that the warehouse is still to be told of. */
  pending: number;
  /** Invoices of which two of the three say different things; what is pending is not counted. */
  differences: { invoice: string; raw: Said; records: Said; warehouse: Said }[];
};

export type CheckEventsNeeds = {
  clock: Clock;
  objects: ObjectStore;
  bucket: string;
  invoices: Invoices;
  warehouse: Warehouse;
  feeds: readonly FeedSet[];
};

const RAW = 'raw/events/';
const AT_ONCE = 200;
const MOST_SHOWN = 20;
const MOST_ROWS = 2_000_000;
const RawLine = z.object({ sequence: z.string(), event: z.unknown() });

/**
 * Compares what was accepted as raw objects with the invoice table and with the warehouse, invoice by invoice. Memory grows
 * with the number of events (an id each) and of invoices. Lines that the feed's rules refused are missing in the warehouse.
 * What differs is written down as a finding.
 */
export async function checkEvents(needs: CheckEventsNeeds): Promise<EventCheck> {
  const raw = await rawSums(needs);
  const pending = new Set<string>();
  for await (const { note } of pendingNotes(needs)) for (const invoice of note.invoices) pending.add(invoice);
  const records = await recordSums([...raw.keys()], needs.invoices);
  const warehouse = await warehouseSums(raw, needs.warehouse);
  const differences: EventCheck['differences'] = [];
  for (const [invoice, sums] of raw) {
    if (pending.has(invoice)) continue;
    const [a, b, c] = [said(sums), said(records.get(invoice)), said(warehouse.get(invoice))];
    if (!same(a, b) || !same(b, c)) differences.push({ invoice, raw: a, records: b, warehouse: c });
  }
  if (differences.length > 0) await writeFinding(differences, needs);
  return {
    invoices: raw.size,
    raw: said(total(raw)),
    records: said(total(records)),
    warehouse: said(total(warehouse)),
    pending: pending.size,
    differences: differences.slice(0, MOST_SHOWN),
  };
}

async function writeFinding(
  differences: EventCheck['differences'],
  { warehouse, clock }: CheckEventsNeeds,
): Promise<void> {
  const foundAt = clock.now().toISOString();
  const id = `events-${foundAt.slice(0, 19)}`;
  const words = ({ lines, amount }: Said) => `${lines} lines, ${amount}`;
  const names = differences.slice(0, 5).map(({ invoice }) => `'${invoice.replaceAll("'", "''")}'`);
  const step = findingStep({
    id,
    check: 'events-differ',
    severity: 'error',
    batch: null,
    run: null,
    sentence: `${differences.length} invoices that came as events are not the same in the raw objects, the invoice table and the warehouse.`,
    count: differences.length,
    amount: null,
    examples: differences
      .slice(0, 5)
      .map(
        (one) =>
          `${one.invoice}: raw ${words(one.raw)}; invoice table ${words(one.records)}; warehouse ${words(one.warehouse)}`,
      ),
    sql: `select order_id, line_no, quantity, unit_price from retail.order_items where order_id in (${names.join(', ')})`,
    foundAt,
  });
  await warehouse.write({ token: id, steps: [step] });
}

async function rawSums({ objects, bucket, feeds }: CheckEventsNeeds): Promise<Map<string, Sums>> {
  const seen = new Set<string>();
  const sums = new Map<string, Sums>();
  const known = new Map();
  for await (const { ref } of objects.list(bucket, RAW)) {
    const { body } = await objects.get(ref);
    for await (const line of createInterface({ input: body })) {
      if (line === '') continue;
      const { sequence, event } = RawLine.parse(JSON.parse(line));
      const judged = readRecord({ shard: 'raw', sequence, data: JSON.stringify(event) }, feeds, known);
      if (typeof judged === 'string') continue;
      const { invoice, line: item } = judged.read;
      const id = `${invoice}\n${judged.id}`;
      if (seen.has(id)) continue;
      seen.add(id);
      count(sums, invoice, item);
    }
  }
  return sums;
}

async function recordSums(names: string[], invoices: Invoices): Promise<Map<string, Sums>> {
  const sums = new Map<string, Sums>();
  for (let from = 0; from < names.length; from += AT_ONCE)
    for (const invoice of await invoices.findAll(names.slice(from, from + AT_ONCE)))
      for (const item of invoice.items) count(sums, invoice.invoice, item);
  return sums;
}

async function warehouseSums(
  raw: ReadonlyMap<string, Sums>,
  warehouse: Warehouse,
): Promise<Map<string, Sums>> {
  const found = await warehouse.read({
    sql: `select order_id, count(*) as line_count, sum(cast(quantity as decimal(38,4))) as quantity,
  cast(sum(cast(quantity * unit_price as decimal(38,4))) as varchar(60)) as amount
from retail.order_items group by order_id`,
    schema: 'retail',
    maxRows: MOST_ROWS,
    timeoutMs: 300_000,
  });
  const sums = new Map<string, Sums>();
  for (const [order, lines, quantity, amount] of found.rows)
    if (raw.has(String(order)))
      sums.set(String(order), {
        lines: Number(lines),
        quantity: decimal(String(quantity)),
        amount: decimal(String(amount)),
      });
  return sums;
}

function count(
  sums: Map<string, Sums>,
  invoice: string,
  item: { quantity: string; unitPrice: string },
): void {
  const before = sums.get(invoice) ?? { lines: 0, quantity: ZERO, amount: ZERO };
  const quantity = decimal(item.quantity);
  sums.set(invoice, {
    lines: before.lines + 1,
    quantity: add(before.quantity, quantity),
    amount: add(before.amount, multiply(quantity, decimal(item.unitPrice))),
  });
}

function total(sums: ReadonlyMap<string, Sums>): Sums {
  const all = { lines: 0, quantity: ZERO, amount: ZERO };
  for (const { lines, quantity, amount } of sums.values()) {
    all.lines += lines;
    all.quantity = add(all.quantity, quantity);
    all.amount = add(all.amount, amount);
  }
  return all;
}

function said(sums: Sums | undefined): Said {
  const { lines, quantity, amount } = sums ?? { lines: 0, quantity: ZERO, amount: ZERO };
  return { lines, quantity: toShortText(quantity), amount: toShortText(amount) };
}

function same(a: Said, b: Said): boolean {
  return (
    a.lines === b.lines &&
    compare(decimal(a.quantity), decimal(b.quantity)) === 0 &&
    compare(decimal(a.amount), decimal(b.amount)) === 0
  );
}
