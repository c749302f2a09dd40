import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Reading } from '../reading/reading.ts';

/** Of an amount or a count, the share that it is of its whole: margin and margin rate, returned units and return rate. */
export function rateOf(name: string, model: SemanticModel): string | undefined {
  const metric = model.metrics.get(name);
  if (!metric || metric.unit.kind === 'share' || WHOLES.has(name)) return undefined;
  const rates = [...model.metrics.values()].filter(
    (one) => one.kind === 'ratio' && one.unit.kind === 'share' && one.numerator === name,
  );
  return rates[0]?.name;
}

/** 'margin under 35%' is about the rate, for an amount is no percentage. */
export function inPercent(reading: Reading, model: SemanticModel): void {
  for (const condition of reading.conditions) {
    if (condition.unit !== 'percent') continue;
    const named = condition.metric ?? (reading.metrics.length === 1 ? reading.metrics[0] : undefined);
    const whole = named !== undefined && named !== 'gross_margin' && WHOLES.has(named);
    const rate = named === undefined || whole ? undefined : rateOf(named, model);
    if (named === undefined || rate === undefined) continue;
    condition.metric = rate;
    reading.metrics = [...new Set(reading.metrics.map((name) => (name === named ? rate : name)))];
  }
}

/** Of these a share needs a part: 'what share of revenue' alone is asked back. */
export const WHOLES = new Set([
  'revenue',
  'orders',
  'units',
  'unique_customers',
  'expenses',
  'payments',
  'gross_margin',
]);

/** 'what share of orders were cancelled' is a rate that the model has. */
export function ratioOf(reading: Reading, named: string[], model: SemanticModel): string | undefined {
  const relative = named.length === 2 && RELATIVE.test(reading.text);
  if ((!reading.roles.has('share') && !relative) || named.length > 2) return undefined;
  const candidates = [...model.metrics.values()].filter(
    (metric) => metric.kind === 'ratio' && metric.unit.kind === 'share',
  );
  const match = candidates.filter((metric) => {
    if (metric.kind !== 'ratio') return false;
    if (named.length === 2) {
      const [a = '', b = ''] = named;
      return (
        (metric.numerator === a && similar(metric.denominator, b)) ||
        (metric.numerator === b && similar(metric.denominator, a))
      );
    }
    // Markup is of the cost, and meant only where it is said.
    if (metric.denominator === 'cost') return false;
    if (
      metric.numerator === named[0] &&
      metric.numerator === 'gross_margin' &&
      TOLD_IN_PERCENT.test(reading.text)
    )
      return true;
    if (metric.numerator !== named[0] || WHOLES.has(metric.numerator)) return false;
    if (WHAT_PERCENT_DID.test(reading.text)) return true;
    if (SPLIT.test(reading.text) && reading.dimensions.length > 0) return false;
    const plain = reading.dimensions.length === 0 && reading.filters.length === 0 && reading.grain === null;
    const said = reading.said[named[0]] ?? '';
    if (AND_ITS_SHARE.test(reading.text)) return true;
    return plain || AS_PERCENT.test(reading.text) || OF_WHICH.test(said) || isCalledRate(said, reading.text);
  });
  return match.length === 1 ? match[0]?.name : undefined;
}

/** 'refunds split by method in %': parts of the whole. */
const SPLIT = /\b(?:split|distribution|breakdown|break down|broken down)\b/i;

/** 'how much stock do we hold and what is it worth'. */
export const ALSO_WORTH =
  /\band (?:what|how much)(?: money)? (?:is|are|was|were) (?:it|they|that|those|these) worth\b/i;

/** 'the discount in Q3 and its share of gross sales': both are wanted. */
export const AND_ITS_SHARE =
  /\band (?:its|the|their|what|which) (?:share|percentage|percent|proportion|rate|%|pct)(?!\w)|\b(?:number|count|amount|value|total) (?:and|&|\+|plus) (?:share|percentage|percent|pct|%|rate|proportion)/i;

/** 'refunds relative to sales'. */
const RELATIVE =
  /\b(?:relative to|in relation to|in proportion to|as (?:a |an? )?(?:share|percentage|percent|proportion|fraction|%) of)\b/i;

/** 'delivered on time percentage by branch'. */
function isCalledRate(said: string, text: string): boolean {
  const at = said === '' ? -1 : text.toLowerCase().indexOf(said);
  return at >= 0 && /^ ?(?:percentage|percent|pct|%|rate|ratio|share)/i.test(text.slice(at + said.length));
}

/** 'late orders as a percentage': of their own whole. */
export const AS_PERCENT =
  /\b(?:as (?:a |an )?(?:percentage|percent|%|rate)|in (?:percent|%))(?! (?:of|share)\b)/i;

/** 'what percentage did we discount each month': of what it came off. */
const WHAT_PERCENT_DID =
  /\bwhat (?:percentage|percent|per cent|pct|%) (?:did|do|have|has|had) (?:we|they|you|the shops?)\b/i;

/** 'margin of boots, pct': not its share of all margin. */
const TOLD_IN_PERCENT =
  /^(?:as|in) (?:an? )?(?:percentage|percent|per cent|pct|%),? (?:what|which|how|the|our|show|give)\b|(?:[,(:;]| in) ?(?:percent|pct|per cent|%)(?: ?[,).;?]| ?$| (?:ytd|mtd|this|last|in|for|since|q[1-4]|so far)\b)/i;

/** 'what percentage of orders arrived late each month': the whole is named, then what happened to it. */
const OF_WHICH =
  /^(?:orders?|invoices?|deliver(?:y|ies)|documents?|items?|units?|customers?)\b.* ?\b(?:late|cancell?ed|returned|refunded|on time|in time|again|new|first[- ]time|returning|repeat)$/;

/** 'revenue per order', 'spend per customer': a ratio that the model has; else it is a breakdown. */
export function perOf(reading: Reading, named: string[], model: SemanticModel): string | undefined {
  const { per } = reading;
  const [first] = named;
  if (!per) return undefined;
  if (per.dimension === null) return undefined;
  const found = [...model.metrics.values()].find(
    (metric) =>
      metric.kind === 'ratio' && metric.numerator === first && similar(metric.denominator, per.metric),
  );
  if (found && named.length === 1) return found.name;
  const already = model.metrics.get(first ?? '');
  if (already?.kind === 'ratio' && named.length === 1 && similar(already.denominator, per.metric))
    return first;
  if (!reading.dimensions.some((one) => one.name === per.dimension)) {
    reading.dimensions.push({ name: per.dimension, how: 'by', plural: false });
  }
  return undefined;
}

/** 'marketing spend per new customer', 'wages per order': of two figures that have no ratio of their own, so much of the one per one of the other. */
export function perOther(
  { per }: Reading,
  named: string[],
  model: SemanticModel,
  reach: Reach,
): { of: string; to: string } | undefined {
  const [of] = named;
  if (!per || of === undefined || named.some((name) => name !== of && name !== per.metric)) return undefined;
  if (per.dimension !== null && reach.dimension(of, per.dimension)) return undefined;
  const amount = model.metrics.get(of)?.unit.kind;
  if (of === per.metric || (amount !== 'money' && amount !== 'count')) return undefined;
  return { of, to: per.metric };
}

const KIN: Record<string, string[]> = {
  invoices: ['orders'],
  orders: ['invoices'],
  orders_with_promise: ['orders', 'delivered_orders'],
  orders_with_lines: ['orders'],
  revenue_with_cost: ['revenue'],
  gross_sales: ['revenue'],
}; // prettier-ignore

function similar(denominator: string, said: string): boolean {
  return denominator === said || KIN[denominator]?.includes(said) === true;
}
