import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXlsxSheet } from '../../../src/adapters/spreadsheet-xlsx-sheet.ts';
import { decimal, sum, toShortText, toText } from '../../../src/domain/decimal.ts';
import { exactSum } from '../../../src/uploads/exact-sum.ts';

const FORMATS = [undefined, 'm/d/yyyy', '0.00%', '00000', 'h:mm', '#,##0.00', '[h]:mm', 'General'];
const number = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.integer({ min: -3, max: 60_000 }).map(String),
  fc.integer({ min: 0, max: 9_999_999 }).map((units) => (units / 100).toFixed(2)),
  fc.constantFrom(
    '',
    ' 7',
    '-0',
    '007',
    '1.',
    '.5',
    '1e3',
    '0.0000001',
    '12345678901234567',
    'abc',
    '&#49;2',
    '1_2',
  ),
);
const text = fc.constantFrom(
  '',
  'A',
  'Müller &amp; Co',
  '_x000D_',
  '  ',
  'Total',
  '12',
  '<![CDATA[<b>]]>',
  '1<!-- -->2',
);
const attributes = fc.record({
  s: fc.option(fc.integer({ min: 0, max: 8 })),
  t: fc.constantFrom(null, 'n', 's', 'str', 'b', 'e', 'd', 'inlineStr'),
});
const content = fc.oneof(
  number.map((value) => `<v>${value}</v>`),
  text.map((value) => `<is><t>${value}</t></is>`),
  text.map((value) => `<is><t xml:space="preserve">${value}</t></is>`),
  fc.tuple(text, number).map(([code, value]) => `<f>${code}</f><v>${value}</v>`),
  fc.constantFrom(
    '',
    '<v/>',
    '<is><r><t>two </t></r><r><t>runs</t></r></is>',
    '<is><t>a<rPh><t>b</t></rPh></t></is>',
  ),
);
const cell = fc.tuple(fc.constantFrom('A', 'B', 'C', 'AA', '', 'b'), attributes, content, fc.boolean());

function sheetXml(rows: (typeof cell extends fc.Arbitrary<infer T> ? T : never)[][]): string {
  const cells = rows.map((row, at) => {
    const inside = row.map(([column, { s, t }, inner, isEmpty]) => {
      const where = column === '' ? '' : ` r="${column}${at + 1}"`;
      const shape = `${s === null ? '' : ` s="${s}"`}${t === null ? '' : ` t="${t}"`}`;
      return isEmpty && inner === '' ? `<c${where}${shape}/>` : `<c${where}${shape}>${inner}</c>`;
    });
    // Some stand out of order, or twice, or are hidden.
    const number = at % 5 === 3 ? at - 2 : at + 1;
    return `<row r="${number}" spans="1:3"${at % 7 === 2 ? ' hidden="1"' : ''}>${inside.join(at % 2 === 0 ? '' : '\n')}</row>`;
  });
  return `<worksheet><sheetData>${cells.join('')}</sheetData></worksheet>${' '.repeat(64)}`;
}

/** Elements with a prefix are read the long way, which takes whatever a cell may have. */
const withPrefix = (xml: string) => xml.replace(/<(\/?)(row|c|v|is|t|f|r|rPh)(?=[\s/>])/g, '<$1x:$2');

const plain = ({ rows, ...rest }: ReturnType<typeof readXlsxSheet>) => ({ ...rest, rows: [...rows] });

describe('cells that are read the short way', () => {
  it('are what the long way makes of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }),
        fc.boolean(),
        (rows, is1904) => {
          const parts = () => {
            let cells = 0;
            return {
              strings: ['first', 'second', ''],
              formats: FORMATS,
              is1904,
              count: (more: number) => void (cells += more),
              counted: () => cells,
            };
          };
          const [short, long] = [parts(), parts()];
          const xml = sheetXml(rows);
          expect(plain(readXlsxSheet(Buffer.from(xml), short))).toEqual(
            plain(readXlsxSheet(Buffer.from(withPrefix(xml)), long)),
          );
          expect(short.counted()).toBe(long.counted());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are one in a column where they are equal', () => {
    const rows = Array.from(
      { length: 9_000 },
      (_, at) => `<row><c r="A${at + 1}"><v>${at % 3}</v></c><c r="B${at + 1}"><v>${at}</v></c></row>`,
    );
    const sheet = readXlsxSheet(Buffer.from(`${rows.join('')}${' '.repeat(64)}`), {
      strings: [],
      formats: [],
      is1904: false,
      count: () => {},
    });
    expect(new Set(Array.from(sheet.rows, ({ cells }) => cells[0])).size).toBe(3);
    expect(Array.from(sheet.rows, ({ cells }) => cells[1]?.text)).toEqual(rows.map((_, at) => String(at)));
  });
});

describe('an exact sum', () => {
  it('is that of decimals, however many digits and decimals each has', () => {
    const written = fc
      .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 6 }))
      .map(([units, scale]) => toText({ units, scale }));
    fc.assert(
      fc.property(fc.array(written), (texts) => {
        const own = exactSum();
        for (const each of [...texts, 'no number', '']) own.add(each);
        expect(toShortText(decimal(own.text()))).toBe(toShortText(sum(texts.map(decimal))));
      }),
    );
  });

  it('stays exact where the sums of short ones outgrow a double', () => {
    const own = exactSum();
    for (let at = 0; at < 2_000; at++) own.add('999999999999.99');
    expect(own.text()).toBe('1999999999999980');
  });
});
