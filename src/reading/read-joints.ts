import type { Role } from '../vocabulary/understand-function-words.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is, isStop } from './reading-items.ts';

/** Words by which two figures stand side by side, each by itself. */
const JOINTS: readonly Role[] = [
  'and',
  'or',
  'versus',
  'than',
  'compare',
  'share',
  'how-many',
  'how-much',
  'which',
  'more',
  'less',
  'growth',
];

/** Words by which a second figure says of which the first one is: 'revenue of late orders', 'customers who had a refund'. */
const NARROWING = /^(?:of|from|for|on|by|with|without|through|via|had|have|has|having|that|which|who|whose)$/;

/**
 * Two figures of which the second narrows the first, and is none to be told beside it. Figures that are only
 * listed ('revenue orders margin') or joined stand side by side.
 */
export function readJoints(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const figures = items.flatMap((item, at) => {
    const { meaning } = item;
    return meaning.kind === 'metric' && reading.metrics.includes(meaning.name)
      ? [{ name: meaning.name, at }]
      : [];
  });
  figures.forEach((other, index) => {
    const one = figures[index - 1];
    if (!one || one.name === other.name || reading.narrowing) return;
    const between = items.slice(one.at + 1, other.at);
    // 'average delivery time, late orders only'.
    if (
      is(items[beside(items, other.at, 1)], 'only') &&
      !between.some((item) => is(item, 'versus', 'compare'))
    ) {
      reading.narrowing = { figure: one.name, by: other.name, said: items[other.at]?.tile.text ?? '' };
      return;
    }
    if (between.some((item) => is(item, ...JOINTS) || item.meaning.kind === 'condition')) return;
    const link = wordsBefore(items, other.at);
    const narrows = link.some((word) => NARROWING.test(word));
    // 'order value of trade customers': whose it is, and no number of them.
    if (narrows && other.name === 'unique_customers' && !link.includes('with'))
      reading.metrics = reading.metrics.filter((name) => name !== other.name);
    else if (narrows && !(link.includes('with') && isMoney(one, needs)))
      reading.narrowing = { figure: one.name, by: other.name, said: items[other.at]?.tile.text ?? '' };
  });
}

/** Two names of one kind with words between that set neither beside the other: 'from SP to RJ', 'in Leeds to York'. */
export function readApartNames(items: Item[], reading: Reading): void {
  const named = reading.filters.filter(({ negated }) => !negated).sort((a, b) => a.at - b.at);
  named.forEach((other, index) => {
    const one = named[index - 1];
    if (!one || reading.unjoined || one.hits[0]?.dimension !== other.hits[0]?.dimension) return;
    if (one.hits[0]?.value === other.hits[0]?.value) return;
    const between = items.slice(one.at + 1, other.at);
    const words = between.flatMap(({ tile }) => tile.word.split(' '));
    if (between.length === 0 || between.some((item) => is(item, ...JOINTS))) return;
    if (words.some((word) => DIRECTED.test(word))) reading.unjoined = [one.said, other.said];
  });
}

/** Words by which two places play different parts. */
const DIRECTED =
  /^(?:to|into|from|sold|selling|shipped|shipping|sent|delivered|customers?|buyers?|sellers?|bound)$/;

/** The small words right before, back to the last one with a meaning of its own. */
function wordsBefore(items: Item[], at: number): string[] {
  const words: string[] = [];
  for (let next = at - 1; next >= 0; next -= 1) {
    const item = items[next] as Item;
    const named = item.meaning.kind === 'value' || item.meaning.kind === 'segment';
    if (!named && !isStop(item) && !is(item, 'with', 'who')) break;
    if (named) continue;
    words.push(...item.tile.word.split(' '));
  }
  return words;
}

/** 'revenue with order count': beside an amount, 'with' tells another figure; 'customers with refunds' are some of them. */
function isMoney({ name }: { name: string }, { model }: UnderstandNeeds): boolean {
  return model.metrics.get(name)?.unit.kind === 'money';
}
