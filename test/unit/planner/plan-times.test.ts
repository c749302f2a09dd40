import { describe, expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** What is asked on 16 June 2026, and what it comes to. */
const CASES: [question: string, plan: string][] = [
  [
    'revenue this month compared with the same days of May',
    'revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
  ],
  [
    'revenue 1 to 10 June vs the same days of May',
    'revenue, 2026-06-01..2026-06-11, vs period 2026-05-01..2026-05-11',
  ],
  [
    'mothers day orders 2026 against 2025',
    'orders, 2026-05-10..2026-05-11, vs period 2025-05-11..2025-05-12',
  ],
  [
    'did boots do better on black friday last year than the year before',
    'revenue, 2025-11-28..2025-11-29, category in [Boots], vs same-period-last-year 2024-11-29..2024-11-30',
  ],
  ['easter monday units in 2025', 'units, 2025-04-21..2025-04-22'],
  [
    'revenue Q1 this year vs Q1 the year before',
    'revenue, 2026-01-01..2026-04-01, vs same-period-last-year 2025-01-01..2025-04-01',
  ],
  ['orders over the late may bank holiday weekend', 'orders, 2026-05-23..2026-05-26'],
  ['what did we take over the past year', 'revenue, 2025-06-01..2026-06-01'],
  [
    'units this month against the same point last month',
    'units, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
  ],
  [
    'orders in the last 3 weeks vs the 3 weeks before',
    'orders, 2026-05-25..2026-06-15, vs previous-period 2026-05-04..2026-05-25',
  ],
  ['revenue in the run up to christmas 2025', 'ask'],
  ['orders in spring 2025', 'orders, 2025-03-01..2025-06-01'],
  ['average basket nowadays', 'average_order_value, 2026-06-01..2026-06-17'],
  ['units sold since we started recording', 'units, all'],
  ['units since good friday (3 April)', 'units, 2026-04-03..2026-06-17'],
  [
    'orders past 10 days vs the 10 days before that',
    'orders, 2026-06-06..2026-06-16, vs previous-period 2026-05-27..2026-06-06',
  ],
  ['revenue on 31.05.', 'revenue, 2026-05-31..2026-06-01'],
  ['revenue 28.5-1.6', 'revenue, 2026-05-28..2026-06-02'],
  ['units fortnight ending 14 June', 'units, 2026-06-01..2026-06-15'],
  ['orders on the first of the month', 'orders, 2026-06-01..2026-06-02'],
  ['orders weeks 10 to 12 by week', 'orders, per week, 2026-03-02..2026-03-23'],
  [
    'return rate Sandals vs LY May',
    'return_rate, 2026-05-01..2026-06-01, category in [Sandals], vs same-period-last-year 2025-05-01..2025-06-01',
  ],
  ['revenue in March and April together', 'revenue, 2026-03-01..2026-05-01'],
  ['boots sold may', 'units, 2026-05-01..2026-06-01, category in [Boots]'],
  ['asp by brand may', 'average_selling_price, by brand, 2026-05-01..2026-06-01'],
  ['revenue we may have lost', 'ask about may, lost'],
  ['half-yearly revenue 2025', 'revenue, by half_year, 2025-01-01..2026-01-01'],
  [
    'which half of 2025 was better for orders',
    'orders, by half_year, 2025-01-01..2026-01-01, top 1 by orders',
  ],
  ['half of our customers', 'ask about half'],
  ['revenue in the back half of 2025', 'revenue, 2025-07-01..2026-01-01'],
  ['revenue summer last year', 'revenue, 2025-06-01..2025-09-01'],
  ["last summer's revenue", 'revenue, 2025-06-01..2025-09-01'],
  ['orders in winter 2025/26', 'orders, 2025-12-01..2026-03-01'],
  ['orders tuesday of last week', 'orders, 2026-06-09..2026-06-10'],
  [
    'units Monday last week vs Monday the week before',
    'units, 2026-06-08..2026-06-09, vs period 2026-06-01..2026-06-02',
  ],
  ['orders in the week before this one', 'orders, 2026-06-08..2026-06-15'],
  ['units in the first days of May', 'ask'],
  ['units prior to 1 March 2026', 'units, 2024-11-01..2026-03-01'],
  ['orders 08/06/2026 - 14/06/2026', 'orders, 2026-06-08..2026-06-15'],
  ['units 05/2026', 'units, 2026-05-01..2026-06-01'],
  ['30 day revenue', 'revenue, 2026-05-17..2026-06-16'],
  ['orders to date this year', 'orders, 2026-01-01..2026-06-17'],
  ['revenue in the year to 31 May', 'revenue, 2025-06-01..2026-06-01'],
  [
    'when during the day did we get the most orders in May',
    'orders, by hour_of_day, 2026-05-01..2026-06-01, top 1 by orders',
  ],
  [
    'revenue on Easter Sunday compared to last Easter Sunday',
    'revenue, 2026-04-05..2026-04-06, vs period 2025-04-20..2025-04-21',
  ],
  ['units from 1 June up to now', 'units, 2026-06-01..2026-06-17'],
  ['units in the week preceding last week', 'units, 2026-06-01..2026-06-08'],
  ['quarter so far: units', 'units, 2026-04-01..2026-06-17'],
  ['what have we taken since the quarter began', 'revenue, 2026-04-01..2026-06-17'],
  [
    'units last 10 days versus the 10 before',
    'units, 2026-06-06..2026-06-16, vs previous-period 2026-05-27..2026-06-06',
  ],
  [
    'units from January until May, compared with January until May of the last year',
    'units, 2026-01-01..2026-06-01, vs same-period-last-year 2025-01-01..2025-06-01',
  ],
  [
    'the second half of 2025 compared with the first on units',
    'units, 2025-07-01..2026-01-01, vs previous-period 2025-01-01..2025-07-01',
  ],
  ['units on friday the 12th', 'units, 2026-06-12..2026-06-13'],
  [
    'units this month compared with the same days of October',
    'units, 2026-06-01..2026-06-17, vs period 2025-10-01..2025-10-17',
  ],
  [
    'by what percentage are Q1 order numbers up or down on Q1 last year?',
    'orders, 2026-01-01..2026-04-01, vs same-period-last-year 2025-01-01..2025-04-01',
  ],
  ['units for each of the last six full months', 'units, per month, 2025-12-01..2026-06-01'],
  ['units from the 1st of May up to and including the 15th', 'units, 2026-05-01..2026-05-16'],
  ['last year, from January through June, how many units did we sell', 'units, 2025-01-01..2025-07-01'],
  ['units every december', 'units, per year, 2024-12-01..2026-01-01, month_of_year in [December]'],
];

const PEOPLE: [question: string, plan: string][] = [
  [
    'how many customers bought in both 2024 and 2025',
    'unique_customers, 2024-01-01..2025-01-01, of customer with orders at-least 1 in 2025-01-01..2026-01-01',
  ],
  [
    'people who ordered in April but have not in May',
    'unique_customers, 2026-04-01..2026-05-01, without customer with orders at-least 1 in 2026-05-01..2026-06-01',
  ],
  [
    'revenue in 2025 from customers who bought nothing in 2026',
    'revenue, 2025-01-01..2026-01-01, without customer with orders at-least 1 in 2026-01-01..2027-01-01',
  ],
  [
    'which products sold in April but not in May?',
    'revenue, by product, 2026-04-01..2026-05-01, without product with units at-least 1 in 2026-05-01..2026-06-01',
  ],
];

const PEOPLE_AND_CODES: [question: string, plan: string][] = [
  [
    'top 2 cities by new customers in May',
    'new_customers, by city, 2026-05-01..2026-06-01, top 2 by new_customers',
  ],
  [
    'marketing spend per new customer in Q1',
    'expenses+new_customers, 2026-01-01..2026-04-01, account in [Marketing] of expenses, ratio',
  ],
  ['rent per order in May', 'expenses+orders, 2026-05-01..2026-06-01, account in [Rent] of expenses, ratio'],
  ['new vs returning customers in April', 'new_customers+returning_customers, 2026-04-01..2026-05-01'],
  ['how often was WELCOME10 used in May', 'orders, 2026-05-01..2026-06-01, coupon in [WELCOME10]'],
  ['online orders by weekday last month', 'orders, by weekday, 2026-05-01..2026-06-01, <online>'],
  [
    'how many Fell Walker did we sell in May in all colours and sizes',
    'units, 2026-05-01..2026-06-01, product starts-with [Fell Walker]',
  ],
  ['which depts sell best this year? units', 'units, by department, 2026-01-01..2026-06-17, top 10 by units'],
  [
    'how many customers bought in May and how many of them were new',
    'unique_customers+new_customers, 2026-05-01..2026-06-01',
  ],
];

describe('a named time is found in the year that is meant', () => {
  test.each(CASES)('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('a second time says whom it leaves', () => {
  test.each(PEOPLE)('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('whom and what marketing asks for', () => {
  test.each(PEOPLE_AND_CODES)('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});
