import { AppError } from '../../src/domain/app-error.ts';
import { addMonths } from '../../src/domain/day.ts';
import { LEDGER_PERIOD, LedgerPeriod } from '../../src/domain/ledger-period.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { columnNames, loadTable } from './load-tables.ts';
import { anyDiffers, fillStep, sqlSteps, stagingTable } from './sql-steps.ts';

/** A month of the books in which nothing may change any more. */
export type ClosedMonth = { from: string; to: string; reason: string };

const LEDGER = 'ledger_entries';

/** Without a record store, as in a test of one stage, no month is closed. */
export async function closedMonths(
  records: Pick<VersionedRecords, 'list'> | undefined,
): Promise<ClosedMonth[]> {
  const periods = records ? await records.list(LEDGER_PERIOD) : [];
  return periods
    .map(({ value, version }) => LedgerPeriod.parse({ ...(value as object), version }))
    .filter(({ state }) => state === 'closed')
    .map((period) => {
      const from = `${period.month}-01`;
      return { from, to: addMonths(from, 1), reason: reasonOf(period) };
    });
}

/**
 * Refuses ledger rows that would change a closed month: new ones dated in it, others of an entry that is in it, and
 * an entry moved out of it. Rows that are there already, the same in every column, change nothing and pass.
 */
export function closedMonthSteps(run: string, closed: readonly ClosedMonth[]): Statement[] {
  const table = loadTable(LEDGER);
  const rest = columnNames(table).filter((column) => !table.key.includes(column));
  const sql = fillStep(sqlSteps('checks/set-checks.sql'), 'closed-month', {
    refused: stagingTable(run, 'refused'),
    staged: stagingTable(run, LEDGER),
    differs_st: anyDiffers('s', 't', rest),
  });
  return closed.map((params) => ({ sql, params }));
}

/**
 * A month may be closed between the check of a run and its load. The closing waits for runs that are under way
 * (`closePeriod`), and a run that begins to load looks here, so one of the two sees the other. Errors: load.month-closed.
 */
export async function refuseClosedSince(
  checked: { tables: readonly string[]; closed: readonly string[] },
  records: Pick<VersionedRecords, 'list'> | undefined,
): Promise<void> {
  if (!checked.tables.includes(LEDGER)) return;
  const since = (await closedMonths(records)).find(({ from }) => !checked.closed.includes(from));
  if (since) throw new AppError('load.month-closed', { detail: `The month is ${since.from.slice(0, 7)}.` });
}

/** Errors: batch.kept when taking this batch back would change a closed month. */
export async function refuseUndoInClosedMonth(
  batch: string,
  needs: { warehouse: Warehouse; smallRecords?: Pick<VersionedRecords, 'list'> },
): Promise<void> {
  for (const { from, to, reason } of await closedMonths(needs.smallRecords)) {
    const found = await needs.warehouse.read({
      sql: `
select count(*) as row_count from (
  select entry_id from retail.${LEDGER} where batch_id = :batch and entry_date >= cast(:from as date) and entry_date < cast(:to as date)
  union all
  select entry_id from history.${LEDGER} where replaced_by = :batch and entry_date >= cast(:from as date) and entry_date < cast(:to as date)
) touched`,
      params: { batch, from, to },
      schema: 'retail',
      maxRows: 1,
      timeoutMs: 60_000,
    });
    if (Number(found.rows[0]?.[0] ?? 0) > 0) throw new AppError('batch.kept', { detail: reason });
  }
}

function reasonOf({ month, history }: LedgerPeriod): string {
  const closing = history.findLast(({ what }) => what === 'closed');
  const who = closing ? ` by ${closing.byName} on ${closing.at.slice(0, 10)}` : '';
  return `The month ${month} was closed${who}, so nothing in it may change. Date the entry in an open month, or have ${month} opened again with /record reopen ${month} and send the file once more.`;
}
