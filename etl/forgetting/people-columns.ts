import { type FeedSet, plainName } from '../feeds/feed.ts';
import { TARGET_TABLES } from '../feeds/tables.ts';
import { type BlankedColumns, delimiterOf, plain, splitCells } from './redact-record.ts';

/** What stays of a customer: it says nothing of one person alone. */
const STAYS = new Set(['customer_id', 'person_id', 'segment', 'country', 'joined_on']);

/**
 * The columns of a file of customers that become empty beside a forgotten one: personal ones, and those that no feed
 * knows, since anything may stand there. None when the file is of something else.
 */
export function peopleColumns(header: string, feeds: readonly FeedSet[]): BlankedColumns {
  const cells = splitCells(header, delimiterOf(header)).map((cell) => plainName(plain(cell)));
  let best: { score: number; table: string; targets: (string | null)[] } | undefined;
  for (const feed of feeds.flatMap((set) => set.feeds)) {
    const targets = new Map(
      feed.columns.flatMap((column) =>
        [column.header, ...column.synonyms].map((name) => [plainName(name), column.target] as const),
      ),
    );
    const score = cells.filter((cell) => targets.has(cell)).length / Math.max(feed.columns.length, 1);
    const [target] = feed.targets;
    if (score > (best?.score ?? 0) && target)
      best = { score, table: target.table, targets: cells.map((cell) => targets.get(cell) ?? null) };
  }
  if (best?.table !== 'customers') return new Set();
  const known = TARGET_TABLES.find(({ name }) => name === 'customers')?.columns.map(({ name }) => name) ?? [];
  return new Set(
    best.targets.flatMap((target, place) =>
      target !== null && known.includes(target) && STAYS.has(target) ? [] : [place],
    ),
  );
}
