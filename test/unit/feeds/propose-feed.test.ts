import { describe, expect, it } from 'vitest';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { proposeFeed, type Wishes } from '../../../etl/feeds/propose-feed.ts';
import { tryFiles } from '../validate/support.ts';

const TILL = `Auswertung Filiale Nord;;;;;;
Bon-Nr;Datum;Uhrzeit;Artikelnummer;Bezeichnung;Menge;Einzelpreis
0001;08.03.2025;9:05;A-1;Schuh;1;1.010,17 €
0001;08.03.2025;9:05;B-2;"Strumpf; grau";2;5,00 €
0002;13.03.2025;17:30;A-1;Schuh;1;99,90 €
`;

/** The declaration written for a sample, and what it makes of the sample. */
async function written(fileName: string, text: string, wishes: Partial<Wishes> = {}) {
  const proposal = proposeFeed(text, { fileName, ...wishes });
  if (!proposal) throw new Error('nothing was proposed');
  const tried = await tryFiles({ [fileName]: text }, [parseFeeds(proposal.yaml, 'proposal.yaml')]);
  return { proposal, tried };
}

describe('a declaration written from a sample', () => {
  it('loads that sample: a till report with a title, a time of its own, decimal commas and a unit', async () => {
    const { proposal, tried } = await written('Umsatz_2025-03.csv', TILL);
    expect(tried.files.map(({ counts }) => counts)).toEqual([
      { read: 3, accepted: 3, refused: 0, waiting: 0 },
    ]);
    expect(await tried.rows('orders')).toMatchObject([
      { order_id: '0001', ordered_at: '2025-03-08 09:05:00', currency: 'EUR' },
      { order_id: '0002', ordered_at: '2025-03-13 17:30:00', currency: 'EUR' },
    ]);
    expect(
      (await tried.rows('order_items')).map((row) => [row['line_no'], row['description'], row['unit_price']]),
    ).toEqual([
      ['1', 'Schuh', '1010.17'],
      ['2', 'Strumpf; grau', '5'],
      ['1', 'Schuh', '99.9'],
    ]);
    expect(proposal.questions).toEqual([
      'Which time zone are the times in? Taken as UTC; --time-zone decides.',
    ]);
  });

  it('asks what the sample does not prove, and does as it is told', async () => {
    const text = 'order id,order date,total\n7,03/04/2025,"1,500"\n8,05/06/2025,"2,250"\n';
    const { proposal, tried } = await written('orders.csv', text);
    expect(proposal.questions.map((question) => /--[a-z-]+/.exec(question)?.[0])).toEqual([
      '--date-order',
      '--decimal',
      '--currency',
    ]);
    expect((await tried.rows('orders')).map((row) => [row['order_date'], row['total_amount']])).toEqual([
      ['2025-04-03', '1500'],
      ['2025-06-05', '2250'],
    ]);
    const told = await written('orders.csv', text, { dateOrder: 'mdy', decimal: 'comma', currency: 'EUR' });
    expect(told.proposal.questions).toEqual([]);
    expect((await told.tried.rows('orders')).map((row) => [row['order_date'], row['total_amount']])).toEqual([
      ['2025-03-04', '1.5'],
      ['2025-05-06', '2.25'],
    ]);
    expect(told.proposal.sure).toBeGreaterThan(proposal.sure);
  });

  it('tells products, customers and lines apart by the keys that come again', () => {
    const target = (text: string) => proposeFeed(text, { fileName: 'f.csv' })?.target;
    expect(target('sku,name,category,cost\nA1,Boot,Shoes,1.50\nA2,Sock,Socks,0.10\n')).toBe('products');
    expect(target('user_id,full name,city\n1,Ann,Rome\n2,Ben,Oslo\n')).toBe('customers');
    expect(target('order_id,product_id,price\n1,A,1.5\n1,B,2.5\n')).toBe('order_items');
    expect(target('colour,weather\nred,rain\n')).toBeUndefined();
  });

  it('keeps leading zeros, codes with letters and what stands for nothing', async () => {
    const { proposal, tried } = await written(
      'customers.csv',
      'Customer No|Name|ZIP\n007|Ann|01234\nC8|NULL|99999\n',
    );
    expect(proposal.columns.map(({ type }) => type)).toEqual(['code', 'text', 'code']);
    expect(
      (await tried.rows('customers')).map((row) => [row['customer_id'], row['name'], row['postcode']]),
    ).toEqual([
      ['007', 'Ann', '01234'],
      ['C8', '', '99999'],
    ]);
  });
});
