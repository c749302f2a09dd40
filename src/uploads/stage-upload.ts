import { startOfMonth } from '../domain/day.ts';
import { add, decimal, negate, toShortText, ZERO } from '../domain/decimal.ts';
import { titleDay } from './ask-about.ts';
import type { ReadRow } from './read-table.ts';
import type { ReadUpload, UploadTable } from './read-upload.ts';
import type { ReadOptions, UploadQuestion } from './upload-preview.ts';

/** Feeds of the ordinary pipeline that uploads become. */
export type StagedFeed = 'ledger_entries' | 'budgets' | 'stock_counts';

export type StagedUpload =
  | {
      outcome: 'staged';
      files: { feed: StagedFeed; fileName: string; csv: string; rows: number }[];
      notes: string[];
    }
  | { outcome: 'needs-detail'; questions: UploadQuestion[] }
  | { outcome: 'refused'; reason: string };

type Fields = Record<string, string>;

const HEADERS: Record<StagedFeed, readonly string[]> = {
  ledger_entries: [
    'entry_id',
    'journal_id',
    'entry_date',
    'account_code',
    'account_name',
    'branch_id',
    'counterparty',
    'document_no',
    'text',
    'debit',
    'credit',
    'tax_code',
    'tax_amount',
  ],
  budgets: [
    'scenario',
    'month',
    'account_code',
    'account_name',
    'branch_id',
    'category',
    'measure',
    'amount',
  ],
  stock_counts: ['branch_id', 'product_id', 'counted_on', 'quantity'],
};

/** Accounts for files that name none: money goes from one to the other. */
const COUNTER_FEEDS = ['expenses', 'supplier_invoices', 'bank_statement', 'branch_takings'];

/**
 * The rows that may be loaded, as the CSV of a feed of the ordinary pipeline. Nothing is staged while a question is open.
 * A file that names no accounts (expenses, invoices, a bank's statement, takings) becomes two ledger lines a row, with the
 * accounts that the person gave as answers `account` and `counter-account`.
 */
export function toStagedCsv({ preview, tables }: ReadUpload, options: ReadOptions): StagedUpload {
  if (preview.outcome === 'refused')
    return { outcome: 'refused', reason: preview.reason ?? 'The file could not be read.' };
  const used = tables.filter((table) => table.used && table.feed);
  const questions = [...preview.questions, ...used.flatMap((table) => openQuestions(table, options))];
  if (questions.length > 0) return { outcome: 'needs-detail', questions };
  if (used.some(({ feed }) => feed?.name === 'price_list'))
    return {
      outcome: 'refused',
      reason: 'There is no table for price lists yet. Load prices with the products feed.',
    };
  if (
    used.some(
      ({ sheet, table }) => table.crosstab.length > 0 && options.answers?.[`unpivot:${sheet.name}`] === 'no',
    )
  )
    return {
      outcome: 'refused',
      reason: 'A budget with periods across is loaded as one row for each period, or not at all.',
    };
  const rows = new Map<StagedFeed, Fields[]>();
  const notes = new Set<string>();
  for (const [at, table] of used.entries()) {
    const feed = targetOf(table);
    const made = table.read.rows.flatMap((row) =>
      recordsOf(feed, table, row, `${preview.file.sha256.slice(0, 12)}-${at + 1}`, options, notes),
    );
    rows.set(feed, [...(rows.get(feed) ?? []), ...made]);
  }
  const files = [...rows].map(([feed, records]) => ({
    feed,
    fileName: `${feed}-${preview.file.sha256.slice(0, 12)}.csv`,
    csv: toCsv(HEADERS[feed], records),
    rows: records.length,
  }));
  return { outcome: 'staged', files, notes: [...notes] };
}

function targetOf({ feed }: UploadTable): StagedFeed {
  if (feed?.name === 'budgets' || feed?.name === 'stock_counts') return feed.name;
  return 'ledger_entries';
}

/** What only loading needs, beyond what reading asks. */
function openQuestions(table: UploadTable, { answers }: ReadOptions): UploadQuestion[] {
  const sheet = table.sheet.name;
  const questions: UploadQuestion[] = [];
  const ask = (id: string, question: string, choices: [string, string][] = []) => {
    if (answers?.[id] === undefined && !questions.some((other) => other.id === id))
      questions.push({ id, sheet, question, choices: choices.map(([value, label]) => ({ value, label })) });
  };
  const has = (name: string) => table.columns.some(({ mapped }) => mapped?.to === name);
  const name = table.feed?.name ?? '';
  if (COUNTER_FEEDS.includes(name)) {
    if (!has('account_code')) ask('account', 'Which account do these rows belong to?');
    ask('counter-account', 'Which account does the money come from or go to?');
  }
  if (name === 'budgets' && !has('revenue') && !has('expense') && !has('measure'))
    ask('measure', 'Are these amounts revenue or expenses?', [
      ['revenue', 'Revenue'],
      ['expense', 'Expenses'],
    ]);
  if (name === 'stock_counts' && !has('branch_id')) ask('branch', 'Which branch was counted?');
  return questions;
}

function recordsOf(
  feed: StagedFeed,
  table: UploadTable,
  row: ReadRow,
  source: string,
  options: ReadOptions,
  notes: Set<string>,
): Fields[] {
  const values: Fields = {};
  for (const { column, mapped } of table.columns) {
    const value = row.values.get(column);
    if (mapped && value !== undefined) values[mapped.to] = value;
  }
  if (feed === 'budgets') return budgetRecords(table, row, values, options);
  if (feed === 'stock_counts') return [stockRecord(table, values, options)];
  return ledgerRecords(table, row, values, `${source}-${row.index + 1}`, options, notes);
}

function budgetRecords(table: UploadTable, row: ReadRow, values: Fields, { answers }: ReadOptions): Fields[] {
  const base = { ...values, scenario: scenarioOf(values['scenario']) };
  const measure = measureOf(values['measure']) ?? measureOf(answers?.['measure']) ?? '';
  if (table.table.crosstab.length > 0)
    return table.table.crosstab.flatMap(({ column, period }) => {
      const amount = row.values.get(column);
      const month = period.start.replace(
        /^--(\d\d)$/,
        `${answers?.[`year:${table.sheet.name}`] ?? ''}-$1-01`,
      );
      return amount === undefined ? [] : [{ ...base, month, measure, amount }];
    });
  const month = startOfMonth(values['month'] ?? '');
  const own = (['revenue', 'expense'] as const).flatMap((kind) => {
    const amount = values[kind];
    return amount === undefined ? [] : [{ ...base, month, measure: kind, amount }];
  });
  if (own.length > 0) return own;
  return [{ ...base, month, measure }];
}

function scenarioOf(text: string | undefined): string {
  return /forecast|prognose|prevision/i.test(text ?? '') ? 'forecast' : 'budget';
}

function measureOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/rev|income|sales|erl|umsatz|recette|ingres|ricav|omzet|receita/i.test(text)) return 'revenue';
  return /exp|cost|aufw|kost|charge|d[eé]pens|gast|spes|cost|uitg|despes/i.test(text) ? 'expense' : undefined;
}

function stockRecord(table: UploadTable, values: Fields, { answers }: ReadOptions): Fields {
  const product = values['product_id'] ?? values['product_name'] ?? '';
  const counted = values['counted_on']?.slice(0, 10) ?? dayOf(table, answers) ?? '';
  return {
    ...values,
    product_id: product,
    counted_on: counted,
    branch_id: values['branch_id'] ?? answers?.['branch'] ?? '',
  };
}

function dayOf(table: UploadTable, answers: ReadOptions['answers']): string | undefined {
  return answers?.[`day:${table.sheet.name}`] ?? titleDay(table.table.titles)?.days[0]?.slice(0, 10);
}

function ledgerRecords(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  id: string,
  { answers }: ReadOptions,
  notes: Set<string>,
): Fields[] {
  const account = accountOf(values, answers?.['account'], notes);
  const amount = signedAmount(table, row, values);
  const base: Fields = {
    ...values,
    ...account,
    entry_id: id,
    journal_id: values['journal_id'] ?? values['document_no'] ?? id,
    entry_date: (values['entry_date'] ?? dayOf(table, answers) ?? '').slice(0, 10),
    counterparty: values['counterparty'] ?? values['supplier'] ?? values['paid_by'] ?? '',
    text: values['text'] ?? values['category'] ?? '',
    tax_amount: values['tax_amount'] ?? '',
  };
  const counter =
    values['contra_account'] ??
    (COUNTER_FEEDS.includes(table.feed?.name ?? '') ? answers?.['counter-account'] : undefined);
  const line = { ...base, ...sides(amount) };
  if (counter === undefined) return amount.units === 0n ? [] : [line];
  const other = {
    ...base,
    entry_id: `${id}-c`,
    account_code: counter,
    account_name: '',
    tax_amount: '',
    tax_code: '',
    ...sides(negate(amount)),
  };
  return amount.units === 0n ? [] : [line, other];
}

/** '1-1110 BNZ Cheque Account' is a code and a name; an account with a name alone is known by it. */
function accountOf(values: Fields, given: string | undefined, notes: Set<string>): Fields {
  if (values['account_code'])
    return { account_code: values['account_code'].slice(0, 32), account_name: values['account_name'] ?? '' };
  const name = values['account_name'] ?? given ?? '';
  const split = /^(\d[\d.\-/]*)[\s:–-]+(\p{L}.*)$/u.exec(name);
  if (split) return { account_code: (split[1] ?? '').slice(0, 32), account_name: split[2] ?? '' };
  if (values['account_name'])
    notes.add('Accounts have names and no numbers; the names were taken as their codes.');
  return { account_code: name.slice(0, 32), account_name: values['account_name'] ?? '' };
}

/** Debit less credit of the account. What comes in (takings, a bank's plus) is a credit of the account it is from. */
function signedAmount(table: UploadTable, row: ReadRow, values: Fields) {
  const { debit, credit } = values;
  if (debit !== undefined || credit !== undefined) {
    const absolute = (text: string | undefined) => {
      const value = text === undefined ? ZERO : decimal(text);
      return table.feed?.name === 'bank_statement' && value.units < 0n ? negate(value) : value;
    };
    return add(absolute(debit), negate(absolute(credit)));
  }
  const raw = decimal(values['amount'] ?? values['net_amount'] ?? values['balance'] ?? '0');
  const column = table.columns.find(({ mapped }) => mapped?.to === 'amount')?.column ?? -1;
  const side = row.sides.get(column) ?? directionOf(values['direction']);
  if (side !== undefined) {
    const size = raw.units < 0n ? negate(raw) : raw;
    return side === 'debit' ? size : negate(size);
  }
  return table.feed?.name === 'branch_takings' || table.feed?.name === 'bank_statement' ? negate(raw) : raw;
}

function directionOf(text: string | undefined): 'debit' | 'credit' | undefined {
  if (text === undefined) return undefined;
  if (/^(d|dr|s|soll|debit|debet|d[eé]bito?|debe|dare|af)/i.test(text.trim())) return 'debit';
  return /^(c|cr|h|haben|credit|cr[eé]dito?|haber|avere|bij)/i.test(text.trim()) ? 'credit' : undefined;
}

function sides(amount: ReturnType<typeof decimal>): Fields {
  return amount.units < 0n
    ? { debit: '', credit: toShortText(negate(amount)) }
    : { debit: toShortText(amount), credit: '' };
}

function toCsv(header: readonly string[], records: Fields[]): string {
  const lines = records.map((record) => header.map((name) => quote(record[name] ?? '')).join(','));
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
