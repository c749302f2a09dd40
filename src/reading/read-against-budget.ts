import type { Reading } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** 'which branches are over budget': those whose expenses are above it. */
export function againstBudget(name: string, item: Item, items: Item[], reading: Reading): void {
  if (name === 'revenue_budget') targetMissed(items, reading);
  if (name === 'expense_budget') overTheirs(items, reading);
  if (name !== 'expense_variance' && name !== 'revenue_variance') return;
  const { word } = item.tile;
  const over = /\b(?:over budget|overspen\w+|above budget|ahead of budget)\b/.test(word);
  const under =
    /\b(?:under budget|below budget|within budget|underspen\w+|behind budget|short of budget)\b/.test(word);
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many')) || areThose(items, item);
  const grouped = reading.dimensions.length > 0 || WHICH_TIMES.test(reading.text);
  if ((!over && !under) || !asked || !grouped || EITHER_SIDE.test(reading.text)) return;
  const operator = over ? 'more-than' : word.includes('within') ? 'at-most' : 'less-than';
  reading.soFar ??= 'year';
  reading.conditions.push({ metric: name, dimension: null, operator, values: ['0'], unit: null, of: null });
}

/** 'in which months were wages over budget'. */
const WHICH_TIMES = /\b(?:which|what) (?:weeks|months|quarters)\b/i;

/** 'over or under budget' picks out neither. */
const EITHER_SIDE =
  /\b(?:over|above|ahead(?: of)?)(?: budget)? ?(?:or|and|\/|&) ?(?:under|below|behind)\b|\b(?:under|below|behind)(?: budget)? ?(?:or|and|\/|&) ?(?:over|above|ahead)\b/i;

/** 'shops over budget in May', 'stores that are ahead of budget': those that are, and no others. */
function areThose(items: Item[], item: Item): boolean {
  const at = beside(items, items.indexOf(item), -1);
  const noun = items[at];
  const next = items[beside(items, items.indexOf(item), 1)];
  // 'overspent accounts', 'over-budget branches'
  if (next?.meaning.kind === 'dimension' && /s$/.test(next.tile.word) && !is(noun, 'by', 'each')) return true;
  return (
    noun?.meaning.kind === 'dimension' &&
    /s$/.test(noun.tile.word) &&
    !is(items[beside(items, at, -1)], 'by', 'each')
  );
}

/** 'which branches missed their sales target': those whose revenue is below it. */
function targetMissed(items: Item[], reading: Reading): void {
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many'));
  if (!asked || reading.dimensions.length === 0) return;
  const missed = /\b(?:missed|below|under|behind|short of)\b/i.test(reading.text);
  const reached = /\b(?:hit|beat|met|exceeded|reached|above|over|ahead of)\b/i.test(reading.text);
  if (missed === reached) return;
  reading.conditions.push({
    metric: 'revenue_variance',
    dimension: null,
    operator: missed ? 'less-than' : 'at-least',
    values: ['0'],
    unit: null,
    of: null,
  });
}

/** 'which branches were over their energy budget': the name of an account stands between. */
function overTheirs(items: Item[], reading: Reading): void {
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many'));
  const [, side = ''] = OVER_THEIRS.exec(reading.text) ?? [];
  if (!asked || reading.dimensions.length === 0 || side === '') return;
  const operator = /^(?:over|above|exceeded|overspent)/i.test(side)
    ? 'more-than'
    : /^within/i.test(side)
      ? 'at-most'
      : 'less-than';
  reading.soFar ??= 'year';
  const metric = 'expense_variance';
  reading.metrics.push('expenses');
  reading.conditions.push({ metric, dimension: null, operator, values: ['0'], unit: null, of: null });
}

const OVER_THEIRS =
  /\b(over|above|exceeded|overspent|under|below|within|underspent)(?: on)? (?:their|its|the|our) (?:[\p{L}&]+ ){0,3}budgets?\b/iu;
