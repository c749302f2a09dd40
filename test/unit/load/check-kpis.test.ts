import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkKpis } from '../../../etl/stages/check-kpis.ts';
import { type APipeline, aPipeline } from '../../support/a-pipeline.ts';
import { SHOP } from '../../support/a-small-shop.ts';

// Whole loads: seconds on a machine that has other work to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let pipeline: APipeline;
beforeAll(async () => {
  pipeline = await aPipeline();
  await pipeline.load(SHOP);
});
afterAll(() => pipeline.close());

describe('the check of KPIs', () => {
  it('finds nothing after a load', async () => {
    const { days, differences, repaired } = await checkKpis(pipeline.needs);
    expect({ days, differences, repaired }).toEqual({
      days: 2,
      differences: [],
      repaired: { written: 0, unchanged: 0, stale: 0, removed: 0 },
    });
  });

  it('finds what is wrong, missing and too much, and repairs those days', async () => {
    const { kpis, runLog } = pipeline.needs;
    const orderDate = '2026-02-02';
    const boots = { category: 'Boots', orderDate, dailyRevenue: '1', avgOrderValue: '1', avgReturnRate: '0' };
    const ghost = { ...boots, category: 'Ghosts' };
    await kpis.refresh({
      batchNumber: await runLog.nextBatchNumber(),
      days: [orderDate],
      category: [boots, ghost],
      daily: [],
      branch: [],
    });
    const found = await checkKpis(pipeline.needs);
    expect(found.differences.map(({ table, name, day }) => `${table} ${name} ${day}`).sort()).toEqual([
      'branch b1 2026-02-02',
      'category Boots 2026-02-02',
      'category Care 2026-02-02',
      'category Ghosts 2026-02-02',
      'daily  2026-02-02',
    ]);
    expect(found.repaired).toMatchObject({ written: 4, removed: 1, stale: 0 });
    expect((await checkKpis(pipeline.needs)).differences).toEqual([]);
  });
});
