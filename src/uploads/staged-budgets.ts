import { createHash } from 'node:crypto';
import { startOfMonth } from '../domain/day.ts';
import type { Fields, RowToStage } from './staged-fields.ts';
import type { ReadOptions } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';

const ID_BYTES = 120;

/** Lines of one code but several names are several lines. */
export function giveBudgetIds(rows: Fields[]): void {
  const names = new Map<string, Set<string>>();
  for (const row of rows) {
    const id = budgetId(row);
    names.set(id, (names.get(id) ?? new Set()).add(row['account_name'] ?? ''));
  }
  for (const row of rows) {
    const isShared = (names.get(budgetId(row))?.size ?? 0) > 1;
    row['budget_id'] = isShared
      ? budgetId(row, `${row['account_code'] ?? ''} ${row['account_name'] ?? ''}`)
      : budgetId(row);
  }
}

/** What makes a budget figure the same figure in the next file. */
function budgetId(row: Fields, account = row['account_code'] || row['account_name']): string {
  const parts = [row['scenario'], row['month'], account, row['branch_id'], row['category'], row['measure']];
  const id = parts.map((part) => part ?? '').join('|');
  if (Buffer.byteLength(id) <= ID_BYTES) return id;
  return `${row['scenario']}|${row['month']}|${createHash('sha256').update(id).digest('hex')}`;
}

/** One for each month where months stand across, one for revenue and one for expense where both have a column. */
export function budgetRecords(staged: RowToStage): Fields[] {
  const { values } = staged;
  const base = { ...values, scenario: scenarioOf(values['scenario']), measure: measureOfRow(staged) };
  if (staged.table.table.crosstab.length > 0) return recordsAcross(base, staged);
  const month = values['month'] ? startOfMonth(values['month']) : '';
  const own = (['revenue', 'expense'] as const).flatMap((measure) => {
    const amount = values[measure];
    return amount === undefined ? [] : [{ ...base, month, measure, amount }];
  });
  return own.length > 0 ? own : [{ ...base, month }];
}

/** A record for each month that stands across. */
function recordsAcross(base: Fields, { table, row, options, notes }: RowToStage): Fields[] {
  return table.table.crosstab.flatMap(({ column, period, scenario }) => {
    const amount = row.values[column];
    if (scenario === 'actual' || scenario === 'difference') {
      notes.add(
        'Columns of actual figures and of differences were left out: a budget holds what is planned.',
      );
      return [];
    }
    if (period.grain === 'quarter' || period.grain === 'year')
      notes.add(`The figure of a whole ${period.grain} is kept in its first month.`);
    const year = options.answers?.[`year:${table.keys.year}`] ?? '';
    const month = period.start.replace(/^--(\d\d)$/, `${year}-$1-01`);
    return amount === undefined ? [] : [{ ...base, ...(scenario ? { scenario } : {}), month, amount }];
  });
}

function scenarioOf(text: string | undefined): string {
  return /forecast|prognose|prevision/i.test(text ?? '') ? 'forecast' : 'budget';
}

function measureOfRow({ table, values, options }: RowToStage): string {
  return (
    measureOf(values['measure']) ??
    measureOfTable(table) ??
    measureOfAccount(values['account_code'], options.known) ??
    measureOf(options.answers?.['measure']) ??
    ''
  );
}

/** What the books say of an account: income is revenue. */
export function measureOfAccount(
  code: string | undefined,
  known: ReadOptions['known'],
): 'revenue' | 'expense' | undefined {
  const kind = known?.accounts.find((account) => account.code === code)?.kind;
  return kind === 'income' ? 'revenue' : kind === 'expense' ? 'expense' : undefined;
}

/** A sheet called 'Expenses' says what its amounts are. */
export function measureOfTable({ sheet, table }: UploadTable): string | undefined {
  return measureOf(sheet.name) ?? measureOf(table.titles.join(' '));
}

function measureOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/rev|income|sales|erl|umsatz|recette|ingres|ricav|omzet|receita/i.test(text)) return 'revenue';
  return /exp|cost|aufw|kost|charge|d[eé]pens|gast|spes|uitg|despes/i.test(text) ? 'expense' : undefined;
}
