import type { UploadTable } from './read-upload.ts';

const CODES =
  /(?<![A-Za-z])(?:T|k)?(EUR|USD|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|INR|CNY|ZAR|SGD|HKD|TRY)(?![A-Za-z])/g;
const SIGNS: readonly [RegExp, string][] = [
  [/€|\beuros?\b/i, 'EUR'],
  [/£/, 'GBP'],
  [/US\$/, 'USD'],
  [/zł/, 'PLN'],
  [/R\$/, 'BRL'],
];

/** The currency that a text names, when it names one alone; '$' alone is the dollar of many countries. */
export function currencyNamed(text: string): string | undefined {
  const named = new Set([...text.matchAll(CODES)].map((match) => match[1] ?? ''));
  for (const [sign, code] of SIGNS) if (sign.test(text)) named.add(code);
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

/** Of amounts whose rows name no currency: what their headings say, their own signs, or the table's titles. */
export function tableCurrency({ table, columns }: UploadTable): string | undefined {
  const amounts = columns.filter(({ hint }) => hint === 'amount');
  const texts = [
    amounts.map(({ header }) => header ?? '').join(' '),
    amounts.flatMap(({ survey }) => [...survey.currencies]).join(' '),
    table.titles.join(' '),
  ];
  return texts.map(currencyNamed).find((code) => code !== undefined);
}

/** Signs of several currencies beside amounts of which no column says the currency. */
export function mixedSigns({ columns }: UploadTable): string[] {
  if (columns.some(({ mapped }) => mapped?.to === 'currency')) return [];
  const signs = columns.flatMap(({ hint, survey }) => (hint === 'amount' ? [...survey.currencies] : []));
  const different = new Set(signs);
  return different.size > 1 ? [...different] : [];
}
