import { hasCode } from '../../src/domain/app-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import {
  isLoaded,
  type LoadInput,
  type LoadOutput,
  loadSteps,
  readDays,
  warehouseTime,
} from './load-batch.ts';
import { fillStep, sqlSteps, stagingTable } from './sql-steps.ts';
import { undoRun, undoStatements } from './undo-batch.ts';
import type { UploadOrigin } from './upload-origin.ts';

const STEPS = 'loads/uploads.sql';
const LOAD_TIMEOUT_MS = 60 * 60_000;

/** How the rows of each table are told apart when somebody asks what an upload changed. */
const TOLD_BY: Readonly<Record<string, { item: string; amount: string }>> = {
  ledger_entries: { item: named('t.account_code', 't.account_name'), amount: 't.amount' },
  account_balances: { item: named('t.account_code', 't.account_name'), amount: 't.amount' },
  bank_transactions: { item: first('t.counterparty', 't.text'), amount: 't.amount' },
  expenses: { item: first('t.category', 't.account_code', 't.supplier', 't.branch_id'), amount: 't.amount' },
  supplier_invoices: {
    item: first('t.account_name', 't.account_code', 't.category', 't.supplier', 't.supplier_id'),
    amount: 't.amount',
  },
  branch_takings: { item: first('t.branch_id'), amount: 't.amount' },
  budgets: {
    item: first('t.account_name', 't.account_code', 't.category', 't.branch_id', 't.measure'),
    amount: 't.amount',
  },
  stock_counts: { item: named('t.branch_id', 't.product_id'), amount: 't.quantity' },
  price_lists: { item: first('t.product_id', 't.product_name'), amount: 't.unit_price' },
};

/**
 * Loads the batch of an upload and notes who sent it and what it changed. Where it takes the place of an earlier batch, that
 * one goes out in the same transaction: whatever stops it, the warehouse holds the one or the other.
 */
export async function loadUpload(
  input: LoadInput,
  upload: UploadOrigin,
  needs: { warehouse: Warehouse; clock: Clock },
): Promise<LoadOutput> {
  const { warehouse } = needs;
  const replaced = upload.replaces?.batch ?? null;
  if (!(await isLoaded(input.batch, needs))) {
    const out = replaced === null ? [] : await undoStatements(replaced, needs);
    const replaces = out.length > 0 ? replaced : null;
    await warehouse.write({
      token: input.batch,
      steps: [
        ...beforeSteps(input, replaces),
        ...out,
        ...loadSteps(input),
        ...noteSteps(input, upload, replaces),
      ],
      timeoutMs: LOAD_TIMEOUT_MS,
    });
  }
  const days = await readDays(warehouse, input.run);
  const outDays = replaced === null ? [] : await daysOfUndo(replaced, warehouse);
  return { batch: input.batch, touchedDays: [...new Set([...days, ...outDays])].sort() };
}

function beforeSteps(input: LoadInput, replaced: string | null): Statement[] {
  const steps = [step(input, 'begin')];
  if (replaced === null) return steps;
  for (const table of Object.keys(TOLD_BY)) steps.push(step(input, 'replaced-before', table, { replaced }));
  return steps;
}

function noteSteps(input: LoadInput, upload: UploadOrigin, replaced: string | null): Statement[] {
  const { batch } = input;
  const tables = Object.keys(TOLD_BY).filter((table) => replaced !== null || input.tables.includes(table));
  const loadedAt = warehouseTime(input.loadedAt);
  return [
    ...(replaced === null ? tables.map((table) => step(input, 'merged-before', table, { batch })) : []),
    ...tables.map((table) => step(input, 'changes', table, { batch, upload: upload.id })),
    step(input, 'end'),
    {
      sql: fillStep(sqlSteps(STEPS), 'note', {}),
      params: {
        upload: upload.id,
        batch,
        person: upload.person.slice(0, 64),
        person_name: upload.personName.slice(0, 100),
        confirmed_by: upload.confirmedBy.slice(0, 100),
        file_name: upload.fileName.slice(0, 200),
        file_hash: upload.fileHash.slice(0, 64),
        what: input.tables
          .map((table) => table.replaceAll('_', ' '))
          .join(', ')
          .slice(0, 200),
        period_from: upload.period?.from ?? null,
        period_to: upload.period?.to ?? null,
        rows_loaded: input.rows.loaded,
        left_out: upload.leftOut,
        loaded_on: loadedAt.slice(0, 10),
        loaded_at: loadedAt,
        replaced_batch: replaced,
        replaced_file: replaced === null ? null : (upload.replaces?.file.slice(0, 200) ?? null),
      },
    },
  ];
}

function step(input: LoadInput, name: string, table = '', params?: Record<string, string>): Statement {
  const { item = '', amount = '' } = TOLD_BY[table] ?? {};
  const before = stagingTable(input.run, 'before');
  const sql = fillStep(sqlSteps(STEPS), name, { before, table, item, amount });
  return params ? { sql, params } : { sql };
}

/** None when the sweeper was first to finish what an undo leaves. */
async function daysOfUndo(batch: string, warehouse: Warehouse): Promise<string[]> {
  return readDays(warehouse, undoRun(batch)).catch((thrown: unknown) => {
    if (hasCode(thrown, 'warehouse.bad-statement')) return [];
    throw thrown;
  });
}

function first(...columns: string[]): string {
  return `coalesce(${columns.join(', ')}, '-')`;
}

function named(code: string, name: string): string {
  return `case when ${name} is null or ${name} = ${code} then ${code} else ${code} || ' ' || ${name} end`;
}
