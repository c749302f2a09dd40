import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_FEEDS, loadFeeds } from '../../../etl/feeds/load-feeds.ts';
import { validateFile } from '../../../etl/stages/validate-file.ts';
import { AppError } from '../../../src/domain/app-error.ts';
import type { ObjectRef } from '../../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../../src/ports/object-store.ts';
import { gz, notes, PAYMENTS, tryFiles } from './support.ts';

const HEADER = 'payment_id,order_id,method,amount\n';

async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('judging a file', () => {
  it('stages typed rows with the line they came from, and sums them', async () => {
    const tried = await tryFiles(
      { 'pay.csv': `${HEADER}p1,007,card,12.50\np2,008,"cash, euro",-0.5\n` },
      notes(PAYMENTS),
    );
    expect(await tried.rows('payments')).toEqual([
      {
        payment_id: 'p1',
        order_id: '007',
        sequence_no: '1',
        method: 'card',
        amount: '12.50',
        source_line: '2',
      },
      {
        payment_id: 'p2',
        order_id: '008',
        sequence_no: '1',
        method: 'cash, euro',
        amount: '-0.5',
        source_line: '3',
      },
    ]);
    const [file] = tried.files;
    expect(file?.counts).toEqual({ read: 2, accepted: 2, refused: 0, waiting: 0 });
    expect(file?.controlTotals).toEqual({ 'payments.amount': '12' });
    expect(file?.refusedObject).toBeNull();
  });

  it('gives all the reasons of a refused row, with line, column and value', async () => {
    const tried = await tryFiles(
      { 'pay.csv': `${HEADER}p1,1,card,5\n,2,card,abc\n"a\nb",3,card,1\n` },
      notes(PAYMENTS),
    );
    expect(tried.files[0]?.counts).toEqual({ read: 3, accepted: 1, refused: 2, waiting: 0 });
    const refused = await tried.refused();
    expect(refused.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
      ['3', 'payment_id', '', 'is empty but required'],
      ['3', 'amount', 'abc', 'is not a number (expected like 1234.56)'],
      ['4', 'payment_id', 'a\\nb', 'holds a control character'],
    ]);
    expect(refused[0]?.raw).toBe(',2,card,abc');
    expect(tried.files[0]?.refusals[1]).toEqual({
      reason: 'amount is not a number (expected like 1234.56)',
      count: 1,
      example: "pay.csv, line 3: 'abc'",
    });
  });

  it('names physical lines, also after a cell with line breaks, empty lines and any line ending', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = [
        'payment_id,order_id,method,amount',
        '"p1",1,"two',
        'lines",1',
        '',
        'p2,2,card,x',
        'p3,3,card,3',
      ];
      const tried = await tryFiles({ 'pay.csv': lines.join(end) }, notes(PAYMENTS));
      expect(
        (await tried.refused()).map((row) => row['line']),
        JSON.stringify(end),
      ).toEqual(['5']);
      expect((await tried.rows('payments')).map((row) => row['source_line'])).toEqual(['2', '6']);
    }
  });

  it('reads the same wherever the bytes are cut', async () => {
    const text = `\ufeff${HEADER}p1,"1 ""x""","Käse\r\nund Brot",1.25\r\np2,2,"""",2\r\n\r\np3,3,"a,b",3\r\n`;
    const whole = await tryFiles({ 'pay.csv': text }, notes(PAYMENTS));
    const expected = await whole.rows('payments');
    expect(expected).toHaveLength(3);
    expect(expected[0]?.['method']).toBe('Käse\r\nund Brot');
    for (const size of [1, 2, 3, 7]) {
      const feeds = notes(PAYMENTS);
      const bytes = Buffer.from(text);
      const pieces: Buffer[] = [];
      for (let i = 0; i < bytes.length; i += size) pieces.push(bytes.subarray(i, i + size));
      const store = piecewise(whole.objects, pieces);
      const unit = whole.received.units[0] as NonNullable<(typeof whole.received.units)[0]>;
      const [file] = await validateFile(unit, { objects: store, feeds, stagingBucket: 'again' });
      const ref = file?.outputs[0]?.object;
      const again = ref ? await textOf(whole.objects, ref) : '';
      expect(again, `pieces of ${size}`).toBe(
        await textOf(whole.objects, whole.files[0]?.outputs[0]?.object as NonNullable<typeof ref>),
      );
    }
  });

  it('stages the same lines in parts, of a file judged in a thread, those that are refused as well', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `p${i},${i * 7919},${Math.sin(i)},${i}.25\n`);
    const bad = Array.from({ length: 3_000 }, (_, i) => `b${i},${i * 7919},cash,${Math.cos(i)} or so\n`);
    const whole = await tryFiles({ 'pay.csv': HEADER + lines.join('') + bad.join('') }, notes(PAYMENTS));
    const unit = whole.received.units[0] as NonNullable<(typeof whole.received.units)[0]>;
    const { objects } = whole;
    const [file] = await validateFile(unit, {
      objects,
      feeds: notes(PAYMENTS),
      stagingBucket: 'parts',
      parts: { slices: 2, leastBytes: 100_000 },
    });
    const { object, parts = [] } = file?.outputs[0] ?? {};
    expect(parts.length).toBe(2);
    expect(object).toEqual(parts[0]);
    expect(file?.outputs[0]?.rows).toBe(60_000);
    const linesOf = async (ref: ObjectRef, bytes: Buffer) =>
      (ref.key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').slice(0, -1);
    const staged: string[][] = [];
    for (const ref of [...parts, whole.files[0]?.outputs[0]?.object as ObjectRef])
      staged.push(await linesOf(ref, await buffer((await objects.get(ref)).body)));
    const [header, ...rows] = staged.pop() ?? [];
    expect(staged.map(([first]) => first)).toEqual([header, header]);
    expect(staged.flatMap((part) => part.slice(1)).sort()).toEqual(rows.sort());

    const { refusedObject, refusedParts = [] } = file ?? {};
    expect(refusedParts.map(({ key }) => key.replace(/.*\//, ''))).toContain('refused-1.part-1.csv.gz');
    expect(refusedObject).toEqual(refusedParts[0]);
    const refused: string[] = [];
    for (const ref of refusedParts)
      refused.push(...(await linesOf(ref, await buffer((await objects.get(ref)).body))).slice(1));
    const plain = whole.files[0]?.refusedObject as ObjectRef;
    const [, ...expected] = await linesOf(plain, await buffer((await objects.get(plain)).body));
    expect(expected).toHaveLength(3_000);
    expect(refused.sort()).toEqual(expected.sort());
  });

  it('reads gzip, byte-order marks, UTF-16, windows-1252 and semicolons', async () => {
    const text = 'payment_id;order_id;method;amount\np1;1;Überweisung €;1\n';
    const windows = Buffer.from(text.replace('€', '\u0080'), 'latin1');
    const variants: Record<string, Buffer> = {
      utf8: Buffer.from(text),
      bom: Buffer.from(`\ufeff${text}`),
      utf16le: Buffer.from(`\ufeff${text}`, 'utf16le'),
      utf16be: Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      utf16noBom: Buffer.from(text, 'utf16le'),
      windows,
      gzip: gz(text),
      gzipTwice: Buffer.concat([gz(text.slice(0, 40)), gz(text.slice(40))]),
    };
    for (const [name, bytes] of Object.entries(variants)) {
      const tried = await tryFiles({ 'pay.csv': bytes }, notes(PAYMENTS));
      expect((await tried.rows('payments'))[0]?.['method'], name).toBe('Überweisung €');
    }
  });

  it('counts characters that could not be read, and says so', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}p1,1,caf`),
      Buffer.from([0xc3, 0xa9, 0xff]),
      Buffer.from(',1\n'),
    ]);
    const declared = await tryFiles({ 'pay.csv': bytes }, notes(PAYMENTS, '    format: { encoding: utf-8 }'));
    expect(declared.files[0]?.warnings).toEqual([
      'pay.csv: 1 characters could not be read as utf-8 and were replaced.',
    ]);
  });

  it('forgives case, spaces and underscores in a header, takes columns in any order, and names unused ones', async () => {
    const tried = await tryFiles(
      { 'pay.csv': 'Amount, Method ,ORDER ID,Payment-Id,note\n1,card,7,p1,x\n' },
      notes(PAYMENTS),
    );
    expect((await tried.rows('payments'))[0]).toMatchObject({ payment_id: 'p1', order_id: '7', amount: '1' });
    expect(tried.files[0]?.unused).toEqual(['note']);
  });

  it('refuses rows with too many or too few cells, and passes over rows with nothing in them', async () => {
    const tried = await tryFiles(
      { 'pay.csv': `${HEADER}p1,1,card\np2,2,card,1,more\n,,,\np3,3,card,3,\n` },
      notes(PAYMENTS),
    );
    expect((await tried.refused()).map((row) => [row['line'], row['reason']])).toEqual([
      ['2', 'The row has 3 cells where the header has 4.'],
      ['3', 'The row has 5 cells where the header has 4.'],
    ]);
    expect(tried.files[0]?.counts).toMatchObject({ read: 3, accepted: 1, refused: 2 });
    expect(tried.files[0]?.warnings[0]).toContain('1 rows with nothing in any column');
  });

  it('reads numbers exactly, with decimal comma and thousands, and refuses what is none', async () => {
    const plain = notes(PAYMENTS);
    const comma = notes(PAYMENTS.replace('decimal,', 'decimal, decimalComma: true,'));
    const good: [string, string, typeof plain][] = [
      ['1,234.5', '1234.5', plain],
      ['+5', '5', plain],
      ['.5', '0.5', plain],
      ['5.', '5', plain],
      ['-0', '0', plain],
      ['0.10000', '0.1', plain],
      ['99999999999999.9999', '99999999999999.9999', plain],
      ['1.234,56', '1234.56', comma],
      ['-3,5', '-3.5', comma],
    ];
    for (const [written, meant, feeds] of good) {
      const tried = await tryFiles({ 'pay.csv': `${HEADER}p,1,m,"${written}"\n` }, feeds);
      expect((await tried.rows('payments'))[0]?.['amount'], written).toBe(meant);
    }
    for (const bad of [
      '1e3',
      'NaN',
      '1.2.3',
      '--1',
      '-',
      '.',
      '12,34.5',
      '1.00001',
      '123456789012345',
      '0x10',
      '１',
    ]) {
      const tried = await tryFiles({ 'pay.csv': `${HEADER}p,1,m,"${bad}"\n` }, plain);
      expect(tried.files[0]?.counts.refused, bad).toBe(1);
    }
  });

  it('reads dates by their formats and refuses those that do not exist', async () => {
    const feeds = (formats: string) => notes(`${PAYMENTS}\npaid_at: { type: timestamp${formats} }`);
    const at = async (written: string, formats = '') => {
      const tried = await tryFiles(
        { 'pay.csv': `payment_id,order_id,method,amount,paid_at\np,1,m,1,${written}\n` },
        feeds(formats),
      );
      return (await tried.rows('payments'))[0]?.['paid_at'] ?? (await tried.refused())[0]?.['reason'];
    };
    expect(await at('2025-03-08T17:09:26')).toBe('2025-03-08 17:09:26');
    expect(await at('2025-03-08')).toBe('2025-03-08 00:00:00');
    expect(await at('2025-07-08T23:30:00Z')).toBe('2025-07-09 01:30:00');
    expect(await at('2025-01-08T12:00:00.250+05:30')).toBe('2025-01-08 07:30:00.25');
    expect(await at('12/1/2010 8:26', ", formats: ['M/D/YYYY H:mm']")).toBe('2010-12-01 08:26:00');
    expect(await at('1 Dec 10 1:05 pm', ", formats: ['D MMM YY h:mm A']")).toBe('2010-12-01 13:05:00');
    expect(await at('2025-02-29 10:00:00')).toBe('is a date that does not exist');
    expect(await at('2025-02-28 24:00:00')).toBe('is a date that does not exist');
    expect(await at('08.03.2025')).toMatch(/is not a date with a time \(expected YYYY-MM-DD/);
    expect(await at('0001-01-01 00:00:00')).toBe('is not a believable date');
  });

  it('holds cells to their length, allowed values and range, and rows to their rules', async () => {
    const [orders] = await loadFeeds([BUILT_IN_FEEDS]);
    const tried = await tryFiles(
      {
        'order_items.csv':
          'order_id,line_no,product_id,quantity,unit_price,returned_quantity\n' +
          `1,1,p,1,10,2\n1,2,p,0,10,0\n1,1.5,p,1,10,0\n${'x'.repeat(65)},1,p,1,10,0\n1,4,p,2,10,1\n`,
      },
      [orders as NonNullable<typeof orders>],
    );
    expect((await tried.refused()).map((row) => [row['line'], row['reason']])).toEqual([
      ['2', 'More pieces came back than were sold.'],
      ['3', 'is less than 0.0001'],
      ['4', 'is not a whole number'],
      ['5', 'is longer than 64 bytes'],
    ]);
    expect((await tried.rows('order_items'))[0]).toMatchObject({
      gross_amount: '20',
      net_amount: '20',
      line_kind: 'sale',
    });
  });
});

describe('files that cannot be taken', () => {
  const cases: [what: string, bytes: string | Buffer, code: string, says: RegExp][] = [
    ['no bytes', '', 'file.empty', /pay\.csv has no content/],
    ['only line breaks', '\n\n', 'file.empty', /pay\.csv has no header/],
    [
      'a missing column',
      'payment_id,order_ident,method\np,1,m\n',
      'file.missing-column',
      /pay\.csv lacks 'order_id' \(is it 'order_ident'\?\), 'amount'\. Its header \(line 1\) has: payment_id, order_ident, method/,
    ],
    [
      'a column given twice',
      'payment_id,order_id,method,amount,Amount\n',
      'file.unreadable',
      /names the column 'amount' twice/,
    ],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'file.not-text', /picture/],
    ['NUL bytes', Buffer.from(`${HEADER}p\u0000,1,m,1\n`), 'file.not-text', /NUL/],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'file.not-text', /web page/],
    [
      'a damaged gzip',
      gz(`${HEADER}p,1,m,1\n`.repeat(500)).subarray(0, 60),
      'file.unreadable',
      /damaged or cut off/,
    ],
    [
      'one endless line',
      Buffer.concat([Buffer.from(HEADER), Buffer.alloc(3_000_000, 'x')]),
      'file.line-too-long',
      /Line 2 is longer than 1000000 bytes/,
    ],
    [
      'a quote never closed',
      `${HEADER}"p,1,m,1\n${'q,1,m,1\n'.repeat(200_000)}`,
      'file.line-too-long',
      /quotation mark opened in the row at line 2/,
    ],
  ];
  for (const [what, bytes, code, says] of cases) {
    it(`says what is wrong with ${what}`, async () => {
      const feeds = notes(PAYMENTS);
      const error = await failure(tryFiles({ 'pay.csv': bytes }, feeds));
      expect([error.code, error.detail]).toEqual([code, expect.stringMatching(says)]);
    });
  }

  it('stops at an endless line without keeping it', async () => {
    const tried = await tryFiles({ 'pay.csv': `${HEADER}p,1,m,1\n` }, notes(PAYMENTS));
    let given = 0;
    const endless = (function* () {
      yield Buffer.from(HEADER);
      for (; given < 2_000; given += 1) yield Buffer.alloc(1 << 20, 'x');
    })();
    const unit = tried.received.units[0] as NonNullable<(typeof tried.received.units)[0]>;
    const needs = { objects: piecewise(tried.objects, endless), feeds: notes(PAYMENTS), stagingBucket: 'b2' };
    const error = await failure(validateFile(unit, needs));
    expect(error.code).toBe('file.line-too-long');
    expect(given).toBeLessThan(20);
    const left: string[] = [];
    for await (const info of tried.objects.list('b2', '')) left.push(info.ref.key);
    expect(left).toEqual([]);
  });

  it('says that a file has vanished between its event and its reading', async () => {
    const tried = await tryFiles({ 'pay.csv': `${HEADER}p,1,m,1\n` }, notes(PAYMENTS));
    const unit = tried.received.units[0] as NonNullable<(typeof tried.received.units)[0]>;
    await tried.objects.delete(unit.files[0]?.object as NonNullable<(typeof unit.files)[0]>['object']);
    const needs = { objects: tried.objects, feeds: notes(PAYMENTS), stagingBucket: 'b2' };
    expect(await failure(validateFile(unit, needs))).toMatchObject({ code: 'file.vanished' });
  });

  it('takes a file with a header and no rows, and says so', async () => {
    const tried = await tryFiles({ 'pay.csv': HEADER.trim() }, notes(PAYMENTS));
    expect(tried.files[0]).toMatchObject({
      counts: { read: 0 },
      warnings: ['pay.csv has a header line and no rows.'],
      outputs: [{ table: 'payments', rows: 0 }],
    });
  });
});

describe('a large file', () => {
  it('is judged in a thread with the same result, while this one goes on', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `p${i},${i % 977},card,${i % 100}.25`);
    rows[41_000] = 'bad,1,card,nothing';
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const tried = await tryFiles({ 'pay.csv': `${HEADER}${rows.join('\n')}\n` }, notes(PAYMENTS));
    clearInterval(timer);
    expect(tried.files[0]?.counts).toEqual({ read: 60_000, accepted: 59_999, refused: 1, waiting: 0 });
    expect(tried.files[0]?.controlTotals).toEqual({ 'payments.amount': '2984999.75' });
    expect((await tried.refused()).map((row) => row['line'])).toEqual(['41002']);
    expect(await tried.rows('payments')).toHaveLength(59_999);
    expect(turns).toBeGreaterThan(3);
    const again = await failure(tryFiles({ 'pay.csv': `a,b\n${rows.join('\n')}\n` }, notes(PAYMENTS)));
    expect(again.code).toBe('file.missing-column');
  });
});

function piecewise(store: ObjectStore, pieces: Iterable<Buffer>): ObjectStore {
  return {
    ...store,
    async get(ref) {
      const { info, body } = await store.get(ref);
      body.destroy();
      return { info, body: Readable.from(pieces, { objectMode: true }) };
    },
  };
}

async function textOf(store: ObjectStore, ref: Parameters<ObjectStore['get']>[0]): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of (await store.get(ref)).body) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
