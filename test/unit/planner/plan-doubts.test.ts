import { describe, expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

describe('a second figure says of which the first one is', () => {
  test.each([
    ['how many orders had a refund in May', `refunded_orders, ${MAY}`],
    ['revenue of late orders in May', `revenue, ${MAY}, delivered_late in [yes]`],
    ['revenue with order count in May', `revenue+orders, ${MAY}`],
    ['revenue and refunds in May', `revenue+refunds, ${MAY}`],
    ['how many customers had a refund in May', `refunded_customers, ${MAY}`],
    ['how many different customers got money back in May', `refunded_customers, ${MAY}`],
    ['how many new customers got a refund in May', 'ask'],
    ['revenue from orders with a refund in May', 'ask'],
    ['how many orders were there in May and how many were returned', `orders+returned_orders, ${MAY}`],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('small words that change what is asked leave their mark, or are asked about', () => {
  test.each([
    ['which customers bought only boots in May', 'ask'],
    ['store weekend sales share in May', 'ask'],
    ['average order value on saturdays vs weekdays in May', 'ask'],
    [
      'boots revenue share in Leeds in May',
      `revenue, by category, ${MAY}, category in [Boots], branch_city in [Leeds], share-of-total`,
    ],
    ['web weekend share of revenue in May', 'ask'],
    ['top 3 products in SP and in MG', 'ask'],
    ['units in May against the entire last year', `units, ${MAY}, vs period 2025-01-01..2026-01-01`],
    ['units by branch in May with orders', 'ask'],
    ['how many products sold better in May than in April', 'ask'],
    [
      'how many distinct products were sold in April versus May',
      `products_sold, ${MAY}, vs previous-period 2026-04-01..2026-05-01`,
    ],
    ['the worst seller of our brands in May', `revenue, by brand, ${MAY}, bottom 1 by revenue`],
    ['how many customers only ordered sandals last year', 'ask'],
    ['only boots revenue in May', `revenue, ${MAY}, category in [Boots]`],
    ['whose orders were late in May', 'ask'],
    [
      'where do we sell the most boots in May',
      `revenue, by branch, ${MAY}, category in [Boots], top 1 by revenue`,
    ],
    ['where did we sell boots in May', 'ask'],
    ['how much did we sell in May and which category sold the most', 'ask'],
    ['total and average order value in May', `revenue+average_order_value, ${MAY}`],
    ['how many boots did we sell in May and for how much', `units+revenue, ${MAY}, category in [Boots]`],
    ['refunds in May and how many of them', `refunds+refund_count, ${MAY}`],
    ['refunds above £100 in May, how many', `refund_count, ${MAY}, refund_amount more-than [100]`],
    ['how many of our top 10 customers bought in May', 'ask'],
    ['which products sell better in Leeds than in York', 'ask'],
    ['products with more returns than sales in May', 'ask'],
    ['refunds on orders placed in May', 'ask'],
    ['revenue yet to come this month', 'ask'],
    ['how many orders contained both boots and sandals in May', 'ask'],
    ['units per customer in May', 'ask'],
    ['revenue per customer in May', `revenue_per_customer, ${MAY}`],
    ['revenue before May this year', 'revenue, 2026-01-01..2026-05-01'],
    ['how many orders are still not delivered', 'undelivered_orders, all'],
    ['revenue excluding York, May', `revenue, ${MAY}, branch_city not-in [York]`],
    ['top 3 cities by new customers in May', `new_customers, by city, ${MAY}, top 3 by new_customers`],
    [
      'how many customers got more than one refund in May',
      `unique_customers, ${MAY}, of customer with refund_count more-than 1`,
    ],
    ['orders between 9 and 12 in May', 'ask'],
    ['orders shipped from SP to RJ in May', 'ask'],
    [
      'revenue of sellers in SP to customers in RJ in May',
      `revenue, ${MAY}, seller_state in [SP], state in [RJ]`,
    ],
    ['how late are deliveries in May', 'ask'],
    [
      'products with a return rate over 20% in May (at least 10 sold)',
      `return_rate+units, by product, ${MAY}, having return_rate more-than 0.20, having units at-least 10`,
    ],
    ['average delivery time, late orders only, in May', `delivery_days, ${MAY}, delivered_late in [yes]`],
    [
      'which branch had the biggest growth april to may',
      `revenue, by branch, ${MAY}, vs previous-period 2026-04-01..2026-05-01, top 1 by revenue_change`,
    ],
    ['refunds in May: how many, how much', `refunds+refund_count, ${MAY}`],
    ['was May the best month this year', 'ask'],
    ['are boots our best selling category this year', 'ask'],
    ['how many days of stock do we have', 'ask'],
    ['online orders returned in May', `returned_orders, ${MAY}, <online>`],
    ['revenue forecast vs actual in May', `revenue+revenue_forecast, ${MAY}`],
    ['revenue budget for December', 'revenue_budget, 2026-12-01..2027-01-01'],
    ['revenue budget for May', `revenue_budget, ${MAY}`],
    ['revenue on singles day 2025', 'revenue, 2025-11-11..2025-11-12'],
    ['shipping per item in May', `shipping_per_unit, ${MAY}`],
    [
      'did on-time delivery get better in May',
      `on_time_share, ${MAY}, vs previous-period 2026-04-01..2026-05-01`,
    ],
    [
      'categories where we sold less in May than in April',
      `revenue, by category, ${MAY}, vs previous-period 2026-04-01..2026-05-01, having revenue_change less-than 0`,
    ],
    ['orders between 50 and 100 in May', `orders, ${MAY}, of order_number with revenue between 50..100`],
    ['items over £80 sold in May', `units, ${MAY}, unit_price more-than [80]`],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('a share is of the whole that is named', () => {
  test.each([
    [
      'what share of Leeds revenue in May is boots',
      `revenue, by category, ${MAY}, branch_city in [Leeds], category in [Boots], share-of-total`,
    ],
    [
      'what percentage of boots revenue in May came from Leeds',
      `revenue, by branch_city, ${MAY}, category in [Boots], branch_city in [Leeds], share-of-total`,
    ],
    ['weekend share of revenue in May', `revenue, by weekend, ${MAY}, weekend in [yes], share-of-total`],
    ['proportion of customers that are new by branch in May', `new_customer_share, by branch, ${MAY}`],
    ['online share of revenue in May by branch', `revenue, by branch, ${MAY}, <online>, share of all online`],
    [
      'what share of revenue in May is boots by branch',
      `revenue, by branch, ${MAY}, category in [Boots], share of all category`,
    ],
    [
      'share of boots revenue by branch in May',
      `revenue, by branch, ${MAY}, category in [Boots], share-of-total`,
    ],
    ['margin of boots in May, pct', `margin_rate, ${MAY}, category in [Boots]`],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

describe('a thread keeps what it is about', () => {
  test.each([
    [['average order value in York in May', 'how many orders'], `orders, ${MAY}, branch_city in [York]`],
    [['orders in May by city', 'only London'], `orders, by city, ${MAY}, city in [London]`],
    [
      ['new customers by month this year', 'and returning ones?'],
      'returning_customers, per month, 2026-01-01..2026-06-17',
    ],
    [
      ['expenses in May by branch', 'vs budget'],
      `expenses+expense_budget+expense_variance, by branch, ${MAY}`,
    ],
    [['late orders in May', 'as a percentage'], `late_share, ${MAY}`],
  ])('%s', async (thread, plan) => {
    expect(inShort((await askInThread(thread)).at(-1) as never)).toBe(plan);
  });
});

describe('a plan that gives another figure than the words ask for is asked about', () => {
  test.each([
    ['refunds the day before yesterday', 'refunds, 2026-06-14..2026-06-15'],
    ['how many days to refund in May', `refund_days, ${MAY}`],
    ['refund numbers by weekday in May', `refund_count, by weekday, ${MAY}`],
    ['sales of sandals in units in May', 'ask'],
    ['revenue and units in May', `revenue+units, ${MAY}`],
    ['stock value and units in Leeds', 'ask'],
    [
      'gross margin growth in % May vs April',
      `gross_margin, ${MAY}, vs previous-period 2026-04-01..2026-05-01`,
    ],
    [
      'how often did we deliver late to Germany this year, in %',
      'late_share, 2026-01-01..2026-06-17, country in [Germany]',
    ],
    ['average refunds per month this year', 'ask'],
    ['average refund per week in May', `average_refund, per week, ${MAY}`],
    ['how many different reasons do we record', 'ask'],
    ['how many different refund reasons do we have', 'refund_reasons_given, all'],
    ['how many different products did we sell per branch in May', `products_sold, by branch, ${MAY}`],
    ['who gave the most discount in May? store', 'ask'],
    ['wages budget December vs December 2025 actual', 'ask'],
    [
      'revenue vs budget May vs April',
      `revenue+revenue_budget+revenue_variance, ${MAY}, vs previous-period 2026-04-01..2026-05-01`,
    ],
    [
      'was York above budget in May',
      `revenue+revenue_budget+revenue_variance, ${MAY}, branch_city in [York]`,
    ],
    ['was York over budget in May', `expense_variance, ${MAY}, branch_city in [York]`],
    ['rent above budget in May', `expense_variance, ${MAY}, account in [Rent]`],
    ['orders shipped by country in May', `shipments_made, by country, ${MAY}`],
    ['orders with status shipped by country in May', `orders, by country, ${MAY}, order_status in [shipped]`],
    ['top 3 subcategories by refund amount in May', `refunds, by subcategory, ${MAY}, top 3 by refunds`],
    ['refunds in May: number, average', `refund_count+average_refund, ${MAY}`],
    ['new customers London May', `new_customers, ${MAY}, branch_city in [London]`],
    ['customers from London in May', `unique_customers, ${MAY}, city in [London]`],
    ['customers of the branch in London in May', `unique_customers, ${MAY}, branch_city in [London]`],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});
