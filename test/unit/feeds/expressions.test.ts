import { describe, expect, it } from 'vitest';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { tryFiles } from '../validate/support.ts';

/** What an expression gives for one row with these cells. */
async function valueOf(expression: string): Promise<string | undefined> {
  const set = parseFeeds(
    `set: test
currency: EUR
lookups:
  colours: { values: { r: red, g: green } }
feeds:
  goods:
    match: ['*']
    target: products
    columns:
      id: { type: code, to: product_id, required: true }
      code: { type: code, to: null }
      nothing: { type: text, to: null }
      n: { type: integer, to: null }
      price: { type: decimal, to: null }
      'Unit Name': { type: text, to: null }
      at: { type: timestamp, to: null }
      open: { type: boolean, to: null }
    fill:
      name: ${JSON.stringify(expression)}
`,
    'test.yaml',
  );
  const tried = await tryFiles(
    { 'x.csv': 'id,code,nothing,n,price,unit name,at,open\n1,r,,3,2.5,Box,2025-03-08 10:00:00,yes\n' },
    [set],
  );
  return (await tried.rows('products'))[0]?.['name'] ?? (await tried.refused())[0]?.['reason'];
}

describe('expressions in a declaration', () => {
  const cases: [expression: string, gives: string][] = [
    ["'it''s'", "it's"],
    ['n * price', '7.5'],
    ['n * (price - 1) + 2', '6.5'],
    ['-price + 1', '-1.5'],
    ['price / n', '0.8333'],
    ['2 / 3', '0.6667'],
    ['price / (n - 3)', ''],
    ["concat(code, '-', n, '-', nothing, price)", 'r-3-2.5'],
    ['coalesce(nothing, code)', 'r'],
    ["lookup('colours', code)", 'red'],
    ["coalesce(lookup('colours', `Unit Name`), upper(unit_name))", 'BOX'],
    ['day(at)', '2025-03-08'],
    ['month_start(at)', '2025-03-01'],
    ["if(starts_with(code, 'r') and not n > 3, 'yes', 'no')", 'yes'],
    ["if(n > 5, 'many', n > 2, 'some', 'few')", 'some'],
    ["if(nothing = null, 'none', 'one')", 'none'],
    ["if(nothing = 'x' or nothing <> 'x', 'one', 'unknown')", 'unknown'],
    ["if(one_of(code, 'a', 'r'), 'in', 'out')", 'in'],
    ["if(open, 'open', 'shut')", 'open'],
    ["if(at < '2025-04-01', 'before', 'after')", 'before'],
    ["replace(`Unit Name`, 'B', 'F')", 'Fox'],
    ['left(`Unit Name`, 2)', 'Bo'],
    ['abs(1 - price)', '1.5'],
    ['currency', 'EUR'],
    ['999999999999 * 9 + 0.0001', '8999999999991.0001'],
  ];
  for (const [expression, gives] of cases) {
    it(`gives ${gives === '' ? 'nothing' : gives} for ${expression}`, async () => {
      expect(await valueOf(expression)).toBe(gives);
    });
  }
});
