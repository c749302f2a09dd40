import { add, decimal, round, toShortText, tryDecimal } from '../domain/decimal.ts';
import { AMOUNT_COLUMNS } from './amount-columns.ts';
import { acrossOf } from './branches-across.ts';
import { openQuestions } from './open-questions.ts';
import type { ReadRow } from './read-table.ts';
import type { ReadUpload } from './read-upload.ts';
import { scaled } from './scale.ts';
import { settleNames } from './settle-names.ts';
import { askAboutSheets, giveSheetsMeaning } from './sheet-meaning.ts';
import { giveBudgetIds } from './staged-budgets.ts';
import { STAGED_FEEDS, type StagedFeed } from './staged-feeds.ts';
import type { Fields } from './staged-fields.ts';
import { recordsOf } from './staged-records.ts';
import { type StagedTotals, stagedTotals } from './staged-totals.ts';
import { rowCurrencies, tableCurrency } from './table-currency.ts';
import type { ReadOptions, RefusedCell, UploadQuestion } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';
import { cellName } from './workbook.ts';

export type StagedFile = {
  feed: StagedFeed;
  fileName: string;
  csv: string;
  rows: number;
  totals: StagedTotals;
};

/** A row of a sheet that cannot be loaded, by its first cell. */
export type StagedRefusal = RefusedCell & { sheet: string };

export type StagedUpload =
  | {
      outcome: 'staged';
      files: StagedFile[];
      /** Rows that were read but lack what every row of their kind must have. */
      refused: StagedRefusal[];
      /** Rows that hold no amount at all, and are left out for that. */
      empty: number;
      notes: string[];
    }
  | { outcome: 'needs-detail'; questions: UploadQuestion[] }
  | { outcome: 'refused'; reason: string };

type Made = { rows: Fields[]; refused: StagedRefusal[]; empty: number; notes: Set<string> };

/** What each kind of file becomes. */
const TARGETS: Readonly<Record<string, StagedFeed>> = {
  budgets: 'budgets',
  stock_counts: 'stock_counts',
  expenses: 'expenses',
  supplier_invoices: 'supplier_invoices',
  branch_takings: 'branch_takings',
  trial_balance: 'account_balances',
  bank_statement: 'bank_transactions',
  price_list: 'price_lists',
};

const NUMBERS = [...AMOUNT_COLUMNS, 'tax_rate', 'quantity'] as const;

/**
 * The rows that may be loaded, as the CSV of the feeds of the ordinary pipeline, with the sums that must be found in the
 * warehouse afterwards. Nothing is staged while a question is open.
 */
export function toStagedCsv({ preview, tables }: ReadUpload, options: ReadOptions): StagedUpload {
  if (preview.outcome === 'refused')
    return { outcome: 'refused', reason: preview.reason ?? 'The file could not be read.' };
  const used = tables.filter((table) => table.used && table.feed);
  const questions = [...preview.questions, ...used.flatMap((table) => openQuestions(table, options))];
  if (questions.length > 0) return { outcome: 'needs-detail', questions: onceEach(questions) };
  if (used.some((table) => isLeftAsItStands(table, options)))
    return {
      outcome: 'refused',
      reason: 'A table with periods or branches across is loaded as one row for each of them, or not at all.',
    };
  const made = new Map<StagedFeed, Made>();
  for (const [at, table] of used.entries()) {
    const feed = TARGETS[table.feed?.name ?? ''] ?? 'ledger_entries';
    const into = made.get(feed) ?? { rows: [], refused: [], empty: 0, notes: new Set<string>() };
    made.set(feed, into);
    addRows(feed, table, `${preview.file.sha256.slice(0, 12)}-${at + 1}`, options, into);
  }
  const asked = [...made].flatMap(([feed, { rows, notes }]) => {
    giveSheetsMeaning(feed, rows, options, notes);
    const unknownNames = settleNames(feed, rows, options, notes);
    if (feed === 'budgets') giveBudgetIds(rows);
    tellCurrencies(rows, notes);
    return [...unknownNames, ...askAboutSheets(feed, rows, KEYS[feed]?.of, options)];
  });
  if (asked.length > 0) return { outcome: 'needs-detail', questions: onceEach(asked) };
  for (const [feed, one] of made) one.rows = addedUp(feed, one.rows, one.notes);
  const files = [...made]
    .filter(([, { rows }]) => rows.length > 0)
    .map(([feed, { rows }]) => ({
      feed,
      fileName: `${feed}-${preview.file.sha256.slice(0, 12)}.csv`,
      csv: toCsv(STAGED_FEEDS[feed].columns, rows),
      rows: rows.length,
      totals: stagedTotals(feed, rows),
    }));
  const all = [...made.values()];
  if (files.length === 0)
    return { outcome: 'refused', reason: 'No row of it can be loaded; the card says why for each.' };
  return {
    outcome: 'staged',
    files,
    refused: all.flatMap(({ refused }) => refused),
    empty: all.reduce((total, { empty }) => total + empty, 0),
    notes: [...new Set(all.flatMap(({ notes }) => [...notes]))],
  };
}

function isLeftAsItStands({ table, keys }: UploadTable, { answers }: ReadOptions): boolean {
  return acrossOf(table) !== undefined && answers?.[`unpivot:${keys.key}`] === 'no';
}

function onceEach(questions: UploadQuestion[]): UploadQuestion[] {
  return [...new Map(questions.map((question) => [question.id, question])).values()];
}

function addRows(
  feed: StagedFeed,
  table: UploadTable,
  source: string,
  options: ReadOptions,
  into: Made,
): void {
  const shape = STAGED_FEEDS[feed];
  const named = tableCurrency(table);
  if (named && named !== options.currency)
    into.notes.add(`Amounts are taken as ${named}, as the file names it.`);
  const currencyOf = rowCurrencies(table, options.currency ?? 'USD');
  for (const row of table.read.rows()) {
    const where = `${table.sheet.name}!${row.index + 1}`;
    const wrong = wrongCell(table, row);
    if (wrong) {
      into.refused.push(wrong);
      continue;
    }
    const said = currencyOf(row);
    if ('reason' in said) {
      into.refused.push({
        sheet: table.sheet.name,
        cell: cellName(said.column, row.index),
        value: said.value.slice(0, 200),
        reason: said.reason,
      });
      continue;
    }
    const currency = said.currency ?? options.currency ?? 'USD';
    const id = `${source}-${row.index + 1}`;
    const records = recordsOf(feed, { table, row, id, options, notes: into.notes });
    if (records.length === 0) into.empty++;
    for (const record of records) {
      const whole = rounded(scaled({ ...record, upload_row: where, currency }, table, options), into.notes);
      const lacks = Object.entries(shape.required).find(([name]) => (whole[name] ?? '') === '');
      if (lacks) into.refused.push(refusal(table, row.index, lacks[1]));
      else into.rows.push(whole);
    }
  }
}

/** Tables with a key of the trade: rows of one key are added up, since the warehouse holds one figure for each. */
const KEYS: Partial<Record<StagedFeed, { of: (row: Fields) => string; sum: string }>> = {
  budgets: { of: (row) => row['budget_id'] ?? '', sum: 'amount' },
  stock_counts: {
    of: (row) => JSON.stringify([row['branch_id'], row['product_id'], row['counted_on']]),
    sum: 'quantity',
  },
};

/** Sums over several currencies are no amounts of money. */
function tellCurrencies(rows: readonly Fields[], notes: Set<string>): void {
  const currencies = [...new Set(rows.map((row) => row['currency'] ?? ''))].filter(Boolean).sort();
  if (currencies.length > 1)
    notes.add(
      `The amounts are in ${currencies.slice(0, 8).join(', ')}. Nothing was converted; sums over all of them are for checking alone.`,
    );
}

function addedUp(feed: StagedFeed, rows: Fields[], notes: Set<string>): Fields[] {
  const key = KEYS[feed];
  if (!key) return rows;
  const byKey = new Map<string, Fields>();
  for (const row of rows) {
    const before = byKey.get(key.of(row));
    if (!before) byKey.set(key.of(row), row);
    else before[key.sum] = toShortText(add(decimal(before[key.sum] || '0'), decimal(row[key.sum] || '0')));
  }
  if (byKey.size < rows.length)
    notes.add(
      `${rows.length} rows became ${byKey.size}: those of the same ${feed === 'budgets' ? 'month, account, branch and category' : 'branch, product and day'} were added up.`,
    );
  return [...byKey.values()];
}

const IS_NUMBER =
  /^(debit|credit|amount|net_amount|tax_amount|cash|card|balance|unit_price|unit_cost|tax_rate|quantity|revenue|expense|exchange_rate)$/;
const IS_DAY = /^(entry_date|invoice_date|due_date|value_date|month|counted_on|valid_from)$/;

/** A column may have been mapped by hand to what its values are not. */
function wrongCell({ columns, sheet, table }: UploadTable, row: ReadRow): StagedRefusal | undefined {
  const across = new Set(acrossOf(table)?.columns);
  for (const { column, mapped } of columns) {
    const value = row.values[column];
    const to = across.has(column) ? 'amount' : mapped?.to;
    if (to === undefined || value === undefined) continue;
    const isWrong =
      (IS_NUMBER.test(to) && tryDecimal(value) === undefined) ||
      (IS_DAY.test(to) && !/^\d{4}-\d{2}(-\d{2})?($|T)/.test(value));
    if (!isWrong) continue;
    const reason = IS_NUMBER.test(to) ? 'It is not a number.' : 'It is not a date.';
    return { sheet: sheet.name, cell: cellName(column, row.index), value: value.slice(0, 200), reason };
  }
  return undefined;
}

function refusal({ sheet, table }: UploadTable, row: number, reason: string): StagedRefusal {
  return { sheet: sheet.name, cell: cellName(table.left, row), value: '', reason };
}

/** The warehouse keeps four decimals; what has more is rounded here, so that the sums agree. */
function rounded(record: Fields, notes: Set<string>): Fields {
  for (const name of NUMBERS) {
    const value = tryDecimal(record[name] ?? '');
    if (!value || value.scale <= 4) continue;
    const short = round(value, 4);
    if (toShortText(short) !== toShortText(value))
      notes.add('Numbers with more than four decimals were rounded to four.');
    record[name] = toShortText(short);
  }
  return record;
}

function toCsv(header: readonly string[], records: Fields[]): string {
  const lines = records.map((record) => header.map((name) => quote(record[name] ?? '')).join(','));
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
