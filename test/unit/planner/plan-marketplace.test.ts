import { describe, expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

/** Sellers, ways of paying, cancellations and invoices in the words of those who work with them. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'who pays with what': [
    [
      'average instalments when a customer pays with credit card in May',
      `average_installments, ${MAY}, payment_method in [credit_card]`,
    ],
    ['boleto total for May', `payments, ${MAY}, payment_method in [boleto]`],
    [
      'how many instalments do credit card buyers take on average in May?',
      `average_installments, ${MAY}, payment_method in [credit_card]`,
    ],
    ['largest payment we got in May', `largest_payment, ${MAY}`],
    ['biggest payment that ever came in', 'largest_payment, all'],
    ['merchandise value sold in May', `revenue, ${MAY}`],
    ['what fraction of our buyers ever came back for another order?', 'repeat_rate, all'],
    ['paid orders in a single instalment in May', `paid_orders, ${MAY}, installments between [1|1]`],
  ],
  'what orders cost to send': [
    ['freight per item in May for sandals', `shipping_per_unit, ${MAY}, category in [Sandals]`],
    ['shipping share of sales by category in May', `shipping_rate, by category, ${MAY}`],
    ['postage invoiced in May', `shipping, ${MAY}`],
  ],
  'what comes late, and what stands beside a name': [
    ['orders that arrived more than 10 days late in May', `orders, ${MAY}, days_late more-than [10]`],
    ['share of orders a week late or more in May', `orders, ${MAY}, days_late at-least [7], share-of-total`],
    [
      'which five states wait longest for their parcels? May, avg days',
      `delivery_days, by state, ${MAY}, top 5 by delivery_days`,
    ],
    ['May orders still showing as shipped, how many', `orders, ${MAY}, order_status in [shipped]`],
    ['by how many days are late orders late in May', `delay_days, ${MAY}`],
    ['how late do orders arrive by state in May', `delay_days, by state, ${MAY}`],
    [
      'top 5 products with their category by units in May',
      `units, by product+category, ${MAY}, top 5 by units`,
    ],
    [
      'top 2 products in each category by units in May',
      `units, by category+product, ${MAY}, top 2 by units in each category`,
    ],
    [
      'average order value of customers in SP vs customers in RJ in May',
      `average_order_value, by state, ${MAY}, state in [SP|RJ]`,
    ],
    [
      'customers and average order value in SP in May',
      `unique_customers+average_order_value, ${MAY}, state in [SP]`,
    ],
    ['orders by days to delivery in May', 'ask'],
    ['what proportion of orders in May were delivered late, SP only', `late_share, ${MAY}, state in [SP]`],
    [
      'revenue from orders with at least two categories in May',
      `revenue, ${MAY}, of order_number with categories_sold at-least 2`,
    ],
    [
      'orders still to be dispatched',
      'orders, all, order_status not-in [shipped|delivered|canceled|returned]',
    ],
    [
      'how many different products did each category sell in May, top 5',
      `products_sold, by category, ${MAY}, top 5 by products_sold`,
    ],
  ],
  'what is taken back': [
    ['sales minus cancellations in May', `revenue_less_cancellations, ${MAY}`],
    [
      'which client cancelled the most in May',
      `cancelled_orders, by customer, ${MAY}, top 1 by cancelled_orders`,
    ],
    [
      'which category has the most cancelled orders in May',
      `cancelled_orders, by category, ${MAY}, top 1 by cancelled_orders`,
    ],
    ['number of cancellations in May and their value', `cancellations_amount+cancelled_orders, ${MAY}`],
    ['how much revenue did we lose to refunds in May', `refunds, ${MAY}`],
    ['sales lost to stock-outs in May', 'ask'],
    ['worth of cancelled lines in May', `cancellations_amount, ${MAY}`],
  ],
  'who buys how much': [
    ['clients with the most orders in May', `orders, by customer, ${MAY}, top 10 by orders`],
    ['three customers with the highest revenue in May', `revenue, by customer, ${MAY}, top 3 by revenue`],
    [
      'customers from Germany with over £500 spend in May',
      `unique_customers, ${MAY}, country in [Germany], of customer with revenue more-than 500`,
    ],
    [
      'proportion of customers with more than 3 orders in May',
      `unique_customers, ${MAY}, share-of-total, of customer with orders more-than 3`,
    ],
    ['percentage of customers who only ever ordered once', 'one_time_share, all'],
    ['sales of customers with no number in May', `revenue, ${MAY}, customer is-empty []`],
    ['customers having at least one order in May', `unique_customers, ${MAY}`],
    ['our #1 brand by revenue in May', `revenue, by brand, ${MAY}, top 1 by revenue`],
  ],
  'what we bill': [
    ['what did we bill in Germany in May', `revenue, ${MAY}, country in [Germany]`],
    ['how much sandals did we invoice in May', `revenue, ${MAY}, category in [Sandals]`],
    [
      'top 3 countries by revenue ex UK in May',
      `revenue, by country, ${MAY}, country not-in [United Kingdom], top 3 by revenue`,
    ],
    ['how many hours does it take until an order gets approved in May', `approval_hours, ${MAY}`],
    ['median invoice value in May', `median_order_value, ${MAY}`],
    [
      'average order value in May: new customers vs returning ones',
      `average_order_value, by customer_type, ${MAY}`,
    ],
  ],
};

describe.each(Object.entries(CASES))(
  'the planner reads what sellers and bookkeepers ask about %s',
  (_, cases) => {
    test.each(cases)('%s', async (question, plan) => {
      expect(inShort(await ask(question))).toBe(plan);
    });
  },
);

test('after a place, the whole country is asked without it', async () => {
  const [, all] = await askInThread(['on time share in SP in May', 'and the whole country?']);
  expect(all && inShort(all)).toBe(`on_time_share, ${MAY}`);
});
