import {
  describeBudgeted,
  describeChange,
  describeFilter,
  describeMembers,
  dimensionLabel,
  joined,
  metricLabel,
} from '../composer/describe-query.ts';
import type { Filter, Having, Members } from '../domain/metric-query.ts';
import { ordinal } from '../domain/ordinal.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { type ExplainInput, isPlural, oneOf } from './explain-words.ts';
import { formatNumber, readable } from './format-value.ts';

/**
 * 'of what you may see (branch Leeds), for Boots, with order status shipped, where ...', ending in a comma; or
 * nothing. What the rows are split by need not be said, for they name it.
 */
export function where(input: ExplainInput): string {
  const { lead, after } = conditions(input);
  const parts = [...lead, ...after];
  return parts.length > 0 ? `${parts.join(' ').replace(/,$/, '')}, ` : '';
}

/** 'for Marketing (expenses only), expenses were ... and revenue was ...'. */
function ofOnly({ of }: Filter, model: SemanticModel): string {
  return of ? ` (${joined(of.map((name) => metricLabel(name, model)))} only)` : '';
}

/** The same about a count of things, whose traits stand behind it: 'there were 12 orders with revenue of more than 500'. */
export function whereOfCount(input: ExplainInput): { before: string; after: string } {
  const { lead, after } = conditions(input);
  return {
    before: lead.length > 0 ? `${lead.join(' ').replace(/,$/, '')}, ` : '',
    after: after.length > 0 ? ` ${after.join(' ')}` : '',
  };
}

/** What is spoken of first ('for Boots'), and what may as well follow what is counted ('with order status shipped'). */
function conditions(input: ExplainInput): { lead: string[]; after: string[] } {
  const { query, model } = input;
  const isName = (value: string): boolean => /\p{L}/u.test(value) && !/^(yes|no)$/i.test(value);
  const told = query.filters.filter(
    ({ operator, dimension }) =>
      (operator !== 'in' && operator !== 'is-not-empty') || !query.dimensions.includes(dimension),
  );
  const named = (operator: string) =>
    told.filter((filter) => filter.operator === operator && filter.values.every(isName));
  const [chosen, left] = [named('in'), named('not-in')];
  const traits = chosen.filter(({ dimension }) => isTrait(dimension, model));
  const things = chosen.filter((filter) => !traits.includes(filter));
  const sized = told.flatMap((filter) => sizeInWords(filter, model) ?? []);
  const days = told.flatMap((filter) => daysInWords(filter, model) ?? []);
  const others = told
    .filter((filter) => daysInWords(filter, model) === null)
    .filter((filter) => sizeInWords(filter, model) === null)
    .filter((filter) => !chosen.includes(filter) && !left.includes(filter))
    .map((filter) => describeFilter(filter, model));
  const segments = query.segments.map((name) => model.segments.get(name)?.label.toLowerCase() ?? name);
  const either = ({ values }: { values: string[] }): string => joined(values.map(readable), 'or');
  const leftOut = (filter: Filter): string =>
    isTrait(filter.dimension, model)
      ? `with ${dimensionLabel(filter.dimension, model)} other than ${either(filter)}`
      : `leaving out ${either(filter)}`;
  return {
    lead: [
      ...(input.limit ? [`of ${input.limit},`] : []),
      ...(things.length > 0
        ? [`for ${things.map((one) => either(one) + ofOnly(one, model)).join(', ')}`]
        : []),
      ...segments,
    ],
    after: [
      ...traits
        .filter(({ dimension }) => dimension === 'weekday')
        .map(
          ({ values }) =>
            `on ${joined(
              values.map((day) => `${day}s`),
              'or',
            )}`,
        ),
      ...traits
        .filter(({ dimension }) => dimension !== 'weekday')
        .map(
          (filter) =>
            `${kindInWords(filter.dimension, model) ?? `with ${dimensionLabel(filter.dimension, model)}`} ${either(filter)}`,
        ),
      ...days,
      ...sized,
      ...left.map(leftOut),
      ...(query.members ?? [])
        .filter(({ period }) => !period)
        .map((members) => membersInWords(members, input)),
      ...(others.length > 0 ? [`where ${joined(others)}`] : []),
    ],
  };
}

/** 'on 17 Oct 2026 and 24 Oct 2026', 'on the 1st of each month'. */
function daysInWords(filter: Filter, model: SemanticModel): string | null {
  if (filter.operator !== 'in') return null;
  if (filter.dimension === 'day_of_month')
    return `on the ${joined(filter.values.map((day) => ordinal(Number(day))))} of each month`;
  return model.dimensions.get(filter.dimension)?.type === 'date' ? describeFilter(filter, model) : null;
}

/** 'with more than 1 line' where the model says what such a number is of. */
function sizeInWords({ dimension, operator, values }: Filter, model: SemanticModel): string | null {
  const pattern = model.dimensions.get(dimension)?.value_labels['*'];
  const [first = '', second = ''] = values;
  if (!pattern || model.dimensions.get(dimension)?.group === 'calendar') return null;
  const said = (text: string): string =>
    (text === '1' ? pattern.replace(/s$/, '') : pattern).replace('{}', text);
  if (/^(?:at-least|more-than|at-most|less-than)$/.test(operator))
    return `with ${operator.replace('-', ' ')} ${said(first)}`;
  if (operator !== 'between') return null;
  return first === second ? `with exactly ${said(first)}` : `with ${first} to ${said(second)}`;
}

/** 'with revenue of more than £500.00' of what is counted itself; else 'of orders with ...', 'of the top 10 products by ...'. */
function membersInWords(members: Members, input: ExplainInput): string {
  const { model, query } = input;
  const own = model.dimensions.get(members.dimension)?.plural.toLowerCase() ?? members.dimension;
  const [only] = query.metrics;
  const counted =
    only !== undefined && query.metrics.length === 1 && metricLabel(only, model).startsWith(own);
  if (members.ranking || members.having.length === 0) return describeMembers(members, model);
  const those = joined(
    havingsInWords(members.having, input).map((said) => {
      return members.dimension === 'order_number' ? said.replace(/^average /, '') : said;
    }),
  );
  return counted ? `with ${those}` : `of ${own} with ${those}`;
}

/** Each condition in words; who is over budget has one. */
export function havingsInWords(
  all: readonly Having[],
  input: Pick<ExplainInput, 'model' | 'locale'>,
): string[] {
  const said = all.map((having) => havingInWords(having, input));
  return said.length > 1 ? said.filter((one) => one !== 'a budget') : said;
}

/** 'at least 100 orders', 'a return rate of more than 5.0%'. */
export function havingInWords(having: Having, input: Pick<ExplainInput, 'model' | 'locale'>): string {
  const changed = describeChange(having, input.model) ?? describeBudgeted(having, input.model);
  if (changed !== null) return changed;
  const metric = input.model.metrics.get(having.metric);
  const [first = '0', second = ''] = having.values;
  const said = (text: string): string => formatNumber(text, metric?.unit, input.locale);
  const range =
    having.operator === 'between'
      ? first === second
        ? `exactly ${said(first)}`
        : `from ${said(first)} to ${said(second)}`
      : `${having.operator.replace('-', ' ')} ${said(first)}`;
  const label = metricLabel(having.metric, input.model);
  return metric?.unit.kind === 'count' && isPlural(having.metric, input.model)
    ? `${range} ${first === '1' && range === 'exactly 1' ? oneOf(label) : label}`
    : `${label} of ${range}`;
}

/** What a thing is like and not what it is: its status, kind, method ... */
/** 'among branches of the kind' for 'Kind of branch'. */
function kindInWords(dimension: string, model: SemanticModel): string | undefined {
  const [, thing] = /^kind of (.+)$/i.exec(dimensionLabel(dimension, model)) ?? [];
  const named = [...model.dimensions.values()].find(({ label }) => label.toLowerCase() === thing);
  return named?.plural ? `among ${named.plural} of the kind` : undefined;
}

function isTrait(dimension: string, model: SemanticModel): boolean {
  return /\b(status|kind|type|method|reason|segment|size|code|coupon|document|currency|channel|weekday)\b/.test(
    dimensionLabel(dimension, model),
  );
}
