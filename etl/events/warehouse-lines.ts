import { decimal } from '../../src/domain/decimal.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import type { EventWindow } from './event-windows.ts';
import type { LineSums } from './line-sums.ts';

const AT_ONCE = 400;
const MOST_REFUSED = 1_000_000;

/** What the order items of these invoices come to; those without any are left out. */
export async function warehouseSums(
  invoices: readonly string[],
  warehouse: Warehouse,
): Promise<Map<string, LineSums>> {
  const sums = new Map<string, LineSums>();
  for (let from = 0; from < invoices.length; from += AT_ONCE) {
    const some = invoices.slice(from, from + AT_ONCE);
    const found = await warehouse.read({
      sql: `select order_id, count(*) as line_count, sum(cast(quantity as decimal(38,4))) as quantity,
  cast(sum(cast(quantity * unit_price as decimal(38,4))) as varchar(60)) as amount
from retail.order_items where order_id in (${some.map((_, at) => `:i${at}`).join(', ')}) group by order_id`,
      params: Object.fromEntries(some.map((invoice, at) => [`i${at}`, invoice])),
      schema: 'retail',
      maxRows: AT_ONCE,
      timeoutMs: 120_000,
    });
    for (const [order, lines, quantity, amount] of found.rows)
      sums.set(String(order), {
        lines: Number(lines),
        quantity: decimal(String(quantity)),
        amount: decimal(String(amount)),
      });
  }
  return sums;
}

/** How many lines of each invoice of this file were refused, or wait. */
export async function refusedLines(
  run: string,
  invoices: EventWindow['invoices'],
  warehouse: Warehouse,
): Promise<Record<string, number>> {
  const found = await warehouse.read({
    sql: 'select distinct line_no from ops.refused_rows where run_id = :run order by line_no',
    params: { run },
    schema: 'retail',
    maxRows: MOST_REFUSED,
    timeoutMs: 120_000,
  });
  const counts: Record<string, number> = {};
  let at = 0;
  for (const [line] of found.rows) {
    while (at + 1 < invoices.length && (invoices[at + 1]?.firstLine ?? 0) <= Number(line)) at += 1;
    const { invoice } = invoices[at] ?? { invoice: '' };
    counts[invoice] = (counts[invoice] ?? 0) + 1;
  }
  return counts;
}
