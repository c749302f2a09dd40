import { isDay } from '../domain/day.ts';
import type { Filter } from '../domain/metric-query.ts';
import type { ModelDimension } from '../model/semantic-model.ts';
import type { Draft } from './compose-draft.ts';

const NUMBER = /^-?\d{1,15}(\.\d{1,4})?$/;

/** What is wrong with a filter, or undefined. */
export function filterProblem(filter: Filter, dimension: ModelDimension): string | undefined {
  const { operator, values } = filter;
  const wanted = operator === 'between' ? 2 : operator === 'is-empty' || operator === 'is-not-empty' ? 0 : 1;
  const many = operator === 'in' || operator === 'not-in';
  if (many ? values.length < 1 : values.length !== wanted) {
    return `the filter on '${dimension.name}' needs ${many ? 'at least one value' : `${wanted} value(s)`}.`;
  }
  if (values.includes('')) return `the filter on '${dimension.name}' has an empty value; use 'is-empty'.`;
  const isText = dimension.type === 'text' || dimension.type === 'boolean';
  if (isText && ['at-least', 'more-than', 'at-most', 'less-than', 'between'].includes(operator)) {
    return `'${dimension.name}' is text, so '${operator}' has no meaning for it.`;
  }
  if (!isText && ['contains', 'not-contains', 'starts-with'].includes(operator)) {
    return `'${dimension.name}' is not text, so '${operator}' has no meaning for it.`;
  }
  if (
    (dimension.type === 'number' || dimension.type === 'decimal') &&
    !values.every((value) => NUMBER.test(value))
  ) {
    return `the filter on '${dimension.name}' needs numbers.`;
  }
  if (dimension.type === 'date' && !values.every(isDay)) {
    return `the filter on '${dimension.name}' needs days as YYYY-MM-DD.`;
  }
  return undefined;
}

/**
 * The condition in SQL. Text is compared without regard to case. 'not-in' and 'not-contains' keep rows without a
 * value, so that a filter and its opposite add up to the total.
 */
export function filterSql(filter: Filter, dimension: ModelDimension, sql: string, draft: Draft): string {
  const isText = dimension.type === 'text' || dimension.type === 'boolean';
  const left = isText ? `lower(${sql})` : sql;
  const values = filter.values.map((value, index) => {
    const name = draft.bind(`${filter.dimension}_${index + 1}`, value);
    if (isText) return `lower(${name})`;
    return dimension.type === 'date' ? `cast(${name} as date)` : `cast(${name} as decimal(19, 4))`;
  });
  const [first = '', second = ''] = values;
  switch (filter.operator) {
    case 'in':
      return values.length === 1 ? `${left} = ${first}` : `${left} in (${values.join(', ')})`;
    case 'not-in':
      return values.length === 1
        ? `(${sql} is null or ${left} <> ${first})`
        : `(${sql} is null or ${left} not in (${values.join(', ')}))`;
    case 'at-least':
      return `${left} >= ${first}`;
    case 'more-than':
      return `${left} > ${first}`;
    case 'at-most':
      return `${left} <= ${first}`;
    case 'less-than':
      return `${left} < ${first}`;
    case 'between':
      return `${left} between ${first} and ${second}`;
    case 'contains':
      return `strpos(${left}, ${first}) > 0`;
    case 'not-contains':
      return `(${sql} is null or strpos(${left}, ${first}) = 0)`;
    case 'starts-with':
      return `strpos(${left}, ${first}) = 1`;
    case 'is-empty':
      return isText ? `(${sql} is null or ${sql} = '')` : `${sql} is null`;
    case 'is-not-empty':
      return isText ? `(${sql} is not null and ${sql} <> '')` : `${sql} is not null`;
  }
}
