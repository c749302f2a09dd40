import { describe, expect, test } from 'vitest';
import type { TimeContext, TimeMeaning } from '../../../src/periods/time-meaning.ts';
import { readTime } from '../../../src/periods/understand-time.ts';
import { tokens } from '../../../src/vocabulary/understand-words.ts';

/** A Wednesday; the fiscal year starts in April. */
const CONTEXT: TimeContext = {
  today: '2018-05-16',
  dataFrom: '2016-09-04',
  dataTo: '2018-10-17',
  fiscalYearStartMonth: 4,
  dateOrder: null,
  holidays: [],
};

/** What each says, as half-open days. */
const CASES: [said: string, meaning: string][] = [
  ['today', '2018-05-16..2018-05-17'],
  ['yesterday', '2018-05-15..2018-05-16'],
  ['the day before yesterday', '2018-05-14..2018-05-15'],
  ['last week', '2018-05-07..2018-05-14'],
  ['this week', '2018-05-14..2018-05-17 to date'],
  ['next month', '2018-06-01..2018-07-01'],
  ['in March', '2018-03-01..2018-04-01'],
  ['in March 2017', '2017-03-01..2017-04-01'],
  ['last 7 days', '2018-05-09..2018-05-16'],
  ['past 6 months', '2017-11-01..2018-05-01'],
  ['the last 3 complete months', '2018-02-01..2018-05-01'],
  ['the last two weeks', '2018-04-30..2018-05-14'],
  ['over the last couple of weeks', '2018-04-30..2018-05-14'],
  ['rolling 12 months', '2017-05-16..2018-05-16'],
  ['YTD', '2018-01-01..2018-05-17 to date'],
  ['MTD', '2018-05-01..2018-05-17 to date'],
  ['this year to date', '2018-01-01..2018-05-17 to date'],
  ['last year to date', '2017-01-01..2017-05-17 to date'],
  ['year to date 2017', '2017-01-01..2017-05-17 to date'],
  ['so far this month', '2018-05-01..2018-05-17 to date'],
  ['since 1 May', '2018-05-01..2018-05-17 to date'],
  ['from January to March 2018', '2018-01-01..2018-04-01'],
  ['from November to February', '2017-11-01..2018-03-01'],
  ['between 2017-01-01 and 2017-06-30', '2017-01-01..2017-07-01'],
  ['January through March', '2018-01-01..2018-04-01'],
  ['until June', '2016-09-04..2017-07-01'],
  ['before 2017', '2016-09-04..2017-01-01'],
  ['after March 2018', '2018-04-01..2018-05-17 to date'],
  ['from 2017 onwards', '2017-01-01..2018-05-17 to date'],
  ['2016 to 2018', '2016-01-01..2019-01-01'],
  ['Nov 2016 - Jan 2017', '2016-11-01..2017-02-01'],
  ['1-15 March 2017', '2017-03-01..2017-03-16'],
  ['Q3', '2017-07-01..2017-10-01'],
  ['Q3 2017', '2017-07-01..2017-10-01'],
  ['2017Q3', '2017-07-01..2017-10-01'],
  ['3rd quarter of 2017', '2017-07-01..2017-10-01'],
  ['H1', '2018-01-01..2018-07-01'],
  ['the first half of 2017', '2017-01-01..2017-07-01'],
  ['second half of 2017', '2017-07-01..2018-01-01'],
  ['Q4 last year', '2017-10-01..2018-01-01'],
  ['2017', '2017-01-01..2018-01-01'],
  ['on 2017-11-24', '2017-11-24..2017-11-25'],
  ['24 November 2017', '2017-11-24..2017-11-25'],
  ['Nov 24, 2017', '2017-11-24..2017-11-25'],
  ['11/24/2017', '2017-11-24..2017-11-25'],
  ['03/04/2017', 'unclear'],
  ['24.11.2017', '2017-11-24..2017-11-25'],
  ['2017-11', '2017-11-01..2017-12-01'],
  ['week 12', '2018-03-19..2018-03-26'],
  ['calendar week 12 of 2017', '2017-03-20..2017-03-27'],
  ['CW12', '2018-03-19..2018-03-26'],
  ['2017-W12', '2017-03-20..2017-03-27'],
  ['the week of 3 March 2017', '2017-02-27..2017-03-06'],
  ['first week of March', '2018-03-01..2018-03-08'],
  ['in the first 10 days of March', '2018-03-01..2018-03-11'],
  ['last 3 months of 2017', '2017-10-01..2018-01-01'],
  ['mid March', 'unclear'],
  ['in summer', 'unclear'],
  ['last March', '2018-03-01..2018-04-01'],
  ['March last year', '2017-03-01..2017-04-01'],
  ['last Friday', '2018-05-11..2018-05-12'],
  ['last weekend', '2018-05-12..2018-05-14'],
  ['weekends', 'weekdays 6 7'],
  ['on Mondays', 'weekdays 1'],
  ['two days ago', '2018-05-14..2018-05-15'],
  ['3 weeks ago', '2018-04-23..2018-04-30'],
  ['last Black Friday', '2017-11-24..2017-11-25'],
  ['Black Friday 2017', '2017-11-24..2017-11-25'],
  ['Easter', '2018-04-01..2018-04-02'],
  ['Good Friday 2018', '2018-03-30..2018-03-31'],
  ['Cyber Monday', '2017-11-27..2017-11-28'],
  ['christmas 2017', '2017-12-25..2017-12-26'],
  ['the day after Christmas 2017', '2017-12-26..2017-12-27'],
  ['between Christmas and New Years Day', '2017-12-25..2018-01-02'],
  ['the week before', 'relative before week'],
  ['the year before', 'relative year-before'],
  ['same period last year', 'relative year-before'],
  ['the previous period', 'relative before'],
  ['the week before last', '2018-04-30..2018-05-07'],
  ['FY2018', '2017-04-01..2018-04-01'],
  ['fiscal Q2 2018', '2017-07-01..2017-10-01'],
  ['last fiscal year', '2017-04-01..2018-04-01'],
  ['this fiscal year', '2018-04-01..2018-05-17 to date'],
  ['all time', 'all-time'],
  ['in the month of May', '2018-05-01..2018-06-01'],
  ["Nov '17", '2017-11-01..2017-12-01'],
  ['in May', '2018-05-01..2018-06-01'],
  ['the 24th', '2018-04-24..2018-04-25'],
  ['last Christmas', '2017-12-25..2017-12-26'],
  ['from March to May', '2018-03-01..2018-06-01'],
  ['24 November', '2017-11-24..2017-11-25'],
  ['KW 12 2018', '2018-03-19..2018-03-26'],
  ['last 14 days', '2018-05-02..2018-05-16'],
  ['previous quarter', '2018-01-01..2018-04-01'],
  ['H2 last year', '2017-07-01..2018-01-01'],
  ['a month ago', '2018-04-01..2018-05-01'],
  ['same month last year', 'relative year-before'],
  ['starting 1 March 2018', '2018-03-01..2018-05-17 to date'],
  ['3 May to 9 May 2018', '2018-05-03..2018-05-10'],
  ['Friday 24 November 2017', '2017-11-24..2017-11-25'],
  ['Singles Day 2017', '2017-11-11..2017-11-12'],
  ['up to and including March 2018', '2016-09-04..2018-04-01'],
];

describe('time words become exact days', () => {
  test.each(CASES)('%s', (said, meaning) => {
    expect(whole(said)).toBe(meaning);
  });

  test('a written date is read by the company’s order of day and month where one is set', () => {
    expect(whole('03/04/2017', { dateOrder: 'day-first' })).toBe('2017-04-03..2017-04-04');
    expect(whole('03/04/2017', { dateOrder: 'month-first' })).toBe('2017-03-04..2017-03-05');
  });

  test('a month without a year is the latest in the data when the data is old', () => {
    expect(whole('in March', { today: '2026-11-21' })).toBe('2018-03-01..2018-04-01');
  });

  test('days that no calendar has are not read as days', () => {
    for (const said of ['31 February 2018', '2018-13-01', 'week 60', 'Q5']) expect(whole(said)).toBe('-');
  });
});

function whole(said: string, change: Partial<TimeContext> = {}): string {
  const all = tokens(said);
  const found = readTime(all, 0, { ...CONTEXT, ...change });
  return found?.length === all.length ? inShort(found.meaning) : '-';
}

function inShort(meaning: TimeMeaning): string {
  if (meaning.kind === 'span')
    return `${meaning.span.from}..${meaning.span.to}${meaning.span.toDate ? ' to date' : ''}`;
  if (meaning.kind === 'weekdays') return `weekdays ${meaning.days.join(' ')}`;
  if (meaning.kind !== 'relative') return meaning.kind;
  const { relative } = meaning;
  return `relative ${relative.kind}${relative.kind !== 'year-before' && relative.unit ? ` ${relative.unit}` : ''}`;
}
