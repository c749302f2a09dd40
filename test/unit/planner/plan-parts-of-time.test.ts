import { expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

const MONDAYS = '2026-05-25|2026-06-01|2026-06-08|2026-06-15';

/** What is asked on 16 June 2026, a Tuesday, and what it comes to. */
const CASES: [question: string, plan: string][] = [
  // Single days and the same part of several years.
  [
    'orders on the last 4 mondays',
    `orders, by calendar_day, 2026-05-25..2026-06-16, calendar_day in [${MONDAYS}]`,
  ],
  [
    'units on 3, 5 and 9 May',
    'units, by calendar_day, 2026-05-03..2026-05-10, calendar_day in [2026-05-03|2026-05-05|2026-05-09]',
  ],
  [
    "valentine's day orders 2024, 2025 and 2026",
    'orders, by calendar_day, 2024-02-14..2026-02-15, calendar_day in [2024-02-14|2025-02-14|2026-02-14]',
  ],
  [
    'units in Q1 2024, Q1 2025 and Q1 2026',
    'units, per year, 2024-01-01..2026-04-01, month_of_year in [January|February|March]',
  ],
  [
    'revenue on the 5th of every month in 2025',
    'revenue, per month, 2025-01-01..2026-01-01, day_of_month in [5]',
  ],
  ['mondays in May units each', 'units, by calendar_day, 2026-05-01..2026-06-01, weekday in [Monday]'],
  ['orders per sunday in May', 'orders, by calendar_day, 2026-05-01..2026-06-01, weekday in [Sunday]'],
  [
    'which fridays this year had over 50 orders',
    'orders, by calendar_day, 2026-01-01..2026-06-17, weekday in [Friday], having orders more-than 50',
  ],
  [
    'best sundays in 2025 by orders',
    'orders, by calendar_day, 2025-01-01..2026-01-01, weekday in [Sunday], top 10 by orders',
  ],
  ['units feb+mar+apr 26', 'units, per month, 2026-02-01..2026-05-01'],
  ['april orders by year', 'orders, per year, 2025-04-01..2026-05-01, month_of_year in [April]'],
  ['orders for each weekend in May', 'orders, per week, 2026-05-01..2026-06-01, <on_weekends>'],
  ['what do we usually take on a friday', 'revenue, all, weekday in [Friday], average over days'],
  ['our slowest month in 2025 by orders', 'orders, per month, 2025-01-01..2026-01-01, bottom 1 by orders'],
  ['longest run of days over 50 orders', 'ask about run of days'],
  // Times said apart that are one.
  ['rolling 6 months orders up to the end of march 2026', 'orders, 2025-10-01..2026-04-01'],
  ['orders this month before 5 june', 'orders, 2026-06-01..2026-06-05'],
  ['units last year until 3 april', 'units, 2025-01-01..2025-04-04'],
  ['revenue this year before may', 'revenue, 2026-01-01..2026-05-01'],
  ['orders per month for the last two months, april and may', 'orders, per month, 2026-04-01..2026-06-01'],
  ['average orders per month this year, jan to may', 'orders, 2026-01-01..2026-06-01, average over months'],
  ['units in the first half of may (1-15)', 'units, 2026-05-01..2026-05-16'],
  ['units first four months 2026', 'units, 2026-01-01..2026-05-01'],
  ['ytd march orders', 'orders, 2026-01-01..2026-04-01'],
  // What is held against what.
  [
    'orders year to end of april, both years',
    'orders, 2026-01-01..2026-05-01, vs same-period-last-year 2025-01-01..2025-05-01',
  ],
  [
    'may 3 to may 20 units, this year vs last year',
    'units, 2026-05-03..2026-05-21, vs same-period-last-year 2025-05-03..2025-05-21',
  ],
  [
    'orders in april and may vs the same months last year',
    'orders, 2026-04-01..2026-06-01, vs same-period-last-year 2025-04-01..2025-06-01',
  ],
  [
    'units in may against the may before',
    'units, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01',
  ],
  [
    'growth of orders each month vs the month before, 2025',
    'orders, per month, 2025-01-01..2026-01-01, growth',
  ],
  // Hours, and a number beside an amount.
  ['orders 9am-noon in May', 'orders, 2026-05-01..2026-06-01, hour_of_day between [9|11]'],
  ['revenue by branch in May with orders', 'revenue+orders, by branch, 2026-05-01..2026-06-01'],
];

test.each(CASES)('%s', async (question, plan) => {
  expect(inShort(await ask(question))).toBe(plan);
});

test('a new time in the thread lets go of the days before', async () => {
  const [, second] = await askInThread(['orders on the last 4 mondays', 'and in May?']);
  expect(second && inShort(second)).toBe('orders, 2026-05-01..2026-06-01');
});

test('a bare year after a part of a year is the same part of that year', async () => {
  const replies = await askInThread(['units last quarter', 'and 2025?', 'by branch']);
  expect(replies.map(inShort).slice(1)).toEqual([
    'units, 2025-01-01..2025-04-01',
    'units, by branch, 2025-01-01..2025-04-01',
  ]);
});
