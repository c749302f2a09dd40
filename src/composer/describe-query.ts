import type { Understood } from '../domain/answer.ts';
import { addMonths, daysBetween } from '../domain/day.ts';
import type { Calculation, Filter, Having, Members, MetricQuery } from '../domain/metric-query.ts';
import { ordinal } from '../domain/ordinal.ts';
import { dayInWords, inWords, lengthInDays, type Period } from '../domain/period.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { isShareOf, singular } from './ratio-of-figures.ts';
import { tidyPeriod, withPreposition } from './say-period.ts';

/** What a query means in people's words, with exact dates: the one line above every answer. */
export function describeQuery(query: MetricQuery, model: SemanticModel, notes: string[]): Understood {
  const metrics = query.metrics.map((name) => metricLabel(name, model));
  const filters = [
    ...query.filters.map((filter) => describeFilter(filter, model) + describeOf(filter, model)),
    ...query.segments.map((name) => model.segments.get(name)?.label ?? name),
    ...query.having.map((having) => describeHaving(having, model)),
    ...(query.members ?? []).map((members) => describeMembers(members, model)),
  ];
  const period = query.period ? inWords(query.period) : null;
  const comparedWith = query.comparison ? comparison(query, inWords(query.comparison.period)) : null;
  const within = query.ranking?.within;
  const said = query.dimensions.filter((name) => name !== within);
  const parts = [
    describeRanking(query, model) ?? capitalise(joined(metrics)),
    ...(said.length > (query.ranking ? 1 : 0)
      ? [`by ${joined(said.map((name) => dimensionLabel(name, model)))}`]
      : []),
    ...(query.apart ? [`${joined(query.apart.values)} against all others`] : []),
    ...(query.acrossGrain ? [`${query.acrossGrain.aggregate} per ${query.acrossGrain.grain}`] : []),
    ...(query.grain ? [`per ${query.grain}`] : []),
    ...query.calculations.map((calculation) =>
      calculation.kind === 'ratio'
        ? describeRatio(calculation, model)
        : calculation.kind === 'moving-average'
          ? `moving average over ${calculation.window} ${query.grain ?? 'row'}s`
          : describeShare(calculation, model),
    ),
    ...filters,
    period ?? 'all time',
    ...(comparedWith ? [`against ${comparedWith}`] : []),
  ];
  return { line: parts.join(', '), metrics, filters, period, comparedWith, notes };
}

/** 'share of all channels', where the part is narrowed by that alone. */
function describeShare(calculation: Calculation, model: SemanticModel): string {
  const whole = calculation.kind === 'share-of-total' ? calculation.whole : undefined;
  if (!whole) return calculation.kind.replaceAll('-', ' ');
  const plurals = whole.flatMap((name) => model.dimensions.get(name)?.plural.toLowerCase() ?? []);
  return `share of ${plurals.length > 0 ? `all ${joined(plurals)}` : 'all'}`;
}

export function metricLabel(name: string, model: SemanticModel): string {
  const label = model.metrics.get(name)?.label ?? name.replaceAll('_', ' ');
  // One that was made for a sentence is written as it is said, with the names in it.
  if (/^[a-z]/.test(label)) return label;
  return label.toLowerCase().replace(/\b(aov|vat|sku)\b/g, (word) => word.toUpperCase());
}

export function dimensionLabel(name: string, model: SemanticModel): string {
  return (model.dimensions.get(name)?.label ?? name.replaceAll('_', ' ')).toLowerCase();
}

/** 'expenses as a share of revenue', 'expenses per new customer'. */
function describeRatio(ratio: { of: string; to: string }, model: SemanticModel): string {
  const [of, to] = [metricLabel(ratio.of, model), metricLabel(ratio.to, model)];
  return isShareOf(ratio, model) ? `${of} as a share of ${to}` : `${of} per ${singular(to)}`;
}

/** ' (of expenses only)'. */
function describeOf({ of }: Filter, model: SemanticModel): string {
  return of ? ` (of ${joined(of.map((name) => metricLabel(name, model)))} only)` : '';
}

/** 'category is Boots or Sandals', 'country is not Germany'. */
export function describeFilter(filter: Filter, model: SemanticModel): string {
  const name = dimensionLabel(filter.dimension, model);
  if (filter.operator === 'in' && model.dimensions.get(filter.dimension)?.type === 'date')
    return `on ${joined(filter.values.map(dayInWords))}`;
  const [first = '', second = ''] = filter.values;
  if (filter.operator === 'between' && first === second) return `${name} is ${first}`;
  switch (filter.operator) {
    case 'in':
      return `${name} is ${joined(filter.values, 'or')}`;
    case 'not-in':
      return `${name} is not ${joined(filter.values, 'or')}`;
    case 'at-least':
      return `${name} is at least ${first}`;
    case 'more-than':
      return `${name} is more than ${first}`;
    case 'at-most':
      return `${name} is at most ${first}`;
    case 'less-than':
      return `${name} is less than ${first}`;
    case 'between':
      return `${name} is from ${first} to ${second}`;
    case 'contains':
      return `${name} contains ${joined(filter.values, 'or')}`;
    case 'not-contains':
      return `${name} does not contain ${joined(filter.values, 'or')}`;
    case 'starts-with':
      return `${name} starts with ${joined(filter.values, 'or')}`;
    case 'is-empty':
      return `${name} is not known`;
    case 'is-not-empty':
      return `${name} is known`;
  }
}

export function joined(words: string[], last = 'and'): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeHaving(having: Having, model: SemanticModel): string {
  const changed = describeChange(having, model) ?? describeBudgeted(having, model);
  if (changed !== null) return changed;
  const [first = '', second = ''] = having.values;
  const name = metricLabel(having.metric, model);
  return having.operator === 'between'
    ? `${name} from ${first} to ${second}`
    : `${name} ${having.operator.replace('-', ' ')} ${first}`;
}

/** 'expenses over budget', 'revenue behind budget', 'a budget'; null for other conditions. */
export function describeBudgeted({ metric, operator, values }: Having, model: SemanticModel): string | null {
  const found = model.metrics.get(metric);
  if (values.length !== 1 || Number(values[0]) !== 0) return null;
  if (/_budget$/.test(metric) && operator === 'more-than') return 'a budget';
  if (found?.kind !== 'derived' || found.plus.length !== 1 || !/_budget$/.test(found.minus[0] ?? ''))
    return null;
  const [over, under] = found.more_is === 'good' ? ['ahead of', 'behind'] : ['over', 'under'];
  const side = {
    'more-than': over,
    'less-than': under,
    'at-least': `on or ${over}`,
    'at-most': `on or ${under}`,
  };
  return operator === 'between'
    ? null
    : `${metricLabel(found.plus[0] ?? '', model)} ${side[operator]} budget`;
}

const CHANGE = /^(.+?)_change(_share)?$/;

/** 'revenue that fell', 'orders that rose by more than 10%': a condition on what a comparison makes; null for others. */
export function describeChange({ metric, operator, values }: Having, model: SemanticModel): string | null {
  const [, name = '', relative] = CHANGE.exec(metric) ?? [];
  if (name === '' || model.metrics.has(metric)) return null;
  const [limit = '0'] = values;
  const fell = operator === 'less-than' || operator === 'at-most';
  const verb = `${metricLabel(name, model)} that ${fell ? 'fell' : 'rose'}`;
  if (Number(limit) === 0) return verb;
  const amount = limit.replace(/^-/, '');
  const much = relative ? `${Number((Number(amount) * 100).toFixed(2))}%` : amount;
  return `${verb} by ${operator === 'at-most' || operator === 'at-least' ? 'at least' : 'more than'} ${much}`;
}

/** 'orders with revenue more than 500', 'of the top 10 products by revenue'. */
export function describeMembers(members: Members, model: SemanticModel): string {
  const { dimension, having, ranking } = members;
  const many = model.dimensions.get(dimension)?.plural.toLowerCase() ?? dimension;
  const other = describeOtherPeriod(members, model);
  if (other !== null) return `of ${many} ${other}`;
  const which = ranking
    ? `of the ${ranking.direction} ${ranking.limit} ${many} by ${metricLabel(ranking.by, model)}`
    : `of ${many}`;
  const those = having.map((one) => describeHaving(one, model));
  return those.length > 0 ? `${which} with ${joined(those)}` : which;
}

/** 'who did not buy in 2026', 'that also sold 1 Jan 2025 to 31 Dec 2025'; null for conditions in the question's own period. */
export function describeOtherPeriod(members: Members, model: SemanticModel): string | null {
  const { dimension, having, ranking, period, without } = members;
  if (!period) return null;
  const dates = inWords(period);
  const bare = dates.includes(' to ') ? `from ${dates}` : `on ${dates}`;
  const when = period.label ? `${withPreposition(period.label)} (${dates})` : bare;
  const [only] = having;
  const plain = having.length === 1 && only?.operator === 'at-least' && only.values[0] === '1' && !ranking;
  const people = dimension === 'customer';
  if (plain && people) return `who ${without ? 'did not buy' : 'also bought'} ${when}`;
  if (plain) return `that ${without ? 'did not sell' : 'also sold'} ${when}`;
  const those = having.map((one) => describeHaving(one, model));
  return `${without ? 'without' : 'with'} ${joined(those)} ${when}`;
}

function describeRanking(query: MetricQuery, model: SemanticModel): string | null {
  if (!query.ranking) return null;
  const others = query.metrics
    .filter((name) => name !== query.ranking?.by)
    .map((name) => metricLabel(name, model));
  const first = query.dimensions.find((name) => name !== query.ranking?.within);
  const one = first ? dimensionLabel(first, model) : (query.grain ?? 'row');
  const many = first ? (model.dimensions.get(first)?.plural.toLowerCase() ?? one) : `${one}s`;
  const what = query.ranking.limit === 1 ? one : many;
  const { within } = query.ranking;
  const inEach =
    within === undefined
      ? ''
      : ` in each ${within === 'period_start' ? (query.grain ?? 'period') : dimensionLabel(within, model)}`;
  const places =
    query.ranking.from === undefined
      ? `${query.ranking.direction} ${query.ranking.limit}`
      : `${ordinal(query.ranking.from)} ${query.ranking.direction === 'top' ? 'highest' : 'lowest'}`;
  const start = `${capitalise(places)} ${what} by ${metricLabel(query.ranking.by, model)}${inEach}`;
  return others.length > 0 ? `${start} with ${joined(others)}` : start;
}

function lengthName(period: Period): string {
  const days = lengthInDays(period);
  if (days === 1) return 'day';
  if (days === 7) return 'week';
  if (period.from.endsWith('-01') && period.to === addMonths(period.from, 1)) return 'month';
  if (period.from.endsWith('-01') && period.to === addMonths(period.from, 3)) return 'quarter';
  return period.to === addMonths(period.from, 12) ? 'year' : 'period';
}

function comparison(query: MetricQuery, dates: string): string {
  const name = comparisonName(query);
  return name === '' || name === dates ? dates : `${name} (${dates})`;
}

function comparisonName(query: MetricQuery): string {
  const label = query.comparison?.period.label;
  if (label) return tidyPeriod(label);
  if (query.comparison?.kind === 'previous-period') return justBefore(query) ?? '';
  if (query.comparison?.kind === 'same-period-last-year') return 'the same period last year';
  return otherName(query);
}

/** 'the week before' where it ends as ours begins, 'the same day a week earlier'; nothing where it lies further back. */
function justBefore({ period, comparison }: Pick<MetricQuery, 'period' | 'comparison'>): string | null {
  const other = comparison?.period;
  if (!other || !period) return null;
  const length = lengthName(other);
  if (other.to === period.from) return `the ${length} before`;
  if (length !== 'day' || lengthName(period) !== 'day') return null;
  return daysBetween(other.from, period.from) === 7 ? 'the same weekday a week earlier' : null;
}

/** A period that nobody named: 'the week before' where it ends as ours begins, the calendar's name, or nothing. */
function otherName({ period, comparison }: MetricQuery): string {
  const other = comparison?.period;
  if (!other) return '';
  const length = lengthName(other);
  const before = justBefore({ period, comparison });
  if (before && length === lengthName(period ?? other)) return before;
  if (length === 'year' && other.from.endsWith('-01-01')) return other.from.slice(0, 4);
  return length === 'month' ? monthInWords(other.from) : '';
}

function monthInWords(day: string): string {
  const words = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return words.format(new Date(`${day}T00:00:00Z`));
}
