import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$/;

/** 'which Saturday in October', 'top 3 Fridays', 'busiest Mondays': such days are what is ranked. */
export function readNamedDays(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  if (reading.periods.weekdays.length !== 1 || !needs.model.dimensions.has('calendar_day')) return;
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'time' || !WEEKDAY.test(item.tile.word)) return;
    const last = beside(items, at, -1);
    const before = items[items[last]?.meaning.kind === 'number' ? beside(items, last, -1) : last];
    if (!is(before, 'which', 'top', 'bottom', 'busy', 'quiet')) return;
    const plural = /s$/.test(item.tile.word);
    reading.dimensions.push({ name: 'calendar_day', how: 'subject', plural });
  });
}
