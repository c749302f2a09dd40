import type { Feed, FeedSet, Reference } from '../feeds/feed.ts';
import { parseExpression } from '../feeds/parse-expression.ts';
import type { TableRule } from '../stages/check-files.ts';

const STRICTNESS = ['refuse', 'first', 'last'] as const;

/** What the feeds of a run say about each table they fill; where several fill one, the stricter rule holds. */
export function tableRules(set: FeedSet, feedNames: ReadonlySet<string>): TableRule[] {
  const rules = new Map<string, TableRule>();
  for (const feed of set.feeds.filter(({ name }) => feedNames.has(name))) {
    for (const target of feed.targets) {
      const before = rules.get(target.table);
      const duplicates =
        STRICTNESS.find((one) => one === target.duplicates || one === before?.duplicates) ?? 'refuse';
      rules.set(target.table, {
        table: target.table,
        duplicates,
        references: mergeReferences(before?.references ?? [], target.references),
        wholeParents: (before?.wholeParents ?? false) || countsItsLines(feed, target.table),
      });
    }
  }
  return [...rules.values()];
}

/** Line numbers that are counted within a document, not stated by the source. */
function countsItsLines(feed: Feed, table: string): boolean {
  const target = feed.targets.find((one) => one.table === table);
  const names = new Set(target?.key ?? []);
  const keyFills = target?.fill.filter(({ column }) => names.has(column)) ?? [];
  return keyFills.some(({ expression }) => {
    const direct = JSON.stringify(parseExpression(expression));
    const computed = Object.entries(feed.compute)
      .filter(([name]) => new RegExp(`"${name}"`).test(direct))
      .map(([, text]) => JSON.stringify(parseExpression(text)));
    return [direct, ...computed].some((text) => text.includes('"name":"count_within"'));
  });
}

function mergeReferences(a: readonly Reference[], b: readonly Reference[]): Reference[] {
  const byText = new Map([...a, ...b].map((one) => [JSON.stringify([one.columns, one.table]), one]));
  return [...byText.values()];
}
