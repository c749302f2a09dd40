import { testWordings } from './test-readings.ts';

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
  'customers of one kind': [
    [
      'unique_customers, 2026-01-01..2026-06-17, of customer with orders at-least 5',
      'customers with 5+ orders this year',
      'our customers who placed 5 or more orders this year',
    ],
    [
      'new_customers+returning_customers, 2026-05-01..2026-06-01',
      'how many new and how many returning customers in May',
      'returning vs new customers in May',
    ],
    ['revenue, by customer, 2026-05-01..2026-06-01, top 5 by revenue', 'our 5 best customers in May'],
    [
      'revenue, by customer, 2026-05-01..2026-06-01, <online>, top 5 by revenue',
      'our 5 best online customers in May',
    ],
    [
      'returning_customer_share, 2026-05-01..2026-06-01',
      'what share of people who ordered in May had shopped with us before',
    ],
    [
      'unique_customers, by city, 2026-05-01..2026-06-01, top 3 by unique_customers',
      'top 3 cities our shoppers come from in May, by number of customers who ordered',
    ],
  ],
  'profit, budgets used and what is bigger': [
    [
      'ledger_profit, 2026-01-01..2026-04-01',
      'profit in Q1 after all expenses',
      'Q1 profit net of all costs',
    ],
    [
      'budget_used, 2026-05-01..2026-06-01, account in [Rent]',
      'how much of the rent budget have we burned through in May',
      'how much of the rent budget was used up in May',
    ],
    ['revenue, by channel, 2026-05-01..2026-06-01', 'was online bigger than the shops in May'],
    ['discounts+discount_rate, 2026-05-01..2026-06-01', 'discounts in May and what % of gross was that'],
    [
      'refund_count, 2026-05-01..2026-06-01, refund_amount more-than [100]',
      'refunds over £100 in May - number of them',
    ],
    [
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
      'did revenue slide in May',
      'did our sales dip in May',
    ],
  ],
  'a whole year to hold against': [
    [
      'revenue, 2026-01-01..2026-06-17, vs period 2025-01-01..2026-01-01',
      'revenue this year compared with the whole of last year',
      'revenue ytd vs full year 2025',
      'revenue this year against all of 2025',
    ],
    [
      'revenue+revenue_budget, 2026-01-01..2026-06-01',
      'is revenue beating budget this year? budget and actual revenue January to May',
    ],
  ],
  'costs, codes and what is asked beside': [
    [
      'expenses, by account, 2026-05-01..2026-06-01, top 3 by expenses',
      'our three biggest costs in May',
      'list the 3 largest expenses booked in May',
    ],
    [
      'expenses, by account, 2026-05-01..2026-06-01, account not-in [Wages], top 1 by expenses',
      'the biggest cost after wages in May',
    ],
    [
      'ledger_profit, 2026-05-01..2026-06-01',
      'did we make a loss in May',
      'was the business losing money in May',
    ],
    ['revenue, 2026-05-01..2026-06-01', 'turnover excl. VAT in May', 'sales (without tax) in May'],
    ['new_customers, by channel, 2026-05-01..2026-06-01', 'new customers in May, of which web'],
    ['revenue, per month, 2026-01-01..2026-04-01', 'revenue jan feb mar'],
    [
      'revenue, by category, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17, bottom 1 by revenue_change_share',
      'which category lost most revenue against last year in percent',
    ],
  ],
  'what would be told of something else': [
    ['orders, 2026-05-01..2026-06-01, <by_returning_customers>', 'orders from repeat customers in May'],
    [
      'revenue, per month, 2026-01-01..2027-01-01, <by_new_customers>, share of all by_new_customers',
      'share of new customers in revenue by month 2026',
    ],
    [
      'revenue+orders, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01',
      'revenue and orders in May vs last May',
    ],
    ['ask', 'units of boots without sandals in May'],
  ],
  'words cut short and talk around a question': [
    [
      'new_customers, 2026-06-08..2026-06-15',
      'new cust last week',
      'newcustomers last week',
      'first week here :) new customers last week?',
    ],
    [
      'repeat_rate, 2026-05-01..2026-06-01',
      'average basket.. no wait, just the repeat rate in May',
      'putting together the board pack, repeat rate in May, is that possible?',
      'repeat rate in May, something looks off there',
    ],
    ['refunds, by category, 2026-05-01..2026-06-01', 'What went back: refunds by category in May'],
    ['tax, 2026-05-01..2026-06-01', 'VAT charged on our sales in May', 'tax on all sales in May'],
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

testWordings(CASES);
