import { stringify } from 'yaml';
import { plainName } from './feed.ts';
import { type ColumnMap, OF_CUSTOMERS, OF_PRODUCTS, targetsOf } from './propose-targets.ts';
import { readSample } from './read-sample.ts';
import { type Decided, type SurveyedColumn, surveyColumn } from './survey-values.ts';
import { TARGET_TABLES } from './tables.ts';
import { CONCEPTS } from './target-words.ts';

export type Proposal = {
  /** The declaration, to be written to a file. */
  yaml: string;
  target: string;
  /** 0 to 1. */
  sure: number;
  columns: { header: string; type: string; to: string | null; sure: boolean }[];
  /** What the sample does not say; each with the option that decides it. */
  questions: string[];
};

export type Wishes = Decided & {
  set?: string | undefined;
  feed?: string | undefined;
  target?: string | undefined;
  currency?: string | undefined;
  timeZone?: string | undefined;
  /** The file's name, for the pattern. */
  fileName: string;
};

const EMPTY = ['NULL', 'null', 'N/A', 'n/a', 'NA', 'NaN', 'nan', 'None', '\\N', '-', '#N/A'];

/** A declaration for files like this one, by looking at it. Undefined when there is no table that a target would take. */
export function proposeFeed(text: string, wishes: Wishes): Proposal | undefined {
  const sample = readSample(text);
  const header = sample.header ?? (sample.rows[0] ?? []).map((_, i) => `column_${i + 1}`);
  const empties = EMPTY.filter((empty) => sample.rows.some((row) => row.includes(empty)));
  const columns = header.map((name, i) =>
    surveyColumn(
      name,
      sample.rows.map((row) => row[i] ?? '').filter((cell) => cell !== '' && !empties.includes(cell)),
      wishes,
    ),
  );
  const choice = chooseTarget(columns, wishes.target);
  if (!choice) return undefined;
  const { target, map, isFlat } = choice;
  const key = map.get('order_id');
  const repeats = key !== undefined && key.distinct < key.filled;
  const name = wishes.feed ?? plainFeedName(wishes.fileName);
  const isTime = columns.find((column) => column.type === 'time');
  const declaration = {
    set: wishes.set ?? name.replaceAll('_', '-'),
    currency: wishes.currency ?? currencyOf(columns) ?? 'USD',
    timeZone: wishes.timeZone ?? 'UTC',
    feeds: {
      [name]: {
        match: [patternOf(wishes.fileName)],
        format: {
          delimiter: sample.delimiter,
          ...(sample.skipLines > 0 ? { skipLines: sample.skipLines } : {}),
          ...(sample.header === null ? { header } : {}),
          ...(empties.length > 0 ? { emptyValues: empties } : {}),
        },
        columns: Object.fromEntries(
          columns.filter(({ header: one }) => one !== '').map((column) => [column.header, declared(column)]),
        ),
        targets: targetsOf({ target, map, isFlat: isFlat && repeats, time: isTime }),
      },
    },
  };
  const hasAmounts = [...map.values()].some(({ type }) => type === 'decimal');
  const questions = [
    ...columns
      .filter(({ doubt }) => doubt === 'date-order')
      .map(
        ({ header: one, example, formats }) =>
          `Is '${example}' in ${one} day first or month first? Taken as ${formats[0] ?? ''}; --date-order dmy or mdy decides.`,
      ),
    ...columns
      .filter(({ doubt }) => doubt === 'decimal-mark')
      .map(
        ({ header: one, example, decimalComma }) =>
          `Is the mark in '${example}' (${one}) a decimal ${decimalComma ? 'comma' : 'point'}? --decimal comma or point decides.`,
      ),
    ...(choice.isSure
      ? []
      : [
          `Are these rows ${target}? ${choice.others.length > 0 ? `They could be ${choice.others.join(' or ')}; ` : ''}--target decides.`,
        ]),
    ...(sample.header === null
      ? [
          'The file has no header line; columns are named column_1, column_2 ... Give them their names in the declaration.',
        ]
      : []),
    ...(wishes.currency === undefined && hasAmounts && currencyOf(columns) === undefined
      ? ['Which currency are the amounts in? Taken as USD; --currency decides.']
      : []),
    ...(wishes.timeZone === undefined && columns.some(({ type }) => type === 'timestamp' || type === 'time')
      ? ['Which time zone are the times in? Taken as UTC; --time-zone decides.']
      : []),
  ];
  const taken = new Map([...map].map(([to, column]) => [column.header, to]));
  const sureColumns = columns.map((column) => ({
    header: column.header,
    type: column.type,
    to: taken.get(column.header) ?? null,
    sure: column.doubt === null && taken.has(column.header),
  }));
  const marks = columns.map(({ doubt, header: one }) => (doubt !== null ? 0.5 : taken.has(one) ? 1 : 0.8));
  const mean = marks.reduce((sum, mark) => sum + mark, 0) / Math.max(1, marks.length);
  const sure = Math.round(100 * mean * (choice.isSure ? 1 : 0.7)) / 100;
  const head = [
    `# Written from ${wishes.fileName} by looking at ${sample.rows.length} rows. ${Math.round(100 * sure)} % sure.`,
    ...questions.map((question) => `# Unsure: ${question}`),
  ];
  return {
    yaml: `${head.join('\n')}\n${stringify(declaration, { lineWidth: 110 })}`,
    target,
    sure,
    columns: sureColumns,
    questions,
  };
}

function declared(column: SurveyedColumn): Record<string, unknown> {
  return {
    type: column.type,
    to: null,
    ...(column.formats.length > 0 ? { formats: column.formats } : {}),
    ...(column.decimalComma ? { decimalComma: true } : {}),
    ...(column.units.length > 0 ? { units: column.units } : {}),
    ...(column.round ? { round: true } : {}),
  };
}

type Choice = { target: string; map: ColumnMap; isFlat: boolean; isSure: boolean; others: string[] };

/** The table for which most columns have a name and a type that fit, and whose key the file states. */
function chooseTarget(columns: readonly SurveyedColumn[], wanted: string | undefined): Choice | undefined {
  const choices = TARGET_TABLES.filter(({ name }) => wanted === undefined || name === wanted).flatMap(
    (table) => {
      const map = mapColumns(columns, table.name);
      const needed = NEEDED[table.name] ?? table.key;
      if (!needed.every((column) => map.has(column))) return [];
      // A key of one column that comes again is some other table's.
      const key = table.key.length === 1 ? map.get(table.key[0] as string) : undefined;
      if (wanted === undefined && key && key.distinct < key.filled) return [];
      return [{ target: table.name, map, score: map.size + needed.length }];
    },
  );
  choices.sort((a, b) => b.score - a.score);
  const [best, second] = choices;
  if (!best) return undefined;
  const flat = best.target === 'order_items' ? mapColumns(columns, 'orders') : undefined;
  const isFlat = flat?.has('ordered_at') ?? false;
  const map = isFlat && flat ? new Map([...besides(columns, flat), ...flat, ...best.map]) : best.map;
  const rivals = choices.filter(({ target, score }) => target !== best.target && score >= best.score);
  return {
    target: best.target,
    map,
    isFlat,
    isSure: wanted !== undefined || second === undefined || second.score < best.score,
    others: rivals.map(({ target }) => target),
  };
}

function besides(columns: readonly SurveyedColumn[], orders: ColumnMap): ColumnMap {
  const taken = new Set(orders.values());
  const some = (table: string, names: string[]) =>
    [...mapColumns(columns, table)].filter(([to, column]) => names.includes(to) && !taken.has(column));
  return new Map([
    ...some('products', OF_PRODUCTS),
    ...(orders.has('customer_id') ? some('customers', OF_CUSTOMERS) : []),
  ]);
}

/** What a row must say, where the rest can be made. */
const NEEDED: Record<string, string[]> = {
  orders: ['order_id', 'ordered_at'],
  order_items: ['order_id', 'unit_price'],
  refunds: ['order_id', 'refunded_at', 'amount', 'refund_id'],
  payments: ['order_id', 'amount', 'method'],
  ledger_entries: ['entry_id', 'entry_date', 'account_code'],
  budgets: ['month_start', 'amount', 'account_code'],
  branches: ['branch_id', 'name'],
};

const TYPES: Record<string, SurveyedColumn['type'][]> = {
  decimal: ['integer', 'decimal'],
  integer: ['integer'],
  day: ['date', 'timestamp'],
  timestamp: ['date', 'timestamp'],
  text: ['text', 'code', 'integer'],
};

function mapColumns(columns: readonly SurveyedColumn[], table: string): ColumnMap {
  const map: ColumnMap = new Map();
  const taken = new Set<string>();
  const wanted = TARGET_TABLES.find(({ name }) => name === table)?.columns ?? [];
  for (const isExact of [true, false])
    for (const { name, type } of wanted) {
      if (map.has(name)) continue;
      const words = [name, ...(CONCEPTS[`${table}.${name}`] ?? []), ...(CONCEPTS[name] ?? [])].map(stemOf);
      const found = columns.find((column) => {
        if (taken.has(column.header) || !TYPES[type]?.includes(column.type)) return false;
        const plain = stemOf(column.header);
        return isExact
          ? words.includes(plain)
          : words.some((word) => word.length > 4 && plain.endsWith(word));
      });
      if (!found) continue;
      map.set(name, found);
      taken.add(found.header);
    }
  return map;
}

/** 'Bon-Nr', 'Bonnummer' and 'Bon' are one word. */
function stemOf(name: string): string {
  const plain = plainName(name);
  return plain.replace(/(nummer|number|num|nr|no)$/, '') || plain;
}

const CURRENCIES: Record<string, string> = {
  '€': 'EUR',
  eur: 'EUR',
  $: 'USD',
  usd: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  chf: 'CHF',
  zł: 'PLN',
  kr: 'SEK',
  r$: 'BRL',
  '¥': 'JPY',
  '₹': 'INR',
};

function currencyOf(columns: readonly SurveyedColumn[]): string | undefined {
  for (const { units } of columns)
    for (const unit of units) if (CURRENCIES[unit.toLowerCase()]) return CURRENCIES[unit.toLowerCase()];
  return undefined;
}

function plainFeedName(fileName: string): string {
  const base = fileName
    .replace(/(\.(csv|tsv|txt|gz|zip|jsonl|ndjson|xls[xmb]?|ods))+$/i, '')
    .replace(/[\d_.\s-]+$/, '');
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);
  return name === '' ? 'feed' : name;
}

/** Numbers and dates in a name change from file to file. */
function patternOf(fileName: string): string {
  const [, base = fileName, ending = ''] = /^(.*?)((?:\.[A-Za-z]\w*)*)$/.exec(fileName) ?? [];
  return `${base.replace(/[\d][\d_.\s-]*/g, '*')}*${ending.replace(/\.gz$/i, '')}*`.replace(/\*+/g, '*');
}
