import { ratioName } from '../composer/compose-course.ts';
import { capitalise, describeMembers, joined, metricLabel } from '../composer/describe-query.ts';
import { isShareOf, singular } from '../composer/ratio-of-figures.ts';
import { toText } from '../domain/decimal.ts';
import type { Calculation } from '../domain/metric-query.ts';
import type { Cell } from '../domain/result-table.ts';
import { explainBudget } from './explain-budget.ts';
import { where, whereOfCount } from './explain-conditions.ts';
import { explainCourse } from './explain-course.ts';
import { explainParts } from './explain-parts.ts';
import { shareAsFigure } from './explain-share-of-part.ts';
import { inThat, when } from './explain-time.ts';
import {
  cell,
  columnOf,
  type ExplainInput,
  isCount,
  isPlural,
  isTimeless,
  number,
  oneOf,
  value,
  verb,
} from './explain-words.ts';
import { formatCell, formatNumber } from './format-value.ts';

/** Plain sentences with no model: the answer first, then the change, the biggest part, the unusual. Each passes the number gate. */
export function explainAnswer(input: ExplainInput): string[] {
  const ofPart = shareAsFigure(input);
  if (ofPart) return explainAnswer(ofPart);
  const { query, table } = input;
  if (query.dimensions.join() === 'calendar_day' && !query.ranking) return explainCourse(ofDays(input));
  if (query.dimensions.length > 0) return explainParts(input);
  const overTime = query.grain && table.columns.some((column) => column.name === 'period_start');
  return overTime ? explainCourse(input) : explainValue(input);
}

/** Single days are told in their order, as the days of a whole time are. */
function ofDays(input: ExplainInput): ExplainInput {
  const { query, table } = input;
  const columns = table.columns.map((one) =>
    one.name === 'calendar_day' ? { ...one, name: 'period_start' } : one,
  );
  const filters = query.filters.filter(({ dimension }) => dimension !== 'calendar_day');
  return {
    ...input,
    query: { ...query, grain: 'day', dimensions: [], filters },
    table: { ...table, columns },
  };
}

function explainValue(input: ExplainInput): string[] {
  const { query, table } = input;
  const row = table.rows[0] ?? [];
  return [
    explainBudget(input, row) ?? firstSentence(input, row),
    ...query.calculations.flatMap((one) => ratioSentence(input, row, one) ?? []),
    ...query.metrics.flatMap((name) => changeSentence(input, row, name) ?? []),
  ];
}

function firstSentence(input: ExplainInput, row: Cell[]): string {
  const { query, model } = input;
  const [only] = query.metrics;
  const part = only ? cell(input.table, row, `${only}_share`) : undefined;
  if (query.acrossGrain) {
    const { aggregate, grain } = query.acrossGrain;
    const said = query.metrics.map(
      (name) => `${metricLabel(name, model)} ${verb(name, model)} ${value(input, row, name)}`,
    );
    const word = aggregate === 'average' ? 'on average' : aggregate === 'maximum' ? 'at most' : 'at least';
    return `${capitalise(`${where(input)}${joined(said)} per ${grain} ${word}`)}${when(input)}.`;
  }
  if (only && query.metrics.length === 1 && isCount(input, only) && isPlural(only, model)) {
    const count = value(input, row, only);
    const [past, present] = count === '1' ? ['was', 'is'] : ['were', 'are'];
    const label = count === '1' ? oneOf(countedLabel(input, only)) : countedLabel(input, only);
    const { before, after } = whereOfCount(input);
    const ofAll =
      part === undefined || part === null
        ? ''
        : `, ${formatNumber(String(part), { kind: 'share' }, input.locale)} of the total`;
    return `${capitalise(`${before}there ${isTimeless(only, model) ? present : past} ${count} ${label}${after}`)}${when(input)}${ofAll}.`;
  }
  const share = part;
  if (only && share !== undefined && share !== null) {
    const [members] = query.members ?? [];
    if (members?.ranking && query.members?.length === 1 && query.filters.length === 0)
      return `${capitalise(describeMembers(members, model).replace(/^of /, ''))} made ${formatNumber(String(share), { kind: 'share' }, input.locale)} of ${metricLabel(only, model)}${when(input)}: ${value(input, row, only)}.`;
    const condition = where(input);
    return `${capitalise(condition || 'all of it, ')}${metricLabel(only, model)} ${verb(only, model)} ${formatNumber(String(share), { kind: 'share' }, input.locale)} of the total${when(input)}: ${value(input, row, only)}.`;
  }
  const said = query.metrics.map(
    (name) => `${withArticle(metricLabel(name, model))} ${verb(name, model)} ${value(input, row, name)}`,
  );
  return `${capitalise(where(input) + joined(said))}${when(input)}.`;
}

/** 'the largest payment', 'the lowest order value'; but 'revenue'. */
function withArticle(label: string): string {
  return /^(?:largest|highest|lowest|smallest)\b/.test(label) ? `the ${label}` : label;
}

/** 'customers' who are told apart by what they bought are not 'customers who bought' once more. */
function countedLabel({ query, model }: ExplainInput, name: string): string {
  const label = metricLabel(name, model);
  return (query.members ?? []).length > 0 ? label.replace(/ who bought$/, '') : label;
}

function ratioSentence(input: ExplainInput, row: Cell[], one: Calculation): string | null {
  if (one.kind !== 'ratio') return null;
  const { model } = input;
  const share = value(input, row, ratioName(one));
  const [of, to] = [metricLabel(one.of, model), metricLabel(one.to, model)];
  if (!isShareOf(one, model)) return `That is ${share} of ${of} per ${singular(to)}.`;
  return `${capitalise(of)} ${verb(one.of, model)} ${share} of ${to}.`;
}

function changeSentence(input: ExplainInput, row: Cell[], name: string): string | null {
  const { query, table, model, understood } = input;
  if (!query.comparison) return null;
  const change = number(table, row, `${name}_change`);
  const before = cell(table, row, `${name}_before`);
  if (!change || before === undefined || before === null) {
    return before === null ? `There is nothing to compare with ${inThat(understood.comparedWith)}.` : null;
  }
  const column = columnOf(table, `${name}_before`) ?? columnOf(table, name);
  const was = column ? formatCell(before, column, input.locale) : String(before);
  if (cell(table, row, name) === null)
    return `There is nothing yet to hold against ${was} ${inThat(understood.comparedWith)}.`;
  if (change.units === 0n) return `That is the same as ${inThat(understood.comparedWith)}.`;
  const share = cell(table, row, `${name}_change_share`);
  const percent =
    share === undefined || share === null
      ? ''
      : ` (${formatNumber(String(share).replace('-', ''), { kind: 'share' }, input.locale)})`;
  const by = formatNumber(toText(change).replace('-', ''), columnOf(table, name)?.unit, input.locale);
  const subject =
    query.metrics.length > 1
      ? `${capitalise(metricLabel(name, model))} ${isPlural(name, model) ? 'are' : 'is'}`
      : 'That is';
  if (/^[^\d]*0(?:[.,]0+)?%?$/.test(by))
    return `${subject} about the same as ${was} ${inThat(understood.comparedWith)}.`;
  const isShare = columnOf(table, name)?.unit?.kind === 'share';
  const amount = isShare ? `${by.replace('%', '')} percentage points` : `${by}${percent}`;
  return `${subject} ${amount} ${change.units > 0n ? 'more' : 'less'} than ${was} ${inThat(understood.comparedWith)}.`;
}
