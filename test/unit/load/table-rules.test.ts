import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { tableRules } from '../../../etl/pipeline/table-rules.ts';
import { rangesOf } from '../../../etl/stages/refresh-kpis.ts';

const example = (name: string) =>
  parseFeeds(
    readFileSync(new URL(`../../../etl/feeds/examples/${name}.yaml`, import.meta.url), 'utf8'),
    `${name}.yaml`,
  );

describe('the rules of a table', () => {
  it('are those of the feeds that came, and of no others', () => {
    const set = example('olist');
    expect(tableRules(set, new Set(['orders']))).toEqual([
      {
        table: 'orders',
        duplicates: 'refuse',
        references: [{ columns: ['customer_id'], table: 'customers', onMissing: 'refuse' }],
        wholeParents: false,
      },
    ]);
  });

  it('take the lines of a document as all its lines where the feed counts them itself', () => {
    const set = example('online-retail');
    const rules = tableRules(set, new Set(set.feeds.map(({ name }) => name)));
    const whole = rules.filter((rule) => rule.wholeParents).map((rule) => rule.table);
    expect(whole).toEqual(['order_items']);
  });
});

describe('the days of a refresh', () => {
  it('are read in few queries, and no day that was not touched is among them', () => {
    const ranges = rangesOf(['2026-01-05', '2026-01-01', '2026-03-01', '2026-01-05']);
    expect(ranges).toEqual([
      { from: '2026-01-01', to: '2026-01-06', days: ['2026-01-01', '2026-01-05'] },
      { from: '2026-03-01', to: '2026-03-02', days: ['2026-03-01'] },
    ]);
    expect(rangesOf([])).toEqual([]);
  });
});
