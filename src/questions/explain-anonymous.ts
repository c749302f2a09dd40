import { decimal, divide, toText, tryDecimal } from '../domain/decimal.ts';
import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { AskedNow } from './asked-now.ts';
import { formatNumber, type Locale } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import { readVetted } from './read-vetted.ts';

/**
 * A figure per customer leaves sales without a customer out of its denominator but not out of its numerator: how much
 * that is must be said. Null where it is none, or where the figure is not per customer.
 */
export async function explainAnonymous(
  query: MetricQuery,
  locale: Locale,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<string | null> {
  const perCustomer = query.metrics.flatMap((name) => {
    const metric = needs.model.metrics.get(name);
    return metric?.kind === 'ratio' && metric.denominator === 'unique_customers' ? [metric.numerator] : [];
  });
  const [numerator] = perCustomer;
  if (!numerator) return null;
  const { filters, segments, period, members = [] } = query;
  const plain = metricQuery({ metrics: [numerator], filters, segments, period, members });
  const anonymous = { dimension: 'customer', operator: 'is-empty' as const, values: [] };
  const whole = await amountOf(plain, question, needs);
  const without = await amountOf({ ...plain, filters: [...plain.filters, anonymous] }, question, needs);
  const share = whole && without ? divide(without, whole, 6) : undefined;
  if (!share || share.units <= 0n) return null;
  const label = needs.model.metrics.get(numerator)?.label.toLowerCase() ?? numerator;
  const part = formatNumber(toText(share), { kind: 'share' }, locale);
  return `Of the ${label}, ${part} has no customer recorded: it is in the ${label}, but nobody stands for it among the customers.`;
}

async function amountOf(query: MetricQuery, question: AskedNow, needs: QuestionNeeds) {
  const composed = needs.compose(query);
  if (!composed.ok) return undefined;
  const read = await readVetted(composed, question, needs);
  if ('kind' in read) return undefined;
  const cell = read.rows[0]?.[0];
  return cell === null || cell === undefined ? decimal(0) : tryDecimal(String(cell));
}
