import { describe, expect, test } from 'vitest';
import { eventFigure } from '../../../src/vocabulary/event-figures.ts';
import { ask, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

describe('a figure is what happened, by how it is measured', () => {
  test.each([
    ['people got how much of their money back in May?', `refunds, ${MAY}`],
    ['what did we hand back to shoppers in May', `refunds, ${MAY}`],
    ['in May we gave money back how many times', `refund_count, ${MAY}`],
    ['how many different shoppers did we pay back in May', `refunded_customers, ${MAY}`],
    ['how many pairs did we give the money back for in May, by brand', `refunded_units, by brand, ${MAY}`],
    ['typical size of a refund in May', `average_refund, ${MAY}`],
    ['how long did folks wait for their money back in May', `refund_days, ${MAY}`],
    ['which share of May takings was handed back as money', `refund_rate, ${MAY}`],
    ['of the orders in May, what fraction came back', `returned_order_share, ${MAY}`],
    [
      'what percentage of boots were returned by the customers in May',
      `return_rate, ${MAY}, category in [Boots]`,
    ],
    ['how many pieces bounced back to us in May by category', `returned_units, by category, ${MAY}`],
    ['what were the goods that came back in May worth', `returned_value, ${MAY}`],
    [
      'what part of orders turned up after the agreed date in May, by region',
      `late_share, by region, ${MAY}`,
    ],
    ['how many parcels got there later than promised in May', `orders_late, ${MAY}`],
    ['sales in May with what we refunded deducted', `net_revenue, ${MAY}`],
    ['how much did we knock off prices in May', `discounts, ${MAY}`],
    ['January to March 2026, the highest amount of one refund', 'largest_refund, 2026-01-01..2026-04-01'],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });

  test.each([
    ['how many refunds and how much were they worth in May'],
    ['orders in May that were not sent back'],
    ['how many customers came back in May'],
    ['how many parcels landed late May'],
    ['refunds for returns in May'],
    ['orders with more than 2 refunds in May'],
    ['revenue from orders with a refund in May'],
    ['how late are deliveries in May'],
    ['money back in May by method'],
  ])('but nothing is made of %s', (question) => {
    expect(eventFigure(question)).toBeUndefined();
  });
});
