import { describe, expect, it } from 'vitest';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { readClock } from '../../../etl/stages/judge-clock.ts';
import { plainNumber } from '../../../etl/stages/judge-written-numbers.ts';
import { tryFiles } from './support.ts';

const feeds = [
  parseFeeds(
    `
set: shop
currency: EUR
tolerance: { share: 1 }
feeds:
  sales:
    columns:
      No: { type: code, to: order_id, required: true }
      Day: { type: date, to: null, required: true, formats: [D.M.YYYY] }
      Clock: { type: time, to: null }
      Total: { type: decimal, to: total_amount, decimalComma: true, units: ['€', EUR] }
    target: orders
    fill: { ordered_at: "at(Day, Clock)" }
`,
    'shop.yaml',
  ),
];

describe('cells as people write them', () => {
  it('takes units that the feed names and marks between thousands, and refuses other units', async () => {
    const rows = [
      '10,17 €',
      '€ 1.234,50',
      '1 234,50',
      '-5,00 EUR',
      '1\u00a0234\u00a0567,89 €',
      '12,00 $',
      '1 23,00',
      '€',
    ];
    const tried = await tryFiles(
      {
        'sales.csv': `No;Day;Clock;Total\n${rows.map((total, i) => `${i};8.3.2025;;${total}`).join('\n')}\n`,
      },
      feeds,
    );
    expect((await tried.rows('orders')).map((row) => row['total_amount'])).toEqual([
      '10.17',
      '1234.5',
      '1234.5',
      '-5',
      '1234567.89',
    ]);
    expect((await tried.refused()).map(({ value, reason }) => [value, reason])).toEqual(
      ['12,00 $', '1 23,00', '€'].map((value) => [value, 'is not a number (expected like 1234,56)']),
    );
  });

  it('joins a day and a time of two columns', async () => {
    const tried = await tryFiles(
      {
        'sales.csv':
          'No;Day;Clock;Total\n1;8.3.2025;9:05;1\n2;8.3.2025;9.05 pm;1\n3;8.3.2025;;1\n4;8.3.2025;25:00;1\n',
      },
      feeds,
    );
    expect((await tried.rows('orders')).map((row) => row['ordered_at'])).toEqual([
      '2025-03-08 09:05:00',
      '2025-03-08 21:05:00',
      '2025-03-08 00:00:00',
    ]);
    expect((await tried.refused()).map(({ value, reason }) => [value, reason])).toEqual([
      ['25:00', 'is not a time of day (expected like 17:09)'],
    ]);
  });

  it('reads times of day in the forms that are in use, and no others', () => {
    expect(
      ['17:09', '17:09:26', '5.09 PM', '12:00 am', '1709', '17h09', '9 pm', '17:09:26.5'].map(readClock),
    ).toEqual([
      '17:09:00',
      '17:09:26',
      '17:09:00',
      '00:00:00',
      '17:09:00',
      '17:09:00',
      '21:00:00',
      '17:09:26',
    ]);
    expect(['', '9', '24:00', '12:60', '13 pm', 'noon', '1:2'].map(readClock)).toEqual(Array(7).fill(null));
  });

  it('does not take a number apart that is none', () => {
    expect(['10 17', '1 23 456', 'a 1 b', '1-2', '12 €/kg'].map((text) => plainNumber(text, ['€']))).toEqual([
      null,
      null,
      null,
      '1-2',
      null,
    ]);
  });

  it('passes over lines of spaces and the end mark of DOS', async () => {
    const tried = await tryFiles(
      { 'sales.csv': 'No;Day;Clock;Total\n1;8.3.2025;;1\n   \n \t \n\u001a' },
      feeds,
    );
    expect(tried.files[0]?.counts).toMatchObject({ read: 1, accepted: 1, refused: 0 });
  });

  it('leaves out what is clearly no data and says so, but keeps what a feed asks for', async () => {
    const sales = 'No;Day;Clock;Total\n1;8.3.2025;;1\n';
    const tried = await tryFiles(
      {
        'sales.csv': sales,
        'shelf.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
        'feeds.yaml': 'a: 1',
        _SUCCESS: '',
      },
      feeds,
    );
    expect(tried.received.files.map(({ name }) => name)).toEqual(['sales.csv']);
    expect(tried.received.leftOut).toEqual([
      '_SUCCESS was left out: it is a mark of the system that wrote the files, and no feed asks for it.',
      'feeds.yaml was left out: it is a declaration or a program, and no feed asks for it.',
      'shelf.jpg was left out: it is a picture, and no feed asks for it.',
    ]);
    await expect(tryFiles({ 'sales.csv': sales, 'other.csv': 'a,b\n1,2\n' }, feeds)).rejects.toMatchObject({
      code: 'feed.unknown',
    });
    await expect(
      tryFiles({ 'shelf.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }, feeds),
    ).rejects.toMatchObject({
      code: 'file.not-text',
    });
  });
});
