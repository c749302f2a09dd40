import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedSet } from '../../../etl/feeds/feed.ts';
import { BUILT_IN_FEEDS, loadFeeds } from '../../../etl/feeds/load-feeds.ts';
import { loadTable } from '../../../etl/stages/load-tables.ts';
import { stagingTable } from '../../../etl/stages/sql-steps.ts';
import { stageSteps } from '../../../etl/stages/stage-sql.ts';
import { validateFile } from '../../../etl/stages/validate-file.ts';
import type { ValidatedFile } from '../../../etl/stages/validated-file.ts';
import { diskObjectStore } from '../../../src/adapters/disk-object-store.ts';
import { AppError } from '../../../src/domain/app-error.ts';
import type { WriteBatch } from '../../../src/ports/warehouse.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { type Random, randomFrom } from '../../support/random.ts';

/** What may stand in a cell: plain things, odd things that are good all the same, and rubbish. */
const CELLS = [
  '',
  ' ',
  'P0001',
  ' P0001',
  'x ',
  'é',
  'İstanbul',
  '漢字',
  'a"b',
  '"quoted"',
  '"a, b"',
  '"say ""hi"""',
  'x'.repeat(70),
  '0',
  '-0',
  '1',
  '-1',
  '+1',
  '1.5',
  '.5',
  '5.',
  '.',
  '-',
  '1,5',
  '1_000',
  '1e3',
  '0x10',
  '12.34567',
  '12.30000',
  '1,234.50',
  '99999999999999',
  '9999999999999.9999',
  '1234567890123456',
  '2147483647',
  '2147483648',
  'NaN',
  'inf',
  'NULL',
  'null',
  '2025-02-28',
  '2025-02-29',
  '2024-02-29 23:59:59',
  '2025-02-30 10:00:00',
  '2025-01-01T10:00:00',
  '2025-01-01 24:00:00',
  '2025-01-01 10:00',
  '1899-12-31 00:00:00',
  '2200-01-01 00:00:00',
  '2025-1-1',
  '01/02/2025',
  '2025-01-01 10:00:00.5',
  '2025-01-01 10:00:00Z',
  '2025-03-30 02:30:00',
  'SALE',
  'Store',
  '\u00a0',
  '\u200b',
  "o'clock",
  ';',
  '|',
]; // prettier-ignore

const FEEDS: Record<string, { header: string; row: (i: number) => string[] }> = {
  order_items: {
    header:
      'order_id,line_no,product_id,status,quantity,unit_price,discount_amount,tax_amount,unit_cost,returned_quantity,shipped_at',
    row: (i) => [
      `o${i}`,
      '1',
      `p${i % 9}`,
      i % 3 ? 'sent' : '',
      `${1 + (i % 4)}`,
      `${i % 90}.${10 + (i % 80)}`,
      i % 5 ? '' : '0.01',
      '1.20',
      '3',
      '0',
      '2025-01-02 03:04:05',
    ], // prettier-ignore
  },
  orders: {
    header:
      'order_id,customer_id,branch_id,channel,status,country,ordered_at,shipped_at,total_amount,stated_items,coupon,unknown',
    row: (i) => [
      `o${i}`,
      `c${i}`,
      'B01',
      'web',
      'done',
      'GB',
      '2025-01-02 03:04:05',
      '',
      `${i}.50`,
      '2',
      '',
      'whatever',
    ], // prettier-ignore
  },
  payments: {
    header: 'payment_id,order_id,sequence_no,method,installments,paid_at,amount',
    row: (i) => [`p${i}`, `o${i}`, i % 2 ? '' : '2', 'card', '', '2025-01-02 03:04:05', `${i}`],
  },
};
const ROWS = 1_500;

/** The same text, broken as a whole in one of several ways. */
const MISHAPS: Record<string, (lines: string[], random: Random) => string | Buffer> = {
  none: (lines) => `${lines.join('\n')}\n`,
  'no last line break': (lines) => lines.join('\n'),
  'windows line breaks': (lines) => `${lines.join('\r\n')}\r\n`,
  'a blank line': (lines, random) => insert(lines, random, ''),
  'a blank row': (lines, random) => insert(lines, random, ',,,,'),
  'too few cells': (lines, random) => insert(lines, random, 'a,b,c'),
  'one cell too many': (lines, random) => insert(lines, random, `${lines[5]},`),
  'far too many cells': (lines, random) => insert(lines, random, `${lines[5]},x,y,z,v,w`),
  'a cell over two lines': (lines, random) => insert(lines, random, `${lines[5]?.replace('o4', '"o\n4"')}`),
  'a cell over three lines, one like a row': (lines, random) =>
    insert(lines, random, `"x\n${lines[6]}\ny"${lines[5]?.replace('o4', '')}`),
  'a quotation mark that stays open': (lines, random) => insert(lines, random, '"open,1,2'),
  'a byte-order mark': (lines) => `\ufeff${lines.join('\n')}\n`,
  'latin letters in windows-1252': (lines, random) =>
    Buffer.from(insert(lines, random, (lines[5] ?? '').replace('o4', 'é4')), 'latin1'),
  'a NUL': (lines, random) => insert(lines, random, (lines[5] ?? '').replace('o4', '\0')),
  'a tab': (lines, random) => insert(lines, random, (lines[5] ?? '').replace('o4', 'o\t4')),
  semicolons: (lines) => `${lines.map((line) => line.replaceAll(',', ';')).join('\n')}\n`,
  gzip: (lines) => gzipSync(`${lines.join('\n')}\n`),
};

function insert(lines: string[], random: Random, line: string): string {
  const at = 1 + random.upTo(lines.length - 1);
  return `${[...lines.slice(0, at), line, ...lines.slice(at)].join('\n')}\n`;
}

type Judged = { steps: WriteBatch['steps']; seen(): Promise<unknown> };

describe('rows that the engine judges', () => {
  let folder: string;
  let objects: ReturnType<typeof diskObjectStore>;
  let home: AWarehouse;
  let sets: FeedSet[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-plain-'));
    objects = diskObjectStore({ folder });
    home = await aWarehouse({ objects });
    sets = await loadFeeds([BUILT_IN_FEEDS]);
  });
  afterAll(async () => {
    await home.close();
    await objects.close();
    await rm(folder, { recursive: true, force: true });
  });

  const names = Object.keys(MISHAPS);
  it.each(names.map((name, seed) => ({ name, seed })))(
    'are the same rows, refused for the same reasons at the same lines, as one by one: $name',
    async ({ name, seed }) => {
      const random = randomFrom(seed + 1);
      const feed = Object.keys(FEEDS)[seed % 3] as string;
      const content = Buffer.from((MISHAPS[name] as (typeof MISHAPS)[string])(aFile(feed, random), random));
      const [oneByOne, atOnce] = [
        await judged(`rows-${seed}`, feed, content, false),
        await judged(`plain-${seed}`, feed, content, true),
      ];
      const steps = [oneByOne, atOnce].flatMap((one) => one.steps);
      await home.warehouse.write({ token: `both-${seed}`, steps });
      expect(await atOnce.seen()).toEqual(await oneByOne.seen());
    },
  );

  it('are the same rows where no cell is odd, or one is: then the engine may read cells as their types', async () => {
    const random = randomFrom(7);
    for (let seed = 0; seed < 9; seed += 1) {
      const feed = Object.keys(FEEDS)[seed % 3] as string;
      const lines = aFile(feed, random, 0);
      if (seed >= 3) {
        const at = 1 + random.upTo(ROWS);
        const cells = (lines[at] as string).split(',');
        cells[random.upTo(cells.length)] = random.pick(CELLS);
        lines[at] = cells.join(',');
      }
      const content = Buffer.from(lines.join('\n'));
      const [oneByOne, atOnce] = [
        await judged(`slow-${seed}`, feed, content, false),
        await judged(`typed-${seed}`, feed, content, true),
      ];
      await home.warehouse.write({ token: `types-${seed}`, steps: [...oneByOne.steps, ...atOnce.steps] });
      expect(await atOnce.seen()).toEqual(await oneByOne.seen());
      if (seed >= 3) continue;
      const [file] = await validate(`again-${seed}`, feed, content, true);
      expect(file?.outputs[0]?.source?.types).toContain('timestamp');
    }
  });

  it('are most of a file, and only what is odd goes the other way', async () => {
    const lines = aFile('payments', randomFrom(99), 0.03);
    const files = await validate('most', 'payments', Buffer.from(lines.join('\n')), true);
    const [plain, odd] = files[0]?.outputs ?? [];
    expect(plain?.source).toBeDefined();
    expect(plain?.rows).toBeGreaterThan(0.9 * ROWS);
    expect(odd?.source).toBeUndefined();
    expect(odd?.rows).toBeGreaterThan(0);
  });

  function aFile(feed: string, random: Random, odd = 0.1): string[] {
    const { header, row } = FEEDS[feed] as (typeof FEEDS)[string];
    const lines = [header];
    for (let i = 0; i < ROWS; i += 1) {
      const cells = row(i);
      if (random.chance(odd)) cells[random.upTo(cells.length)] = random.pick(CELLS);
      lines.push(cells.join(','));
    }
    return lines;
  }

  /** The steps that stage a file, and all that later stages then see of it; or the error that it ends with. */
  async function judged(run: string, feed: string, content: Buffer, plain: boolean): Promise<Judged> {
    let files: ValidatedFile[];
    try {
      files = await validate(run, feed, content, plain);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return { steps: [], seen: async () => ({ code: thrown.code, detail: thrown.detail }) };
    }
    const [file] = files;
    const seen = async () => {
      const staged = await home.warehouse.read({
        sql: `select ${file?.outputs[0]?.columns.join(', ')} from ${stagingTable(run, feed)} order by source_line`,
        schema: 'retail',
        maxRows: 2 * ROWS,
        timeoutMs: 30_000,
      });
      return {
        rows: staged.rows,
        refused: file?.refusedObject ? await text((await objects.get(file.refusedObject)).body) : '',
        counts: file?.counts,
        refusals: file?.refusals,
        totals: file?.controlTotals,
        warnings: file?.warnings,
        stagedRows: file?.outputs.reduce((sum, { rows }) => sum + rows, 0),
      };
    };
    return { steps: stageSteps(run, files, [loadTable(feed)]), seen };
  }

  async function validate(
    run: string,
    feed: string,
    content: Buffer,
    plain: boolean,
  ): Promise<ValidatedFile[]> {
    const object = { bucket: 'landing', key: `in/${run}.csv` };
    await objects.put(object, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file = { name: `${feed}.csv`, object, sizeBytes: content.length, sha256 };
    return validateFile(
      { run, set: 'orders', feed, files: [file], lookups: {} },
      {
        objects,
        feeds: sets,
        stagingBucket: 'landing',
        ...(plain ? { readSource: home.warehouse.readSource, plainFromBytes: 0 } : {}),
      },
    );
  }
});
