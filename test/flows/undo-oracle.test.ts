import { expect, it } from 'vitest';
import { rerun, undo } from '../../etl/pipeline/run-care.ts';
import { TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { randomFrom } from '../support/random.ts';

type Line = { order: string; no: number; product: string; quantity: number; cents: number; returned: number };

const PRODUCTS: Record<string, string> = { p1: 'Boots', p2: 'Boots', p3: 'Clogs', p4: 'Care' };
const dayOf = (order: string): string =>
  `2026-01-${String(1 + (Number(order.slice(1)) % 9)).padStart(2, '0')}`;
const money = (cents: number): string => (cents / 100).toFixed(2);

/** Some lines of some orders; with `of`, prices and numbers of pieces other than before. */
function someLines(seed: number, orders: readonly number[]): Line[] {
  const random = randomFrom(seed);
  return orders.flatMap((order) =>
    Array.from({ length: 1 + random.upTo(4) }, (_, no) => {
      const quantity = 1 + random.upTo(5);
      return {
        order: `o${order}`,
        no: no + 1,
        product: random.pick(Object.keys(PRODUCTS)),
        quantity,
        cents: random.upTo(99_999),
        returned: random.upTo(quantity + 1),
      };
    }),
  );
}

function filesOf(lines: readonly Line[]) {
  const orders = [...new Set(lines.map(({ order }) => order))];
  return {
    'products.csv': `product_id,name,category\n${Object.entries(PRODUCTS)
      .map(([id, category]) => `${id},Name of ${id},${category}\n`)
      .join('')}`,
    'orders.csv': `order_id,ordered_at\n${orders.map((id) => `${id},${dayOf(id)} 10:00:00\n`).join('')}`,
    'order_items.csv': `order_id,line_no,product_id,quantity,unit_price,returned_quantity\n${lines
      .map(
        (one) =>
          `${one.order},${one.no},${one.product},${one.quantity},${money(one.cents)},${one.returned}\n`,
      )
      .join('')}`,
  };
}

/** What facts and KPIs must come to, summed in whole cents from the lines themselves: a later one takes the place of its key. */
function oracle(...loads: Line[][]) {
  const byKey = new Map(loads.flat().map((line) => [`${line.order}/${line.no}`, line]));
  const lines = [...byKey.values()];
  const revenue = (some: readonly Line[]): string =>
    money(some.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0));
  const days = [...new Set(lines.map(({ order }) => dayOf(order)))].sort();
  return {
    lines: lines.length,
    revenue: revenue(lines),
    daily: days.map((day) => {
      const own = lines.filter(({ order }) => dayOf(order) === day);
      const pieces = own.reduce((sum, { quantity }) => sum + quantity, 0);
      return `${day}: ${new Set(own.map(({ order }) => order)).size} orders, ${revenue(own)}, ${pieces} pieces`;
    }),
    categories: [...new Set(Object.values(PRODUCTS))].sort().flatMap((category) =>
      days.flatMap((day) => {
        const own = lines.filter(
          ({ order, product }) => dayOf(order) === day && PRODUCTS[product] === category,
        );
        return own.length === 0 ? [] : [`${category} ${day}: ${revenue(own)}`];
      }),
    ),
  };
}

async function found({ needs, rows }: APipeline) {
  const [[lines = '', revenue = ''] = []] = await rows(
    'select count(*), sum(net_amount) from retail.order_items',
  );
  const [from, to] = ['2026-01-01', '2026-02-01'];
  const categories: string[] = [];
  for (const category of (await needs.kpis.categories()).sort())
    for (const kpi of await needs.kpis.byCategory(category, from, to))
      categories.push(`${category} ${kpi.orderDate}: ${Number(kpi.dailyRevenue).toFixed(2)}`);
  return {
    lines: Number(lines),
    revenue: Number(revenue).toFixed(2),
    daily: (await needs.kpis.daily(from, to)).map(
      (kpi) =>
        `${kpi.orderDate}: ${kpi.totalOrders} orders, ${Number(kpi.totalRevenue).toFixed(2)}, ${kpi.totalItemsSold} pieces`,
    ),
    categories,
  };
}

it('facts and KPIs are to the cent what the files say: loaded, corrected, the same three times over, taken back and run again', async () => {
  const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
  try {
    const first = someLines(1, [...Array(24).keys()]);
    const second = someLines(2, [...Array(40).keys()].slice(12));
    await pipeline.load(filesOf(first));
    expect(await found(pipeline)).toEqual(oracle(first));

    const run = await pipeline.load(filesOf(second));
    expect(await found(pipeline)).toEqual(oracle(first, second));
    for (const again of [await pipeline.load(filesOf(second)), await pipeline.load(filesOf(second))])
      expect(again.outcome).toBe('duplicate');
    expect(await found(pipeline)).toEqual(oracle(first, second));

    await undo(run.batch ?? '', pipeline.needs);
    expect(await found(pipeline)).toEqual(oracle(first));
    await expect(undo(run.batch ?? '', pipeline.needs)).rejects.toMatchObject({
      code: 'batch.already-undone',
    });

    await rerun(run.id, 'test', pipeline.needs);
    expect(await found(pipeline)).toEqual(oracle(first, second));
  } finally {
    await pipeline.close();
  }
});
