import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedSet } from '../../../etl/feeds/feed.ts';
import { BUILT_IN_FEEDS, loadFeeds, parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { receiveFiles } from '../../../etl/stages/receive-files.ts';
import { memoryObjectStore } from '../../../src/adapters/memory-object-store.ts';
import { tryFiles } from '../validate/support.ts';

const PRODUCTS = 'product_id,name,category\np1,Boot,Boots\n';
const ORDERS = 'order_id,ordered_at,branch_id\n1,2025-03-08 10:00:00,B1\n';
let feeds: FeedSet[];
let folder: string;

beforeAll(async () => {
  feeds = await loadFeeds([BUILT_IN_FEEDS]);
  folder = await mkdtemp(join(tmpdir(), 'plumbline-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function receive(files: { name: string; path: string }[], more: { feed?: string; run?: string } = {}) {
  const objects = memoryObjectStore();
  const input = { run: more.run ?? 'run-1', day: '2025-03-01', set: null, feed: more.feed ?? null, files };
  return receiveFiles(input, { objects, feeds, landingBucket: 'landing' });
}

async function file(name: string, content: string) {
  const path = join(folder, name);
  await writeFile(path, content);
  return { name, path };
}

describe('receiving files', () => {
  it('lands each under a key of its own, with its hash, and plans one unit a file', async () => {
    const received = await receive([await file('products.csv', PRODUCTS), await file('orders.csv', ORDERS)]);
    expect(received).toMatchObject({ set: 'orders', feed: 'orders' });
    expect(received.files.map((one) => [one.name, one.feed, one.object.key, one.sizeBytes])).toEqual([
      ['orders.csv', 'orders', 'landing/files/2025-03-01/run-1/1-orders.csv', ORDERS.length],
      ['products.csv', 'products', 'landing/files/2025-03-01/run-1/2-products.csv', PRODUCTS.length],
    ]);
    expect(received.units.map((unit) => unit.feed)).toEqual(['products', 'orders']);
    expect(received.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives the same content hash for the same bytes under other names and in another order', async () => {
    const a = await receive([await file('products.csv', PRODUCTS), await file('orders.csv', ORDERS)]);
    const b = await receive(
      [await file('orders-again.csv', ORDERS), await file('products_x.csv', PRODUCTS)],
      { run: 'run-2' },
    );
    const c = await receive([
      await file('products.csv', `${PRODUCTS}p2,Clog,Boots\n`),
      await file('orders.csv', ORDERS),
    ]);
    expect(b.contentHash).toBe(a.contentHash);
    expect(c.contentHash).not.toBe(a.contentHash);
  });

  it('knows a file by its header when its name says nothing, and by the feed that is named', async () => {
    const byHeader = await receive([
      await file('export-17.txt', 'Product ID;Product Name;Category;Cost\n1;Boot;Boots;2\n'),
    ]);
    expect(byHeader.feed).toBe('products');
    const byName = await receive([await file('export-18.txt', 'x,y\n')], { feed: 'refunds' });
    expect(byName.feed).toBe('refunds');
  });

  it('says which feed is closest to a file that no feed knows, and what it lacks', async () => {
    const path = await file('mystery.csv', 'refund_id,order_id,amounts\n1,2,3\n');
    await expect(receive([path])).rejects.toMatchObject({
      code: 'feed.unknown',
      detail:
        "mystery.csv fits none by its name or its header. The closest is 'refunds', for which it lacks 'refunded_at', 'amount'. Declare a feed for it, or say which one it is.",
    });
  });

  it('says that a file has vanished, is a folder, or is empty', async () => {
    await expect(receive([{ name: 'gone.csv', path: join(folder, 'gone.csv') }])).rejects.toMatchObject({
      code: 'file.vanished',
      detail: 'It was gone.csv.',
    });
    await expect(receive([{ name: 'folder', path: folder }])).rejects.toMatchObject({
      code: 'file.unreadable',
    });
    await expect(receive([await file('orders.csv', '')])).rejects.toMatchObject({ code: 'file.empty' });
  });

  it('unpacks a zip archive and takes each member as a file', async () => {
    const zip = zipSync({
      'day/products.csv': Buffer.from(PRODUCTS),
      'day/orders.csv': Buffer.from(ORDERS),
      '__MACOSX/orders.csv': Buffer.from('x'),
    });
    const tried = await tryFiles({ 'drop.zip': Buffer.from(zip) }, feeds);
    expect(tried.received.files.map((one) => [one.name, one.feed])).toEqual([
      ['drop.zip/orders.csv', 'orders'],
      ['drop.zip/products.csv', 'products'],
    ]);
    expect(await tried.rows('products')).toHaveLength(1);
  });

  it('tells a workbook from an archive, and says what is wrong with a damaged one', async () => {
    const workbook = zipSync({
      '[Content_Types].xml': Buffer.from('<x/>'),
      'xl/workbook.xml': Buffer.from('<x/>'),
    });
    await expect(tryFiles({ 'orders.csv': Buffer.from(workbook) }, feeds)).rejects.toMatchObject({
      code: 'file.unreadable',
      detail: 'orders.csv: It is a workbook without sheets.',
    });
  });

  it('takes the sheets of a workbook as files: real dates and numbers, rows as lines, hidden ones left out', async () => {
    const sheet = (rows: unknown[][]) => utils.aoa_to_sheet(rows, { cellDates: true, UTC: true });
    const book = utils.book_new();
    const paid = [
      ['Paid by', 'Order', 'Day', 'Sum'],
      ['card, gold', '007', new Date('2026-03-01T00:00:00Z'), 1234.5],
      [],
      ['cash', 8, '02.03.2026', -0.1],
      ['cash', 9, 'soon', 'five'],
    ];
    utils.book_append_sheet(book, sheet(paid), 'Paid');
    utils.book_append_sheet(book, sheet([['Remarks'], ['None']]), 'Notes');
    utils.book_append_sheet(book, sheet([['x'], ['1']]), 'Old');
    book.Workbook = { Sheets: [{}, {}, { Hidden: 1 }] };
    const declared = parseFeeds(
      `set: shop
currency: EUR
feeds:
  payments:
    match: ['till*.xls*']
    format: { delimiter: ';', sheets: [Paid*] }
    columns:
      Paid by: { to: method }
      Order: { type: code, to: order_id }
      Day: { type: date, to: null, formats: [D.M.YYYY] }
      Sum: { type: decimal, to: amount, decimalComma: true }
    target: payments
    fill: { payment_id: Order }
`,
      'shop.yaml',
    );
    for (const bookType of ['xlsx', 'biff8'] as const) {
      const bytes = Buffer.from(write(book, { type: 'buffer', bookType }) as Uint8Array);
      const till = bookType === 'xlsx' ? 'till-1.xlsx' : 'till-1.xls';
      const tried = await tryFiles({ [till]: bytes }, [declared]);
      expect(tried.received.leftOut).toEqual([
        `${till}: the sheet 'Old' is hidden and was left out.`,
        `${till}/Notes was left out: no feed asks for this sheet.`,
      ]);
      const rows = await tried.rows('payments');
      expect(rows.map((row) => [row['method'], row['order_id'], row['amount'], row['source_line']])).toEqual([
        ['card, gold', '007', '1234.5', '2'],
        ['cash', '8', '-0.1', '4'],
      ]);
      expect((await tried.refused()).map(({ line, column, value }) => [line, column, value])).toEqual([
        ['5', 'Day', 'soon'],
        ['5', 'Sum', 'five'],
      ]);
    }
  });
});
