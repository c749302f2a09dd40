import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../src/adapters/spreadsheet-bytes.ts';
import { AppError } from '../../../src/domain/app-error.ts';
import type { Workbook } from '../../../src/uploads/workbook.ts';
import { buildXlsx, dated, errorCell, formula, STYLE } from './build-xlsx.ts';

const read = (content: string | Uint8Array, name = 'file.xlsx') =>
  readWorkbook({ name, bytes: typeof content === 'string' ? Buffer.from(content) : content });

const texts = (workbook: Workbook, sheet = 0) =>
  Array.from(workbook.sheets[sheet]?.rows ?? [], ({ cells }) =>
    Array.from(cells, (cell) => cell?.text ?? ''),
  );

/** The sentence with which a file is refused. */
async function refusal(content: string | Uint8Array): Promise<string> {
  const thrown = await read(content).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  const error = thrown as AppError;
  expect(error.code).toMatch(/^file\./);
  return error.detail ?? '';
}

describe('a file that is sent', () => {
  it('has its cells as they are shown: dates, times, percents, codes, errors, formulas', async () => {
    const rows = [
      [
        dated(45658),
        dated(45658.5, STYLE.dateTime),
        { attributes: `s="${STYLE.zeros}"`, xml: '<v>42</v>' },
        errorCell('#N/A'),
      ],
      [formula('1+1', 2), formula('1+1'), 0.1 + 0.2, { attributes: 't="b"', xml: '<v>1</v>' }],
    ];
    const workbook = await read(buildXlsx([{ rows }]));
    expect(texts(workbook)).toEqual([
      ['2025-01-01', '2025-01-01T12:00:00', '00042', '#N/A'],
      ['2', '', '0.3', 'true'],
    ]);
    expect(workbook.sheets[0]?.rows.row(1)?.cells[1]).toMatchObject({ kind: 'formula', formula: '1+1' });
  });

  it('counts its days from 1904 where the workbook says so', async () => {
    const [[first] = []] = texts(await read(buildXlsx([{ rows: [[dated(0)]] }], { date1904: true }))) ?? [];
    expect(first).toBe('1904-01-01');
  });

  it('is told about when it holds macros and links, which are not followed', async () => {
    const extra = {
      'xl/vbaProject.bin': 'x',
      'xl/externalLinks/externalLink1.xml': '<x/>',
      'xl/connections.xml': '<x/>',
    };
    const { warnings } = await read(buildXlsx([{ rows: [[1]] }], { extra }));
    expect(warnings.join(' ')).toMatch(/macros.*not run.*links.*not followed.*connections.*not opened/);
  });

  it.each(['xls', 'xlsb', 'ods', 'xlml'] as const)('is read as %s', async (bookType) => {
    const book = utils.book_new();
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['Date', 'Amount'],
        ['x', 12.5],
      ]),
      'One',
    );
    const workbook = await read(write(book, { type: 'buffer', bookType }) as Buffer);
    expect(workbook.sheets[0]?.name).toBe('One');
    expect(texts(workbook)).toEqual([
      ['Date', 'Amount'],
      ['x', '12.5'],
    ]);
  });

  it('is read by what it is and not by its name', async () => {
    expect(texts(await read('a,b\n1,2\n', 'data.xlsx'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(
      texts(await read('<html><table><tr><td>a</td><td>1,234.50</td></tr></table></html>', 'old.xls')),
    ).toEqual([['a', '1,234.50']]);
    expect(texts(await read(gzipSync('a;b\n1;2\n'), 'data.csv.gz'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(
      (
        await read(zipSync({ 'one.csv': Buffer.from('a,b\n1,2'), 'two.csv': Buffer.from('c,d\n3,4') }))
      ).sheets.map(({ name }) => name),
    ).toEqual(['one', 'two']);
  });

  it.each([
    ['utf-8 with its mark', Buffer.from('\ufeffÄ;b\n1;2'), 'utf-8'],
    ['utf-16le without mark', Buffer.from('Ä;b\n1;2', 'utf16le'), 'utf-16le'],
    ['utf-16be with mark', Buffer.from('\ufeffÄ;b\n1;2', 'utf16le').swap16(), 'utf-16be'],
    ['windows-1252', Buffer.from('Gebühr für Bäcker;b\n1;2', 'latin1'), 'windows-1252'],
    [
      'mac roman',
      Buffer.concat([Buffer.from('Geb'), Buffer.from([0x9f]), Buffer.from('hr;b\r1;2\r')]),
      'macintosh',
    ],
  ])('has its letters right in %s', async (_name, bytes, encoding) => {
    const workbook = await read(bytes, 'file.csv');
    expect(workbook.encoding).toBe(encoding);
    expect(workbook.sheets[0]?.rows.row(0)?.cells[0]?.text).toMatch(/^(Ä|Gebühr)/);
  });

  it('keeps the euro sign of windows-1252', async () => {
    const [[first] = []] = texts(await read(Buffer.from([0x80, 0xe9, 0x3b, 0x62]))) ?? [];
    expect(first).toBe('€é');
  });

  it.each([
    ['a,b\r1,2\r', ','],
    ['a;b\n1,5;2\n', ';'],
    ['a\tb\n1\t2', '\t'],
    ['a|b\n1|2', '|'],
    ['sep=;\na;b\n1;2', ';'],
    ['a;"b;c"\n1;"say ""hi"""\n', ';'],
  ])('has its delimiter and line ends found: %j', async (text, delimiter) => {
    const workbook = await read(text, 'file.csv');
    expect(workbook.delimiter).toBe(delimiter);
    expect(Array.from(workbook.sheets[0]?.rows ?? [], ({ cells }) => cells.length)).toEqual([2, 2]);
  });

  it('has formulas in text taken for formulas without a result, and ="00123" for a code', async () => {
    const workbook = await read('="00123",=SUM(A1:A9),b\n', 'file.csv');
    expect(workbook.sheets[0]?.rows.row(0)?.cells.map((cell) => cell?.kind)).toEqual([
      'text',
      'formula',
      'text',
    ]);
    expect(texts(workbook)?.[0]?.[0]).toBe('00123');
  });
});

describe('a file that cannot be read', () => {
  it('is a bomb: refused by its directory, before it is unpacked', async () => {
    const bomb = Buffer.from(
      zipSync({ '[Content_Types].xml': Buffer.from('<x/>'), 'xl/sheet1.xml': Buffer.alloc(2 ** 20, 32) }),
    );
    bomb.writeUInt32LE(300 * 2 ** 20, bomb.lastIndexOf('xl/sheet1.xml') - 46 + 24);
    const started = performance.now();
    expect(await refusal(bomb)).toMatch(/unpacks to 300 MB/);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is a bomb that lies about its size: counted while it is unpacked', async () => {
    const bomb = Buffer.from(
      buildXlsx([{ rows: [[1]] }], { extra: { 'xl/sharedStrings.xml': ' '.repeat(8 * 2 ** 20) } }),
    );
    const name = Buffer.from('xl/sharedStrings.xml');
    const central = bomb.lastIndexOf(name) - 46;
    bomb.writeUInt32LE(1_000, central + 24);
    expect(await refusal(bomb)).toMatch(/more than it declares/);
  });

  it('is a gzip bomb', async () => {
    expect(await refusal(gzipSync(Buffer.alloc(64 * 2 ** 20, 65)))).toMatch(/unpacks to/);
  });

  it('is protected by a password', async () => {
    const container = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await refusal(container)).toMatch(/password/);
  });

  it.each([
    ['empty', Buffer.alloc(0), /empty/],
    ['a PDF', Buffer.from('%PDF-1.7 ...'), /a PDF/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1'), /a picture/],
    [
      'bytes of no kind',
      Buffer.from([1, 2, 3, 0, 5, 6, 0, 1, 2, 3, 4, 200, 0, 0, 7]),
      /neither a spreadsheet nor text/,
    ],
    ['a page to log in', Buffer.from('<!doctype html><html><body>Sign in</body></html>'), /without a table/],
    ['a zip cut off', Buffer.from(buildXlsx([{ rows: [[1]] }])).subarray(0, 700), /cut off/],
    ['archives too deep', gzipSync(gzipSync(gzipSync(gzipSync('a,b')))), /too deep/],
  ])('is %s', async (_name, bytes, sentence) => {
    expect(await refusal(bytes)).toMatch(sentence);
  });

  it('has no entities expanded', async () => {
    const evil = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]>';
    const workbook = await read(
      buildXlsx([{ rows: [[{ attributes: 't="inlineStr"', xml: '<is><t>&a;&b;&amp;</t></is>' }]] }], {
        extra: { 'xl/sharedStrings.xml': `${evil}<sst/>` },
      }),
    );
    expect(texts(workbook)).toEqual([['&a;&b;&']]);
  });
});
