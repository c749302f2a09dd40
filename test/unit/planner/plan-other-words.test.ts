import { testReadings } from './test-readings.ts';

/** What each question comes to, on 16 June 2026. Reviewed by hand; a change here is a change of meaning. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'verbs and nouns that carry no figure': [
    ['how many new customers did we win in May 2026?', 'new_customers, 2026-05-01..2026-06-01'],
    ['refunds issued in May 2026', 'refunds, 2026-05-01..2026-06-01'],
    ['revenue of sandals shoes in May 2026', 'revenue, 2026-05-01..2026-06-01, category in [Sandals]'],
    ['hw mny orders in May 2026', 'orders, 2026-05-01..2026-06-01'],
    ['how did sneakers do in May 2026', 'revenue, 2026-05-01..2026-06-01, category in [Sneakers]'],
    ['average delivery time in days in May 2026', 'delivery_days, 2026-05-01..2026-06-01'],
  ],
  'names said in another way': [
    ['orders from UK in May 2026', 'orders, 2026-05-01..2026-06-01, country in [United Kingdom]'],
    ['orders from German customers in May 2026', 'orders, 2026-05-01..2026-06-01, country in [Germany]'],
    [
      'revenue of Covent Garden in May 2026',
      'revenue, 2026-05-01..2026-06-01, branch in [London Covent Garden]',
    ],
    ['wages in May 2026', 'expenses, 2026-05-01..2026-06-01, account in [Wages]'],
    ['marketing spend in May 2026', 'expenses, 2026-05-01..2026-06-01, account in [Marketing]'],
    ['margin % by category', 'margin_rate, by category, all'],
  ],
  'what other words decide': [
    [
      'total value of orders over 150 in May',
      'revenue, 2026-05-01..2026-06-01, of order_number with revenue more-than 150',
    ],
    ['revenue in the same month last year', 'revenue, 2025-06-01..2025-07-01'],
    ['average orders per day in May', 'orders, 2026-05-01..2026-06-01, average over days'],
    ['which refund reason costs us the most money', 'refunds, by refund_reason, all, top 1 by refunds'],
    [
      'difference in revenue between Germany and France in May',
      'revenue, by country, 2026-05-01..2026-06-01, country in [Germany|France]',
    ],
    [
      'who returned more than 3 items in May',
      'returned_units, by customer, 2026-05-01..2026-06-01, customer is-not-empty [], having returned_units more-than 3',
    ],
    [
      'which categories are growing',
      'revenue, by category, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, having revenue_change more-than 0',
    ],
    ['how long did orders take to ship in May', 'shipping_days, 2026-05-01..2026-06-01'],
    [
      'which branches missed their sales target in May',
      'revenue+revenue_budget+revenue_variance, by branch, 2026-05-01..2026-06-01, having revenue_variance less-than 0',
    ],
    ['is our return rate higher online or in store', 'return_rate, by channel, all'],
    ['revenue on the same day last year', 'revenue, 2025-06-16..2025-06-17'],
    [
      'wages vs budget in May',
      'expenses+expense_budget+expense_variance, 2026-05-01..2026-06-01, account in [Wages]',
    ],
    [
      'average spend of German customers per order in May',
      'average_order_value, 2026-05-01..2026-06-01, country in [Germany]',
    ],
    [
      'how did the discount rate change over the last 6 months',
      'discount_rate, per month, 2025-12-01..2026-06-01',
    ],
    [
      'what did customers from Germany buy the most in May',
      'revenue, by product, 2026-05-01..2026-06-01, country in [Germany], top 1 by revenue',
    ],
    [
      'which branch has grown the most since last year',
      'revenue, by branch, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17, top 1 by revenue_change',
    ],
    ['delivered on time percentage by branch in May', 'on_time_share, by branch, 2026-05-01..2026-06-01'],
    ['total discount in May and its share of gross sales', 'discounts+discount_rate, 2026-05-01..2026-06-01'],
    ['payments in May by method and branch', 'payments, by payment_method+branch, 2026-05-01..2026-06-01'],
  ],
  'whole phrases': [
    ['where do our customers come from', 'unique_customers, by country, all'],
    ['how do people pay', 'payment_count, by payment_method, all'],
    ['when are we busiest during the day', 'orders, by hour_of_day, all, top 1 by orders'],
    ['rolling 7 day average of revenue in May', 'revenue, per day, 2026-05-01..2026-06-01, moving-average 7'],
    ['expense breakdown for May', 'expenses, by account, 2026-05-01..2026-06-01'],
    ['how many times did people order in May', 'orders, 2026-05-01..2026-06-01'],
    ['the 5 products with the highest revenue', 'revenue, by product, all, top 5 by revenue'],
    ['lowest three branches by revenue', 'revenue, by branch, all, bottom 3 by revenue'],
    ['revenue in May, boots excluded', 'revenue, 2026-05-01..2026-06-01, category not-in [Boots]'],
    ['revenue with order count in May', 'revenue+orders, 2026-05-01..2026-06-01'],
    ['breakdown of orders by status', 'orders, by order_status, all'],
    [
      'what caused the fall in revenue in May',
      'why revenue, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, by category branch country channel',
    ],
  ],
  'hours, days and seasons': [
    ['orders between 6pm and 9pm in May', 'orders, 2026-05-01..2026-06-01, hour_of_day between [18|20]'],
    [
      'sales the week before easter vs the week after',
      'revenue, 2026-04-07..2026-04-14, vs period 2026-03-27..2026-04-03',
    ],
    ['revenue this spring 2026', 'revenue, 2026-03-01..2026-06-01'],
    ['revenue last winter (December to February)', 'revenue, 2025-12-01..2026-03-01'],
    ['what did we sell on Tuesday', 'revenue, 2026-06-09..2026-06-10'],
    ['revenue the Saturday before last', 'revenue, 2026-06-06..2026-06-07'],
    ['revenue in the first half of the year', 'revenue, 2026-01-01..2026-07-01'],
    ['how many parcels arrived late last month', 'orders_late, 2026-05-01..2026-06-01'],
  ],
  'what stands for something else': [
    ['how much shipping did we pay in May', 'shipping, 2026-05-01..2026-06-01'],
    [
      'did we sell more boots or sandals in May',
      'revenue, by category, 2026-05-01..2026-06-01, category in [Boots|Sandals]',
    ],
    ['mean and median order value in May', 'average_order_value+median_order_value, 2026-05-01..2026-06-01'],
    ['what do people buy together with sandals', 'template bought-with-category 2025-06-01..2026-06-01'],
    ["what products haven't sold in May", 'template unsold-products 2026-05-01..2026-06-01'],
    [
      'our best selling product at the moment',
      'revenue, by product, 2026-06-01..2026-06-17, top 1 by revenue',
    ],
    [
      'running total of new customers this year by month',
      'new_customers, per month, 2026-01-01..2026-06-17, running-total',
    ],
    ['revenue by store and online in May', 'revenue, by channel, 2026-05-01..2026-06-01'],
    ['what time do most people shop', 'orders, by hour_of_day, all, top 1 by orders'],
    ['which coupon was used the most', 'orders, by coupon, all, top 1 by orders'],
    [
      'average value of orders over 200 in May',
      'average_order_value, 2026-05-01..2026-06-01, of order_number with revenue more-than 200',
    ],
    [
      'how many refunds over £100 in May',
      'refund_count, 2026-05-01..2026-06-01, refund_amount more-than [100]',
    ],
    ['products with margin below 30%', 'margin_rate, by product, all, having margin_rate less-than 0.30'],
    [
      'top refund reason for Web shop in May',
      'refund_count, by refund_reason, 2026-05-01..2026-06-01, branch in [Web shop], top 1 by refund_count',
    ],
    ['how much have we paid for rent in May', 'expenses, 2026-05-01..2026-06-01, account in [Rent]'],
    ['total revenue since we started', 'revenue, all'],
    ['hello, I am preparing a meeting. revenue in May?', 'revenue, 2026-05-01..2026-06-01'],
    ['what is the difference between gross sales and revenue', 'definition of gross_sales and revenue'],
  ],
  verbs: [
    ['how much did we sell last week', 'revenue, 2026-06-08..2026-06-15'],
    ['how much did we make in May', 'ask'],
    ['how many boots did we sell in May', 'units, 2026-05-01..2026-06-01, category in [Boots]'],
    ['how much do customers spend on average per order', 'average_order_value, all'],
  ],
  'what other shops call things': [
    ['top 3 makers by revenue in 2025', 'revenue, by brand, 2025-01-01..2026-01-01, top 3 by revenue'],
    ['how many invoices did we issue in May', 'invoices, 2026-05-01..2026-06-01'],
    ['what is invoice 536365', 'live invoice 536365'],
    ['revenue by weekday vs weekend', 'revenue, by weekend, all'],
    ['what did customers in Germany spend in 2025', 'revenue, 2025-01-01..2026-01-01, country in [Germany]'],
    ['brands with margin under 35%', 'margin_rate, by brand, all, having margin_rate less-than 0.35'],
    ['most expensive item sold', 'average_selling_price, by product, all, top 1 by average_selling_price'],
    [
      'revenue in q1 26 vs q1 25',
      'revenue, 2026-01-01..2026-04-01, vs same-period-last-year 2025-01-01..2025-04-01',
    ],
    [
      "orders over 1'000 pounds in 2025",
      'orders, 2025-01-01..2026-01-01, of order_number with revenue more-than 1000',
    ],
    ['orders over 1000 francs', 'no: cannot-answer'],
    ['best and worst month of 2025', 'revenue, per month, 2025-01-01..2026-01-01'],
    ["revenue of products with 'heart' in name", 'revenue, all, product contains [heart]'],
    ['revenue of white hanging heart', 'revenue, all, product in [WHITE HANGING HEART T-LIGHT HOLDER]'],
    ['which countries have no orders in May', 'ask about have no orders'],
    ['revenue of marketplace', 'no such channel: marketplace'],
    [
      'share of sellers from SP in revenue 2025',
      'revenue, by seller_state, 2025-01-01..2026-01-01, seller_state in [SP], share-of-total',
    ],
    [
      'top 3 categories by revenue among buyers in Germany in 2025',
      'revenue, by category, 2025-01-01..2026-01-01, country in [Germany], top 3 by revenue',
    ],
    ['number of sellers per state', 'active_sellers, by seller_state, all'],
    ['avg approval time in hours by weekday', 'approval_hours, by weekday, all'],
    [
      'revenue H1 2025 over H2 2024',
      'revenue, 2025-01-01..2025-07-01, vs previous-period 2024-07-01..2025-01-01',
    ],
    ['orders in each of the first 3 months of 2025', 'orders, per month, 2025-01-01..2025-04-01'],
    ['late orders per month from nov 24 to feb 25', 'orders_late, per month, 2024-11-01..2025-03-01'],
    [
      'voucher payments in 2025: total and how many',
      'payments+payment_count, 2025-01-01..2026-01-01, payment_method in [voucher]',
    ],
    [
      'how many sellers sold for more than 10000 in May',
      'active_sellers, 2026-05-01..2026-06-01, of seller with revenue more-than 10000',
    ],
    ['revenue of watches', 'revenue, all, category in [watches_gifts]'],
    ['single-item orders in May', 'orders, 2026-05-01..2026-06-01, order_size between [1|1]'],
    ['biggest order ever', 'revenue, by order_number, all, top 1 by revenue'],
    ['when was the first order', 'template first-and-last-order'],
    ['when did customer 17850 last order', 'template customer-first-and-last-order'],
    ['orders with returns', 'returned_orders, all'],
    ["how's delivery doing", 'ask'],
    ['payments in May vs revenue in May', 'payments+revenue, 2026-05-01..2026-06-01'],
    [
      'which category had the biggest rise in return rate last week vs the week before',
      'return_rate, by category, 2026-06-08..2026-06-15, vs previous-period 2026-06-01..2026-06-08, top 1 by return_rate_change',
    ],
    ['average orders per day in May', 'orders, 2026-05-01..2026-06-01, average over days'],
    ['who sells the most boots', 'revenue, by branch, all, category in [Boots], top 1 by revenue'],
    ['late orders as a percentage by month', 'late_share, per month, all'],
    [
      'number of orders not yet shipped',
      'orders, all, order_status not-in [shipped|delivered|canceled|returned]',
    ],
    [
      'revenue from customers who bought more than once in 2025',
      'revenue, 2025-01-01..2026-01-01, of customer with orders more-than 1',
    ],
    [
      'top 5 cities in SP by customers',
      'unique_customers, by city, all, state in [SP], top 5 by unique_customers',
    ],
    [
      'revenue the week before and after Black Friday 2025',
      'revenue, 2025-11-29..2025-12-06, vs period 2025-11-21..2025-11-28',
    ],
    ['what about sellers', 'ask'],
    [
      'which payment method lost the most compared with April (May)',
      'payments, by payment_method, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, bottom 1 by payments_change',
    ],
    [
      'how many people paid by voucher in May',
      'paying_customers, 2026-05-01..2026-06-01, payment_method in [voucher]',
    ],
  ],
};

testReadings(CASES);
