import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import type { Receipts } from '../../src/ports/receipts.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aReceipt } from '../support/a-receipt.ts';

describe.each([
  { name: 'in DynamoDB', of: (dynamodb: ADynamodb): Receipts => dynamodbReceipts(dynamodb.records) },
])('receipts $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let receipts: Receipts;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    receipts = of(dynamodb);
  });
  afterEach(() => dynamodb.close());

  it('gives back a receipt as it was saved', async () => {
    const receipt = aReceipt({
      sql: 'select x'.padEnd(30_000, ' x'),
      params: { from: '2026-01-01', top: 5, all: null },
    });
    await receipts.save(receipt);
    expect(await receipts.find(receipt.id)).toEqual(receipt);
    expect(await receipts.find('rcp-none')).toBeUndefined();
    expect(await receipts.find('')).toBeUndefined();
  });

  it('lists from an instant on, newest first, up to a limit', async () => {
    for (let hour = 10; hour < 15; hour += 1) {
      await receipts.save(aReceipt({ id: `rcp-${hour}`, askedAt: `2026-03-02T${hour}:00:00.000Z` }));
    }
    const ids = async (since: string, limit: number) =>
      (await receipts.listSince(since, limit)).map((receipt) => receipt.id);
    expect(await ids('2026-03-02T12:00:00.000Z', 10)).toEqual(['rcp-14', 'rcp-13', 'rcp-12']);
    expect(await ids('2026-03-01T00:00:00.000Z', 2)).toEqual(['rcp-14', 'rcp-13']);
    expect(await ids('2027-01-01T00:00:00.000Z', 2)).toEqual([]);
  });

  it('removes one, in all its pieces, and is not troubled by one that is not there', async () => {
    await receipts.save(aReceipt({ id: 'rcp-a', sql: 'select x'.padEnd(30_000, ' x') }));
    await receipts.save(aReceipt({ id: 'rcp-b' }));
    await receipts.remove('rcp-a');
    await receipts.remove('rcp-a');
    expect(await receipts.find('rcp-a')).toBeUndefined();
    expect((await receipts.listSince('0', 10)).map(({ id }) => id)).toEqual(['rcp-b']);
  });
});
