import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { askWhichBudget } from './ask-which-budget.ts';
import { byDayOfEvent } from './by-day-of-event.ts';
import { placesOfSellers } from './of-sellers.ts';
import { budgetTimes } from './plan-budget-times.ts';
import { onlyBudgeted, onlyThoseThat } from './plan-budgeted.ts';
import { heedBystanders } from './plan-bystanders.ts';
import { changedOf } from './plan-changed.ts';
import { conditionsOf } from './plan-conditions.ts';
import { dropOwnCurrency } from './plan-currency.ts';
import { doubtOf } from './plan-doubts.ts';
import { exchange } from './plan-exchanges.ts';
import { dimensionsOf, filtersOf } from './plan-filters.ts';
import { noneOfBoth } from './plan-impossible.ts';
import { kindsOfBranches } from './plan-kinds-of-branches.ts';
import { nameLargestOrder } from './plan-largest-order.ts';
import { lateNow } from './plan-late-now.ts';
import { chooseMetrics } from './plan-metrics.ts';
import { ofWhich } from './plan-of-which.ts';
import { otherTimeOf } from './plan-other-times.ts';
import { dayByDay, inEveryYear, onlyParts, weekendByWeekend } from './plan-parts-of-time.ts';
import { rankingOf } from './plan-ranking.ts';
import { unreachableOf } from './plan-reach.ts';
import { shapeOf } from './plan-shapes.ts';
import { shareOf, sharesOverTime } from './plan-shares.ts';
import { stepsAreListed, timesOf } from './plan-times.ts';
import { untraced } from './plan-traces.ts';
import { unplaced } from './plan-unplaced.ts';
import { whyOf } from './plan-why.ts';
import { besideOrders } from './plan-with-orders.ts';
import { capital, label } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayPeriod } from './say-query.ts';

/** Turns what was read into one metric query; asks where two readings would give two numbers. */
export function planReading(reading: Reading, needs: PlanningNeeds): Planned {
  const both = buyersOfBoth(reading);
  if (both) return both;
  const late = lateNow(reading);
  if (late) return late;
  const chosen = chooseMetrics(reading, needs.model, needs.reach);
  if (chosen.kind !== 'metrics') return chosen;
  const { metrics } = chosen;
  if (reading.unlike) return cannotStandBeside(reading.unlike, metrics, reading, needs);
  const notes = [...reading.notes, ...chosen.notes];
  const query = metricQuery({ metrics });

  const time = timesOf(reading, needs, notes);
  query.period = time.period;
  query.comparison = time.comparison;
  query.grain =
    reading.grain ?? (reading.periods.grain && !isAddedUp(reading) ? reading.periods.grain : null);

  budgetTimes(query, needs, notes);
  const filtered = filtersOf(reading, query, needs, notes);
  if (filtered) return filtered;
  onlyParts(reading, query);
  dayByDay(reading, query, needs);
  weekendByWeekend(reading, query);
  inEveryYear(reading, query, needs, notes);
  besideOrders(reading.text, query, needs.model);
  const impossible = noneOfBoth(query, needs);
  if (impossible) return impossible;
  dimensionsOf(reading, query);
  withoutTheCounted(query, needs);
  kindsOfBranches(query, needs);
  const budget = askWhichBudget(reading, query, needs);
  if (budget) return budget;
  setApart(reading, query);
  bothKinds(reading, query, needs);
  if (reading.ratio) query.calculations.push({ kind: 'ratio', ...reading.ratio });
  const shared = shareOf(reading, query, needs, notes);
  if (shared) return shared;
  if (reading.roles.has('why')) return whyOf(reading, query, time.span, needs, notes);
  const shaped = shapeOf(reading, query, time.span, needs, notes);
  if (shaped) return shaped;
  sharesOverTime(query, needs);
  ofWhich(reading, query);
  const ranked = rankingOf(reading, query, needs, notes);
  if (ranked) return ranked;
  heedBystanders(reading, query);
  const emptyOne = query.dimensions.find((name) => isWithoutValues(name, needs));
  if (emptyOne) {
    return {
      kind: 'cannot',
      text: `No ${needs.model.dimensions.get(emptyOne)?.plural ?? emptyOne} are on file, so I cannot tell anything apart by them.`,
    };
  }
  dropOwnCurrency(query, needs);
  placesOfSellers(query, needs);
  byDayOfEvent(reading, query, needs, notes);
  nameLargestOrder(query, needs);
  exchange(reading, query, needs, notes);
  changedOf(reading, query, needs, notes);
  stepsAreListed(query, notes);
  const other = otherTimeOf(reading, query, needs, notes);
  if (other) return other;
  const conditioned = conditionsOf(reading, query, needs, notes);
  if (conditioned) return conditioned;
  onlyThoseThat(reading, query);
  onlyBudgeted(query, needs, notes);
  const unreachable = unreachableOf(query, needs, reading);
  if (unreachable) return unreachable;
  const doubt = doubtOf(reading, query, needs);
  if (doubt) return doubt;
  const passedOver = unplaced(reading, query, needs.model) ?? untraced(reading, query, needs.model);
  if (passedOver !== null) return notTraced(passedOver);
  if (query.period === null && reading.periods.span === undefined) notes.push('no period was said: all data');
  const sure = 1 - 0.05 * Math.min(4, chosen.notes.length + reading.notes.length);
  return { kind: 'query', query, notes: [...new Set(notes)], confidence: Math.round(sure * 100) / 100 };
}

export function notTraced(said: string): Planned {
  return { kind: 'ask', text: `I am not sure what ${said} is about here.`, questions: [] };
}

/** A column of names that has none: whatever is asked by it, there is nothing to tell. */
function isWithoutValues(name: string, needs: PlanningNeeds): boolean {
  return (
    needs.values !== undefined &&
    needs.values.size > 0 &&
    needs.model.dimensions.get(name)?.values.kind === 'column' &&
    NAMED_ONLY.has(name) &&
    needs.values.valuesOf(name).length === 0
  );
}

const NAMED_ONLY = new Set([
  'seller',
  'seller_city',
  'seller_state',
  'brand',
  'department',
  'subcategory',
  'coupon',
  'refund_reason',
  'refund_method',
]);

/** 'customers who bought boots and sandals': those of both, or of either? The number differs. */
function buyersOfBoth(reading: Reading): Planned | undefined {
  const values = reading.filters.filter((filter) => !filter.negated);
  const people = reading.metrics.some((name) => /customers$/.test(name));
  const orders =
    /^(?:orders|invoices)$/.test(reading.metrics.join()) && /\bboth\b|\btogether\b/i.test(reading.text);
  const counted = people ? 'customers who bought' : 'orders with';
  const goods = values.filter((filter) =>
    /^(?:product|product_id|sku|category|subcategory|department|brand)$/.test(
      filter.hits[0]?.dimension ?? '',
    ),
  );
  const same = new Set(goods.map((filter) => filter.hits[0]?.dimension)).size < goods.length;
  if ((!people && !orders) || !same || !reading.roles.has('and') || reading.roles.has('or')) return undefined;
  const names = values.map((filter) => `"${filter.hits[0]?.value ?? ''}"`);
  const { span } = reading.periods;
  const period = span ? ` ${sayPeriod(span)}` : '';
  return {
    kind: 'ask',
    text: `I cannot count those ${people ? 'who bought' : 'with'} both. Would one of these do?`,
    questions: [
      {
        label: `${capital(counted)} either`,
        question: `${counted} ${names.join(' or ')}${period}`,
      },
      ...names.map((name) => ({
        label: `${capital(counted)} ${name}`,
        question: `${counted} ${name}${period}`,
      })),
    ],
  };
}

/** 'new vs returning customers': each kind has a figure of its own, and nobody is of both; of another figure they are two sides. */
function bothKinds(reading: Reading, query: MetricQuery, { model, reach }: PlanningNeeds): void {
  const kinds = ['new_customers', 'returning_customers'];
  const [figure, another] = query.metrics.filter((name) => !kinds.includes(name));
  if (
    figure !== undefined &&
    another === undefined &&
    query.metrics.length === 3 &&
    reading.roles.has('versus') &&
    reach.dimension(figure, 'customer_type')
  ) {
    query.metrics = [figure];
    query.dimensions.push('customer_type');
    return;
  }
  const plain =
    query.metrics.join() === 'unique_customers' && !reading.ranking && !reading.roles.has('share');
  if (
    !plain ||
    !query.dimensions.includes('customer_type') ||
    !kinds.every((name) => model.metrics.has(name))
  )
    return;
  query.metrics = kinds;
  query.dimensions = query.dimensions.filter((name) => name !== 'customer_type');
  query.filters = query.filters.filter(({ dimension }) => dimension !== 'customer_type');
}

/** 'cities our shoppers come from, by number of customers': each customer would be one of the customers. */
function withoutTheCounted(query: MetricQuery, { model }: PlanningNeeds): void {
  if (query.dimensions.length < 2 || query.metrics.length !== 1) return;
  const unit = model.metrics.get(query.metrics[0] ?? '')?.unit;
  if (unit?.kind !== 'count' || unit.of !== 'customers') return;
  query.dimensions = query.dimensions.filter((name) => name !== 'customer');
}

/** 'the UK against the rest': the named values each by itself, all others together. */
function setApart(reading: Reading, query: MetricQuery): void {
  if (!reading.apart) return;
  const filter = query.filters.find(({ operator }) => operator === 'in');
  if (!filter) return;
  query.apart = { dimension: filter.dimension, values: filter.values };
  query.filters = query.filters.filter((one) => one !== filter);
  if (!query.dimensions.includes(filter.dimension)) query.dimensions.push(filter.dimension);
}

function cannotStandBeside(
  pair: NonNullable<Reading['unlike']>,
  metrics: string[],
  reading: Reading,
  needs: PlanningNeeds,
): Planned {
  const { span } = reading.periods;
  const period = span ? ` ${sayPeriod(span)}` : '';
  const figure = (needs.model.metrics.get(metrics[0] ?? '')?.label ?? 'revenue').toLowerCase();
  const kinds = pair.map(({ hits: [hit] }) => ({
    value: hit?.value ?? '',
    kind: label(needs, hit?.dimension ?? ''),
  }));
  const [one, other] = kinds;
  return {
    kind: 'ask',
    text: `'${one?.value ?? ''}' is a ${one?.kind ?? ''} and '${other?.value ?? ''}' a ${other?.kind ?? ''}. Which would you like?`,
    questions: kinds.map(({ value, kind }) => ({
      label: `${figure.charAt(0).toUpperCase()}${figure.slice(1)} for ${kind} ${value}`,
      question: `${figure} for ${kind} "${value}"${period}`,
    })),
  };
}

/** 'in 2024, 2025 and 2026 together'; 'overall' says that nothing is broken down by anything else. */
function isAddedUp({ roles, text }: Reading): boolean {
  return roles.has('combined') && !/\boverall\b/i.test(text);
}
