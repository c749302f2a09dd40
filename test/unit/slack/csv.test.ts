import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName, toCsv } from '../../../src/slack/csv.ts';

const columns = [
  { name: 'name', type: 'text' as const },
  { name: 'amount', type: 'decimal' as const },
];

test('no cell of a CSV file is read as a formula, and numbers stay numbers', () => {
  const rows = [
    ['=cmd|calc', '-12.30'],
    ['+1', '3'],
    ['@sum', null],
    ['\t=1', '=1+1'],
    [' -2', '1e5'],
  ];
  const text = Buffer.from(toCsv({ columns, rows, truncated: false })).toString('utf8');
  expect(text).toBe(
    "\uFEFFname,amount\r\n'=cmd|calc,-12.30\r\n'+1,3\r\n'@sum,\r\n'\t=1,'=1+1\r\n' -2,1e5\r\n",
  );
});

test('what is in a cell comes back from the file, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1 }).filter((text) => !/^\s*[=+\-@']/.test(text)),
        { minLength: 1 },
      ),
      (texts) => {
        const file = toCsv({
          columns: [{ name: 'x', type: 'text' }],
          rows: texts.map((text) => [text]),
          truncated: false,
        });
        const read = parse(Buffer.from(file), {
          bom: true,
          skip_empty_lines: false,
          relax_column_count: true,
        });
        expect(read.slice(1).map(([cell]) => cell)).toEqual(texts);
      },
    ),
  );
});

test('files are named after what they hold', () => {
  expect(fileName('Revenue, shoes only, 3 Nov 2025', 'csv')).toBe('revenue-shoes-only-3-nov-2025.csv');
  expect(fileName('../../etc/passwd\u0000', 'csv')).toBe('etc-passwd.csv');
  expect(fileName('…', 'png')).toBe('answer.png');
});
