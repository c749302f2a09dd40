import { relativeSpan } from '../periods/relative-span.ts';
import type { TimeContext } from '../periods/time-meaning.ts';
import type { Span } from '../periods/understand-calendar.ts';
import type { Reading } from './reading.ts';
import { type Item, is, isStop } from './reading-items.ts';

/** 'bought in 2025 but not in 2026', 'in both 2024 and 2025': whom or what a second time leaves of those of the first. */
export function readOtherTimes(items: Item[], reading: Reading, context: TimeContext): void {
  const times = items.filter((item) => isTime(item) && !BOTH_YEARS.test(item.tile.text));
  const [first, second] = times;
  if (times.length !== 2 || !first || !second) return;
  const members = items.some(
    ({ meaning }) =>
      meaning.kind === 'dimension' || (meaning.kind === 'metric' && /customers$|_sold$/.test(meaning.name)),
  );
  if (items.some(({ tile }) => BOTH_YEARS.test(tile.text)) && !members && !PEOPLE.test(reading.text)) return;
  const [from, to] = [items.indexOf(first), items.indexOf(second)];
  const denied = deniedBy(items, to);
  if (!denied && !BOTH.test(reading.text) && !AGAIN.test(reading.text)) return;
  const span = otherSpan(first, second, context);
  if (!span) return;
  const unfinished = denied !== undefined && span.to > context.today;
  reading.otherTime = { span: unfinished ? { ...span, toDate: true } : span, without: denied !== undefined };
  for (const item of items.slice(from + 1, to)) {
    if (item.meaning.kind === 'metric' && /^(?:returning|repeat)/.test(item.meaning.name))
      item.meaning = { kind: 'role', role: 'stop' };
    if (denied && items.indexOf(item) >= items.indexOf(denied)) item.used = true;
  }
  second.meaning = { kind: 'role', role: 'stop' };
  for (const item of items)
    if (BOTH_YEARS.test(item.tile.text)) item.meaning = { kind: 'role', role: 'stop' };
  for (const item of items) if (denied && /^(?:lapsed|lost|gone)$/.test(item.tile.word)) item.used = true;
}

function isTime({ meaning }: Item): boolean {
  return meaning.kind === 'time' && (meaning.time.kind === 'span' || meaning.time.kind === 'relative');
}

/** The second time; 'the month before' is seen from the first. */
function otherSpan(first: Item, second: Item, context: TimeContext): Span | undefined {
  const own = spanOf(first);
  const span = spanOf(second);
  if (span || !own || second.meaning.kind !== 'time' || second.meaning.time.kind !== 'relative') return span;
  return relativeSpan(own, second.meaning.time.relative, context);
}

/** The denial right before a time: 'but not in', 'and have not bought since', 'but did not come back in'. */
function deniedBy(items: Item[], at: number): Item | undefined {
  for (let before = at - 1; before > 0; before -= 1) {
    const item = items[before] as Item;
    if (is(item, 'not') || /^(?:nothing|never|none)$/.test(item.tile.word)) return item;
    const passes = isStop(item) || is(item, 'buy', 'sell', 'spend', 'again', 'and', 'more');
    if (!passes && !RETURNING.test(item.tile.word)) return undefined;
  }
  return undefined;
}

/** A time that both sides of 'and' have to hold for. */
const BOTH =
  /\b(?:in|during|both in|for) both\b|\bboth (?:years|months|periods|quarters)\b|\bboth in\b|\bbought both\b/i;
/** Beside two times that are named it says of whom; by itself it sets this year beside the last one. */
const BOTH_YEARS = /\bboth years$/i;
const AGAIN =
  /\b(?:again|also|came back|come back|returned|bought again|too)\b(?: to us| and bought| and shopped)? (?:in|on|during|this|last)\b/i;
const PEOPLE = /\b(?:customers?|people|shoppers?|buyers?|clients?|those who|anyone who)\b/i;
const RETURNING =
  /^(?:come|came|been|back|returned|return|anything|yet|since|so far|ordered|orders?|shopped|at all)$/;

function spanOf({ meaning }: Item): Span | undefined {
  return meaning.kind === 'time' && meaning.time.kind === 'span' ? meaning.time.span : undefined;
}

/** What the members are: the people, products or other things that the question is about. */
export function membersOf({ metrics, dimensions, text }: Reading): string | undefined {
  const counted: Record<string, string> = {
    products_sold: 'product',
    active_sellers: 'seller',
    brands_sold: 'brand',
    categories_sold: 'category',
    subcategories_sold: 'subcategory',
  };
  if (metrics.some((name) => /customers$/.test(name))) return 'customer';
  const [subject] = dimensions;
  const named = metrics.map((name) => counted[name]).find((name) => name !== undefined) ?? subject?.name;
  return named ?? (PEOPLE.test(text) ? 'customer' : undefined);
}
