import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventFeed } from '../../../etl/events/event-feed.ts';
import { eventsOfFile } from '../../../etl/events/events-of-file.ts';
import { SalesEvent } from '../../../etl/events/sales-event.ts';
import { loadFeeds, parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { anEvent, ONLINE_RETAIL, onlineRetail } from '../../support/some-events.ts';

const COMMA = `
set: till
currency: EUR
feeds:
  till_lines:
    columns:
      Bon: { type: code, to: order_id, required: true }
      Zeile: { type: integer, to: line_no, required: true }
      Artikel: { type: code, to: product_id, required: true }
      Menge: { type: integer, to: quantity, required: true }
      Preis: { type: decimal, to: unit_price, required: true, decimalComma: true }
    target: order_items
  stock:
    columns:
      Artikel: { type: code, to: product_id, required: true }
      Name: { type: text, to: name, required: true }
    target: products
`;

describe('the feed of events', () => {
  it('finds invoice, customer, product, numbers and time from the declaration of the feed', async () => {
    const feed = eventFeed('Invoice Lines', await onlineRetail());
    expect(feed.read(SalesEvent.parse(anEvent('1', { at: '12/9/2011 12:50' })))).toMatchObject({
      ok: true,
      invoice: '536365',
      customer: '17850',
      line: { product: '85123A', quantity: '6', unitPrice: '2.55', at: '2011-12-09 12:50:00' },
    });
  });

  it.each([
    ['a quantity that is no number', { quantity: 'six' }, "'Quantity' is not a number"],
    ['a number that is none', { price: '1e400' }, "'UnitPrice' is not a number"],
    ['no invoice', { invoice: ' ' }, "'InvoiceNo' is empty"],
    ['a day that does not exist', { at: '2/30/2011 10:00' }, "'InvoiceDate' is a date that does not exist"],
    ['a code without end', { product: 'x'.repeat(3_000) }, 'too long'],
  ])('says what is wrong with %s', async (_, options, reason) => {
    const read = eventFeed('invoice_lines', await onlineRetail()).read(
      SalesEvent.parse(anEvent('1', options)),
    );
    expect(read).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('reads a decimal comma, a JSON number with its point, and an unknown customer', () => {
    const feed = eventFeed('till_lines', [parseFeeds(COMMA, 'till.yaml')]);
    const read = (price: unknown) =>
      feed.read(
        SalesEvent.parse({
          id: '1',
          feed: 'till_lines',
          at: '2026-03-02T10:00:00',
          data: { bon: 'B1', zeile: 1, artikel: 'A', menge: 2, preis: price },
        }),
      );
    expect(read('1.234,50')).toMatchObject({ ok: true, customer: null, line: { unitPrice: '1234.50' } });
    expect(read(2.5)).toMatchObject({ line: { unitPrice: '2.5', data: { Preis: '2,5' } } });
    expect(read(2.5)).toMatchObject({ line: { at: '2026-03-02 10:00:00' } });
  });

  it('refuses a feed that there is not, and one that has no invoices', async () => {
    const sets = [parseFeeds(COMMA, 'till.yaml'), ...(await loadFeeds([ONLINE_RETAIL]))];
    expect(() => eventFeed('nothing', sets)).toThrow('events come for till_lines, invoice_lines');
    expect(() => eventFeed('stock', sets)).toThrow('cannot come as events');
  });
});

describe('the events of a file', () => {
  it('have the same ids each time, whatever the file is called, and their values as they are written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-replay-'));
    const sets = await onlineRetail();
    try {
      const csv =
        'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n' +
        '536365,85123A,"SAYS ""HELLO"", TWICE",6,12/1/2010 8:26,2.550,17850,United Kingdom\r\n' +
        '536365,85123A,CAF\xC9 \xA3,6,12/1/2010 8:26,2.55,,France\r\n';
      const bytes = gzipSync(Buffer.from(csv, 'latin1'));
      const read = async (name: string) => {
        await writeFile(join(folder, name), bytes);
        const events: SalesEvent[] = [];
        for await (const event of eventsOfFile(join(folder, name), 'invoice_lines', await onlineRetail()))
          events.push(event);
        return events;
      };
      const events = await read('a.csv.gz');
      expect(events.map(({ data }) => [data['Description'], data['UnitPrice'], data['CustomerID']])).toEqual([
        ['SAYS "HELLO", TWICE', '2.550', '17850'],
        ['CAFÉ £', '2.55', ''],
      ]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(2);
      expect(await read('b.csv.gz')).toEqual(events);
      await expect(read('')).rejects.toThrow();

      const line = (quantity: number) =>
        `{"StockCode": "85123A", "InvoiceNo": "536365", "Quantity": ${quantity}, "UnitPrice": 2.550, "Country": "France"}\n`;
      await writeFile(join(folder, 'lines.jsonl'), line(6) + line(7));
      const told: SalesEvent[] = [];
      const lines = (name: string) => eventsOfFile(join(folder, name), 'invoice_lines', sets);
      for await (const event of lines('lines.jsonl')) told.push(event);
      expect(told.map(({ data }) => [data['InvoiceNo'], data['Quantity'], data['UnitPrice']])).toEqual([
        ['536365', '6', '2.550'],
        ['536365', '7', '2.550'],
      ]);
      await writeFile(join(folder, 'bad.jsonl'), `${line(6)}{"StockCode":`);
      const all = async () => {
        for await (const event of lines('bad.jsonl')) told.push(event);
      };
      await expect(all()).rejects.toMatchObject({ detail: 'bad.jsonl, line 2: The line is not JSON.' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
