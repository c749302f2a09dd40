import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts';
import type { Finding } from '../../src/domain/load-batch.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { InvoiceStanding } from '../../src/ports/invoices.ts';
import { replaceFindings } from '../stages/reconcile.ts';
import { lostRaw, rawAgainstTable, standingOf, warehouseAgainst } from './compare-events.ts';
import { type EventDifference, eventFindings } from './event-differences.ts';
import { pendingNotes, quarantinedIds, rawObjects } from './event-objects.ts';
import { closeWindow, openWindows, toldOf } from './event-windows.ts';
import { type SaidSums, said, sumsOf, totalOf } from './line-sums.ts';
import { type RawReader, rawReader } from './read-raw.ts';
import type { ReconcileEventsNeeds } from './reconcile-window.ts';
import { warehouseSums } from './warehouse-lines.ts';

export type CheckEventsNeeds = ReconcileEventsNeeds & {
  clock: Clock;
  /** What was written a moment ago may not be everywhere yet; a real pause when left out. */
  pause?(ms: number): Promise<void>;
};

export type EventCheck = {
  /** The day on which the events came; null: all of them were compared. */
  day: Day | null;
  invoices: number;
  /** Sums over the lines of these invoices: of the raw objects (each event once), of the invoice table, of the warehouse. */
  raw: SaidSums;
  records: SaidSums;
  warehouse: SaidSums;
  /** Invoices that the warehouse is still to be told of; they are not held against it. */
  pending: number;
  findings: Finding[];
};

/** What differs is looked at again after so long: it may have been under way. */
const SETTLE_MS = 20_000;
/** A file that is not loaded by then had a run that failed: what it holds is missing. */
const STUCK_MS = 6 * 60 * 60_000;

/**
 * Raw objects = invoice table = warehouse, for the invoices of which events came on one day, or of all days. What is in
 * flight does not count: invoices that wait for the warehouse, events in quarantine. Memory grows with the events of the
 * day, an id each. What differs is written down as findings, in the place of those of an earlier look at the same day.
 */
export async function reconcileEvents(day: Day | null, needs: CheckEventsNeeds): Promise<EventCheck> {
  const foundAt = needs.clock.now();
  const reader = rawReader(needs);
  const lost = await readDay(day, reader, needs);
  let standing = await standingOf(reader.told, needs.invoices);
  if (day !== null && (await readNeighbours(day, reader, standing, foundAt, needs)))
    standing = await standingOf(reader.told, needs.invoices);
  const refused = await refusedOf(day, needs);
  let { pending, sums, off } = await againstWarehouse(standing, refused, needs);
  let amiss = await againstTable(reader, standing, pending, needs);
  if (off.length + amiss.length > 0) {
    await (needs.pause ?? sleep)(SETTLE_MS);
    standing = await standingOf(reader.told, needs.invoices);
    ({ pending, sums, off } = await againstWarehouse(standing, refused, needs));
    amiss = await againstTable(reader, standing, pending, needs);
  }
  const id = `events-${day ?? 'all'}`;
  const findings = eventFindings([...lost, ...amiss, ...off], {
    id,
    batch: null,
    run: null,
    foundAt: foundAt.toISOString(),
  });
  await replaceFindings(id, findings, needs.warehouse);
  return {
    day,
    invoices: reader.told.size,
    raw: said(totalOf([...reader.told.values()].map((one) => one.sums))),
    records: said(totalOf([...standing.values()].map(sumsOf))),
    warehouse: said(totalOf(sums.values())),
    pending: pending.size,
    findings,
  };
}

/** The raw objects of the day; and those that windows stood for and that are not there, or not whole. */
async function readDay(
  day: Day | null,
  reader: RawReader,
  needs: CheckEventsNeeds,
): Promise<EventDifference[]> {
  const held = new Map<string, number>();
  for await (const { ref } of rawObjects(day, needs)) held.set(ref.key, (await reader.read(ref.key)) ?? 0);
  const told = new Map<string, number>();
  for await (const { raw } of toldOf(day, needs)) for (const { key, lines } of raw) told.set(key, lines);
  return lostRaw([...told].map(([key, lines]) => ({ key, lines, found: held.get(key) ?? null })));
}

/** An invoice may have begun on a day before, or gone on since: only then are those days read, and only for such. */
async function readNeighbours(
  day: Day,
  reader: RawReader,
  standing: ReadonlyMap<string, InvoiceStanding>,
  now: Date,
  needs: CheckEventsNeeds,
): Promise<boolean> {
  const open = new Set([...standing.values()].flatMap((one) => (one.untold > 0 ? [one.invoice] : [])));
  if (open.size === 0) return false;
  for await (const other of otherDays(day, now, needs)) {
    let read = false;
    for await (const { ref } of rawObjects(other, needs)) {
      await reader.read(ref.key, (invoice) => open.has(invoice));
      read = true;
    }
    if (!read) continue;
    for (const one of await needs.invoices.standing(idsOf(open, reader)))
      if (one.untold === 0) open.delete(one.invoice);
    if (open.size === 0) break;
  }
  return true;
}

/** The days since, then those before, as far back as there are raw objects. */
async function* otherDays(day: Day, now: Date, needs: CheckEventsNeeds): AsyncGenerator<Day> {
  const today = now.toISOString().slice(0, 10);
  for (let at = 1; at <= daysBetween(day, today); at += 1) yield addDays(day, at);
  for await (const { ref } of rawObjects(null, needs)) {
    const first = ref.key.split('/').at(-2) ?? day;
    for (let at = 1; at <= daysBetween(first, day); at += 1) yield addDays(day, -at);
    return;
  }
}

function idsOf(invoices: ReadonlySet<string>, { told }: RawReader): Map<string, Set<string>> {
  return new Map([...invoices].map((invoice) => [invoice, told.get(invoice)?.ids ?? new Set()]));
}

async function againstTable(
  { told }: RawReader,
  standing: ReadonlyMap<string, InvoiceStanding>,
  pending: ReadonlySet<string>,
  needs: CheckEventsNeeds,
): Promise<EventDifference[]> {
  const isMissing = [...standing.values()].some(({ missing }) => missing.length > 0);
  const inQuarantine = isMissing ? await quarantinedIds(needs) : new Set<string>();
  const found = rawAgainstTable(told, standing, { whole: true, inQuarantine });
  // An invoice that goes on just now has lines of raw objects that were not there when those were read.
  return found.filter(({ kind, invoice }) => kind === 'events-not-stored' || !pending.has(invoice));
}

async function againstWarehouse(
  standing: ReadonlyMap<string, InvoiceStanding>,
  refused: Readonly<Record<string, number>>,
  needs: CheckEventsNeeds,
) {
  const names = [...standing.keys()];
  const sums = await warehouseSums(names, needs.warehouse);
  const pending = await invoicesOnTheirWay(standing, sums, needs);
  const off = warehouseAgainst(
    [...standing].flatMap(([invoice, one]) =>
      pending.has(invoice) ? [] : [[invoice, sumsOf(one)] as const],
    ),
    sums,
    refused,
  );
  return { pending, sums, off };
}

/** A window whose run has ended but that was left behind by a crash is closed; a run that failed keeps its window waiting. */
async function invoicesOnTheirWay(
  standing: ReadonlyMap<string, InvoiceStanding>,
  sums: Awaited<ReturnType<typeof warehouseSums>>,
  needs: CheckEventsNeeds,
): Promise<Set<string>> {
  const pending = new Set<string>();
  for await (const { note } of pendingNotes(needs)) for (const invoice of note.invoices) pending.add(invoice);
  for await (const window of openWindows(needs)) {
    const age = needs.clock.now().getTime() - Date.parse(window.madeAt);
    if (age < STUCK_MS) for (const { invoice } of window.invoices) pending.add(invoice);
    else if (window.invoices.every(({ invoice, lines }) => (sums.get(invoice)?.lines ?? 0) >= lines))
      await closeWindow(window.file, needs);
  }
  return new Set([...pending].filter((invoice) => standing.has(invoice)));
}

async function refusedOf(day: Day | null, needs: CheckEventsNeeds): Promise<Record<string, number>> {
  const refused: Record<string, number> = {};
  for await (const told of toldOf(day, needs)) Object.assign(refused, told.refused);
  return refused;
}
