import type { Reading, UnderstandNeeds } from './reading.ts';
import type { Item } from './reading-items.ts';

const COMPLAINING = /^(?:complaints?|complain|complained|complaining|unhappy|dissatisfied|feedback)$/;
const SIZES = /(?:^| )(?:sizes?|sizing)$/;
const ABOUT_SIZE = /\b(?:size|sizes|fit|fits|small|large|big|tight|narrow|wide|short|long)\b/i;
const AROUND = /^(?:wrong|bad|poor|incorrect|problems?|issues?|related|reasons?|trouble|troubles)$/;

/** What lies outside as such, and is among the reasons for which things come back: 'refunds for the wrong size'. */
export function settleOutside(items: Item[], reading: Reading, { values, model }: UnderstandNeeds): void {
  const kinds = [
    ...reading.dimensions.map(({ name }) => name),
    ...reading.filters.flatMap(({ hits }) => hits.map(({ dimension }) => dimension)),
  ];
  const byReason = kinds.includes('refund_reason');
  if (!byReason && !reading.metrics.some((name) => /^refund/.test(name))) return;
  items.forEach((item, at) => {
    if (item.used && item.meaning.kind !== 'outside') return;
    if (COMPLAINING.test(item.tile.word) && byReason) item.meaning = { kind: 'role', role: 'stop' };
    if (!SIZES.test(item.tile.word) || item.meaning.kind !== 'outside') return;
    if (!model.dimensions.has('refund_reason')) return;
    const reasons = values.valuesOf('refund_reason').filter((value) => ABOUT_SIZE.test(value));
    if (reasons.length === 0) return;
    item.meaning = { kind: 'role', role: 'stop' };
    for (const near of [items[at - 1], items[at + 1]])
      if (near && AROUND.test(near.tile.word) && near.meaning.kind !== 'dimension')
        near.meaning = { kind: 'role', role: 'stop' };
    if (kinds.includes('refund_reason')) return;
    reading.filters.push({
      hits: reasons.map((value) => ({ dimension: 'refund_reason', value })),
      negated: false,
      at,
      said: item.tile.text,
    });
    reading.notes.push(`'${item.tile.text}' was read as the reasons ${reasons.join(' and ')}`);
  });
}
