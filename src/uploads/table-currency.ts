import type { ReadRow } from './read-table.ts';
import { currencySign } from './survey-column.ts';
import type { UploadTable } from './upload-table.ts';
import { isBlank } from './workbook.ts';

const CODES =
  /(?<![A-Za-z])(?:T|k)?(EUR|USD|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|INR|CNY|ZAR|SGD|HKD|TRY)(?![A-Za-z])/g;
const SIGNS: readonly [RegExp, string][] = [
  [/€|\beuros?\b/i, 'EUR'],
  [/£/, 'GBP'],
  [/US\$/, 'USD'],
  [/zł/, 'PLN'],
  [/R\$/, 'BRL'],
  [/₹/, 'INR'],
];

/** Signs of several countries, or of one that is written otherwise too. */
const SHARED: readonly [RegExp, readonly string[]][] = [
  [/\$/, ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN']],
  [/^kr/, ['SEK', 'NOK', 'DKK']],
  [/¥/, ['JPY', 'CNY']],
  [/^Fr/, ['CHF']],
];

/** Whether an amount with this sign can be in this currency. */
function mayBe(sign: string, currency: string): boolean {
  const code = currencyNamed(sign);
  if (code) return code === currency;
  return SHARED.find(([signs]) => signs.test(sign))?.[1].includes(currency) ?? true;
}

/** The currency that a text names, when it names one alone; '$' alone is the dollar of many countries. */
export function currencyNamed(text: string): string | undefined {
  const named = new Set([...text.matchAll(CODES)].map((match) => match[1] ?? ''));
  for (const [sign, code] of SIGNS) if (sign.test(text)) named.add(code);
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

/** What a row's amounts are in, as far as the file says; or the cell that leaves it open or contradicts. */
export type RowCurrency =
  | { currency: string | undefined }
  | { column: number; value: string; reason: string };

/** Of amounts that name no currency themselves: what their headings say, their own signs, or the table's titles. */
export function tableCurrency(table: UploadTable): string | undefined {
  const signs = signsOf(table);
  return (
    headingCurrency(table) ??
    (signs.length === 1 ? currencyNamed(signs[0] ?? '') : undefined) ??
    currencyNamed(table.table.titles.join(' '))
  );
}

/**
 * The currency of each row: what its column says, else its sign, else what the table names. In a column with the signs of
 * several currencies, or with one that cannot be the company's, an amount that does not say which is its own is refused, and so
 * is one that contradicts its row or heading.
 */
export function rowCurrencies(table: UploadTable, company: string): (row: ReadRow) => RowCurrency {
  const signs = signsOf(table);
  const heading = headingCurrency(table);
  const named = tableCurrency(table);
  const isOpen = !named && (signs.length > 1 || signs.some((sign) => !mayBe(sign, company)));
  const stating = table.columns.find(({ mapped }) => mapped?.to === 'currency');
  const { body } = table.table;
  const at = new Map(Array.from({ length: body.length }, (_, row) => [body.index(row), row] as const));
  return ({ index, values }) => {
    const text = (stating && values[stating.column]) ?? '';
    const stated = currencyNamed(text.toUpperCase());
    if (stating && text !== '' && !stated && !/^[A-Z]{3}$/.test(text))
      return { column: stating.column, value: text, reason: SAY.noCurrency(text) };
    const said = stated ?? (text || heading);
    let own: string | undefined;
    for (const { column } of signs.length > 0 ? amountColumns(table) : []) {
      const cell = body.cell(at.get(index) ?? -1, column);
      if (cell === undefined || isBlank(cell)) continue;
      const sign = currencySign(cell) ?? '';
      const other = said ?? own;
      if (sign && other && !mayBe(sign, other))
        return { column, value: cell.text, reason: SAY.contradicts(sign, other) };
      const code = currencyNamed(sign);
      if (!code && !other && isOpen) return { column, value: cell.text, reason: SAY.unsaid(signs) };
      own ??= code;
    }
    return { currency: said ?? own ?? named };
  };
}

const SAY = {
  noCurrency: (text: string) =>
    `'${text.slice(0, 20)}' does not say which currency it is: write it as EUR or USD.`,
  contradicts: (own: string, other: string) =>
    `It is marked as ${own}, but the row or its heading says ${other}.`,
  unsaid: (signs: readonly string[]) =>
    `It does not say its currency, and the column has the ${signs.length === 1 ? 'sign' : 'signs'} ${signs.join(', ')}.`,
};

function headingCurrency(table: UploadTable): string | undefined {
  return currencyNamed(
    amountColumns(table)
      .map(({ header }) => header ?? '')
      .join(' '),
  );
}

/** Signs that mean the same are one: '€' and 'EUR'. */
function signsOf(table: UploadTable): string[] {
  const signs = amountColumns(table).flatMap(({ survey }) => [...survey.currencies]);
  return [...new Map(signs.map((sign) => [currencyNamed(sign) ?? sign, sign])).values()];
}

function amountColumns({ columns }: UploadTable): UploadTable['columns'] {
  return columns.filter(({ hint, mapped, isPeriod }) => hint === 'amount' && (mapped || isPeriod));
}
