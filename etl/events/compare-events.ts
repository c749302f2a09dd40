import { ZERO } from '../../src/domain/decimal.ts';
import type { InvoiceStanding, Invoices } from '../../src/ports/invoices.ts';
import type { EventDifference } from './event-differences.ts';
import { distance, inWords, type LineSums, NO_LINES, sameSums, sumsOf } from './line-sums.ts';
import type { Told } from './read-raw.ts';

const AT_ONCE = 500;

/** How each invoice that raw objects tell of stands in the invoice table. */
export async function standingOf(told: Told, invoices: Invoices): Promise<Map<string, InvoiceStanding>> {
  const names = [...told.keys()];
  const found = new Map<string, InvoiceStanding>();
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE);
    const ids = new Map(some.map((name) => [name, told.get(name)?.ids ?? new Set<string>()]));
    for (const one of await invoices.standing(ids)) found.set(one.invoice, one);
  }
  return found;
}

/** Raw objects against the invoice table. `whole`: every raw object of these invoices was read. */
export function rawAgainstTable(
  told: Told,
  standing: ReadonlyMap<string, InvoiceStanding>,
  options: { whole: boolean; inQuarantine: ReadonlySet<string> },
): EventDifference[] {
  const found: EventDifference[] = [];
  for (const [invoice, { ids, sums }] of told) {
    const one = standing.get(invoice);
    if (!one) continue;
    const table = sumsOf(one);
    const missing = one.missing.filter((id) => !options.inQuarantine.has(id));
    const example = `${invoice}: raw ${inWords(sums)}; invoice table ${inWords(table)}`;
    const off = distance(sums.amount, table.amount);
    if (missing.length > 0)
      found.push({
        kind: 'events-not-stored',
        invoice,
        count: missing.length,
        amount: off,
        example: `${example}; missing ${missing.slice(0, 3).join(', ')}`,
      });
    if (options.whole && one.untold > 0)
      found.push({ kind: 'events-not-told', invoice, count: one.untold, amount: off, example });
    if (one.doubled > 0)
      found.push({ kind: 'events-stored-twice', invoice, count: one.doubled, amount: off, example });
    const sameEvents = missing.length + one.untold + one.doubled === 0 && ids.size === one.lines;
    if (options.whole && sameEvents && !sameSums(sums, table))
      found.push({ kind: 'events-changed', invoice, count: one.lines, amount: off, example });
  }
  return found;
}

/** What should be in the warehouse against what is; lines that were refused may be missing. */
export function warehouseAgainst(
  expected: Iterable<readonly [string, Readonly<LineSums>]>,
  warehouse: ReadonlyMap<string, LineSums>,
  refused: Readonly<Record<string, number>>,
): EventDifference[] {
  const found: EventDifference[] = [];
  for (const [invoice, should] of expected) {
    const is = warehouse.get(invoice) ?? NO_LINES;
    const lacking = should.lines - is.lines;
    const example = `${invoice}: invoice table ${inWords(should)}; warehouse ${inWords(is)}`;
    const off = distance(should.amount, is.amount);
    if (lacking > (refused[invoice] ?? 0))
      found.push({ kind: 'events-not-loaded', invoice, count: lacking, amount: off, example });
    else if (lacking < 0)
      found.push({ kind: 'events-loaded-twice', invoice, count: -lacking, amount: off, example });
    else if (lacking === 0 && !sameSums(should, is))
      found.push({ kind: 'events-changed', invoice, count: is.lines, amount: off, example });
  }
  return found;
}

/** Raw objects that are not there, or hold fewer events than they did. */
export function lostRaw(
  objects: readonly { key: string; lines: number; found: number | null }[],
): EventDifference[] {
  return objects
    .filter(({ lines, found }) => (found ?? 0) < lines)
    .map(({ key, lines, found }) => ({
      kind: 'events-raw-lost',
      invoice: '',
      count: lines - (found ?? 0),
      amount: ZERO,
      example: found === null ? `${key}: is gone` : `${key}: ${found} of ${lines} events`,
    }));
}
