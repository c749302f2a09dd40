import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import type { InvoiceChange, InvoiceLine, Invoices } from '../../src/ports/invoices.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aLine } from '../support/some-events.ts';

describe.each([
  ['with others who write', false],
  ['as the only writer', true],
])('invoices from events, on DynamoDB, %s', (_, soleWriter) => {
  let dynamodb: ADynamodb;
  let invoices: Invoices;
  beforeAll(async () => {
    dynamodb = await aDynamodb();
    invoices = dynamodbInvoices(dynamodb.records, { soleWriter });
  });
  afterAll(() => dynamodb.close());

  it('gives back what was told, with exact sums and each column as it was sent', async () => {
    const line = aLine({ quantity: '-3', price: '0.001', product: '=1+1', customer: '' });
    await invoices.apply([change('A1', ['a'], { line: aLine() }), change('A1', ['b'], { line })]);
    const found = await invoices.find('A1');
    expect(found).toMatchObject({
      invoice: 'A1',
      customer: '17850',
      lines: 2,
      quantity: '3',
      amount: '15.297',
      at: '2010-12-01 08:26:00',
    });
    expect(found?.items).toEqual([aLine(), line]);
    expect(await invoices.find('none')).toBeUndefined();
    expect((await invoices.findAll(['A1', 'none', 'A1'])).map(({ invoice }) => invoice)).toEqual(['A1']);
  });

  it('counts an event once, however often and in whatever order it comes', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    expect(await invoices.apply([change('A2', ids.slice(0, 3))])).toMatchObject({ added: 3, repeated: 0 });
    for (let time = 0; time < 20; time += 1) {
      const mixed = [...ids].sort(() => (time % 3) - 1);
      await invoices.apply([change('A2', mixed), change('A2', mixed)]);
    }
    const found = await invoices.find('A2');
    expect(found).toMatchObject({ lines: 6, amount: '91.8' });
    expect(await invoices.apply([change('A2', ids)])).toEqual({
      added: 0,
      changed: [],
      repeated: 6,
      failed: [],
    });
  });

  it('keeps lines that look alike when their events are different', async () => {
    await invoices.apply([change('A3', ['x', 'y'])]);
    expect((await invoices.find('A3'))?.lines).toBe(2);
  });

  it('says how invoices stand against the events that are known: what is not counted, and lines of others', async () => {
    await invoices.apply([change('S1', ['a', 'b', 'c'])]);
    const told = new Map([
      ['S1', new Set(['b', 'c', 'd'])],
      ['none', new Set(['x'])],
    ]);
    const found = await invoices.standing(told);
    expect(found.sort((a, b) => b.lines - a.lines)).toEqual([
      { invoice: 'S1', lines: 3, quantity: '18', amount: '45.9', missing: ['d'], untold: 1, doubled: 0 },
      { invoice: 'none', lines: 0, quantity: '0', amount: '0', missing: ['x'], untold: 0, doubled: 0 },
    ]);
  });

  it('gives a customer another name everywhere, and knows the events that come again', async () => {
    const line = { ...aLine(), data: { CustomerID: 'gone', Mail: 'a@b.c', Qty: '6' } };
    await invoices.apply([change('R1', ['r1'], { line, customer: 'gone' })]);
    const isMail = (value: string) => value.includes('@');
    expect(await invoices.renameCustomer('gone', 'forgotten-1', isMail)).toBe(1);
    expect(await invoices.ofCustomer('gone')).toEqual([]);
    expect((await invoices.ofCustomer('forgotten-1')).map(({ invoice }) => invoice)).toEqual(['R1']);
    const found = await invoices.find('R1');
    expect(found?.items[0]?.data).toEqual({ CustomerID: 'forgotten-1', Mail: '', Qty: '6' });
    expect(await invoices.apply([change('R1', ['r1'], { line, customer: 'gone' })])).toMatchObject({
      added: 0,
    });
    expect(await invoices.renameCustomer('gone', 'forgotten-1', isMail)).toBe(0);
  });

  it('spreads a long invoice over parts of bounded size and reads it back in order', async () => {
    const wide = aLine({ product: 'P'.repeat(60) });
    const ids = Array.from({ length: 1_300 }, (_, at) => `long-${at}`);
    for (let from = 0; from < ids.length; from += 170)
      await invoices.apply([
        {
          invoice: 'LONG',
          feed: 'invoice_lines',
          customer: '1',
          events: ids
            .slice(Math.max(0, from - 40), from + 170)
            .map((id) => ({ id, line: { ...wide, description: id } })),
        },
      ]);
    const found = await invoices.find('LONG');
    expect(found?.items.map((line) => line.description)).toEqual(ids);
    expect(found?.quantity).toBe(String(6 * 1_300));
    const { Items: items = [] } = await dynamodb.client.send(
      new QueryCommand({
        TableName: 'test-invoices',
        KeyConditionExpression: 'invoice = :invoice',
        ExpressionAttributeValues: { ':invoice': 'LONG' },
      }),
    );
    expect(items.length).toBeGreaterThan(3);
    for (const item of items) expect(Number(item['lines'])).toBeLessThanOrEqual(250);
  });

  it('lists the invoices of a customer, newest first, with what each comes to', async () => {
    const later = aLine({ at: '2011-05-01 09:00:00', quantity: '1' });
    await invoices.apply([
      change('C1', ['1'], { customer: '42' }),
      change('C2', ['1', '2'], { customer: '42', line: later }),
    ]);
    await invoices.apply([change('C1', ['2'], { customer: '42' })]);
    expect(await invoices.ofCustomer('42')).toEqual([
      expect.objectContaining({ invoice: 'C2', lines: 2, amount: '5.1', at: '2011-05-01 09:00:00' }),
      expect.objectContaining({ invoice: 'C1', lines: 2, amount: '30.6' }),
    ]);
    expect(await invoices.ofCustomer('nobody')).toEqual([]);
  });

  it('takes an unknown customer as a value, and learns a customer that is named later', async () => {
    await invoices.apply([change('D1', ['1'], { customer: null })]);
    expect((await invoices.find('D1'))?.customer).toBeNull();
    await invoices.apply([change('D1', ['2'], { customer: '77' })]);
    expect((await invoices.find('D1'))?.customer).toBe('77');
    expect(await invoices.ofCustomer('77')).toEqual([expect.objectContaining({ invoice: 'D1', lines: 2 })]);
    const { Items: unknown = [] } = await dynamodb.client.send(
      new QueryCommand({
        TableName: 'test-customers',
        KeyConditionExpression: 'customer = :key',
        ExpressionAttributeValues: { ':key': 'unknown/2010-12-01' },
      }),
    );
    expect(unknown.map((item) => item['invoice'])).not.toContain('D1');
  });
});

describe('invoices from events, on DynamoDB, from several writers', () => {
  let dynamodb: ADynamodb;
  beforeAll(async () => {
    dynamodb = await aDynamodb();
  });
  afterAll(() => dynamodb.close());

  it('loses and doubles nothing when several write the same invoices at the same moment', async () => {
    const invoices = dynamodbInvoices(dynamodb.records);
    const names = ['B1', 'B2', 'B3'];
    const writers = Array.from({ length: 6 }, (_, writer) =>
      invoices.apply(names.map((name) => change(name, ['shared', `own-${writer}`]))),
    );
    const outcomes = await Promise.all(writers);
    // Who finds others too fast again and again says so, and is told the events again.
    for (const outcome of outcomes) {
      const again = outcome.failed.map(({ invoice }) => invoice);
      for (let writer = 0; writer < 6; writer += 1)
        await invoices.apply(again.map((name) => change(name, [`own-${writer}`])));
    }
    for (const name of names) expect((await invoices.find(name))?.lines).toBe(7);
  });
});

function change(
  invoice: string,
  ids: string[],
  more: { customer?: string | null; line?: InvoiceLine } = {},
): InvoiceChange {
  const customer = more.customer === undefined ? '17850' : more.customer;
  const line = more.line ?? aLine();
  return { invoice, feed: 'invoice_lines', customer, events: ids.map((id) => ({ id, line })) };
}
