import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuild } from '../../etl/pipeline/rebuild.ts';
import { copyRecords, restoreRecords } from '../../etl/pipeline/records-copy.ts';
import { redrive, undo } from '../../etl/pipeline/run-care.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { AppError } from '../../src/domain/app-error.ts';
import { aDynamodb } from '../support/a-dynamodb.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { SHOP } from '../support/a-small-shop.ts';
import { pipelineState } from '../support/pipeline-state.ts';

/** Everything but landing is lost: warehouse, runs, KPIs. */
describe('rebuilding from nothing', () => {
  const landing = memoryObjectStore();
  let first: APipeline;
  let before: Awaited<ReturnType<typeof pipelineState>>;
  const opened: APipeline[] = [];

  const fresh = async (): Promise<APipeline> => {
    const pipeline = await aPipeline({ objects: landing });
    opened.push(pipeline);
    return pipeline;
  };

  beforeAll(async () => {
    first = await fresh();
    await first.load(SHOP);
    // A correction, a mistake that is taken back, and lines that wait for their order until it comes.
    await first.load({
      'orders.csv':
        'order_id,ordered_at,branch_id,customer_id,items_amount,total_amount\no3,2026-02-02 09:30:00,b2,c1,60.33,60.40\n',
    });
    const mistake = await first.load({
      'orders.csv':
        'order_id,ordered_at,branch_id,customer_id,items_amount,total_amount\no1,2026-02-01 10:00:00,b1,c1,999999.99,999999.99\no9,2026-02-05 10:00:00,b1,c2,77.77,77.77\n',
    });
    await undo(mistake.batch ?? '', first.needs);
    await first.load({
      'ledger_entries.csv':
        'entry_id,journal_id,entry_date,account_code,account_name,account_kind,debit,credit,currency\ne1,j1,2026-02-03,4000,Sales,income,0,185.83,GBP\ne2,j1,2026-02-03,1200,Bank,asset,185.83,0,GBP\n',
    });
    await first.load({
      'order_items.csv':
        'order_id,line_no,product_id,quantity,unit_price,returned_quantity\no7,1,p2,3,12.34,0\no1,3,nobody,1,1.00,0\n',
    });
    await first.load({
      'orders.csv':
        'order_id,ordered_at,branch_id,customer_id,items_amount,total_amount\no7,2026-02-06 10:00:00,b1,c2,37.02,37.02\n',
    });
    await redrive('test', first.needs);
    before = await pipelineState(first.needs);
  });
  afterAll(async () => {
    for (const each of opened) await each.close();
  });

  it('goes on where it was stopped, gives the same facts, history, findings and KPIs, and proves every total to the last digit', async () => {
    const again = await fresh();
    let runs = 0;
    const stopped = rebuild(again.needs, () => {
      runs += 1;
      if (runs === 3) throw new Error('the lights went out');
    });
    await expect(stopped).rejects.toThrow('the lights went out');
    const outcome = await rebuild(again.needs);
    expect(outcome).toMatchObject({ failed: [], differences: [], leftOut: 1 });
    expect(outcome.totals['order_items.net_amount']).toMatch(/^\d+\.\d{4}$/);
    expect(outcome.totals['ledger_entries.debit']).toBe('185.8300');
    // Runs that failed loaded nothing and are not done again, so what they had refused is not listed.
    expect(await pipelineState(again.needs)).toEqual({ ...before, refused: [] });
    expect(again.notices).toEqual([]);
  });

  it('leaves landing as it was: no file is there twice', async () => {
    const keys: string[] = [];
    for await (const { ref } of landing.list('landing', 'landing/')) keys.push(ref.key);
    const names = keys.map((key) => key.split('/').slice(-2).join('/'));
    expect(names).toHaveLength(new Set(names).size);
  });

  it('refuses to mix two histories', async () => {
    const other = await aPipeline({ objects: landing });
    opened.push(other);
    const ids = { next: (prefix: string) => `${prefix}-other` };
    await other.load(SHOP, {}, { ...other.needs, ids, landingBucket: 'elsewhere' });
    await expect(rebuild(other.needs)).rejects.toThrow(AppError);
  });

  it('brings back what people set up, and neither what is newer nor a copy that has lost most', async () => {
    const bucket = { objects: memoryObjectStore(), landingBucket: 'landing', clock: first.needs.clock };
    const [before, after] = [await aDynamodb('before-'), await aDynamodb('after-')];
    const set = dynamodbVersionedRecords(before.records);
    for (const id of ['s1', 's2', 's3'])
      await set.save('subscription', { id, version: 0, value: { to: id } });
    await set.save('ledger/2026-03', { id: 'mr-202603-1', version: 0, value: { amount: '12.30' } });
    expect(await copyRecords({ ...bucket, smallRecords: set })).toMatchObject({ records: 4 });
    const smallRecords = dynamodbVersionedRecords(after.records);
    await smallRecords.save('subscription', { id: 's1', version: 0, value: { to: 'newer' } });
    expect(await copyRecords({ ...bucket, smallRecords })).toBeNull();
    expect(await restoreRecords({ ...bucket, smallRecords })).toMatchObject({ records: 4, restored: 3 });
    expect((await smallRecords.find('subscription', 's1'))?.value).toEqual({ to: 'newer' });
    expect((await smallRecords.find('ledger/2026-03', 'mr-202603-1'))?.value).toEqual({ amount: '12.30' });
    expect(await restoreRecords({ ...bucket, smallRecords })).toMatchObject({ restored: 0 });
    expect(await restoreRecords({ ...bucket, landingBucket: 'empty', smallRecords })).toBeNull();
    await before.close();
    await after.close();
  });

  it('says which total is not as it was', async () => {
    const lost = memoryObjectStore();
    const source = await aPipeline({ objects: lost });
    opened.push(source);
    const run = await source.load(SHOP);
    const file = run.files.find(({ name }) => name === 'order_items.csv')?.object;
    if (!file) throw new Error('The run has no such file.');
    await lost.put(file, SHOP['order_items.csv'].replace('10.33', '10.34'));
    const again = await aPipeline({ objects: lost });
    opened.push(again);
    const { differences } = await rebuild(again.needs);
    expect(differences).toContainEqual({ what: 'order_items.net_amount', was: '236.8300', is: '236.8400' });
  });
});
