import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hasCode } from '../../src/domain/app-error.ts';
import { add, compare, decimal, negate, toShortText, ZERO } from '../../src/domain/decimal.ts';
import { Finding } from '../../src/domain/load-batch.ts';
import type { ResultTable } from '../../src/domain/result-table.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { type Check, checkSql, checksQuery, readChecks } from './check-rules.ts';
import { compareLoaded } from './control-totals.ts';
import { warehouseTime } from './load-batch.ts';
import { inLoadOrder } from './load-tables.ts';
import { stagingTables } from './stage-sql.ts';

export const ReconcileInput = z.object({
  run: z.string(),
  batch: z.string(),
  tables: z.array(z.string()),
  touchedDays: z.array(z.string()),
  foundAt: z.string(),
  /** What was staged was taken away, since the run had failed long ago. */
  stagingGone: z.boolean().default(false),
});
export type ReconcileInput = z.infer<typeof ReconcileInput>;

export const ReconcileOutput = z.object({ findings: z.array(Finding) });
export type ReconcileOutput = z.infer<typeof ReconcileOutput>;

const CHECK_TIMEOUT_MS = 300_000;
const EXAMPLES = 5;

/**
 * Compares what a batch brought with itself and with what was there, and writes what does not add up as findings.
 * The run's staging tables go with the same write; the batch then knows its days.
 */
export async function reconcile(
  input: ReconcileInput,
  { warehouse }: { warehouse: Warehouse },
  /** What else was found of this batch. */
  found: readonly Finding[] = [],
): Promise<ReconcileOutput> {
  const wanted = readChecks().filter((check) => check.tables.some((table) => input.tables.includes(table)));
  const findings = [...found, ...(await runChecks(wanted, input, warehouse))];
  findings.push(...(await loadedFinding(input, warehouse)));
  await warehouse.write({ token: `${input.batch}-reconcile`, steps: closingSteps(input, findings) });
  return { findings };
}

/** Off by the sum of what the money checks found; findings that are for information only do not count. */
export function reconciliationState(findings: readonly Pick<Finding, 'severity' | 'amount'>[]): {
  reconciled: 'reconciled' | 'off';
  offBy: string | null;
} {
  const counting = findings.filter((finding) => finding.severity !== 'info');
  const off = counting.reduce(
    (total, { amount }) => (amount === null ? total : add(total, decimal(amount))),
    ZERO,
  );
  if (counting.length === 0) return { reconciled: 'reconciled', offBy: null };
  return { reconciled: 'off', offBy: compare(off, ZERO) === 0 ? null : toShortText(off) };
}

/** All in one question, so that what they share is made once; of a large batch, where that is too much at once, one by one. */
async function askChecks(
  wanted: readonly Check[],
  batch: string,
  warehouse: Warehouse,
): Promise<ResultTable['rows']> {
  if (wanted.length === 0) return [];
  const ofMost = await isMostOfAll(batch, warehouse);
  const ask = async (checks: readonly Check[]) =>
    (
      await warehouse.read({
        sql: checksQuery(checks, EXAMPLES, ofMost),
        params: { batch },
        schema: 'retail',
        maxRows: EXAMPLES * checks.length,
        timeoutMs: CHECK_TIMEOUT_MS,
        canAskForLess: checks.length > 1,
      })
    ).rows;
  try {
    return await ask(wanted);
  } catch (error) {
    if (!hasCode(error, 'warehouse.too-large') || wanted.length === 1) throw error;
  }
  const rows: ResultTable['rows'] = [];
  for (const check of wanted) rows.push(...(await ask([check])));
  return rows;
}

/** Whether half of all orders and their rows or more came with this batch, as far as can be told quickly. */
async function isMostOfAll(batch: string, warehouse: Warehouse): Promise<boolean> {
  const found = await warehouse.read({
    sql: `select max(b.rows_loaded), (select count(*) from retail.orders) + (select count(*) from retail.order_items)
  + (select count(*) from retail.payments) + (select count(*) from retail.refunds)
from ops.load_batches b
where b.batch_id = :batch`,
    params: { batch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: CHECK_TIMEOUT_MS,
  });
  const [loaded, all] = found.rows[0] ?? [];
  return Number(loaded ?? 0) * 2 >= Number(all ?? 0);
}

async function runChecks(
  wanted: readonly Check[],
  { run, batch, foundAt }: ReconcileInput,
  warehouse: Warehouse,
): Promise<Finding[]> {
  const found = await askChecks(wanted, batch, warehouse);
  const currency = found.some((row) => Number(row[3] ?? 0) !== 0) ? await currencyAfter(warehouse) : '';
  return wanted.flatMap((check): Finding[] => {
    const rows = found.filter(([name]) => name === check.name).sort((a, b) => Number(a[4]) - Number(b[4]));
    const [first] = rows;
    if (!first) return [];
    const count = Number(first[2]);
    const amount =
      first[3] === null || first[3] === undefined ? null : toShortText(decimal(String(first[3])));
    return [
      {
        id: `${batch}-${check.name}`,
        check: check.name,
        severity: check.severity,
        batch,
        run,
        sentence: check.sentence
          .replaceAll('{count}', String(count))
          .replaceAll('{amount}', `${amount ?? '0'}${currency}`),
        count,
        amount,
        examples: rows.map(([, example]) => String(example).slice(0, 300)),
        sql: checkSql(check).replaceAll(':batch', `'${batch}'`),
        foundAt,
      },
    ];
  });
}

/** Amounts of orders in several currencies are a sum of none. */
async function currencyAfter(warehouse: Warehouse): Promise<string> {
  const found = await warehouse.read({
    sql: "select min(currency) as first_one, max(currency) as last_one from retail.orders where currency <> ''",
    schema: 'retail',
    maxRows: 1,
    timeoutMs: CHECK_TIMEOUT_MS,
  });
  const [first, last] = found.rows[0] ?? [];
  return typeof first === 'string' && first === last ? ` ${first.trim()}` : '';
}

/** What was judged good and staged must be in the warehouse, rows and sums. */
async function loadedFinding(
  { run, batch, tables, foundAt, stagingGone }: ReconcileInput,
  warehouse: Warehouse,
): Promise<Finding[]> {
  // Stopped after its write and called again: what was staged is gone, and the finding written.
  if (stagingGone || (await isClosed(batch, warehouse))) return [];
  const wrong = await compareLoaded({ run, batch, tables: inLoadOrder(tables) }, warehouse);
  if (wrong.length === 0) return [];
  const amount = wrong.reduce(
    (sum, one) => add(sum, compare(one.amount, ZERO) < 0 ? negate(one.amount) : one.amount),
    ZERO,
  );
  const finding: Finding = {
    id: `${batch}-control-totals`,
    check: 'control-totals',
    severity: 'error',
    batch,
    run,
    sentence: `${wrong.length} control totals of this load are not those of what was read; off by ${toShortText(amount)} in all.`,
    count: wrong.length,
    amount: toShortText(amount),
    examples: wrong.slice(0, EXAMPLES).map(({ example }) => example.slice(0, 300)),
    sql: tables
      .map(
        (table) =>
          `select '${table}' as name, count(*) as loaded from retail.${table} where batch_id = '${batch}'`,
      )
      .join('\nunion all\n'),
    foundAt,
  };
  return [finding];
}

async function isClosed(batch: string, warehouse: Warehouse): Promise<boolean> {
  const found = await warehouse.read({
    sql: 'select touched_days from ops.load_batches where batch_id = :batch and touched_days is not null',
    params: { batch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  return found.rows.length > 0;
}

function closingSteps(input: ReconcileInput, findings: Finding[]): Statement[] {
  return [
    ...findings.map(findingStep),
    {
      sql: 'update ops.load_batches set touched_days = :days where batch_id = :batch',
      params: { days: JSON.stringify(input.touchedDays), batch: input.batch },
    },
    ...stagingTables(input.run, input.tables).map((table) => ({ sql: `drop table if exists ${table}` })),
  ];
}

/** Findings that belong to no load, in the place of those that an earlier look wrote under ids that begin alike. */
export async function replaceFindings(
  id: string,
  findings: readonly Finding[],
  warehouse: Warehouse,
): Promise<void> {
  const like = { like: `${id}-%` };
  const before = await warehouse.read({
    sql: 'select finding_id from ops.findings where finding_id like :like',
    params: like,
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  if (before.rows.length === 0 && findings.length === 0) return;
  await warehouse.write({
    token: `${id}-${randomUUID()}`,
    steps: [
      { sql: 'delete from ops.findings where finding_id like :like', params: like },
      ...findings.map(findingStep),
    ],
  });
}

/** Writes a finding down. */
export function findingStep(finding: Finding): Statement {
  return {
    sql: `insert into ops.findings (finding_id, check_name, severity, batch_id, run_id, sentence, row_count, amount, examples, query, found_at)
values (:id, :check, :severity, :batch, :run, :sentence, :count, cast(:amount as decimal(19,4)), :examples, :sql, cast(:foundAt as timestamp))`,
    params: {
      id: finding.id,
      check: finding.check,
      severity: finding.severity,
      batch: finding.batch,
      run: finding.run,
      sentence: finding.sentence.slice(0, 1000),
      count: finding.count,
      amount: finding.amount,
      examples: JSON.stringify(finding.examples),
      sql: finding.sql,
      foundAt: warehouseTime(finding.foundAt),
    },
  };
}
