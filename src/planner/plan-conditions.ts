import type { Having, Members, MetricQuery } from '../domain/metric-query.ts';
import { countOf } from '../reading/count-metrics.ts';
import { havingOf } from '../reading/read-conditions.ts';
import type { ConditionRead, Reading } from '../reading/reading.ts';
import { capital, periodText, words } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

/** Numbers that something must reach: of a row, of whole members, or of each group that is shown. */
export function conditionsOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const often = boughtSoOften(reading, needs);
  if (often && query.dimensions.every((name) => name === 'customer')) {
    query.metrics = [often];
    query.dimensions = [];
    return null;
  }
  for (const said of reading.conditions) {
    const condition = asRate(said, query, needs);
    if (condition.dimension) {
      const { dimension, operator, values } = condition;
      query.filters.push({ dimension, operator, values });
      continue;
    }
    const asked =
      (condition.of !== null && ofMembers(condition, reading, query, needs, notes)) ||
      onEachGroup(condition, reading, query, needs, notes);
    if (asked && asked !== true) return asked;
  }
  return null;
}

/** The rate that a percentage is of, where its amount or number was named: 'margin below 30 %'. */
const RATES: Record<string, string> = {
  gross_margin: 'margin_rate',
  discounts: 'discount_rate',
  returned_units: 'return_rate',
  refunds: 'refund_rate',
  orders_late: 'late_share',
  orders_on_time: 'on_time_share',
  cancelled_orders: 'cancellation_rate',
  expense_variance: 'expense_variance_rate',
};

function asRate(condition: ConditionRead, query: MetricQuery, needs: PlanningNeeds): ConditionRead {
  const name = condition.metric ?? (query.metrics.length === 1 ? query.metrics[0] : undefined) ?? '';
  const rate = condition.unit === 'percent' ? RATES[name] : undefined;
  if (rate === undefined || !needs.model.metrics.has(rate)) return condition;
  query.metrics = query.metrics.map((one) => (one === name ? rate : one));
  if (query.ranking?.by === name) query.ranking.by = rate;
  return { ...condition, metric: rate };
}

/** Members that are counted, or whose figures are added up; false where each one is listed instead. */
function ofMembers(
  condition: ConditionRead,
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): boolean {
  const of = condition.of ?? '';
  const metric = needs.model.metrics.get(condition.metric ?? '');
  const dimension = needs.model.dimensions.get(of);
  if (!metric || !dimension || !needs.reach.dimension(metric.name, of)) return false;
  const count = countOf(of, needs.model);
  const counting = isCounting(reading, of);
  const alone = query.dimensions.length === 0 && query.metrics.every((name) => name === count);
  const asList = reading.roles.has('list') && alone && !counting;
  if (asList) query.dimensions.push(of);
  const listed = query.dimensions.includes(of) && !counting && !isOfThem(reading);
  if (listed) return false;
  if (!counting && asksWhich(reading, count, of)) {
    query.dimensions = [of];
    query.metrics = [metric.name];
    return false;
  }
  const having = havingOf(condition, metric.name, metric.unit.kind === 'share');
  const others = query.metrics.filter((name) => name !== metric.name || name === 'revenue');
  const named = others.filter((name) => reading.metrics.includes(name) || reading.roles.has('worth'));
  query.dimensions = query.dimensions.filter((name) => name !== of);
  query.metrics = named.length > 0 ? named : count ? [count] : query.metrics;
  if (
    counting &&
    count &&
    !query.metrics.some((name) => needs.model.metrics.get(name)?.unit.kind === 'money')
  )
    query.metrics = [COUNTED_AS.test(query.metrics[0] ?? '') ? (query.metrics[0] ?? count) : count];
  if (!query.metrics.every((name) => needs.reach.dimension(name, of))) return false;
  const members: Members = { dimension: of, having: [having], ranking: null };
  const there = query.members?.find((one) => one.dimension === of && one.ranking === null);
  if (there) there.having.push(having);
  else query.members = [...(query.members ?? []), members];
  if (of === 'order_number' && metric.name === 'revenue')
    notes.push('what an order is worth was read as its revenue');
  return true;
}

/** 'share of customers with more than 3 orders' is of how many there are. */
const SHARE_OF_THEM =
  /\b(?:share|percentage|percent|per cent|pct|proportion|fraction|%) of (?:our |all |the |of )*(?:customers|buyers|shoppers|clients|orders|invoices|products|sellers)\b/i;

/** 'revenue from customers with more than 5 orders' is that of all of them together. */
function isOfThem({ text, roles, metrics }: Reading): boolean {
  return (
    metrics.length > 0 &&
    !['by', 'each', 'which', 'list', 'who'].some((role) => roles.has(role as 'by')) &&
    /^(?:(?:what(?:['’]s| is| was| were| are)?|show|give|the|me|total|our|how much) )*[\p{L} ]{3,25}? (?:from|of) (?:the |our |all )?(?:orders|customers|buyers|invoices|clients) (?:with|who|that|having|worth|over|above|under|below)\b/iu.test(
      text,
    ) &&
    !/^\s*(?:list|number|share|count|names?)\b/i.test(text)
  );
}

/** 'number of orders by state, only states with more than 100' counts orders, and no states. */
function isCounting({ roles, howMany, dimensions, text }: Reading, of: string): boolean {
  return (
    (roles.has('how-many') || howMany || SHARE_OF_THEM.test(text)) &&
    !dimensions.some(({ name, how }) => name === of && how === 'by')
  );
}

/** 'Which customers bought more than 5 times': each of them, and no other figure. */
function asksWhich(reading: Reading, count: string | undefined, of: string): boolean {
  const { roles, metrics } = reading;
  if (reading.dimensions.some((one) => one.how === 'subject' && one.name !== of)) return false;
  const asked = roles.has('which') || roles.has('list') || roles.has('who');
  return asked && reading.conditions.length === 1 && metrics.every((name) => name === count);
}

const COUNTED_AS = /^(?:orders|invoices|cancelled_orders|new_customers|unique_customers|products_sold)$/;

/** 'categories with at least 100 orders': the condition is on each row that is shown. */
function onEachGroup(
  condition: ConditionRead,
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const name = condition.metric ?? (query.metrics.length === 1 ? query.metrics[0] : undefined);
  const metric = needs.model.metrics.get(name ?? '');
  const grouped = query.dimensions.length > 0 || query.grain !== null;
  if (
    !metric ||
    !grouped ||
    (condition.unit === 'money' && metric.unit.kind !== 'money') ||
    (condition.unit === 'percent' && metric.unit.kind !== 'share')
  )
    return whatShouldBe(condition, query, needs);
  const [subject] = query.dimensions;
  const counted = isCounting(reading, subject ?? '');
  const whole = subject === undefined ? undefined : countOf(subject, needs.model);
  const timed = query.period !== null && needs.model.metrics.has('branches_selling');
  const count = whole === 'branches_total' && timed ? 'branches_selling' : whole;
  const having = havingOf(condition, metric.name, metric.unit.kind === 'share') satisfies Having;
  if (counted && subject !== undefined && count && query.dimensions.length === 1 && query.grain === null) {
    if ([count, metric.name].every((one) => needs.reach.dimension(one, subject))) {
      query.metrics = [count];
      query.dimensions = [];
      query.members = [...(query.members ?? []), { dimension: subject, having: [having], ranking: null }];
      return null;
    }
  }
  query.having.push(having);
  if (!query.metrics.includes(metric.name)) query.metrics.push(metric.name);
  const nameless = query.dimensions.find((one) => /^(?:customer|seller)$/.test(one));
  if (nameless && !query.filters.some((filter) => filter.dimension === nameless))
    query.filters.push({ dimension: nameless, operator: 'is-not-empty', values: [] });
  if (counted) notes.push('each one is listed; the number of rows is the count');
  return null;
}

function whatShouldBe(condition: ConditionRead, query: MetricQuery, needs: PlanningNeeds): Planned {
  const said = condition.values.join(' and ');
  const by = query.metrics[0] ?? 'revenue';
  const figure = (needs.model.metrics.get(by)?.label ?? by).toLowerCase();
  return {
    kind: 'ask',
    text: `What should be ${words(condition.operator)} ${said}?`,
    questions: ['category', 'product', 'customer', 'branch', 'country']
      .filter((one) => needs.model.dimensions.has(one) && needs.reach.dimension(by, one))
      .map((one) => {
        const plural = needs.model.dimensions.get(one)?.plural ?? one;
        const question = `which ${plural} have ${figure} ${words(condition.operator)} ${said}${periodText(query)}`;
        return { label: capital(`${plural} with ${figure} ${words(condition.operator)} ${said}`), question };
      }),
  };
}

/** 'How many customers bought more than once', '... just once': metrics of their own. */
function boughtSoOften(reading: Reading, needs: PlanningNeeds): string | undefined {
  const [condition] = reading.conditions;
  const counting = reading.roles.has('how-many') || reading.howMany;
  if (reading.conditions.length !== 1 || !condition || !counting) return undefined;
  const customers =
    reading.metrics.includes('unique_customers') || reading.dimensions.some((one) => one.name === 'customer');
  const orders =
    condition.metric === 'orders' ||
    (reading.roles.has('buy') && (condition.metric === null || condition.metric === 'unique_customers'));
  if (!customers || !orders) return undefined;
  const [first = ''] = condition.values;
  const twice =
    (condition.operator === 'more-than' && first === '1') ||
    (condition.operator === 'at-least' && first === '2');
  const once =
    (condition.operator === 'between' && first === '1' && condition.values[1] === '1') ||
    (condition.operator === 'less-than' && first === '2') ||
    (condition.operator === 'at-most' && first === '1');
  const name = twice ? 'repeat_customers' : once ? 'one_time_customers' : '';
  return needs.model.metrics.has(name) ? name : undefined;
}
