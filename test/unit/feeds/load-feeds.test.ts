import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_FEEDS, loadFeeds, parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { sentenceFor } from '../../../src/domain/app-error.ts';

const START = `set: shop
currency: EUR
feeds:
  goods:
    target: products
    columns:
      id: { type: code, to: product_id, required: true }
`;

function complaint(text: string): string {
  try {
    parseFeeds(text, 'shop.yaml');
  } catch (thrown) {
    return sentenceFor(thrown);
  }
  return 'accepted';
}

describe('feed declarations', () => {
  it('come built in for all the files of the orders set, and with examples', async () => {
    const examples = ['olist', 'online-retail', 'kpi-sample'].map(
      (name) => new URL(`../../../etl/feeds/examples/${name}.yaml`, import.meta.url),
    );
    const [orders, ...others] = await loadFeeds([BUILT_IN_FEEDS, ...examples]);
    expect(orders?.feeds.map((feed) => feed.targets.at(-1)?.table)).toEqual([
      'branches',
      'products',
      'customers',
      'orders',
      'order_items',
      'refunds',
      'payments',
      'budgets',
      'ledger_entries',
      'ledger_steps',
      'stock_counts',
    ]);
    expect(others.map((set) => set.name)).toEqual(['olist', 'online-retail', 'kpi-sample']);
  });

  it('are explained by an example that holds', () => {
    const page = readFileSync(new URL('../../../etl/feeds/README.md', import.meta.url), 'utf8');
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(parseFeeds(example, 'README.md').feeds.map((feed) => feed.name)).toEqual(['sales']);
  });

  it('fill in what the warehouse needs and the file does not say', () => {
    const set = parseFeeds(
      `set: shop
currency: EUR
feeds:
  sales:
    target: orders
    columns:
      number: { type: code, to: order_id, required: true }
      when: { type: date, to: null, required: true, formats: [D.M.YYYY] }
    fill:
      ordered_at: when
`,
      'shop.yaml',
    );
    expect(set.feeds[0]?.targets[0]?.fill).toEqual([
      { column: 'order_id', expression: '`number`' },
      { column: 'document_kind', expression: "'sale'" },
      { column: 'currency', expression: 'currency' },
      { column: 'ordered_at', expression: 'when' },
      { column: 'order_date', expression: 'day(ordered_at)' },
    ]);
  });

  const wrong: [what: string, text: string, says: RegExp][] = [
    [
      'a word that is not known',
      START.replace('required:', 'requierd:'),
      /shop\.yaml, line 7: .*unknown word 'requierd'/,
    ],
    ['a broken document', `${START}  - oops: [`, /shop\.yaml, line \d+: /],
    [
      'a table that is not there',
      START.replace('products', 'goods'),
      /line 5: feed 'goods': there is no table 'goods'; there are customers/,
    ],
    [
      'a column that the table lacks',
      START.replace('to: product_id', 'to: productid'),
      /feed 'goods': products has no column 'productid'; it has product_id, sku/,
    ],
    [
      'a needed column that nothing fills',
      START.replace(', to: product_id', ', to: sku'),
      /products\.product_id must be filled/,
    ],
    [
      'an expression about an unknown column',
      `${START}    fill: { name: "lower(nam)" }\n`,
      /there is no column 'nam'; there are id/i,
    ],
    [
      'an expression that cannot be read',
      `${START}    fill: { name: "concat('a'" }\n`,
      /cannot be read at character \d+: '\)' is missing/,
    ],
    [
      'a value of the wrong type',
      `${START}    fill: { unit_cost: "'much'" }\n`,
      /products\.unit_cost takes a decimal, not a text/,
    ],
    ['adding texts', `${START}    fill: { name: "id + 1" }\n`, /\+ takes a number, not a text/i],
    [
      'a value worked out from itself',
      `${START}    compute: { a: "lower(b)", b: "upper(a)" }\n`,
      /worked out from itself/,
    ],
    [
      'a look-up that is not declared',
      `${START}    fill: { category: "lookup('x', id)" }\n`,
      /there is no look-up 'x'/i,
    ],
    ['a currency that is none', START.replace('EUR', 'euros'), /line 2: currency: three capital letters/],
    [
      'columns that cannot be told apart',
      `${START}      ID: { to: null }\n`,
      /'id' and 'ID' cannot be told apart/,
    ],
    [
      'a date format without a day',
      `${START}      made: { type: date, to: null, formats: [MM-YYYY] }\n`,
      /lacks a day or a year/,
    ],
    [
      'a function that is not there',
      `${START}    fill: { name: "system(id)" }\n`,
      /there is no function system\(\)/i,
    ],
  ];
  for (const [what, text, says] of wrong) {
    it(`are refused with file and line for ${what}`, () => {
      expect(complaint(text)).toMatch(says);
    });
  }
});
