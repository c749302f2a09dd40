import { testReadings } from './test-readings.ts';

/** What each question comes to, on 16 June 2026. Reviewed by hand; a change here is a change of meaning. */
const CASES: Record<string, [question: string, plan: string][]> = {
  rankings: [
    ['top 5 products by revenue last month', 'revenue, by product, 2026-05-01..2026-06-01, top 5 by revenue'],
    ['top five products', 'revenue, by product, all, top 5 by revenue'],
    ['bottom 3 branches by return rate', 'return_rate, by branch, all, bottom 3 by return_rate'],
    ['best branch last month', 'revenue, by branch, 2026-05-01..2026-06-01, top 1 by revenue'],
    [
      'which category had the highest revenue last year?',
      'revenue, by category, 2025-01-01..2026-01-01, top 1 by revenue',
    ],
    ['which branch had the worst return rate?', 'return_rate, by branch, all, top 1 by return_rate'],
    ['who are our top 10 customers?', 'revenue, by customer, all, top 10 by revenue'],
    ['which customer spent the most last year?', 'template top-customers 2025-01-01..2026-01-01'],
    ['best selling product', 'revenue, by product, all, top 1 by revenue'],
    ['most popular product', 'units, by product, all, top 1 by units'],
    ['which month had the highest revenue?', 'revenue, per month, all, top 1 by revenue'],
    ['what was our best day in 2025?', 'revenue, per day, 2025-01-01..2026-01-01, top 1 by revenue'],
    ['busiest weekday', 'orders, by weekday, all, top 1 by orders'],
    ['top 3 categories by units and the rest', 'units, by category, all, top 3 by units and the rest'],
    ['hours with most orders', 'orders, by hour_of_day, all, top 10 by orders'],
    [
      'top 5 products in each category',
      'revenue, by category+product, all, top 5 by revenue in each category',
    ],
    [
      'best product per month in 2025',
      'revenue, by product, per month, 2025-01-01..2026-01-01, top 1 by revenue in each period_start',
    ],
    ['top 5 products by country', 'revenue, by country+product, all, top 5 by revenue in each country'],
  ],
  'several figures, conditions': [
    ['revenue and orders by month in 2025', 'revenue+orders, per month, 2025-01-01..2026-01-01'],
    ['categories with more than 100 orders', 'orders, by category, all, having orders more-than 100'],
    [
      'which products have a return rate above 20%?',
      'return_rate, by product, all, having return_rate more-than 0.20',
    ],
    [
      'which customers have at least 5 orders',
      'orders, by customer, all, customer is-not-empty [], having orders at-least 5',
    ],
    ['how many customers bought more than once?', 'repeat_customers, all'],
    ['days with revenue over 10k', 'revenue, per day, all, having revenue more-than 10000'],
    [
      'orders with revenue above £1,000 last month',
      'revenue, by order_number, 2026-05-01..2026-06-01, having revenue more-than 1000',
    ],
    [
      'branches with revenue between 1000 and 2000',
      'revenue, by branch, all, having revenue between 1000..2000',
    ],
    ['how many orders over 500', 'orders, all, of order_number with revenue more-than 500'],
    ['revenue from orders over £200', 'revenue, all, of order_number with revenue more-than 200'],
    [
      'how many customers spent more than 1000 in 2025',
      'unique_customers, 2025-01-01..2026-01-01, of customer with revenue more-than 1000',
    ],
    [
      'how many customers bought more than three times',
      'unique_customers, all, of customer with orders more-than 3',
    ],
    ['share of revenue of the top 10 products', 'revenue, all, share-of-total, of top 10 product by revenue'],
    [
      'revenue by month of the top 3 products in 2025',
      'revenue, per month, 2025-01-01..2026-01-01, of top 3 product by revenue',
    ],
  ],
  'shares, growth, course': [
    ['share of revenue by category', 'revenue, by category, all, share-of-total'],
    [
      'what percentage of revenue comes from Germany?',
      'revenue, by country, all, country in [Germany], share-of-total',
    ],
    ['what share of orders were late?', 'late_share, all'],
    ['what percentage of orders were returned', 'returned_order_share, all'],
    ['revenue growth by month in 2025', 'revenue, per month, 2025-01-01..2026-01-01, growth'],
    [
      'how much did revenue grow last month?',
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
    ],
    [
      'year over year revenue',
      'revenue, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    ['month over month orders in 2025', 'orders, per month, 2025-01-01..2026-01-01, growth'],
    ['cumulative revenue this year by month', 'revenue, per month, 2026-01-01..2026-06-17, running-total'],
    ['7 day moving average of orders in May', 'orders, per day, 2026-05-01..2026-06-01, moving-average 7'],
    ['average revenue per day in 2025', 'revenue, 2025-01-01..2026-01-01, average over days'],
    ['average monthly orders last year', 'orders, 2025-01-01..2026-01-01, average over months'],
    ['highest daily revenue in 2025', 'revenue, 2025-01-01..2026-01-01, maximum over days'],
    ['average revenue', 'ask'],
    ['payment mix by month', 'ask'],
  ],
  comparisons: [
    [
      'revenue last month vs the month before',
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
    ],
    [
      'revenue this month vs last month',
      'revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
    ],
    [
      'revenue this year to date against last year to date',
      'revenue, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    ['revenue 2025 vs 2024', 'revenue, 2025-01-01..2026-01-01, vs previous-period 2024-01-01..2025-01-01'],
    [
      'revenue March 2026 vs March 2025',
      'revenue, 2026-03-01..2026-04-01, vs same-period-last-year 2025-03-01..2025-04-01',
    ],
    [
      'revenue in March 2026 compared with last year',
      'revenue, 2026-03-01..2026-04-01, vs same-period-last-year 2025-03-01..2025-04-01',
    ],
    [
      'revenue Black Friday 2025 vs 2024',
      'revenue, 2025-11-28..2025-11-29, vs period 2024-11-29..2024-11-30',
    ],
    ['January and February 2026 revenue', 'revenue, per month, 2026-01-01..2026-03-01'],
    [
      'revenue in Germany vs France in 2025',
      'revenue, by country, 2025-01-01..2026-01-01, country in [Germany|France]',
    ],
    ['revenue against budget this year', 'revenue+revenue_budget+revenue_variance, 2026-01-01..2026-06-17'],
    [
      'which category grew the most last month?',
      'revenue, by category, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, top 1 by revenue_change',
    ],
    ['are sales up?', 'revenue, per month, all, growth'],
  ],
  'those that rose or fell': [
    [
      'which branches sold less in May than in April',
      'revenue, by branch, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, having revenue_change less-than 0',
    ],
    [
      'how many categories are down on last year in May',
      'revenue, by category, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01, having revenue_change less-than 0',
    ],
    [
      'list branches that fell by more than 10% in May',
      'revenue, by branch, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, having revenue_change_share less-than -0.1',
    ],
    [
      'discount rate, May against May last year',
      'discount_rate, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01',
    ],
    [
      'did May beat April in revenue',
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
    ],
  ],
  'two figures, each in its own way': [
    [
      'marketing spend vs revenue in May',
      'expenses+revenue, 2026-05-01..2026-06-01, account in [Marketing] of expenses',
    ],
    [
      'budget vs actual for marketing this year',
      'expenses+expense_budget+expense_variance, 2026-01-01..2026-06-17, account in [Marketing]',
    ],
    [
      'how many deliveries were late in May and what share is that',
      'orders_late+late_share, 2026-05-01..2026-06-01',
    ],
    [
      'is York Shambles ahead of its revenue budget in May',
      'revenue+revenue_budget+revenue_variance, 2026-05-01..2026-06-01, branch in [York Shambles]',
    ],
  ],
  'one figure as a share of another': [
    ['cogs as % of sales per branch', 'cost+revenue, by branch, all, ratio'],
    [
      'wages as a percentage of revenue in May',
      'expenses+revenue, 2026-05-01..2026-06-01, account in [Wages] of expenses, ratio',
    ],
    ['refunds relative to sales in May', 'refund_rate, 2026-05-01..2026-06-01'],
  ],
};

testReadings(CASES);
