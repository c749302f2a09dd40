import { describe, expect, test } from 'vitest';
import { ask, createPlanner, inShort } from './planner-world.ts';

const planner = createPlanner({ order_status: ['processing'], refund_method: ['cash', 'card'] });

/** The way of an order and back, and what stands on the shelves, in words of every stage, on 16 June 2026. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'what left and what came': [
    ['how many parcels went out the door last week', 'shipments_made, 2026-06-08..2026-06-15'],
    ['how many orders left our warehouse yesterday', 'shipments_made, 2026-06-15..2026-06-16'],
    ['how many packages did we send out in May', 'shipments_made, 2026-05-01..2026-06-01'],
    ['number of shipments last month', 'shipments_made, 2026-05-01..2026-06-01'],
    ['shipped orders in May by country', 'shipments_made, by country, 2026-05-01..2026-06-01'],
    ['orders with status shipped in May', 'orders, 2026-05-01..2026-06-01, order_status in [shipped]'],
    ['orders delivered in May', 'deliveries_made, 2026-05-01..2026-06-01'],
    ['how many orders from May are delivered', 'orders, 2026-05-01..2026-06-01, order_status in [delivered]'],
    ['how many parcels turned up after the date we promised in May', 'orders_late, 2026-05-01..2026-06-01'],
    ['how many parcels showed up by the agreed date in May', 'orders_on_time, 2026-05-01..2026-06-01'],
    ['from order to doorstep, how many days on average in May?', 'delivery_days, 2026-05-01..2026-06-01'],
    ['how many orders reached the customer in May', 'deliveries_made, 2026-05-01..2026-06-01'],
    ['how many parcels landed with customers last week', 'deliveries_made, 2026-06-08..2026-06-15'],
    [
      'orders placed in May that were delivered',
      'orders, 2026-05-01..2026-06-01, order_status in [delivered]',
    ],
  ],
  'what has not come': [
    ['how many orders have not reached the customer yet', 'undelivered_orders, all'],
    [
      'orders we have not sent out yet',
      'orders, all, order_status not-in [shipped|delivered|canceled|returned]',
    ],
    [
      'how many orders are waiting to be shipped',
      'orders, all, order_status not-in [shipped|delivered|canceled|returned]',
    ],
    ['unfulfilled orders', 'orders, all, order_status not-in [shipped|delivered|canceled|returned]'],
    ['what is still on its way', 'orders, all, order_status in [shipped]'],
    ['open web orders by country', 'undelivered_orders, by country, all, channel in [web]'],
  ],
  'how long it takes': [
    [
      'how many days did it take us on average to get a web order to the door last month',
      'delivery_days, 2026-05-01..2026-06-01, channel in [web]',
    ],
    ['average days from order to doorstep in May', 'delivery_days, 2026-05-01..2026-06-01'],
    ['average wait for a parcel in May', 'delivery_days, 2026-05-01..2026-06-01'],
    ['how long until an order is sent out', 'shipping_days, all'],
    ['how many hours from order to shipment in May', 'shipping_days, 2026-05-01..2026-06-01'],
    ['which country do we deliver to fastest', 'delivery_days, by country, all, bottom 1 by delivery_days'],
    [
      'is delivery to Germany faster than last year',
      'delivery_days, 2026-01-01..2026-06-17, country in [Germany], vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    [
      'longest delivery in May',
      'delivery_days, by order_number, 2026-05-01..2026-06-01, top 1 by delivery_days',
    ],
  ],
  'whether it came in time': [
    [
      'what proportion of web deliveries arrived by the promised date since 1 May',
      'on_time_share, 2026-05-01..2026-06-17, channel in [web]',
    ],
    ['% of parcels late in May', 'late_share, 2026-05-01..2026-06-01'],
    ['orders delivered after the promised day in May', 'orders_late, 2026-05-01..2026-06-01'],
    ['how reliable are our deliveries this year', 'on_time_share, 2026-01-01..2026-06-17'],
  ],
  'what went back': [
    [
      'main reason people got their money back this month',
      'refund_count, by refund_reason, 2026-06-01..2026-06-17, top 1 by refund_count',
    ],
    ['how many people wanted their money back last week', 'refunded_customers, 2026-06-08..2026-06-15'],
    [
      'how long between someone ordering and getting their refund? last month',
      'refund_days, 2026-05-01..2026-06-01',
    ],
    ['what do customers mostly return', 'returned_units, by product, all, top 10 by returned_units'],
    ['which product comes back most', 'returned_units, by product, all, top 1 by returned_units'],
    [
      'refunds over £100 this year - number of them',
      'refund_count, 2026-01-01..2026-06-17, refund_amount more-than [100]',
    ],
    ['money back in May by method', 'refunds+refund_count, by refund_method, 2026-05-01..2026-06-01'],
    [
      'who had the most refunds this year',
      'refund_count, by customer, 2026-01-01..2026-06-17, top 1 by refund_count',
    ],
    [
      'refunds in May were down to being damaged',
      'refunds+refund_count, 2026-05-01..2026-06-01, refund_reason in [damaged]',
    ],
    [
      'do french customers return more than german? return rate this year',
      'return_rate, by country, 2026-01-01..2026-06-17, country in [France|Germany]',
    ],
  ],
  'refunds one by one and in order': [
    [
      'refunds yesterday list with order and reason',
      'refunds+refund_count, by order_number+refund_reason, 2026-06-15..2026-06-16',
    ],
    [
      'list of refunds in York last week',
      'refunds+refund_count, by order_number+refund_reason, 2026-06-08..2026-06-15, branch_city in [York]',
    ],
    [
      'list of the 10 highest refunds last week with order number',
      'largest_refund, by order_number, 2026-06-08..2026-06-15, top 10 by largest_refund',
    ],
    [
      'customers with most refunds this year, top 3 by amount',
      'refunds, by customer, 2026-01-01..2026-06-17, top 3 by refunds',
    ],
    [
      'refunds in May: amount, number and average',
      'refunds+refund_count+average_refund, 2026-05-01..2026-06-01',
    ],
    [
      'and which branch, without web? damaged refunds this year, top 3 branches by £',
      'refunds, by branch, 2026-01-01..2026-06-17, channel not-in [web], refund_reason in [damaged], top 3 by refunds',
    ],
  ],
  'stock that is asked of without its name': [
    ['how many boots do we hold in Leeds', 'stock_on_hand, all, category in [Boots], branch_city in [Leeds]'],
    [
      'how many pairs of sandals are in the York branch',
      'stock_on_hand, all, category in [Sandals], branch_city in [York]',
    ],
    [
      'do we still have flip-flops in Leeds',
      'stock_on_hand, all, subcategory in [Flip-flops], branch_city in [Leeds]',
    ],
    ['what has sold out in Leeds', 'out_of_stock_products, by product, all, branch_city in [Leeds]'],
    [
      'which branch is out of flip-flops',
      'out_of_stock_products, by branch, all, subcategory in [Flip-flops]',
    ],
    ['number of products out of stock in Leeds', 'out_of_stock_products, all, branch_city in [Leeds]'],
    [
      'products with fewer than 5 left in York',
      'stock_on_hand, by product, all, branch_city in [York], having stock_on_hand less-than 5',
    ],
    ['how many customers are in York', 'unique_customers, all, branch_city in [York]'],
    ['how much stock is each branch sitting on? units is fine', 'stock_on_hand, by branch, all'],
  ],
  'customers by their number': [
    ['when did C00042 last order', 'template customer-first-and-last-order'],
    ['last order of C00042', 'template customer-first-and-last-order'],
    ['how much did customer C00042 buy, and when was the last order', 'ask about last'],
  ],
  'one against all': [
    ['return rate Leeds vs company average in May', 'ask'],
    ['revenue of Leeds in May vs the rest', 'revenue, by branch_city, 2026-05-01..2026-06-01, Leeds apart'],
  ],
};

describe.each(Object.entries(CASES))('the planner reads %s', (_what, cases) => {
  test.each(cases)('%s', async (question, plan) => {
    expect(inShort(await ask(question, { planner }))).toBe(plan);
  });
});
