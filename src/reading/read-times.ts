import { addDays } from '../domain/day.ts';
import type { TimeMeaning } from '../periods/time-meaning.ts';
import { longDay } from '../periods/time-spans.ts';
import type { Span } from '../periods/understand-calendar.ts';
import { readPeriods, type TimeLink } from '../periods/understand-periods.ts';
import { readOtherTimes } from './read-other-times.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is, isStop } from './reading-items.ts';

export function readWindow(items: Item[], reading: Reading): void {
  const moving = items.findIndex((item) => is(item, 'moving'));
  if (moving < 0) return;
  for (let at = 0; at < items.length; at += 1) {
    const number = items[at];
    const unit = items[at + 1];
    const dashed = isStop(unit ?? (number as Item)) && unit?.tile.word === '-' ? items[at + 2] : unit;
    if (number?.meaning.kind !== 'number' || dashed?.meaning.kind !== 'unit') continue;
    reading.window = Number(number.meaning.value);
    reading.grain = dashed.meaning.grain;
    number.used = true;
    dashed.used = true;
    return;
  }
}

/** 'which brands declined in October on last year': something can be on a day, and not on a month. */
function isHeldOn({ tile }: Item, time: TimeMeaning): boolean {
  return (
    /^on (?!the (?:first|last)\b)/.test(tile.word) &&
    time.kind === 'span' &&
    /^(?:month|quarter|half|year)$/.test(time.span.unit) &&
    time.span.count === 1
  );
}

export function readTimes(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const comparing = items.some((item) => is(item, 'compare', 'versus'));
  const changing = items.some((item) => is(item, 'growth'));
  const moving =
    changing ||
    /\b(?:up|down|less|fewer|better|worse|more(?! (?:detail|info|on|about)))\b/i.test(reading.text);
  const times: { meaning: TimeMeaning; link: TimeLink; comma?: boolean }[] = [];
  let last = -1;
  onlyInBrackets(items, reading.text);
  sameDaysInBrackets(items, reading.text);
  readOtherTimes(items, reading, needs.time);
  items.forEach((item, at) => {
    if (item.meaning.kind === 'change') {
      reading.change = item.meaning.over;
      item.used = true;
    }
    if (item.meaning.kind !== 'time') return;
    item.used = true;
    const around = items[at - 1];
    const { time } = item.meaning;
    if (
      around &&
      /^(?:around|about|near|close to|roughly)$/.test(around.tile.word) &&
      time.kind === 'span' &&
      time.span
    ) {
      times.push({
        meaning: aroundTime(`${around.tile.text} ${item.tile.text}`, item.tile.text, time.span),
        link: 'none',
      });
      return;
    }
    const before = beside(items, at, -1);
    let link: TimeLink = 'none';
    const ofPlan = items.slice(before + 1, at).some(({ tile }) => /\bactuals?\b/.test(tile.word));
    const held = items[before];
    if (ofPlan && held && is(held, 'versus')) held.used = true;
    else if (is(held, 'versus', 'than')) link = 'versus';
    else if (is(items[before], 'and', 'or') && last >= 0 && between(items, last, before)) link = 'and';
    else if (is(items[before], 'follow') && last >= 0) link = 'and';
    const moved = items[before];
    if (
      times.length < 2 &&
      is(moved, 'growth', 'more', 'less') &&
      !JUDGED.test(moved?.tile.word ?? '') &&
      /^on /.test(item.tile.word)
    )
      link = 'versus';
    if (is(moved, 'growth') && moved && /^over /.test(item.tile.word))
      moved.meaning = { kind: 'role', role: 'trend' };
    const linked = items[before];
    if (link !== 'none' && linked) linked.used = true;
    if (link === 'none' && times.length < 2 && (times.length === 1 || moving) && isHeldOn(item, time))
      link = 'versus';
    if (
      is(items[before], 'compare') &&
      last < 0 &&
      item.meaning.time.kind === 'span' &&
      isOnlyTime(items, at) &&
      !isOfTwo(items, at)
    ) {
      link = 'versus';
    }
    times.push({ meaning: item.meaning.time, link, comma: items[before]?.tile.word === ',' });
    last = at;
  });
  reading.periods = readPeriods(
    times,
    {
      comparing: comparing && times.length > 1 && !hasValuePair(items),
      changing,
      whole: AGAINST_A_WHOLE.test(reading.text),
      stepping: STEPPING.test(reading.text),
      difference: DIFFERENCE.test(reading.text),
      split: items.some(({ meaning }) => meaning.kind === 'grain'),
    },
    needs.time,
  );
  reading.notes.push(...reading.periods.notes);
  if (times.length > 0)
    for (const item of items)
      if (is(item, 'compare', 'more', 'less') && times.some(({ link }) => link === 'versus'))
        item.used = true; // prettier-ignore
}

/** 'this year against the whole of last year': not against the same days of it. */
const AGAINST_A_WHOLE =
  /\b(?:vs?\.?|versus|against|than|compared (?:to|with)) (?:in )?(?:the )?(?:whole|full|entire|complete|all|total)(?: of| year| of the year)?(?: the)? (?:last|previous|prior|(?:19|20)\d\d|q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** 'growth per year 2024 and 2025' is of each of them over the one before. */
const STEPPING =
  /\b(?:(?:per|each|every|by|over|on|for each|in each) (?:year|month|quarter|week)|yearly|annual|annually|monthly|quarterly|weekly|yoy|mom|respectively|both)\b/i;

/** 'the difference between Q4 and Q3' is of the one to the other. */
const DIFFERENCE = /\b(?:differences?|delta)\b|\bchange\b.*\bbetween\b/i;

const REACHING = /^(?:since|until|till|through|up to|after|before|from)\b/;

/** 'did better on Black Friday' says when; 'up on last year' says than what. */
const JUDGED = /^(?:better|worse|stronger|weaker|healthier|poorer|softer)$/;

/** 'last winter (December to February)': what stands in brackets says which days are meant. */
function onlyInBrackets(items: Item[], text: string): void {
  const open = text.indexOf('(');
  const close = text.indexOf(')', open);
  if (open < 0 || close < 0) return;
  // 'compared with july (august)' names two periods.
  if (items.some((item) => is(item, 'versus', 'compare', 'than') && item.start < open)) return;
  const isTime = ({ meaning }: Item): boolean => meaning.kind === 'time' && meaning.time.kind !== 'weekdays';
  const inside = ({ start, end }: Item): boolean => start > open && end <= close;
  if (!items.some((item) => isTime(item) && inside(item))) return;
  // 'week 23 (this year)': the year of the time before it, and no other time.
  const whole = items.find((item) => isTime(item) && inside(item));
  const part = items.find((item) => isTime(item) && item.end <= open);
  if (whole && part && isInside(part.meaning, whole.meaning)) return;
  // 'since Easter Monday (6 April)': the brackets say which day, not how long.
  const reaching = items.some((item) => isTime(item) && !inside(item) && REACHING.test(item.tile.word));
  if (reaching) {
    for (const item of items) if (isTime(item) && inside(item)) item.meaning = { kind: 'role', role: 'stop' };
    return;
  }
  items.forEach((item, at) => {
    if (!isTime(item) || inside(item)) return;
    item.meaning = { kind: 'role', role: 'stop' };
    const lead = items[at - 1];
    if (lead && /^(?:last|this|the last)$/.test(lead.tile.word))
      lead.meaning = { kind: 'role', role: 'stop' };
  });
}

function isInside(part: Item['meaning'], whole: Item['meaning']): boolean {
  if (part.kind !== 'time' || whole.kind !== 'time') return false;
  if (part.time.kind !== 'span' || whole.time.kind !== 'span') return false;
  const [one, all] = [part.time.span, whole.time.span];
  return (
    all.unit === 'year' && all.count === 1 && one.unit !== 'year' && one.from >= all.from && one.to <= all.to
  );
}

/** 'the second half of October (16-31)': the days in brackets are those of the time before, and say nothing more. */
function sameDaysInBrackets(items: Item[], text: string): void {
  const [, from, to] =
    /\(\s*(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to)\s*(\d{1,2})(?:st|nd|rd|th)?\s*\)/i.exec(text) ?? [];
  const open = text.indexOf('(');
  const time = items.findLast(({ meaning, end }) => meaning.kind === 'time' && end <= open)?.meaning;
  if (from === undefined || time?.kind !== 'time' || time.time.kind !== 'span') return;
  const { span } = time.time;
  const days = [span.from, addDays(span.to, -1)].map((day) => Number(day.slice(8)));
  if (days.join() !== [from, to].map(Number).join()) return;
  for (const item of items)
    if (item.start > open && item.end <= text.indexOf(')', open))
      item.meaning = { kind: 'role', role: 'stop' };
}

/** 'around Christmas': which days those are is asked. */
function aroundTime(said: string, name: string, span: Span): Extract<TimeMeaning, { kind: 'unclear' }> {
  const days = (from: string, to: string): { label: string; phrase: string } => ({
    label: `${longDay(from)} to ${longDay(to)}`,
    phrase: `from ${from} to ${to}`,
  });
  const last = addDays(span.to, -1);
  return {
    kind: 'unclear',
    said,
    options: [
      { label: name, phrase: span.from === last ? `on ${last}` : `from ${span.from} to ${last}` },
      days(addDays(span.from, -3), addDays(last, 3)),
      days(addDays(span.from, -7), addDays(last, 7)),
    ],
  };
}

function between(items: Item[], last: number, before: number): boolean {
  return items.slice(last + 1, before).every((item) => isStop(item) || item.tile.word === ',');
}

function isOnlyTime(items: Item[], at: number): boolean {
  return items.every((item, index) => index === at || item.meaning.kind !== 'time');
}

/** 'compare May's revenue for York and Leeds': in May they are held against each other, and May against nothing. */
function isOfTwo(items: Item[], at: number): boolean {
  return hasValuePair(items.slice(at + 1));
}

/** 'compare boots and sandals in March and April' is about the boots. */
function hasValuePair(items: Item[]): boolean {
  return items.some((item, at) => {
    const next = items[beside(items, at, 1)];
    if (item.meaning.kind !== 'value' || !is(next, 'and', 'versus', 'than')) return false;
    const other = items[beside(items, items.indexOf(next as Item), 1)];
    return other?.meaning.kind === 'value';
  });
}
