import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { redrive, undo } from '../../../etl/pipeline/run-care.ts';
import type { Run } from '../../../src/domain/run.ts';
import { TOLERANT_FEEDS } from '../../support/a-killed-shop.ts';
import { type APipeline, aPipeline, type Files } from '../../support/a-pipeline.ts';

// Whole loads: seconds on a machine that has other work to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let pipeline: APipeline;
let number = 0;
/** Each test has an order and a product of its own. */
let order = '';
let product = '';

beforeAll(async () => {
  pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
});
afterAll(() => pipeline.close());
beforeEach(() => {
  number += 1;
  order = `order-${number}`;
  product = `product-${number}`;
});

const HEADS: Record<string, string> = {
  'orders.csv': 'order_id,ordered_at,customer_id,branch_id',
  'order_items.csv': 'order_id,line_no,product_id,quantity,unit_price',
  'products.csv': 'product_id,name,category,unit_cost',
  'customers.csv': 'customer_id,name,country,person_id',
};

async function load(files: Record<string, string[]>): Promise<Run> {
  const whole: Files = {};
  for (const [name, rows] of Object.entries(files))
    whole[`${name}.csv`] = `${[HEADS[`${name}.csv`], ...rows].join('\n')}\n`;
  const run = await pipeline.load(whole);
  expect(run.failure?.sentence).toBeUndefined();
  return run;
}

const items = () =>
  pipeline.rows(
    `select line_no, net_amount, order_date, batch_id from retail.order_items where order_id = '${order}' order by 1`,
  );
const history = () =>
  pipeline.rows(
    `select net_amount, batch_id, replaced_by from history.order_items where order_id = '${order}' order by 1`,
  );

/** Three prices of one line, one after another. */
async function threeVersions(): Promise<[string, string, string]> {
  const first = await load({
    products: [`${product},Boot,Boots,1`],
    orders: [`${order},2026-01-05 10:00:00,,`],
    order_items: [`${order},1,${product},1,10`],
  });
  const second = await load({ order_items: [`${order},1,${product},1,20`] });
  const third = await load({ order_items: [`${order},1,${product},1,30`] });
  return [first.batch ?? '', second.batch ?? '', third.batch ?? ''];
}

describe('a merge', () => {
  it('keeps what is the same with the batch that brought it, and what was replaced in history', async () => {
    const [first, second, third] = await threeVersions();
    expect(await items()).toEqual([['1', '30.0000', '2026-01-05', third]]);
    expect(await history()).toEqual([
      ['10.0000', first, second],
      ['20.0000', second, third],
    ]);
    const same = await load({
      orders: [`${order},2026-01-05 10:00:00,,`],
      order_items: [`${order},1,${product},1,30.00`],
    });
    expect(same.touchedDays).toEqual([]);
    expect(await items()).toEqual([['1', '30.0000', '2026-01-05', third]]);
  });
});

describe('an undo', () => {
  it('of the last batch puts the one before back', async () => {
    const [first, second, third] = await threeVersions();
    await undo(third, pipeline.needs);
    expect(await items()).toEqual([['1', '20.0000', '2026-01-05', second]]);
    expect(await history()).toEqual([['10.0000', first, second]]);
  });

  it('of a batch in the middle cuts it out: the last one then follows the first', async () => {
    const [first, second, third] = await threeVersions();
    await undo(second, pipeline.needs);
    expect(await items()).toEqual([['1', '30.0000', '2026-01-05', third]]);
    expect(await history()).toEqual([['10.0000', first, third]]);
    await undo(third, pipeline.needs);
    expect(await items()).toEqual([['1', '10.0000', '2026-01-05', first]]);
    expect(await history()).toEqual([]);
  });

  it('of all batches, whatever their order, leaves nothing', async () => {
    const [first, second, third] = await threeVersions();
    await undo(first, pipeline.needs);
    expect(await items()).toEqual([['1', '30.0000', '2026-01-05', third]]);
    await undo(third, pipeline.needs);
    expect(await items()).toEqual([['1', '20.0000', '2026-01-05', second]]);
    await undo(second, pipeline.needs);
    expect(await items()).toEqual([]);
    expect(await history()).toEqual([]);
    expect(await pipeline.rows(`select * from retail.orders where order_id = '${order}'`)).toEqual([]);
  });

  it('does not know a batch that never was', async () => {
    await expect(undo('bat-none', pipeline.needs)).rejects.toMatchObject({ code: 'batch.not-found' });
  });
});

describe('what comes late', () => {
  it('gives person and country to orders that were there before; the person goes with its batch', async () => {
    await load({
      products: [`${product},Boot,Boots,1`],
      orders: [`${order},2026-01-06 10:00:00,late-${number},`],
      order_items: [`${order},1,${product},1,10`],
    });
    const country = `select country from retail.orders where order_id = '${order}'`;
    expect(await pipeline.rows(country)).toEqual([['null']]);
    const people = `select o.person_id, i.person_id from retail.orders o join retail.order_items i on i.order_id = o.order_id where o.order_id = '${order}'`;
    expect(await pipeline.rows(people)).toEqual([[`late-${number}`, `late-${number}`]]);
    const run = await load({ customers: [`late-${number},Ann,GB,ann`] });
    expect(await pipeline.rows(country)).toEqual([['GB']]);
    expect(await pipeline.rows(people)).toEqual([['ann', 'ann']]);
    expect(run.touchedDays).toEqual(['2026-01-06']);
    const undone = await undo(run.batch ?? '', pipeline.needs);
    expect(undone.touchedDays).toEqual(['2026-01-06']);
    expect(await pipeline.rows(people)).toEqual([[`late-${number}`, `late-${number}`]]);
    expect(await pipeline.rows(country)).toEqual([['null']]);
  });

  it('fills costs and countries that go with their batch, and are then those of the batches that stay', async () => {
    await load({
      products: [`${product},Boot,Boots,`],
      orders: [`${order},2026-01-06 10:00:00,fill-${number},`],
      order_items: [`${order},1,${product},2,10`],
    });
    const sql = `select o.country, i.unit_cost, i.cost_amount from retail.orders o join retail.order_items i on i.order_id = o.order_id where o.order_id = '${order}'`;
    const filled = async () => (await pipeline.rows(sql)).flat();
    expect(await filled()).toEqual(['null', 'null', 'null']);
    const second = await load({
      products: [`${product},Boot,Boots,4`],
      customers: [`fill-${number},Ann,GB,ann`],
    });
    expect(await filled()).toEqual(['GB', '4.0000', '8.0000']);
    const third = await load({
      products: [`${product},Boot,Boots,5`],
      customers: [`fill-${number},Ann,FR,ann`],
    });
    expect(await filled()).toEqual(['GB', '4.0000', '8.0000']);
    await undo(second.batch ?? '', pipeline.needs);
    expect(await filled()).toEqual(['FR', '5.0000', '10.0000']);
    await undo(third.batch ?? '', pipeline.needs);
    expect(await filled()).toEqual(['null', 'null', 'null']);
  });

  it('moves the lines of an order to its corrected day, and both days are touched', async () => {
    await load({
      products: [`${product},Boot,Boots,1`],
      orders: [`${order},2026-01-07 10:00:00,,`],
      order_items: [`${order},1,${product},1,10`],
    });
    const moved = await load({ orders: [`${order},2026-01-08 10:00:00,,`] });
    expect(moved.touchedDays).toEqual(['2026-01-07', '2026-01-08']);
    expect((await items()).map(([, , day]) => day)).toEqual(['2026-01-08']);
    const undone = await undo(moved.batch ?? '', pipeline.needs);
    expect(undone.touchedDays).toEqual(['2026-01-07', '2026-01-08']);
    expect((await items()).map(([, , day]) => day)).toEqual(['2026-01-07']);
  });

  it('moves KPIs to a corrected category', async () => {
    await load({
      products: [`${product},Boot,From${number},1`],
      orders: [`${order},2026-01-09 10:00:00,,`],
      order_items: [`${order},1,${product},1,10`],
    });
    const kpis = async (category: string) =>
      (await pipeline.needs.kpis.byCategory(category, '2026-01-01', '2026-02-01')).map(
        (kpi) => kpi.dailyRevenue,
      );
    expect(await kpis(`From${number}`)).toEqual(['10']);
    const run = await load({ products: [`${product},Boot,To${number},1`] });
    expect(run.touchedDays).toEqual(['2026-01-09']);
    expect([await kpis(`From${number}`), await kpis(`To${number}`)]).toEqual([[], ['10']]);
    await undo(run.batch ?? '', pipeline.needs);
    expect([await kpis(`From${number}`), await kpis(`To${number}`)]).toEqual([['10'], []]);
  });

  it('lets a waiting line in when its product has come: once, and with no other line', async () => {
    const run = await load({
      orders: [`${order},2026-01-10 10:00:00,,`],
      order_items: [`${order},1,${product},1,10`, `${order},2,${product},many,10`],
    });
    expect(run).toMatchObject({
      outcome: 'partly-refused',
      rows: { read: 3, loaded: 1, refused: 1, waiting: 1 },
    });
    await load({ products: [`${product},Boot,Boots,1`] });
    const [again, ...more] = await redrive('test', pipeline.needs);
    expect(more).toEqual([]);
    expect(again).toMatchObject({
      outcome: 'partly-refused',
      rows: { read: 2, loaded: 1, refused: 1, waiting: 0 },
    });
    expect((await items()).map(([line, amount]) => [line, amount])).toEqual([['1', '10.0000']]);
    expect(await redrive('test', pipeline.needs)).toEqual([]);
    const refused = `select run_id, line_no from ops.refused_rows where run_id in ('${run.id}', '${again?.id}')`;
    expect(await pipeline.rows(refused)).toEqual([[again?.id, '3']]);
  });
});
