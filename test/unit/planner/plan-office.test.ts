import { describe, expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** How finance, the owner and marketing put their questions: the same plan for each of its wordings. */
const CASES: Record<string, [plan: string, ...questions: string[]][]> = {
  'what is booked and what the shop sold': [
    [
      'ledger_profit, per month, 2026-01-01..2026-06-17',
      'income less costs in the ledger by month this year',
    ],
    ['tax, per month, 2026-04-01..2026-06-01', 'VAT on sales per month April and May'],
    ['template tax-due 2026-04-01..2026-06-17', 'VAT liability this quarter', 'tax liabilities this quarter'],
    [
      'expenses, by counterparty, 2026-05-01..2026-06-01, top 1 by expenses',
      'who did we pay most in May',
      'who did we spend the most money with in May',
    ],
  ],
  'budgets as far as they go': [
    [
      'budget_left, 2026-01-01..2027-01-01, account in [Rent]',
      'how much of the rent budget is left',
      'remaining rent budget this year',
      'rent budget still available',
    ],
    [
      'expenses+expense_budget+expense_variance, 2026-01-01..2026-05-01, account in [Rent]',
      'rent ytd April vs budget',
      'rent ytd vs budget ytd to end of April',
    ],
    [
      'revenue+revenue_budget+revenue_variance, per month, 2026-01-01..2026-06-17',
      'revenue vs budget by month 2026',
    ],
    [
      'expenses+expense_budget+expense_variance, per month, 2026-01-01..2026-06-01, account in [Wages]',
      'wages against budget by month in 2026',
    ],
    [
      'revenue+revenue_budget+revenue_variance+revenue_variance_rate, 2026-05-01..2026-06-01',
      'revenue vs budget in May and by how much in percent',
    ],
    ['revenue_attainment, 2026-05-01..2026-06-01', 'how close to our sales target were we in May'],
    ['ask', 'show me budget vs actual', 'the budget and the actuals, please'],
  ],
  'an amount and its rate': [
    [
      'gross_margin+margin_rate, by category, 2026-05-01..2026-06-01',
      'profit by category in May in £ and %',
      'margin by category in May, as a percentage and in money',
    ],
    [
      'discounts+discount_rate, 2026-05-01..2026-06-01',
      'how much did we give away in discounts in May, GBP and %',
    ],
    [
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
      'revenue May vs April in £ and %',
    ],
  ],
  'shares of customers': [
    [
      'returning_customer_share, per month, 2026-01-01..2026-06-17',
      'returning customer share per month this year',
    ],
  ],
  'shares of a part in each group': [
    [
      'revenue, by category, 2026-05-01..2026-06-01, channel in [web], share of all channel',
      'share of web in revenue by category in May',
      'web share of revenue for each category in May',
      'what percentage of revenue in May came from the web, by category',
    ],
    [
      'orders, per month, 2026-01-01..2026-06-17, channel in [web], share of all channel',
      'web share of orders per month this year',
    ],
    [
      'revenue, 2026-05-01..2026-06-01, category in [Boots], vs previous-period 2026-04-01..2026-05-01, share of all category',
      'boots as a share of revenue in May vs April',
      'share of boots in revenue, May vs April',
    ],
    [
      'revenue, by category, 2026-05-01..2026-06-01, <online>, share of all online',
      'which category has the highest online share in May',
    ],
    [
      'revenue, by category, 2026-05-01..2026-06-01, channel in [web], share-of-total',
      'share of web revenue by category in May',
    ],
  ],
  'one time and then another': [
    [
      'expenses, 2026-05-01..2026-06-01, account in [Wages], vs previous-period 2026-04-01..2026-05-01',
      'wages in May and how much were they in April',
      'wages in May and what was it in April?',
    ],
    [
      'refunds, 2026-06-01..2026-06-17, vs same-period-last-year 2025-06-01..2025-06-17',
      'refunds this month and last year same time',
      'refunds this month until now vs last year same days',
    ],
    [
      'net_revenue, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
      'net revenue ytd v LY ytd',
    ],
    [
      'revenue, 2026-01-01..2026-06-01',
      'revenue from January to the end of May',
      'revenue this year up to end of May',
    ],
  ],
  'shops and the web': [
    [
      'units, by channel, 2026-05-01..2026-06-01',
      'units online in May compared to our shops',
      'units in the shops in May versus online',
    ],
    [
      'revenue, 2026-05-01..2026-06-01, <in_store>',
      'revenue of the physical shops only in May',
      'revenue only in stores, May',
    ],
    [
      'revenue, 2026-05-01..2026-06-01, category not-in [Sandals], branch_city in [York]',
      'revenue without sandals in York in May',
    ],
  ],
  'ways round a figure': [
    [
      'discount_rate, by branch, 2026-05-01..2026-06-01, top 1 by discount_rate',
      'which branch discounts most relative to its sales in May',
    ],
    ['stock_value, by branch, all', 'money tied up in stock per branch'],
    ['delivery_days, 2026-05-01..2026-06-01', 'how long did people have to wait for their orders in May'],
    [
      'expenses+revenue, 2026-05-01..2026-06-01, account in [Rent] of expenses, ratio',
      'how much of our turnover goes on rent in May',
      'what share of revenue does rent eat up in May',
    ],
    [
      'payment_count, 2026-05-01..2026-06-01, payment_method in [voucher]',
      'how many vouchers were redeemed in May',
    ],
    ['payments, 2026-06-08..2026-06-15, payment_method in [cash]', 'cash received last week'],
    ['orders, by branch, 2026-05-01..2026-06-01, top 1 by orders', 'which branch had more orders in May'],
    [
      'revenue, by category, 2026-05-01..2026-06-01, category in [Boots|Sandals]',
      'what sells better, boots or sandals, in May',
    ],
    [
      'revenue, per day, 2026-01-01..2026-06-17, weekday in [Saturday], top 1 by revenue',
      'best Saturday this year',
      'strongest Saturday of this year',
    ],
    [
      'revenue, per week, 2026-01-01..2026-06-17, having revenue more-than 20000',
      'how many weeks this year did we take more than £20,000',
    ],
    [
      'ledger_profit, by branch, 2026-05-01..2026-06-01, bottom 1 by ledger_profit',
      'which shop lost the most money in May',
    ],
  ],
}; // prettier-ignore

for (const [group, rows] of Object.entries(CASES)) {
  describe(`the planner reads ${group}`, () => {
    const wordings = rows.flatMap(([plan, ...questions]) =>
      questions.map((question): [string, string] => [question, plan]),
    );
    test.each(wordings)('%s', async (question, plan) => {
      expect(inShort(await ask(question))).toBe(plan);
    });
  });
}
