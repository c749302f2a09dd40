import { AMOUNT_COLUMNS } from './amount-columns.ts';
import { shiftLeft } from './number-text.ts';
import type { Fields } from './staged-fields.ts';
import type { ReadOptions, UploadQuestion } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';

const THOUSANDS =
  /\b(in|figures in|amounts in|values in) (thousands?|tausend|tsd|milliers|miles|duizend(en)?|migliaia|milhares)\b|\bin tsd\b|(^|[\s(])(t|k)(€|£|\$|eur\b|gbp\b|usd\b|chf\b)|[€£$] ?['’]?(000s?|k)\b|(^|[\s(])['’]000s?\b/i;
const MILLIONS =
  /\b(in|figures in|amounts in|values in) (millions?|millionen|mio|millones|milioni|milhões|miljoenen)\b|[€£$] ?(m|mn|mio)\b|(^|[\s(])mio\.? ?(€|£|\$|eur\b|gbp\b|usd\b|chf\b)/i;

/** 'All figures in £000': taken for pounds, every amount would be a thousandth. */
export function askScale({ keys, sheet, table, columns }: UploadTable): UploadQuestion[] {
  const headers = columns.flatMap(({ header, hint }) =>
    header !== null && hint === 'amount' ? [header] : [],
  );
  const said = [...table.titles, sheet.name, ...headers].find(
    (text) => THOUSANDS.test(text) || MILLIONS.test(text),
  );
  if (said === undefined) return [];
  const places = THOUSANDS.test(said) ? 3 : 6;
  return [
    {
      id: `scale:${keys.key}`,
      sheet: sheet.name,
      question: `'${said.slice(0, 80)}': are the amounts in ${places === 3 ? 'thousands' : 'millions'}?`,
      choices: [
        { value: String(places), label: `Yes: 1.5 is ${places === 3 ? '1,500' : '1,500,000'}` },
        { value: '0', label: 'No, as they stand' },
      ],
    },
  ];
}

/** Amounts in thousands or millions as whole ones, exactly. */
export function scaled(record: Fields, { keys }: UploadTable, { answers }: ReadOptions): Fields {
  const places = Number(answers?.[`scale:${keys.key}`] ?? 0);
  if (places !== 3 && places !== 6) return record;
  for (const name of AMOUNT_COLUMNS) {
    const text = record[name] ?? '';
    if (text === '') continue;
    const isNegative = text.startsWith('-');
    const shifted = shiftLeft(isNegative ? text.slice(1) : text, -places);
    record[name] = isNegative ? `-${shifted}` : shifted;
  }
  return record;
}
