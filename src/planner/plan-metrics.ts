import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { countedBy, countOf } from '../reading/count-metrics.ts';
import { type Reading } from '../reading/reading.ts';
import { type Role } from '../vocabulary/understand-function-words.ts';
import { sayPeriod } from './say-query.ts';

export type ChosenMetrics =
  | { kind: 'metrics'; metrics: string[]; notes: string[] }
  | { kind: 'ask'; text: string; questions: { label: string; question: string }[] }
  | { kind: 'cannot'; text: string };

/** Of an amount or a count, the share that it is of its whole: margin and margin rate, returned units and return rate. */
function rateOf(name: string, model: SemanticModel): string | undefined {
  const metric = model.metrics.get(name);
  if (!metric || metric.unit.kind === 'share') return undefined;
  const rates = [...model.metrics.values()].filter(
    (one) => one.kind === 'ratio' && one.unit.kind === 'share' && one.numerator === name,
  );
  return rates[0]?.name;
}

/** 'margin under 35%' is about the rate, for an amount is no percentage. */
function inPercent(reading: Reading, model: SemanticModel): void {
  for (const condition of reading.conditions) {
    if (condition.unit !== 'percent') continue;
    const named = condition.metric ?? (reading.metrics.length === 1 ? reading.metrics[0] : undefined);
    const rate = named === undefined ? undefined : rateOf(named, model);
    if (named === undefined || rate === undefined) continue;
    condition.metric = rate;
    reading.metrics = [...new Set(reading.metrics.map((name) => (name === named ? rate : name)))];
  }
}

/** What is measured: the metrics named, or those that a verb or a ranking stands for; else it is asked. */
export function chooseMetrics(reading: Reading, model: SemanticModel, reach: Reach): ChosenMetrics {
  inPercent(reading, model);
  const pair = bothWays(reading.metrics, reading, model);
  if (pair) return { kind: 'metrics', metrics: pair, notes: [] };
  if (isAboutPrice(reading))
    return { kind: 'metrics', metrics: ['average_selling_price'], notes: ['by average selling price'] };
  const named = counted(booked(withBudget(reading, model), reading, model), reading, model);
  if (named !== null && named.length > 0 && reading.roles.has('worth')) {
    const [first = ''] = named;
    const each =
      first === 'orders' && reading.roles.has('average') && model.metrics.has('average_order_value');
    const money = each
      ? 'average_order_value'
      : model.metrics.get(first)?.unit.kind === 'money'
        ? first
        : (WORTH_OF[first] ?? '');
    if (!model.metrics.has(money)) {
      return {
        kind: 'ask',
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
  if (named.length > 0) {
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
  if (guess) return { kind: 'metrics', metrics: [guess.metric], notes: guess.note ? [guess.note] : [] };
  return askForMetric();
}

/** 'the most expensive item sold' is judged by its price, and how many were sold is not asked. */
function isAboutPrice({ roles, metrics }: Reading): boolean {
  const judged = roles.has('expensive') || roles.has('cheap');
  return judged && metrics.length > 0 && metrics.every((name) => /^(?:units|products_sold)$/.test(name));
}

/** 'voucher payments: total and how many', 'number and value': the amount and the count. */
const BOTH_WAYS =
  /\b(?:total|value|amount|sum|worth) and (?:how many|(?:the )?(?:number|count))\b|\b(?:how many|number|count) and (?:the |their )?(?:total|value|amount|sum|worth|how much)\b/i;

function bothWays(named: string[], reading: Reading, model: SemanticModel): string[] | undefined {
  const [first = ''] = named;
  if (named.length !== 1 || !BOTH_WAYS.test(reading.text)) return undefined;
  const [money, count] =
    model.metrics.get(first)?.unit.kind === 'money' ? [first, COUNT_OF[first]] : [WORTH_OF[first], first];
  return money && count && model.metrics.has(money) && model.metrics.has(count) ? [money, count] : undefined;
}

function ordered(named: string[], reading: Reading): string[] {
  const conditional = new Set(reading.conditions.map((condition) => condition.metric));
  return [
    ...named.filter((name) => !conditional.has(name)),
    ...named.filter((name) => conditional.has(name)),
  ];
}

const WORTH_OF: Record<string, string> = {
  cancelled_orders: 'cancellations_amount',
  returned_units: 'returned_value',
  refund_count: 'refunds',
  orders: 'revenue',
  units: 'revenue',
  stock_on_hand: 'stock_value',
  payment_count: 'payments',
  invoices: 'net_of_all_lines',
  products_sold: 'revenue',
}; // prettier-ignore

const COUNT_OF: Record<string, string> = {
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
  if (!reading.howMany || first === undefined || model.metrics.get(first)?.unit.kind !== 'money')
    return named;
  const count = COUNT_OF[first];
  return count !== undefined && model.metrics.has(count) ? [count, ...named.slice(1)] : null;
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
  const onAccount = reading.filters.some((filter) => filter.hits.every((hit) => hit.dimension === 'account'));
  if (!onAccount || !model.metrics.has('expenses')) return metrics;
  if (metrics.length === 0 && !reading.roles.has('why')) return ['expenses'];
  const beside = ['versus', 'compare', 'share', 'and'].some((role) => reading.roles.has(role as Role));
  if (beside && metrics.every((name) => SALES.has(name))) return ['expenses', ...metrics];
  return metrics.map((name) => (name === 'cost' ? 'expenses' : name));
}

/** 'wages as % of revenue': an account beside one of these is a figure of its own. */
const SALES = new Set(['revenue', 'gross_sales', 'net_revenue', 'orders', 'units', 'gross_margin']);

/** 'revenue against budget' means the revenue budget, not that of expenses. */
function withBudget(reading: Reading, model: SemanticModel): string[] {
  const metrics = [...reading.metrics];
  const against = reading.roles.has('versus') || reading.roles.has('compare') || reading.roles.has('and');
  if (reading.roles.has('spend') && against && metrics.length === 1 && metrics[0] === 'expense_budget')
    return ['expenses', 'expense_budget', 'expense_variance'].filter((name) => model.metrics.has(name));
  const [only] = metrics;
  if (
    reading.roles.has('average') &&
    only === 'median_order_value' &&
    model.metrics.has('average_order_value')
  )
    return ['average_order_value', ...metrics];
  const judged = against || REACHED.test(reading.text);
  if (judged && metrics.length === 1 && only === 'revenue_budget')
    return ['revenue', 'revenue_budget', 'revenue_variance'].filter((name) => model.metrics.has(name));
  const actual = /\bactuals?\b/i.test(reading.text) && (against || metrics.length === 1);
  const onAccount =
    against && reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'account'));
  if ((actual || onAccount) && metrics.length === 1 && only === 'expense_budget')
    return ['expenses', 'expense_budget', 'expense_variance'].filter((name) => model.metrics.has(name));
  const sales = metrics.some(
    (name) => name === 'revenue' || name === 'gross_sales' || name === 'net_revenue',
  );
  if (!sales || metrics.includes('expenses') || !model.metrics.has('revenue_budget')) return metrics;
  return [...new Set(metrics.map((name) => (name === 'expense_budget' ? 'revenue_budget' : name)))];
}

/** 'did we hit the sales target', 'are we below plan'. */
const REACHED =
  /\b(?:ahead of|behind|hit|hits|miss|missed|missing|reach|reached|meet|met|make|made|achieve|achieved|above|below|over|under|beat|on track|short of|off|actuals?)\b/i;

/** 'how many WALK15 coupons were used': of one that is named, its uses are counted. */
const EACH_USE: Record<string, string> = {
  coupon: 'orders',
  payment_method: 'payment_count',
  refund_reason: 'refund_count',
};

/** 'did we hit budget': held against what, is not said. */
const HIT =
  /\b(?:hit|miss|missed|meet|met|beat|make|made|reach|reached|achieve|achieved|on|within|against)\b/i;

function budgets(reading: Reading): { label: string; question: string }[] {
  const period = reading.periods.span ? ` ${sayPeriod(reading.periods.span)}` : ' this year';
  return [
    { label: 'Revenue against its budget', question: `revenue against revenue budget${period}` },
    { label: 'Costs against their budget', question: `expenses against expense budget${period}` },
  ];
}

/** Of these a share needs a part: 'what share of revenue' alone is asked back. */
const WHOLES = new Set([
  'revenue',
  'orders',
  'units',
  'unique_customers',
  'expenses',
  'payments',
  'gross_margin',
]);

/** 'what share of orders were cancelled' is a rate that the model has. */
function ratioOf(reading: Reading, named: string[], model: SemanticModel): string | undefined {
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
    if (metric.numerator !== named[0] || WHOLES.has(metric.numerator)) return false;
    const plain = reading.dimensions.length === 0 && reading.filters.length === 0 && reading.grain === null;
    const said = reading.said[named[0]] ?? '';
    return plain || AS_PERCENT.test(reading.text) || OF_WHICH.test(said) || isCalledRate(said, reading.text);
  });
  return match.length === 1 ? match[0]?.name : undefined;
}

/** 'how much stock do we hold and what is it worth'. */
const ALSO_WORTH =
  /\band (?:what|how much)(?: money)? (?:is|are|was|were) (?:it|they|that|those|these) worth\b/i;

/** 'the discount in Q3 and its share of gross sales': both are wanted. */
const AND_ITS_SHARE = /\band (?:its|the|their|what|which) (?:share|percentage|percent|proportion|rate)\b/i;

/** 'refunds relative to sales'. */
const RELATIVE =
  /\b(?:relative to|in relation to|in proportion to|as (?:a |an? )?(?:share|percentage|percent|proportion|fraction|%) of)\b/i;

/** 'delivered on time percentage by branch'. */
function isCalledRate(said: string, text: string): boolean {
  const at = said === '' ? -1 : text.toLowerCase().indexOf(said);
  return at >= 0 && /^ ?(?:percentage|percent|pct|%|rate|ratio)/i.test(text.slice(at + said.length));
}

/** 'late orders as a percentage': of their own whole. */
const AS_PERCENT = /\b(?:as (?:a |an )?(?:percentage|percent|%|rate)|in (?:percent|%))(?! (?:of|share)\b)/i;

/** 'what percentage of orders arrived late each month': the whole is named, then what happened to it. */
const OF_WHICH =
  /^(?:orders?|invoices?|deliver(?:y|ies)|documents?|items?|units?|customers?)\b.* ?\b(?:late|cancell?ed|returned|refunded|on time|in time|again)$/;

/** 'revenue per order', 'spend per customer': a ratio that the model has; else it is a breakdown. */
function perOf(reading: Reading, named: string[], model: SemanticModel): string | undefined {
  const { per } = reading;
  const [first] = named;
  if (!per) return undefined;
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

/** 'how many gift cards did we sell': what is paid with is not what is sold. */
function isOnlyPaidBy(reading: Reading): boolean {
  return (
    reading.filters.length === 1 &&
    reading.filters.every(({ hits }) => hits.every((hit) => hit.dimension === 'payment_method'))
  );
}

/** What is counted when one asks for the most common of these. */
const USED: Record<string, string> = {
  payment_method: 'payment_count',
  installments: 'payment_count',
  refund_reason: 'refund_count',
  refund_method: 'refund_count',
  channel: 'orders',
  coupon: 'orders',
  country: 'orders',
  state: 'orders',
  city: 'orders',
  branch: 'orders',
  region: 'orders',
  order_status: 'orders',
  hour_of_day: 'orders',
  weekday: 'orders',
  order_size: 'orders',
}; // prettier-ignore

/** 'are we ahead of last year' is about the business as a whole. */
const AHEAD = /\bare we (?:\w+ )?(?:ahead|behind|up|down|doing better|doing worse)\b/i;

const PRODUCT_LIKE = /^(?:product|product_id|sku|category|subcategory|department|brand)$/;

/** By what is paid with, payments are meant before all else. */
function candidatesFor(reading: Reading): string[] {
  const paid = reading.dimensions.some((one) => /^(?:payment_method|installments)$/.test(one.name));
  return paid ? ['payments', ...CANDIDATES] : CANDIDATES;
}

const CANDIDATES = ['revenue', 'orders', 'payments', 'refunds', 'expenses', 'stock_on_hand'];

function impliedMetric(
  reading: Reading,
  model: SemanticModel,
  reach: Reach,
): { metric: string; note: string | null } | undefined {
  const { roles } = reading;
  const pick = (metric: string, note: string | null): { metric: string; note: string | null } | undefined =>
    model.metrics.has(metric) ? { metric, note } : undefined;
  const productFilter = reading.filters.some((filter) =>
    filter.hits.some((hit) => PRODUCT_LIKE.test(hit.dimension)),
  );
  const productSubject = reading.dimensions.some(
    (one) => one.how === 'subject' && PRODUCT_LIKE.test(one.name),
  );
  const subject = reading.dimensions.find((one) => one.how === 'subject');
  const customers =
    reading.dimensions.some((one) => /^customer/.test(one.name)) ||
    reading.filters.some((filter) =>
      filter.hits.some((hit) => /^customer|^country$|^city$|^state$/.test(hit.dimension)),
    ) ||
    roles.has('who');
  if (roles.has('busy')) return pick('orders', "'busiest' was read as the most orders");
  if (roles.has('quiet')) return pick('orders', "'quietest' was read as the fewest orders");
  if (roles.has('expensive') || roles.has('cheap'))
    return pick('average_selling_price', 'by average selling price');
  const used = reading.dimensions.find((one) => USED[one.name] !== undefined);
  const ranked = reading.ranking !== null && /\bused?\b/i.test(reading.text);
  if ((roles.has('popular') || ranked) && used) {
    return pick(
      USED[used.name] ?? 'orders',
      `'${reading.ranking?.word ?? 'popular'}' was read as the most often`,
    );
  }
  if (roles.has('popular') || /popular|least sold/.test(reading.ranking?.word ?? ''))
    return pick('units', "'popular' was read as units sold");
  const judged =
    subject !== undefined && ['growth', 'versus', 'than'].some((role) => roles.has(role as Role));
  if (roles.has('how-many') && !judged) {
    const moving = roles.has('sell') || roles.has('buy');
    if (productFilter && (moving || !subject) && !(reading.distinct && subject))
      return pick('units', 'counted in units');
    if (subject && reading.conditions.length === 0) {
      if (moving && subject.name === 'product' && !reading.ranking && !reading.distinct) {
        reading.dimensions = reading.dimensions.filter((one) => one !== subject);
        return pick('units', 'counted in units');
      }
      const onFile = /\b(?:range|catalog|catalogue|assortment|portfolio|on file|do we have|are there)\b/i;
      const count =
        subject.name === 'product' && onFile.test(reading.text)
          ? 'products_total'
          : countOf(subject.name, model);
      if (count && !reading.ranking) {
        reading.dimensions = reading.dimensions.filter((one) => one !== subject);
        return pick(count, null);
      }
      if (!reading.ranking) {
        return pick('orders', 'each one is listed; the number of rows is the count');
      }
    }
    if (roles.has('buy') && !subject) return pick('orders', null);
    if (reading.filters.some((filter) => filter.hits.some((hit) => hit.dimension === 'order_status')))
      return pick('orders', null);
    if (roles.has('sell') && !isOnlyPaidBy(reading)) return pick('units', 'counted in units');
  }
  if (roles.has('spend')) {
    const elsewhere = reading.dimensions.some((one) => !reach.dimension('expenses', one.name));
    return customers || elsewhere
      ? pick('revenue', 'what customers spent was read as revenue')
      : pick('expenses', null);
  }
  if (roles.has('sell') && /\b(?:sell|sold|selling) (?:the )?most of\b/i.test(reading.text))
    return pick('units', 'measured by units sold');
  if (roles.has('sell') && isOnlyPaidBy(reading)) return undefined;
  if (roles.has('sell') || roles.has('earn') || roles.has('buy')) {
    return pick(
      'revenue',
      roles.has('buy')
        ? 'what was bought was read as revenue'
        : roles.has('earn')
          ? 'read as revenue'
          : 'measured by revenue',
    ); // prettier-ignore
  }
  const methods = reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'payment_method'));
  if (methods && (roles.has('how-much') || /\bmoney\b/i.test(reading.text))) return pick('payments', null);
  if (reading.ranking && subject?.name === 'refund_reason' && (roles.has('worth') || roles.has('spend')))
    return pick('refunds', null);
  if (reading.ranking && subject?.name === 'refund_reason')
    return pick('refund_count', 'by the number of refunds');
  if (reading.ranking && (subject || reading.subjectUnit || reading.dimensions.length > 0)) {
    const reached = candidatesFor(reading).find(
      (name) => model.metrics.has(name) && reading.dimensions.every((one) => reach.dimension(name, one.name)),
    );
    if (reached)
      return pick(
        reached,
        `'${reading.ranking.word}' was read as by ${(model.metrics.get(reached)?.label ?? reached).toLowerCase()}`,
      );
  }
  const pair = reading.filters.filter((filter) => !filter.negated).length > 1;
  if (pair && reading.periods.span && (roles.has('compare') || roles.has('than')))
    return pick('revenue', 'measured by revenue');
  const things = reading.filters.length + reading.segments.length;
  if (roles.has('versus') && reading.filters.length > 1) return pick('revenue', 'measured by revenue');
  if (roles.has('share') && things > 1) return pick('revenue', 'measured by revenue');
  if (
    (roles.has('compare') || roles.has('versus') || roles.has('growth')) &&
    reading.periods.comparison &&
    (productFilter || subject || AHEAD.test(reading.text))
  )
    return pick('revenue', 'measured by revenue');
  const broken = reading.dimensions.length > 0;
  if (
    broken &&
    ((roles.has('growth') && reading.periods.comparison) || (roles.has('share') && !roles.has('again')))
  )
    return pick('revenue', 'measured by revenue');
  if (roles.has('growth') && subject && (reading.periods.span !== undefined || reading.change !== null))
    return pick('revenue', 'measured by revenue');
  if (reading.conditions.some((condition) => condition.metric !== null)) {
    return pick(reading.conditions.find((condition) => condition.metric !== null)?.metric ?? '', null);
  }
  if (
    (roles.has('list') || roles.has('which') || productSubject) &&
    reading.dimensions.length > 0 &&
    !roles.has('by')
  ) {
    const reached = candidatesFor(reading).find(
      (name) => model.metrics.has(name) && reading.dimensions.every((one) => reach.dimension(name, one.name)),
    );
    if (reached)
      return pick(reached, `those that have ${(model.metrics.get(reached)?.label ?? reached).toLowerCase()}`);
  }
  return undefined;
}

/** The choices are whole questions with the usual figures, made where the question is finished. */
function askForMetric(): ChosenMetrics {
  return { kind: 'ask', text: 'Which figure would you like?', questions: [] };
}
