import { describeChange } from '../composer/describe-query.ts';
import { addDays } from '../domain/day.ts';
import type { Filter, Having, MetricQuery, Ranking } from '../domain/metric-query.ts';
import { ordinal } from '../domain/ordinal.ts';
import { dayInWords, type Period } from '../domain/period.ts';
import type { SemanticModel } from '../model/semantic-model.ts';

/** A query as the question that asks for it, in full: what a choice offers, and what is understood again when clicked. */
export function sayQuery(query: MetricQuery, model: SemanticModel): string {
  const { ranking } = query;
  const ratio = query.calculations.find(({ kind }) => kind === 'ratio');
  const metrics =
    ratio?.kind === 'ratio'
      ? [`${metricLabel(ratio.of, model)} as a percentage of ${metricLabel(ratio.to, model)}`]
      : query.metrics.map((name) => metricLabel(name, model));
  const by = query.dimensions.map((name) => dimensionLabel(name, model));
  const compared = query.comparison ? ` against ${sayPeriod(query.comparison.period)}` : '';
  const whole = query.calculations.find((one) => one.kind === 'share-of-total')?.whole;
  if (whole) return saySharesOfPart(query, whole, model);
  const rest = [
    ...query.filters.map((filter) => sayFilter(filter, model)),
    ...query.segments.map((name) => segmentLabel(name, model)),
    ...query.having.map((having) => sayHaving(having, model)),
    ...(query.period ? [`${sayPeriod(query.period)}${compared}`] : ['of all time']),
  ];
  const end = rest.join(' ');
  if (ranking && query.dimensions.length > 0) {
    const subject = query.dimensions.find((name) => name !== ranking.within) ?? query.dimensions[0] ?? '';
    const many = model.dimensions.get(subject)?.plural.toLowerCase() ?? subject;
    const inside =
      ranking.within === undefined
        ? ''
        : ` in each ${ranking.within === 'period_start' ? (query.grain ?? 'month') : dimensionLabel(ranking.within, model)}`;
    if (ranking.limit === 1 && ranking.within === undefined)
      return `which ${dimensionLabel(subject, model)} had the ${placeText(ranking)}${ranking.direction === 'top' ? 'highest' : 'lowest'} ${metricLabel(ranking.by, model)} ${end}`;
    return `${ranking.direction} ${ranking.limit} ${many} by ${metricLabel(ranking.by, model)}${inside} ${end}`;
  }
  if (ranking && query.grain) {
    const which = `${placeText(ranking)}${ranking.direction === 'top' ? 'highest' : 'lowest'}`;
    return `which ${query.grain} had the ${which} ${metricLabel(ranking.by, model)} ${end}`;
  }
  const shared = query.calculations.some(({ kind }) => kind === 'share-of-total') ? 'share of ' : '';
  const across = query.acrossGrain ? `${query.acrossGrain.aggregate} ` : '';
  const grain = query.acrossGrain?.grain ?? query.grain;
  const broken = by.length > 0 ? ` by ${by.join(' and ')}` : '';
  return `${across}${shared}${metrics.join(' and ')}${broken}${grain ? ` per ${grain}` : ''} ${end}`;
}

/** 'share of "web" in revenue by category from ...'. */
function saySharesOfPart(query: MetricQuery, whole: string[], model: SemanticModel): string {
  const part = [
    ...query.filters
      .filter(({ dimension }) => whole.includes(dimension))
      .map(({ operator, values }) =>
        operator === 'not-in' ? `all but "${values.join('" and "')}"` : `"${values.join('" or "')}"`,
      ),
    ...query.segments.filter((name) => whole.includes(name)).map((name) => segmentLabel(name, model)),
  ].join(' ');
  const others = {
    ...query,
    calculations: [],
    filters: query.filters.filter(({ dimension }) => !whole.includes(dimension)),
    segments: query.segments.filter((name) => !whole.includes(name)),
  };
  const said = sayQuery(others, model);
  return part === '' ? `share of ${said}` : `share of ${part} in ${said}`;
}

/** 'from 1 Oct 2026 to 31 Oct 2026', 'on 1 Oct 2026'. */
export function sayPeriod(period: Period): string {
  const last = addDays(period.to, -1);
  return period.from === last
    ? `on ${dayInWords(period.from)}`
    : `from ${dayInWords(period.from)} to ${dayInWords(last)}`;
}

function sayFilter({ dimension, operator, values }: Filter, model: SemanticModel): string {
  const name = dimensionLabel(dimension, model);
  const quoted = values.map((value) => `"${value}"`);
  switch (operator) {
    case 'in':
      return `for ${name} ${quoted.join(' or ')}`;
    case 'not-in':
      return `excluding ${name} ${quoted.join(' and ')}`;
    case 'contains':
    case 'starts-with':
      return `for ${name} containing ${quoted.join(' or ')}`;
    case 'not-contains':
      return `for ${name} not containing ${quoted.join(' or ')}`;
    case 'is-empty':
      return `without ${name}`;
    case 'is-not-empty':
      return `with a known ${name}`;
    case 'at-least':
    case 'at-most':
    case 'between':
    case 'less-than':
    case 'more-than':
      return `with ${name} ${sayOperator(operator, values)}`;
  }
}

function sayHaving(having: Having, model: SemanticModel): string {
  const changed = describeChange(having, model);
  if (changed !== null) return `with ${changed}`;
  return `with ${metricLabel(having.metric, model)} ${sayOperator(having.operator, having.values)}`;
}

function sayOperator(operator: string, values: readonly string[]): string {
  const words: Record<string, string> = {
    'at-least': 'at least',
    'more-than': 'more than',
    'at-most': 'at most',
    'less-than': 'less than',
    between: 'between',
  };
  return `${words[operator] ?? operator} ${values.join(' and ')}`;
}

function metricLabel(name: string, model: SemanticModel): string {
  return (model.metrics.get(name)?.label ?? name).toLowerCase();
}

function dimensionLabel(name: string, model: SemanticModel): string {
  return (model.dimensions.get(name)?.label ?? name).toLowerCase();
}

function segmentLabel(name: string, model: SemanticModel): string {
  return (model.segments.get(name)?.label ?? name).toLowerCase();
}

function placeText({ from }: Ranking): string {
  return from === undefined ? '' : `${ordinal(from)} `;
}
