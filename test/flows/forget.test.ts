import { buffer, text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerNeeds, forgetCustomer } from '../../etl/forgetting/forget-customer.ts';
import { rebuild } from '../../etl/pipeline/rebuild.ts';
import { dynamodbAuditLog } from '../../src/adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import { dynamodbLandingRecords } from '../../src/adapters/dynamodb-landing-records.ts';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { forgetPerson } from '../../src/forgetting/forget-person.ts';
import type { AuditEntry } from '../../src/ports/audit-log.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { aReceipt } from '../support/a-receipt.ts';
import { SHOP } from '../support/a-small-shop.ts';
import { aLine } from '../support/some-events.ts';

const CUSTOMERS =
  'customer_id,name,email,phone,postcode,country,shoe_size,notes\nc1,"Ann, Lee",ann@example.com,+44 20 7946 0001,SW1A 1AA,GB,41,"likes\nred; boots"\nc2,Bob Ray,bob@example.com,,N1 9GU,GB,45,\n';
/** Everything by which Ann could be known. */
const TRACES = /\bc1\b|ann@example|Ann, Lee|7946|SW1A|likes|red; boots/;

describe('a customer who asks to be forgotten', () => {
  let shop: APipeline;
  let store: ADynamodb;
  let needs: CustomerNeeds;
  let sums: string[][];
  const objects = memoryObjectStore();
  const SUMS = `select count(*), count(distinct customer_id), sum(net_amount) from retail.order_items`;

  const everything = async (): Promise<string> => {
    const told: string[] = [];
    for (const bucket of ['ingestion', 'landing'])
      for await (const { ref } of objects.list(bucket, '')) {
        if (ref.key.endsWith('.xlsx')) continue;
        const { body } = await objects.get(ref);
        told.push(
          `${ref.key}\n${ref.key.endsWith('.gz') ? gunzipSync(await buffer(body)).toString() : await text(body)}`,
        );
      }
    for (const table of [
      'retail.customers',
      'retail.orders',
      'retail.order_items',
      'history.customers',
      'history.orders',
      'ops.refused_rows',
      'ops.findings',
      'history.late_fills',
    ])
      told.push(JSON.stringify(await shop.rows(`select * from ${table}`)));
    const { audit, receipts, conversations, smallRecords, invoices } = needs;
    told.push(
      JSON.stringify([
        await audit.list({ limit: 100 }),
        await receipts.listSince('0', 100),
        await conversations.find('T1'),
        await smallRecords.list('queue'),
        await smallRecords.list('forgetting'),
        await invoices.find('A1'),
        await allOf(needs.landingRecords.read('shop', 'a'.repeat(64))),
        await needs.runLog
          .list({ limit: 100 })
          .then((runs) => runs.map(({ refusals, failure }) => [refusals, failure])),
      ]),
    );
    return told.join('\n');
  };

  beforeAll(async () => {
    shop = await aPipeline({ objects });
    store = await aDynamodb('forget-');
    await shop.load({ ...SHOP, 'customers.csv': CUSTOMERS });
    await shop.load({
      'customers.csv.gz': gzipSync(CUSTOMERS.replace('Bob Ray', 'Robert Ray').replace(',41,', ',42,')),
    });
    await shop.load({ 'orders.csv': 'order_id,ordered_at,branch_id,customer_id\no5,never,b1,c1\n' });
    const { clock, ids, landingBucket, feeds, runLog, warehouse } = shop.needs;
    needs = {
      warehouse,
      objects,
      landingBucket,
      feeds,
      runLog,
      clock,
      ids,
      ingestionBucket: 'ingestion',
      audit: dynamodbAuditLog(store.records),
      receipts: dynamodbReceipts(store.records),
      conversations: dynamodbConversations(store.records, clock),
      smallRecords: dynamodbVersionedRecords(store.records),
      invoices: dynamodbInvoices(store.records),
      landingRecords: dynamodbLandingRecords(store.records),
    };
    const landed = {
      sha256: 'a'.repeat(64),
      feed: 'shop',
      name: 'a.csv',
      uploadedOn: '2026-03-02',
      run: 'run-1',
    };
    await needs.landingRecords.put(landed, [
      { line: 2, raw: 'c1;Ann, Lee;ann@example.com;blue' },
      { line: 3, raw: 'c2;Bob;bob@example.com;red' },
    ]);
    await needs.landingRecords.complete({ ...landed, records: 2 }, 3);
    await objects.put(
      { bucket: 'landing', key: 'raw/events/2026-03-02/a.jsonl' },
      '{"sequence":"1","event":{"invoice":"A1","customer":"c1","mail":"ann@example.com"}}\n{"sequence":"2","event":{"invoice":"A2","customer":"c2"}}\n',
    );
    await needs.invoices.apply([
      {
        invoice: 'A1',
        feed: 'lines',
        customer: 'c1',
        events: [
          { id: 'e1', line: { ...aLine(), data: { CustomerID: 'c1', Mail: 'ann@example.com', Qty: '6' } } },
        ],
      },
    ]);
    await needs.audit.append(anEntry('aud-1', 'U1', 'invoices of customer c1'));
    await needs.audit.append(anEntry('aud-2', 'U1', 'revenue in 2025'));
    await needs.receipts.save(aReceipt({ id: 'rcp-1', params: { customer: 'c1' } }));
    await needs.receipts.save(aReceipt({ id: 'rcp-2' }));
    for (const question of ['invoices of c1', 'revenue'])
      await needs.conversations.addTurn('T1', 'C1', {
        question,
        plan: null,
        answerKind: 'answered',
        receiptId: null,
        askedAt: clock.now().toISOString(),
        asker: 'U1',
      });
    await needs.smallRecords.save('queue', {
      id: 'q1',
      version: 0,
      value: { question: 'what did ann@example.com buy', comment: 'see c1' },
    });
    sums = await shop.rows(SUMS);
  });
  afterAll(async () => {
    await shop.close();
    await store.close();
  });

  it('is shown first, and nothing is changed by looking', async () => {
    const before = await everything();
    const look = await forgetCustomer({ who: 'ANN@example.com', carryOut: false, by: 'test' }, needs);
    expect(look.id).toBeNull();
    const counts = Object.fromEntries(look.found.map(({ where, count }) => [where, count]));
    expect(counts).toMatchObject({
      'retail.customers.customer_id': 1,
      'retail.orders.customer_id': 2,
      'retail.order_items.customer_id': 4,
      receipts: 1,
      audit: 1,
      threads: 1,
      'invoices of events': 1,
      'ops.refused_rows': 1,
    });
    expect(await everything()).toBe(before);
  });

  it('is found nowhere afterwards, while orders, customers and sums are as many as before', async () => {
    const outcome = await forgetCustomer({ who: 'c1', carryOut: true, by: 'test' }, needs);
    expect(outcome.id).toMatch(/^fgt-/);
    const left = await everything();
    expect(left.match(TRACES)).toBeNull();
    expect(left).toContain('Robert Ray');
    expect(left).toContain('revenue in 2025');
    expect(await shop.rows(SUMS)).toEqual(sums);
    expect(await needs.invoices.ofCustomer('c1')).toEqual([]);
    const [record] = await needs.smallRecords.list('forgetting');
    expect(record?.value).toMatchObject({ kind: 'customer', by: 'test' });
  });

  it('has nothing left that a second time would find', async () => {
    expect((await forgetCustomer({ who: 'c1', carryOut: true, by: 'test' }, needs)).found).toEqual([]);
    await expect(forgetCustomer({ who: 'c7', carryOut: true, by: 'test' }, needs)).rejects.toMatchObject({
      code: 'usage.wrong',
    });
  });

  it('does not come back with a late file, nor with a rebuild from landing', async () => {
    await shop.load({
      'customers.csv': CUSTOMERS.replace('Bob Ray', 'Bob Roy'),
      'orders.csv': 'order_id,ordered_at,branch_id,customer_id\no6,2026-02-03 09:00:00,b1,c1\n',
    });
    const people = 'select customer_id, name, email, city, country from retail.customers order by name';
    const orders = "select count(*) from retail.orders where customer_id like 'forgotten-%'";
    expect(await shop.rows(`select count(*) from retail.orders where customer_id = 'c1'`)).toEqual([['0']]);
    expect(await shop.rows(orders)).toEqual([['3']]);
    const again = await aPipeline({ objects });
    try {
      expect(await rebuild(again.needs)).toMatchObject({ failed: [], differences: [] });
      expect(await again.rows(people)).toEqual(await shop.rows(people));
      expect(await again.rows(orders)).toEqual([['3']]);
    } finally {
      await again.close();
    }
  });

  it('says which archives it cannot write again', async () => {
    const { zipSync, strToU8 } = await import('fflate');
    await objects.put(
      { bucket: 'landing', key: 'uploads/a.xlsx' },
      zipSync({ 'xl/sharedStrings.xml': strToU8('<t>c1</t>') }),
    );
    const { byHand } = await forgetCustomer({ who: 'c1', carryOut: false, by: 'test' }, needs);
    expect(byHand).toEqual([expect.stringMatching(/^landing\/uploads\/a\.xlsx: an archive or workbook/)]);
  });
});

describe('somebody who used Plumbline and asks to be forgotten', () => {
  it('leaves numbers of nobody in the audit, and no receipt, thread, digest or rule', async () => {
    const store = await aDynamodb('person-');
    let next = 0;
    const clock = { now: () => new Date('2026-03-02T09:00:00Z'), today: () => '2026-03-02', timeZone: 'UTC' };
    const needs = {
      clock,
      ids: { next: (prefix: string) => `${prefix}-0000${++next}` },
      audit: dynamodbAuditLog(store.records),
      receipts: dynamodbReceipts(store.records),
      conversations: dynamodbConversations(store.records, clock),
      smallRecords: dynamodbVersionedRecords(store.records),
      runLog: (await import('../../src/adapters/dynamodb-run-log.ts')).dynamodbRunLog(store.records),
    };
    await needs.audit.append(anEntry('aud-1', 'U0BEN00001', 'my margin'));
    await needs.audit.append(anEntry('aud-2', 'U0MARA0001', 'revenue'));
    await needs.receipts.save(aReceipt({ id: 'rcp-1', asker: 'U0BEN00001' }));
    await needs.smallRecords.save('subscription', {
      id: 's1',
      version: 0,
      value: { owner: 'U0BEN00001', to: 'C1' },
    });
    await needs.smallRecords.save('subscription', {
      id: 's2',
      version: 0,
      value: { owner: 'U0MARA0001', to: 'C1' },
    });
    await needs.smallRecords.save('queue', {
      id: 'q1',
      version: 0,
      value: { asker: 'U0BEN00001', question: 'my margin' },
    });
    const ask = (carryOut: boolean) => forgetPerson({ person: 'U0BEN00001', carryOut, by: 'test' }, needs);
    const look = await ask(false);
    expect((await ask(true)).found).toEqual(look.found);
    expect((await ask(true)).found).toEqual([]);
    const left = JSON.stringify([
      await needs.audit.list({ limit: 10 }),
      await needs.receipts.listSince('0', 10),
      await needs.smallRecords.list('subscription'),
      await needs.smallRecords.list('queue'),
      await needs.smallRecords.list('forgetting'),
    ]);
    expect(left).not.toMatch(/U0BEN|my margin/);
    expect(left).toContain('U0MARA0001');
    expect(await needs.audit.list({ limit: 10 })).toHaveLength(2);
    await expect(forgetPerson({ person: 'ben', carryOut: true, by: 'test' }, needs)).rejects.toThrow(/no id/);
    await store.close();
  });
});

function anEntry(id: string, asker: string, question: string): AuditEntry {
  const said = { id, asker, question, at: '2026-03-02T09:00:00.000Z', door: 'mention', channel: 'C1' };
  const measured = { rows: 1, tookMs: 3, tokens: 0, costUsd: '0', sqlFingerprint: null };
  const ended = { outcome: 'answered', provenance: 'live', planKind: 'live', rule: null, receiptId: null };
  return { ...said, ...measured, ...ended, thread: 'T1' };
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
