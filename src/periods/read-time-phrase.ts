import { addDays, addMonths, addYears, type Day, startOfMonth } from '../domain/day.ts';
import { sinceTheStart } from './since-the-start.ts';
import type { RelativeTime, TimeContext, TimeMeaning } from './time-meaning.ts';
import { type Found, type Reader, skipThe, words } from './time-reader.ts';
import { dayIs, toDateSpan } from './time-spans.ts';
import { yearAfter } from './time-years.ts';
import {
  addUnits,
  type CalendarUnit,
  type Span,
  spanYearBefore,
  startOf,
  unitsFrom,
} from './understand-calendar.ts';

/** A fiscal quarter was spoken of, so that the one before it is one too. */
const FISCAL_BEFORE = ['fiscal', 'financial'].flatMap((fiscal) =>
  ['quarter', 'year', 'month'].flatMap((unit) => [
    `${fiscal} ${unit} before`,
    `${fiscal} ${unit} before that`,
    `preceding ${fiscal} ${unit}`,
    `${unit} before that in the ${fiscal} year`,
  ]),
);

/** Seven days before the day that is spoken of; before today, when none is. */
const SAME_DAY = [
  'same weekday last week',
  'same weekday the week before',
  'same weekday of last week',
  'same weekday the previous week',
  'same day last week',
  'same day the week before',
  'same day of last week',
  'same day in the week before',
  'same day the previous week',
  'this day last week',
  'same weekday a week ago',
  'same weekday a week earlier',
  'same day a week ago',
  'same day a week earlier',
];

/** 'the week before this one': not the one before that which is spoken of, but before the running one. */
const BEFORE_THIS = (['day', 'week', 'month', 'quarter', 'year'] as const).flatMap((unit) =>
  [`${unit} before this one`, `${unit} before this`, `${unit} before the current one`].map(
    (phrase): [string, (context: TimeContext) => TimeMeaning] => [
      phrase,
      ({ today }) => ({ kind: 'span', span: unitsFrom(unit, addUnits(unit, startOf(unit, today), -1)) }),
    ],
  ),
);

/** How far a period has got: like for like. */
const SAME_POINT = [
  'same point',
  'same stage',
  'this point',
  'this stage',
  'the same point in',
  'same point in',
];

const FIXED: [phrase: string, meaning: (context: TimeContext) => TimeMeaning][] = [
  ...[
    'all time',
    'of all time',
    'ever',
    'all times',
    'since the beginning',
    'from the beginning',
    'since the start',
    ...sinceTheStart(),
    'as far back as we have',
    'as far back as the data goes',
    'historically',
    'in our history',
    'in history',
    'lifetime',
    'the whole period',
    'whole period',
    'the entire period',
    'entire period',
    'all periods',
    'all years',
    'in all',
  ] // prettier-ignore
    .map((phrase): [string, () => TimeMeaning] => [phrase, () => ({ kind: 'all-time' })]),
  ...[
    'ytd',
    'year to date',
    'this year to date',
    'so far this year',
    'this year so far',
    'current year to date',
    'of the year so far',
    'of this year so far',
    'so far in the year',
    'year so far',
  ].map(fixed('year', 0)), // prettier-ignore
  ...['of the month so far', 'month so far', 'so far in the month'].map(fixed('month', 0)),
  ...['mtd', 'month to date', 'this month to date', 'so far this month', 'current month to date'].map(
    fixed('month', 0),
  ), // prettier-ignore
  ...['qtd', 'quarter to date', 'this quarter to date', 'so far this quarter', 'current quarter to date'].map(
    fixed('quarter', 0),
  ), // prettier-ignore
  ...['ltm', 'ttm'].map((phrase): [string, (context: TimeContext) => TimeMeaning] => [
    phrase,
    ({ today }) => ({ kind: 'span', span: lastTwelveMonths(today) }),
  ]),
  ...['wtd', 'week to date', 'this week to date', 'so far this week'].map(fixed('week', 0)),
  ...[
    'last year to date',
    'previous year to date',
    'prior year to date',
    'last ytd',
    'prior ytd',
    'previous ytd',
    'ly ytd',
    'ytd ly',
    'ytd last year',
    'year to date last year',
    'lytd',
    'same time last year',
    'this time last year',
    'last year ytd',
    'last years ytd',
  ].map(fixed('year', 1)), // prettier-ignore
  ...['last month to date', 'previous month to date', 'mtd last month'].map(fixed('month', 1)),
  ...['so far today', 'right now'].map((phrase): [string, (context: TimeContext) => TimeMeaning] => [
    phrase,
    (context) => ({ kind: 'span', span: dayIs(context.today) }),
  ]),
  ...BEFORE_THIS,
  ...relative({ kind: 'year-before' }, [
    'same period last year',
    'same period of last year',
    'same period the year before',
    'same period a year ago',
    'same period previous year',
    'same period the previous year',
    'same period in the previous year',
    'same period of the previous year',
    'same time a year ago',
    'same time the year before',
    'same period a year earlier',
    'same period year ago',
    'same month last year',
    'same week last year',
    'same quarter last year',
    'same days last year',
    'same month of last year',
    'same week of last year',
    'same quarter of last year',
    'same month the year before',
    'same week the year before',
    'same quarter the year before',
    'same month a year ago',
    'same quarter a year ago',
    'same month in the previous year',
    'same month of the previous year',
    'same quarter of the previous year',
    'a year earlier',
    'one year earlier',
    'a year before',
    'one year before',
    'year before',
    'the year before that',
    'previous year same period',
    'corresponding period last year',
    'corresponding period of last year',
    'year ago',
    'a year ago',
    'one year ago',
    'previous year period',
    'prior year period',
    'same months last year',
    'last year same month',
    'last year same period',
    'last year same quarter',
    'last year same week',
    'last years same month',
    'last years same period',
    'both years',
    'each of the two years',
    'in both years',
    'for both years',
    'same weeks last year',
  ]),
  ...['same day last year', 'same day a year ago', 'this day last year', 'same date last year'].map(
    (phrase): [string, (context: TimeContext) => TimeMeaning] => [
      phrase,
      ({ today }) => ({
        kind: 'relative',
        relative: { kind: 'before', unit: 'year', alone: dayIs(addYears(today, -1)) },
      }),
    ],
  ),
  ...SAME_DAY.map((phrase): [string, (context: TimeContext) => TimeMeaning] => [
    phrase,
    ({ today }) => ({
      kind: 'relative',
      relative: { kind: 'before', unit: 'week', alone: dayIs(addDays(today, -7)) },
    }),
  ]),
  ...relative({ kind: 'before', unit: null }, [
    'previous period',
    'prior period',
    'period before',
    'preceding period',
    'last period',
    'the one before',
    'one before',
    'time before',
    'before that',
    'previous one',
    'previous stretch',
  ]),
  ...relative({ kind: 'before', unit: null }, FISCAL_BEFORE),
  ...relative({ kind: 'before', unit: 'week' }, [
    'weekend before',
    'weekend before that',
    'previous weekend',
    'preceding weekend',
  ]),
  ...SAME_POINT.flatMap((point) =>
    ['last year', 'the year before', 'a year ago', 'of last year', 'in the previous year'].flatMap((when) =>
      relative({ kind: 'year-before' }, [`${point} ${when}`]),
    ),
  ),
  ...SAME_POINT.flatMap((point) =>
    (['week', 'month', 'quarter'] as const).flatMap((unit) =>
      ['last', 'of last', 'the previous', 'of the previous', 'in the previous'].flatMap((when) =>
        relative({ kind: 'before', unit }, [`${point} ${when} ${unit}`]),
      ),
    ),
  ),
  ...(['day', 'week', 'month', 'quarter'] as const).flatMap((unit) =>
    relative({ kind: 'before', unit }, [
      `${unit} before`,
      `a ${unit} earlier`,
      `one ${unit} earlier`,
      `a ${unit} before`,
      `preceding ${unit}`,
      `${unit} prior`,
      `${unit} earlier`,
      `${unit} before that`,
      `${unit} before it`,
    ]),
  ),
  ...(['day', 'week', 'month', 'quarter', 'year'] as const).flatMap(
    (unit) =>
      relative({ kind: 'after', unit }, [
        `${unit} after`,
        `following ${unit}`,
        `a ${unit} later`,
        `one ${unit} later`,
        `${unit} after that`,
      ]), // prettier-ignore
  ),
];

// prettier-ignore

const FIXED_BY_PHRASE = new Map(FIXED);

const FIXED_WORDS = Math.max(...FIXED.map(([phrase]) => phrase.split(' ').length));

export function readFixed(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  if (words(reader, at, 3) === 'day before yesterday') {
    return { next: at + 3, meaning: { kind: 'span', span: dayIs(addDays(reader.context.today, -2)) } };
  }
  for (let count = FIXED_WORDS; count > 0; count -= 1) {
    for (const from of at === start ? [at] : [start, at]) {
      const phrase = words(reader, from, count);
      const meaning = phrase === undefined ? undefined : FIXED_BY_PHRASE.get(phrase);
      if (!meaning) continue;
      const next = from + count;
      const toDate = /(?:^| )(?:ytd|year to date)$/.test(phrase ?? '') ? yearAfter(reader, next) : undefined;
      if (toDate) {
        const { today } = reader.context;
        const back = Number(today.slice(0, 4)) - toDate.year;
        const span = spanYearBefore(toDateSpan('year', today), back);
        return { next: toDate.next, meaning: { kind: 'span', span } };
      }
      return { next, meaning: meaning(reader.context) };
    }
  }
  return undefined;
}

/** The last or trailing twelve months, complete ones. */
function lastTwelveMonths(today: Day): Span {
  const notes = ['the 12 complete months before this one'];
  return { ...unitsFrom('month', addMonths(startOfMonth(today), -12), 12), notes };
}

function fixed(
  unit: CalendarUnit,
  back: number,
): (phrase: string) => [string, (context: TimeContext) => TimeMeaning] {
  return (phrase) => [phrase, (context) => ({ kind: 'span', span: toDateSpan(unit, context.today, back) })];
}

function relative(meaning: RelativeTime, phrases: string[]): [string, () => TimeMeaning][] {
  return phrases.map((phrase) => [phrase, () => ({ kind: 'relative', relative: meaning })]);
}
