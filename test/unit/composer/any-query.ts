import fc from 'fast-check';
import { addDays } from '../../../src/domain/day.ts';
import { SEEDS } from './random-shops.ts';
import type { ReckonQuery } from './reckon.ts';

/** The parts of any query that random shops can answer. */
const FIRST_DAY = '2025-01-25';
export const period = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 50 }))
  .map(([start, length]) => ({ from: addDays(FIRST_DAY, start), to: addDays(FIRST_DAY, start + length) }));
export const shop = fc.constantFrom(...SEEDS.keys());
export const anyMetric = fc.constantFrom<ReckonQuery['metric']>(
  'revenue',
  'orders',
  'units',
  'unique_customers',
  'new_customers',
  'refunds',
  'return_rate',
  'repeat_customers',
  'average_order_value',
);
export const additive = fc.constantFrom(
  'revenue',
  'units',
  'refunds',
  'lines',
  'returned_units',
  'net_revenue',
);
export const dimension = fc.constantFrom<'category' | 'branch' | 'channel' | 'product'>(
  'category',
  'branch',
  'channel',
  'product',
);
export const grain = fc.constantFrom<'day' | 'week' | 'month'>('day', 'week', 'month');
export const values = fc.uniqueArray(
  fc.constantFrom('shoes', 'Boots', 'BAGS', 'Branch B1', 'web', 'Name of p1', 'unlisted'),
  { minLength: 1, maxLength: 3 },
);
export const check = async (property: Parameters<typeof fc.assert>[0], numRuns: number) =>
  fc.assert(property, { numRuns, seed: 5, endOnFailure: true });
