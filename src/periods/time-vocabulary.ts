import { byWord } from '../vocabulary/by-word.ts';
import type { CalendarUnit } from './understand-calendar.ts';

export const UNITS = byWord<CalendarUnit>({
  day: 'day',
  week: 'week',
  wk: 'week',
  month: 'month',
  mth: 'month',
  mnth: 'month',
  quarter: 'quarter',
  qtr: 'quarter',
  half: 'half',
  halfyear: 'half',
  semester: 'half',
  year: 'year',
  yr: 'year',
});

// prettier-ignore

export const MONTHS = byWord<number>({
  january: 1,
  jan: 1,
  february: 2,
  feb: 2,
  march: 3,
  mar: 3,
  april: 4,
  apr: 4,
  may: 5,
  june: 6,
  jun: 6,
  july: 7,
  jul: 7,
  august: 8,
  aug: 8,
  september: 9,
  sep: 9,
  sept: 9,
  october: 10,
  oct: 10,
  november: 11,
  nov: 11,
  december: 12,
  dec: 12,
});

// prettier-ignore

export const WEEKDAYS = byWord<number>({
  monday: 1,
  mon: 1,
  tuesday: 2,
  tue: 2,
  tues: 2,
  wednesday: 3,
  wed: 3,
  thursday: 4,
  thu: 4,
  thur: 4,
  thurs: 4,
  friday: 5,
  fri: 5,
  saturday: 6,
  sat: 6,
  sunday: 7,
  sun: 7,
});

// prettier-ignore

/** Words that mean time and nothing else here: never corrected, never values by accident. */
export const TIME_WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(UNITS),
  ...Object.keys(MONTHS),
  ...Object.keys(WEEKDAYS),
  'recording',
  'tracking',
  'today',
  'yesterday',
  'tomorrow',
  'ytd',
  'mtd',
  'qtd',
  'wtd',
  'fiscal',
  'weekend',
  'fortnight',
  'since',
  'until',
  'till',
  'before',
  'after',
  'ago',
  'last',
  'previous',
  'past',
  'this',
  'next',
  'current',
  'prior',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'yearly',
  'annual',
  'annually',
  'rolling',
  'started',
  'opened',
  'began',
  'launched',
  'opening',
  'launch',
  'inception',
  'recording',
  'trailing',
  'easter',
  'christmas',
  'xmas',
  'black',
  'cyber',
  'thanksgiving',
  'valentine',
  'halloween',
  'summer',
  'winter',
  'spring',
  'autumn',
  'decade',
  'during',
  'between',
]);

// prettier-ignore

export const BACK = new Set(['last', 'previous', 'past', 'prior', 'preceding']);

export const NOW = new Set(['this', 'current', 'running']);

export const LEADS = new Set([
  'in',
  'on',
  'during',
  'for',
  'over',
  'within',
  'throughout',
  'of',
  'at',
  'from',
  'by',
]);

export const SEASONS = byWord<[first: number, label: string]>({
  spring: [3, 'March to May'],
  summer: [6, 'June to August'],
  autumn: [9, 'September to November'],
  fall: [9, 'September to November'],
  winter: [12, 'December to February'],
});

export const ORDINALS = byWord<number>({ first: 1, '1st': 1, second: 2, third: 3, fourth: 4 });
