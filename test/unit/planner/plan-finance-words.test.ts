import { testWordings } from './test-readings.ts';

/** The same plan for each of its wordings, none of which names the figure as the model does. */
const CASES: Record<string, [plan: string, ...questions: string[]][]> = {
  'money that may be of two kinds, and asks': [
    [
      'ask',
      'did we make any money in April',
      'what did the company earn this year',
      'our total costs in April',
      'costs per branch in April',
    ],
    [
      'ask',
      'shops under budget in April',
      'April spend against the March budget',
      'revenue in Q1 vs budget for Q2',
    ],
    ['ask', 'cost per new customer in April'],
    ['ask', 'revenue with coupon WELCOME10 vs revenue with no coupon in May'],
    ['gross_margin, 2026-04-01..2026-05-01', 'how much profit did we make in April', 'April GP'],
    [
      'revenue, 2026-04-01..2026-05-01',
      'how much business did we do in April',
      'the April sales number',
      'what did we ring up in April',
    ],
  ],
  'sums as they are said': [
    [
      'revenue, by brand, 2026-04-01..2026-05-01, having revenue more-than 20000',
      'brands with revenue over twenty grand in April',
    ],
    [
      'revenue, by brand, 2026-04-01..2026-05-01, having revenue more-than 500000',
      'brands with revenue above half a million in April',
    ],
    [
      'orders, 2026-04-01..2026-05-01, of order_number with revenue more-than 1000',
      'how many orders over a grand in April',
    ],
    ['expenses, 2026-04-01..2026-05-01', 'grand total of expenses in April'],
  ],
  'one figure as a part of another': [
    [
      'expenses+revenue, by branch, 2026-04-01..2026-05-01, account in [Wages] of expenses, ratio',
      "what share of each branch's sales goes on wages in April",
      'wage-to-sales ratio per shop in April',
      'wages divided by turnover by branch in April',
    ],
  ],
  'those that are over a budget': [
    [
      'expense_variance, by branch, 2026-04-01..2026-05-01, having expense_variance more-than 0, having expense_budget more-than 0',
      'stores over budget in April',
      'which shops blew their budget in April',
      'which shops spent more than planned in April',
    ],
    [
      'expense_variance, by account, 2026-04-01..2026-05-01',
      'which accounts are over or under budget in April',
    ],
  ],
  'names of accounts and coupons': [
    [
      'expenses, 2026-04-01..2026-05-01, account in [Wages]',
      'payroll cost in April',
      'the salary bill for April',
    ],
    ['no: cannot-answer', 'average salary in April', 'how many staff did we have in April'],
    [
      'revenue, 2026-04-01..2026-05-01, coupon in [WELCOME10]',
      'how much did campaign WELCOME10 bring in in April',
    ],
  ],
  'what is left of sales, and what they were before': [
    [
      'net_revenue, 2026-04-01..2026-05-01',
      'what was left of april turnover once refunds came off',
      'how much did we take in April after deducting refunds',
      'take the refunds off April sales: what is left',
    ],
    [
      'gross_margin, 2026-04-01..2026-05-01',
      'how much was left of sales in April after paying for the goods',
    ],
    [
      'gross_sales, 2026-04-01..2026-05-01',
      'sales in April before anything was knocked off',
      'April takings gross of discounts',
    ],
    [
      'tax, 2026-04-01..2026-05-01',
      "the VAT on April's sales",
      'how much VAT did we collect on sales in April',
    ],
    ['revenue, 2026-04-01..2026-05-01, average over days', 'average sales a day in April'],
  ],
  'what stands in the books': [
    [
      'ledger_profit, 2026-04-01..2026-05-01',
      'what profit did the books show for April',
      'going by the ledger, what was our bottom line for April',
    ],
    [
      'largest_expense, 2026-04-01..2026-05-01',
      'the most we have spent in one go in April',
      'biggest single bill to hit the books in April',
    ],
    [
      'expenses, by account, 2026-04-01..2026-05-01',
      'overheads in April, line by line',
      'what did we spend on each cost line in April',
    ],
    [
      'budget_left, 2026-01-01..2027-01-01, account in [Marketing]',
      "how much is left in this year's marketing pot",
      "how much of the marketing budget haven't we spent yet this year",
    ],
    [
      'revenue_budget, 2026-04-01..2026-05-01',
      'what sales had we budgeted for April',
      'planned turnover in April',
    ],
  ],
  'one part of a narrowed whole': [
    [
      'orders, by coupon_used, 2026-04-01..2026-05-01, channel in [web], coupon_used in [yes], share-of-total',
      '% of web orders in April that used a code',
    ],
    [
      'revenue, by customer_type, 2026-04-01..2026-05-01, channel in [web], customer_type in [new], share-of-total',
      'share of web revenue from new customers in April',
    ],
  ],
  'those who come again, and what they use': [
    [
      'returning_customer_share, 2026-04-01..2026-05-01',
      "what proportion of April's shoppers had already bought from us before",
      'of the people who bought in April, what percentage were not new',
    ],
    [
      'new_customers, 2026-04-01..2026-05-01',
      'how many first-timers did we win in April',
      'how many people placed their first ever order with us in April',
    ],
    ['revenue_per_customer, 2026-04-01..2026-05-01', 'what was a customer worth to us in April, on average'],
    ['orders_per_customer, 2026-04-01..2026-05-01', 'per customer, how many orders on average in April'],
    [
      'expenses+new_customers, 2026-04-01..2026-05-01, account in [Marketing] of expenses, ratio',
      'how much did we spend on marketing for every new customer we won in April',
    ],
    [
      'average_order_value, by coupon_used, 2026-04-01..2026-05-01',
      'was the average order in April bigger with a coupon or without one',
      'avg order with a code vs avg order without a code in April',
    ],
    [
      'orders, 2026-04-01..2026-05-01, coupon in [WELCOME10]',
      'how many times was the WELCOME10 code redeemed in April',
    ],
    ['countries_sold_to, 2026-04-01..2026-05-01', 'how many countries did the orders come from in April'],
    [
      'revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
      'revenue in May, and the same for April',
    ],
  ],
  'a discount that narrows, and customers of a town': [
    [
      'revenue, 2026-04-01..2026-05-01, discounted in [yes]',
      'revenue with a discount in April',
      'sales from items with a discount in April',
    ],
    [
      'ask',
      'revenue from our customers in London in April',
      'average sales in April',
      'what did it cost us to win a new customer in April',
    ],
  ],
  'kinds of customers': [
    ['tax, 2026-04-01..2026-05-01', 'how much VAT did we charge our customers in April'],
    ['returning_customers, 2026-04-01..2026-05-01', 'how many of our previous customers bought in April'],
    [
      'orders, by coupon_used, 2026-04-01..2026-05-01, coupon_used in [yes], share-of-total',
      'coupon usage rate in April',
      'share of orders with a coupon in April',
    ],
  ],
}; // prettier-ignore

testWordings(CASES);
