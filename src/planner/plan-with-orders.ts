import type { MetricQuery } from '../domain/metric-query.ts';
import type { SemanticModel } from '../model/semantic-model.ts';

export const WITH_ORDERS =
  /\bwith (?:the )?(?:number of )?orders(?:[?.! ]*$|,? (?=(?:this|last|in|for|since|per|by|and|so far|between|from|until)\b))/i;

/** 'revenue by quarter with orders': beside an amount, their number is told; 'customers with orders' are some of them. */
export function besideOrders(text: string, query: MetricQuery, model: SemanticModel): void {
  const [only = ''] = query.metrics;
  const isAmount = query.metrics.length === 1 && model.metrics.get(only)?.unit.kind === 'money';
  if (WITH_ORDERS.test(text) && isAmount && model.metrics.has('orders')) query.metrics = [only, 'orders'];
}
