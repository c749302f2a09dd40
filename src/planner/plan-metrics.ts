import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { countedBy } from '../reading/count-metrics.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import { impliedMetric } from './imply-metric.ts';
import { budgets, HIT, withBudget } from './plan-budgets.ts';
import { ALSO_WORTH, AND_ITS_SHARE, inPercent, perOf, perOther, ratioOf } from './plan-ratios.ts';
import { sayPeriod } from './say-query.ts';

export type ChosenMetrics =
  | { kind: 'metrics'; metrics: string[]; notes: string[] }
  | { kind: 'ask'; text: string; questions: { label: string; question: string }[]; asksFigure?: boolean }
  | { kind: 'cannot'; text: string };

/** What is measured: the metrics named, or those that a verb or a ranking stands for; else it is asked. */
export function chooseMetrics(reading: Reading, model: SemanticModel, reach: Reach): ChosenMetrics {
  inPercent(reading, model);
  const pair = bothWays(reading.metrics, reading, model);
  if (pair) return { kind: 'metrics', metrics: pair, notes: [] };
  if (isAboutPrice(reading))
    return { kind: 'metrics', metrics: ['average_selling_price'], notes: ['by average selling price'] };
  const named = counted(booked(withBudget(reading, model), reading, model), reading, model);
  if (named !== null && named.length > 0 && asksForWorth(reading)) {
    const [first = ''] = named;
    const each =
      first === 'orders' && reading.roles.has('average') && model.metrics.has('average_order_value');
    const money = each
      ? 'average_order_value'
      : model.metrics.get(first)?.unit.kind === 'money'
        ? first
        : (WORTH_OF[first] ?? '');
    if (
      money === '' &&
      reading.roles.has('sell') &&
      /(?:customers|sellers)$/.test(first) &&
      model.metrics.has('revenue')
    )
      return { kind: 'metrics', metrics: ['revenue'], notes: [] };
    if (!model.metrics.has(money)) {
      return {
        kind: 'ask',
        asksFigure: true,
        text: 'Do you mean an amount of money or a number of things?',
        questions: amounts(reading, model),
      };
    }
    const also = ALSO_WORTH.test(reading.text) && money !== first;
    named.splice(0, 1, ...(also ? [first, money] : [money]));
  }
  if (named === null)
    return {
      kind: 'ask',
      text: 'That is an amount, not a number of things. Which figure would you like?',
      questions: amounts(reading, model),
    };
  if (named.join() === 'revenue_forecast' && /\bactuals?\b/i.test(reading.text))
    return { kind: 'metrics', metrics: ['revenue', 'revenue_forecast'], notes: [] };
  const rate = IMPROVED.test(reading.text) ? RATE_OF[named.join()] : undefined;
  if (rate !== undefined && model.metrics.has(rate)) return { kind: 'metrics', metrics: [rate], notes: [] };
  const [first] = named;
  if (
    named.length === 1 &&
    first === 'expense_budget' &&
    HIT.test(reading.text) &&
    reading.filters.length === 0
  )
    return { kind: 'ask', text: 'The budget of sales, or of costs?', questions: budgets(reading) };
  const each = named.length === 1 ? EACH_USE[countedBy(first ?? '') ?? ''] : undefined;
  const said = reading.filters.some(
    (one) => !one.negated && one.hits.some((hit) => hit.dimension === countedBy(first ?? '')),
  );
  if (each !== undefined && said && model.metrics.has(each))
    return { kind: 'metrics', metrics: [each], notes: [] };
  const kind = named.length === 1 ? BUYERS[named[0] ?? ''] : undefined;
  const spent = reading.roles.has('spend') || (reading.roles.has('buy') && reading.roles.has('how-much'));
  const judged = reading.conditions.some((condition) => condition.of === 'customer');
  if (kind !== undefined && spent && !judged && !reading.roles.has('how-many') && !reading.howMany) {
    if (kind !== '' && !model.segments.has(kind)) return askForMetric();
    if (kind !== '') reading.segments = [...new Set([...reading.segments, kind])];
    const per =
      perOf(reading, ['revenue'], model) ??
      (reading.roles.has('average') && !reading.per && model.metrics.has('revenue_per_customer')
        ? 'revenue_per_customer'
        : 'revenue');
    return { kind: 'metrics', metrics: [per], notes: ['what customers spent was read as revenue'] };
  }
  const paced =
    reading.ranking && /^(?:slow|fast)$/.test(reading.ranking.word) ? DURATIONS[named?.[0] ?? ''] : undefined;
  if (paced !== undefined && model.metrics.has(paced))
    return { kind: 'metrics', metrics: [paced], notes: [] };
  if (refundsBothWays(named, reading, model)) named.push('refund_count');
  if (named.length > 0) {
    const other = perOther(reading, named, model, reach);
    if (other) {
      reading.ratio = other;
      return { kind: 'metrics', metrics: [other.of, other.to], notes: [] };
    }
    const ratio = perOf(reading, named, model) ?? ratioOf(reading, named, model);
    const asWell = reading.howMany || AND_ITS_SHARE.test(reading.text);
    const both = ratio !== undefined && asWell && reading.roles.has('and');
    if (ratio) return { kind: 'metrics', metrics: both ? [named[0] ?? '', ratio] : [ratio], notes: [] };
    const notes =
      named[0] === 'revenue' && /\bsales\b/i.test(reading.text) ? ["'sales' was read as revenue"] : [];
    return { kind: 'metrics', metrics: ordered(named, reading).slice(0, 8), notes };
  }
  const guess = impliedMetric(reading, model, reach);
  const per = guess ? perOf(reading, [guess.metric], model) : undefined;
  if (per) return { kind: 'metrics', metrics: [per], notes: [] };
  const money = guess && AND_FOR_HOW_MUCH.test(reading.text) ? WORTH_OF[guess.metric] : undefined;
  if (guess && money !== undefined && model.metrics.has(money))
    return { kind: 'metrics', metrics: [guess.metric, money], notes: [] };
  if (guess) return { kind: 'metrics', metrics: [guess.metric], notes: guess.note ? [guess.note] : [] };
  return askForMetric();
}

/** 'orders worth more than 1000' says which orders; no amount is asked for, unless it is said besides. */
function asksForWorth({ roles, text }: Reading): boolean {
  if (!roles.has('worth')) return false;
  const rest = text.replace(WORTH_SO_MUCH, ' ');
  return rest === text || /\b(?:worth|values?|money|cost|costs|lost|lose|losing)\b/i.test(rest);
}

const WORTH_SO_MUCH =
  /\bworth (?:of )?(?:more|over|less|above|below|under|at least|at most|between|upwards|up to|exactly)\b/gi;

/** 'the most expensive item sold' is judged by its price, and how many were sold is not asked. */
function isAboutPrice({ roles, metrics }: Reading): boolean {
  const judged = roles.has('expensive') || roles.has('cheap');
  return judged && metrics.length > 0 && metrics.every((name) => /^(?:units|products_sold)$/.test(name));
}

/** 'voucher payments: total and how many', 'number and value': the amount and the count. */
const BOTH_WAYS =
  /\b(?:total|value|amount|sum|worth) (?:and|&|\+|plus) (?:how many|(?:the )?(?:number|count))\b|\b(?:how many|number|count) (?:and|&|\+|plus) (?:the |their )?(?:total|value|amount|sum|worth|how much)\b|(?:\band|,|&) how many (?:of (?:them|those|these)|(?:were|was|are|is) (?:there|it|that|they))\b|(?:\band|,|&) how many (?:there were|(?:refunds|payments|cancellations)(?: (?:was|were) (?:that|it|there))?)(?=[?.! ]*$)|\band their value\b|\bhow much\b.{3,80}\b(?:and|,) ?how many\b|\b(?:number|count) ?[+&] ?(?:amount|value|total|sum)\b|\b(?:amount|value|total|sum) ?[+&] ?(?:number|count)\b|\bhow many ?[,/&+] ?(?:and )?how much\b|\b(?:how many|number of|no\.? of|count of)\b.{2,60}\b(?:and|&|\+) (?:(?:their|its|the) )?(?:total )?(?:value|worth|amount)\b|\b(?:how many|number of|count of)\b.{2,60}\band (?:what|how much) (?:(?:they|those|these|it) )?(?:were|are|was|is) (?:they |those |it )?worth\b/i;

/** 'how many did we sell, and for how much'. */
const AND_FOR_HOW_MUCH =
  /\band their value\b|\bhow many\b.*\band (?:for )?how much(?: (?:money|revenue|in all|altogether))?\s*(?:$|[?.]|in\b)/i;

/** 'total and average order value': the sum that the average is of, and the average. */
const SUM_AND_MEAN =
  /\b(?:total|sum|overall) (?:and|&|plus) (?:the )?(?:average|mean)\b|\b(?:average|mean) (?:and|&|plus) (?:the )?(?:total|sum)\b/i;

function bothWays(named: string[], reading: Reading, model: SemanticModel): string[] | undefined {
  const [first = ''] = named;
  const mean = model.metrics.get(first);
  if (
    named.length === 1 &&
    mean?.kind === 'ratio' &&
    mean.unit.kind === 'money' &&
    SUM_AND_MEAN.test(reading.text)
  )
    return [mean.numerator, first];
  if (named.length !== 1 || !BOTH_WAYS.test(reading.text)) return undefined;
  // 'orders marked unavailable, how many were there' asks for the one number twice.
  if (mean?.unit.kind === 'count' && !/\b(?:values?|worth|amounts?|total|sum|how much)\b/i.test(reading.text))
    return undefined;
  const paid = reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'payment_method'));
  if (paid && first === 'orders' && model.metrics.has('payments')) return ['payments', first];
  const [money, count] =
    model.metrics.get(first)?.unit.kind === 'money' ? [first, COUNT_OF[first]] : [WORTH_OF[first], first];
  return money && count && model.metrics.has(money) && model.metrics.has(count) ? [money, count] : undefined;
}

const OF_AMOUNT =
  /\b(?:amounts?|values?|totals?|money|cost|sum|pounds?|euros?|average|how much|worth)\b|[£$€]/i;
const OTHERWISE = [
  'share',
  'growth',
  'running',
  'moving',
  'average',
  'maximum',
  'minimum',
  'trend',
  'why',
] as const;

/** 'refunds for damaged goods' may be an amount or a number: both are shown, where nothing is made of them. */
function refundsBothWays(named: string[], reading: Reading, model: SemanticModel): boolean {
  if (named.length !== 1 || named[0] !== 'refunds' || !/^refunds?$/.test(reading.said['refunds'] ?? ''))
    return false;
  const reasons = [
    ...reading.dimensions.map(({ name }) => name),
    ...reading.filters.flatMap(({ hits }) => hits.map(({ dimension }) => dimension)),
  ].some((name) => /^refund_(?:reason|method)$/.test(name));
  const plain =
    !reading.ranking && !reading.howMany && !reading.periods.comparison && reading.conditions.length === 0;
  return (
    reasons &&
    plain &&
    !OF_AMOUNT.test(reading.text) &&
    !OTHERWISE.some((role) => reading.roles.has(role)) &&
    model.metrics.has('refund_count')
  );
}

function ordered(named: string[], reading: Reading): string[] {
  const conditional = new Set(reading.conditions.map((condition) => condition.metric));
  return [
    ...named.filter((name) => !conditional.has(name)),
    ...named.filter((name) => conditional.has(name)),
  ];
}

export const WORTH_OF: Record<string, string> = {
  cancelled_orders: 'cancellations_amount',
  returned_units: 'returned_value',
  refund_count: 'refunds',
  orders: 'revenue',
  paid_orders: 'payments',
  units: 'revenue',
  stock_on_hand: 'stock_value',
  payment_count: 'payments',
  invoices: 'net_of_all_lines',
  products_sold: 'revenue',
}; // prettier-ignore

export const COUNT_OF: Record<string, string> = {
  payments: 'payment_count',
  refunds: 'refund_count',
  revenue: 'orders',
  expenses: 'ledger_lines',
  cancellations_amount: 'cancelled_orders',
  returned_value: 'returned_units',
  order_total: 'orders',
  gross_sales: 'orders',
}; // prettier-ignore

/** 'how many payments' asks for a count, not for money; null when there is no such count. */
function counted(named: string[], reading: Reading, model: SemanticModel): string[] | null {
  const [first] = named;
  const asked = reading.howMany || COUNTED_AFTER.test(reading.text) || isMostOf(first, reading);
  if (!asked || first === undefined || model.metrics.get(first)?.unit.kind !== 'money') return named;
  const count = COUNT_OF[first];
  // 'the revenue of 2025 and how many orders was that': both are named.
  if (count !== undefined && named.includes(count)) return named;
  if (
    named.slice(1).some((name) => isCountedItself(name, reading, model)) &&
    !isCountedItself(first, reading)
  )
    return named;
  return count !== undefined && model.metrics.has(count) ? [count, ...named.slice(1)] : null;
}

/** 'refunds and number of units returned': what is counted stands behind the count. */
function isCountedItself(name: string, { said, text }: Reading, model?: SemanticModel): boolean {
  const words = said[name];
  if (words === undefined || (model && model.metrics.get(name)?.unit.kind !== 'count')) return false;
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  return at > 0 && /\b(?:how many|number of|no\.? of|count of) (?:the |our |all )?$/i.test(text.slice(0, at));
}

/** 'refunds above 100 pounds in September, how many'. */
const COUNTED_AFTER =
  /[,:;–-] ?how many(?: (?:were|was|are|is|did|have) (?:there|it|they|we)\b.*)?(?: (?:in|of|this|last|since|so)\b.*)?\W*$|\((?:by |the |in )?(?:count|number)\b/i;

/** 'the weekday with most refunds' has the greatest number of them; the highest refunds are an amount. */
function isMostOf(metric: string | undefined, { ranking, said, text }: Reading): boolean {
  const things = said[metric ?? ''] ?? '';
  return (
    /^(?:refunds|payments)$/.test(metric ?? '') &&
    /^(?:most|fewest|least)$/.test(ranking?.word ?? '') &&
    /s$/.test(things) &&
    !/\b(?:money|value|amount|worth|spent|paid|cost)/i.test(text)
  );
}

function amounts(reading: Reading, model: SemanticModel): { label: string; question: string }[] {
  const names = [...reading.metrics, 'orders', 'units'];
  return names.flatMap((name) => {
    const label = model.metrics.get(name)?.label;
    return label
      ? [
          {
            label,
            question: `${label.toLowerCase()}${reading.periods.span ? ` ${sayPeriod(reading.periods.span)}` : ' of all time'}`,
          },
        ]
      : [];
  });
}

/** 'did on-time delivery get better': how many there were says nothing on that, for there may be more orders. */
const IMPROVED = /\b(?:better|worse|improv\w*|worsen\w*|deteriorat\w*)\b/i;
const RATE_OF: Record<string, string> = { orders_on_time: 'on_time_share', orders_late: 'late_share' };

/** 'the slowest delivery' is about how long it takes. */
const DURATIONS: Record<string, string> = {
  delivered_orders: 'delivery_days',
  shipping: 'shipping_days',
};

/** Kinds of customers, and the segment that what they spent is of. */
const BUYERS: Record<string, string> = {
  unique_customers: '',
  new_customers: 'by_new_customers',
  returning_customers: 'by_returning_customers',
  repeat_customers: 'by_returning_customers',
};

/** Next to the name of an account, costs are what was booked on it. */
function booked(metrics: string[], reading: Reading, model: SemanticModel): string[] {
  const onCode = reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'account_code'));
  if (onCode && metrics.length === 0 && !reading.roles.has('why') && model.metrics.has('ledger_movement'))
    return ['ledger_movement'];
  const onAccount = reading.filters.some(({ hits }) =>
    hits.every((hit) => /^(?:account|counterparty)$/.test(hit.dimension)),
  );
  if (!onAccount || !model.metrics.has('expenses')) return metrics;
  // The goods that were sold cost what they cost on no account.
  reading.metrics = reading.metrics.map((name) => (name === 'cost' ? 'expenses' : name));
  metrics = metrics.map((name) => (name === 'cost' ? 'expenses' : name));
  if (metrics.length === 0 && !reading.roles.has('why')) return ['expenses'];
  const beside = ['versus', 'compare', 'share', 'and'].some((role) => reading.roles.has(role as Role));
  if (beside && metrics.every((name) => SALES.has(name))) return ['expenses', ...metrics];
  return metrics;
}

/** 'wages as % of revenue': an account beside one of these is a figure of its own. */
const SALES = new Set(['revenue', 'gross_sales', 'net_revenue', 'orders', 'units', 'gross_margin']);

/** 'how many WALK15 coupons were used': of one that is named, its uses are counted. */
const EACH_USE: Record<string, string> = {
  coupon: 'orders',
  payment_method: 'payment_count',
  refund_reason: 'refund_count',
};

/** The choices are whole questions with the usual figures, made where the question is finished. */
function askForMetric(): ChosenMetrics {
  return { kind: 'ask', asksFigure: true, text: 'Which figure would you like?', questions: [] };
}
