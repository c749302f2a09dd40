import { describe, expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

describe('every word that shapes an answer leaves its mark on the plan, or is asked about', () => {
  test.each([
    ['how many sellers sold something for the first time in May', 'ask'],
    ['products bought for the first time in May', 'ask'],
    ['orders paid with both cash and voucher in May', 'ask'],
    ['units sold online in May compared to stores', `units, by channel, ${MAY}`],
    ['which category sells best in Leeds vs York', 'ask'],
    ['share of orders cancelled and shipped in May', 'ask'],
    ['how many people bought once a month in 2025', 'ask'],
    ['how long was revenue in May', 'ask'],
    ['web vs store revenue in May', `revenue, by channel, ${MAY}`],
    ['orders in May only', `orders, ${MAY}`],
    ['how many days had over 80 orders in May', `orders, per day, ${MAY}, having orders more-than 80`],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });

  test('in a thread the whole plan is looked at, and not the short turn by itself', async () => {
    const turns = ['revenue by branch in May', 'only the top 3', 'vs the month before'];
    const plans = (await askInThread(turns)).map(inShort);
    expect(plans).toEqual([
      `revenue, by branch, ${MAY}`,
      `revenue, by branch, ${MAY}, top 3 by revenue`,
      `revenue, by branch, ${MAY}, vs previous-period 2026-04-01..2026-05-01, top 3 by revenue`,
    ]);
  });
});

describe('a word that turns the question to another number is not passed over', () => {
  test.each([
    ['orders in all regions but Scotland in May', `orders, ${MAY}, region not-in [Scotland]`],
    ['refunds in May up to the 10th', 'refunds, 2026-05-01..2026-05-11'],
    ['which weekday is the deadest for revenue in May', `revenue, by weekday, ${MAY}, bottom 1 by revenue`],
    ['average refund in May for anything but web orders', `average_refund, ${MAY}, channel not-in [web]`],
    [
      'share of orders that are not from Germany by branch in May',
      `orders, by branch, ${MAY}, country not-in [Germany], share of all country`,
    ],
    ['units in May, last five days', 'ask'],
    ['how does York rank by orders among the branches in May', 'ask'],
    ['which month was each brand best in 2025 by units', 'ask'],
    ['running total of revenue by hour yesterday', 'ask'],
    ['how many orders did we have by noon yesterday', 'ask about noon'],
    ['how many boots must we sell per day this month', 'ask about must'],
    ['gross margin in May had everything sold at full price', 'ask'],
    ['Wages still to be paid in May', 'ask'],
    ['goods received in May', 'ask'],
    ['customers who returned something in May', 'ask'],
    ['units in May once discounts are taken off', 'ask about off'],
    ['branches with orders per day above 20 in May', 'ask'],
    ['last month plus the month before, orders altogether', 'ask'],
    ['what happened on the worst day by orders in May', 'ask'],
    ['customers who cancelled in May and then bought again', 'ask'],
    ['new customers in May. And how many of these came back?', 'ask'],
    ['customers in May that bought sandals. How much did they spend?', 'ask'],
    ['orders without sandals in May', 'ask'],
    ['customers with no order in 2025', 'ask'],
    ['revenue of Leeds divided by revenue of York in May', 'ask'],
    ['share of orders delivered within 2 days by branch in May', 'ask'],
    ['late rate of the best-selling product in May', 'ask'],
    ['revenue not abroad in May', `revenue, ${MAY}, country in [United Kingdom]`],
    ['orders cancelled within an hour in May', 'ask'],
    ['revenue from 3 May', 'ask'],
    [
      'in which months of 2025 was Rent over budget',
      'expense_variance, per month, 2025-01-01..2026-01-01, account in [Rent], having expense_variance more-than 0',
    ],
    ['orders last week compared with a typical week', 'ask about compared with'],
    ['orders per day in May, highest and lowest', 'ask'],
    ['average order value in May of orders with three or more sandals', 'ask'],
    ['orders by branch in May in ascending order of orders', 'ask'],
    ['orders in May with WELCOME10 or without a coupon', 'ask'],
    ['orders on the busiest day of May by hour', 'ask'],
    ['top 3 products of our worst branch in May', 'ask'],
    ['products whose margin rate fell in May', 'ask'],
    ['units of everything except Nordhem sandals in May', 'ask'],
    ['customers per branch who also bought online in May', 'ask'],
    ['share of returns that came from the web in May', 'ask'],
    ['revenue by day in the best week of 2025', 'ask'],
    ['stock and units by brand in May, only where stock is lower', 'ask'],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('what something is told by is not mixed up with what it is counted in', () => {
  test.each([
    ['revenue per seller state in May', `revenue, by seller_state, ${MAY}`],
    ['orders per customer city in May', `orders, by city, ${MAY}`],
    ['revenue per seller in May', `revenue_per_seller, ${MAY}`],
    ['delivery time by state in May, avg days', `delivery_days, by state, ${MAY}`],
    ['average time to ship in May (days)', `shipping_days, ${MAY}`],
    [
      'avg hours until an order is approved, by month in 2026',
      'approval_hours, per month, 2026-01-01..2027-01-01',
    ],
    ['number of days between purchase and delivery in May', `delivery_days, ${MAY}`],
    ['delivery time by day in May', `delivery_days, per day, ${MAY}`],
    [
      'number of late orders by country in May, only countries with more than 20 of them',
      `orders_late, by country, ${MAY}, having orders_late more-than 20`,
    ],
    [
      'how many countries have more than 20 orders in May',
      `countries_sold_to, ${MAY}, of country with orders more-than 20`,
    ],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('times that belong together are read together', () => {
  test.each([
    [
      'which categories grew most from H1 2025 to H1 2026',
      'revenue, by category, 2026-01-01..2026-06-16, vs period 2025-01-01..2025-06-16, top 10 by revenue_change',
    ],
    [
      'revenue growth from Q1 2025 to Q1 2026',
      'revenue, 2026-01-01..2026-04-01, vs period 2025-01-01..2025-04-01',
    ],
    [
      'revenue first half vs second half of May',
      'revenue, 2026-05-16..2026-06-01, vs period 2026-05-01..2026-05-16',
    ],
    ["orders between 9 and 12 o'clock in May", `orders, ${MAY}, hour_of_day between [9|11]`],
    ['orders from 10 to 2pm in May', `orders, ${MAY}, hour_of_day between [10|13]`],
    [
      'orders on Sunday vs Saturday, last 3 months',
      'orders, by weekday, 2026-03-01..2026-06-01, weekday in [Sunday|Saturday]',
    ],
    [
      'how did orders change from 2024 to 2025',
      'orders, 2025-01-01..2026-01-01, vs period 2024-01-01..2025-01-01',
    ],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});
