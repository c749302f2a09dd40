import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { addDays } from '../../src/domain/day.ts';
import type { BranchKpi, CategoryKpi, DailyKpi, KpiRefresh, KpiStore } from '../../src/ports/kpi-store.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';

const daily = (orderDate: string, totalRevenue: string): DailyKpi => ({
  orderDate,
  totalOrders: 3,
  totalRevenue,
  totalItemsSold: 7,
  returnRate: '0.0333',
  uniqueCustomers: 2,
});
const category = (name: string, orderDate: string, dailyRevenue = '10.5'): CategoryKpi => ({
  category: name,
  orderDate,
  dailyRevenue,
  avgOrderValue: '5.25',
  avgReturnRate: '0',
});
const branch = (name: string, orderDate: string, totalRevenue = '10.5'): BranchKpi => ({
  branch: name,
  orderDate,
  totalOrders: 1,
  totalRevenue,
  totalItemsSold: 2,
  returnRate: '0.5',
});
const refreshOf = (given: Partial<KpiRefresh>): KpiRefresh => ({
  batchNumber: 1,
  days: [],
  category: [],
  daily: [],
  branch: [],
  ...given,
});

const D1 = '2026-02-27';
const D2 = '2026-02-28';
const D3 = '2026-03-01';

describe.each([
  { name: 'in DynamoDB', of: (dynamodb: ADynamodb): KpiStore => dynamodbKpiStore(dynamodb.records) },
])('KPIs $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let store: KpiStore;
  let round = 0;

  beforeAll(async () => {
    dynamodb = await aDynamodb();
  });
  afterAll(() => dynamodb.close());
  beforeEach(async () => {
    round += 1;
    if (round > 1) {
      await dynamodb.close();
      dynamodb = await aDynamodb();
    }
    store = of(dynamodb);
  });

  it('gives back what was refreshed, in day order and half-open', async () => {
    const days = [D3, D1, D2];
    const counts = await store.refresh(
      refreshOf({
        days,
        daily: days.map((day) => daily(day, '100.25')),
        category: days.flatMap((day) => [category('Boots', day), category('Sandals', day)]),
        branch: days.map((day) => branch('B01', day)),
      }),
    );
    expect(counts).toEqual({ written: 12, unchanged: 0, stale: 0, removed: 0 });
    expect(await store.daily(D1, D3)).toEqual([daily(D1, '100.25'), daily(D2, '100.25')]);
    expect(await store.byCategory('Boots', D2, '2026-03-02')).toEqual([
      category('Boots', D2),
      category('Boots', D3),
    ]);
    expect(await store.byBranch('B01', D1, D2)).toEqual([branch('B01', D1)]);
    expect(await store.categories()).toEqual(['Boots', 'Sandals']);
    expect(await store.branches()).toEqual(['B01']);
  });

  it('keeps every digit of money', async () => {
    const exact = ['9999999999999999999.999999', '-0.001', '0', '10666684.544', '0.1'];
    const days = exact.map((_, at) => addDays(D1, at));
    await store.refresh(refreshOf({ days, daily: exact.map((value, at) => daily(days[at] ?? '', value)) }));
    const read = await store.daily(D1, addDays(D1, exact.length));
    expect(read.map((kpi) => kpi.totalRevenue)).toEqual(exact);
  });

  it('writes only what differs', async () => {
    const first = {
      days: [D1],
      daily: [daily(D1, '1.50')],
      category: [category('A', D1), category('B', D1)],
    };
    await store.refresh(refreshOf(first));
    const again = await store.refresh(refreshOf({ ...first, batchNumber: 2, daily: [daily(D1, '1.5')] }));
    expect(again).toEqual({ written: 0, unchanged: 3, stale: 0, removed: 0 });
    const changed = { ...first, batchNumber: 3, category: [category('A', D1), category('B', D1, '11')] };
    expect(await store.refresh(refreshOf(changed))).toEqual({
      written: 1,
      unchanged: 2,
      stale: 0,
      removed: 0,
    });
  });

  it('removes what a day no longer has, and touches no other day', async () => {
    await store.refresh(
      refreshOf({
        days: [D1, D2],
        daily: [daily(D1, '1'), daily(D2, '2')],
        category: [category('A', D1), category('B', D1), category('A', D2)],
        branch: [branch('B01', D1)],
      }),
    );
    const counts = await store.refresh(
      refreshOf({ batchNumber: 2, days: [D1], category: [category('B', D1)] }),
    );
    expect(counts).toEqual({ written: 0, unchanged: 1, stale: 0, removed: 3 });
    expect(await store.byCategory('A', D1, D3)).toEqual([category('A', D2)]);
    expect(await store.daily(D1, D3)).toEqual([daily(D2, '2')]);
    expect(await store.branches()).toEqual([]);
    expect(await store.categories()).toEqual(['A', 'B']);
  });

  it('never lets an older batch overwrite a newer one, nor bring back what it removed', async () => {
    await store.refresh(refreshOf({ batchNumber: 5, days: [D1], daily: [daily(D1, '5')] }));
    const late = {
      batchNumber: 4,
      days: [D1, D2],
      daily: [daily(D1, '4'), daily(D2, '4')],
      category: [category('A', D1)],
    };
    expect(await store.refresh(refreshOf(late))).toEqual({ written: 1, unchanged: 0, stale: 2, removed: 0 });
    expect((await store.daily(D1, D3)).map((kpi) => kpi.totalRevenue)).toEqual(['5', '4']);
    expect(await store.byCategory('A', D1, D3)).toEqual([]);
  });

  it('ends with the newest of refreshes at the same time, whatever their order', async () => {
    const numbers = [3, 1, 4, 2];
    await Promise.all(
      numbers.map((batchNumber) =>
        store.refresh(
          refreshOf({
            batchNumber,
            days: [D1],
            daily: [daily(D1, String(batchNumber))],
            category: [category(`only-${batchNumber}`, D1)],
          }),
        ),
      ),
    );
    expect((await store.daily(D1, D2))[0]?.totalRevenue).toBe('4');
    expect(await store.categories()).toEqual(['only-4']);
  });

  it('answers an empty or unknown range with nothing', async () => {
    expect(await store.daily(D1, D1)).toEqual([]);
    expect(await store.daily('1990-01-01', '2090-01-01')).toEqual([]);
    expect(await store.byCategory('none', D1, D3)).toEqual([]);
    expect(await store.refresh(refreshOf({}))).toEqual({ written: 0, unchanged: 0, stale: 0, removed: 0 });
  });

  it('refreshes hundreds of days with many categories at once', async () => {
    const days = Array.from({ length: 400 }, (_, at) => addDays('2025-01-01', at));
    const categories = days.flatMap((day) => ['A', 'B', 'C'].map((name) => category(name, day)));
    const counts = await store.refresh(
      refreshOf({ days, daily: days.map((day) => daily(day, '1')), category: categories }),
    );
    expect(counts.written).toBe(1600);
    expect(await store.daily('2025-01-01', '2027-01-01')).toHaveLength(400);
    expect(await store.byCategory('B', '2025-01-01', '2027-01-01')).toHaveLength(400);
  });

  it('holds the very keys and attributes that others read', async () => {
    await store.refresh(refreshOf({ days: [D1], daily: [daily(D1, '1.5')], category: [category('A', D1)] }));
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
    const item = await dynamodb.client.send(
      new GetCommand({ TableName: 'test-category_kpis', Key: { category: 'A', order_date: D1 } }),
    );
    expect(item.Item).toMatchObject({ daily_revenue: '10.5', avg_order_value: '5.25', avg_return_rate: '0' });
    const total = await dynamodb.client.send(
      new GetCommand({ TableName: 'test-daily_kpis', Key: { order_date: D1 } }),
    );
    expect(total.Item).toMatchObject({
      total_orders: '3',
      total_revenue: '1.5',
      total_items_sold: '7',
      return_rate: '0.0333',
      unique_customers: '2',
    });
  });
});
