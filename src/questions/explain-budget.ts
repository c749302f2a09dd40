import { capitalise, dimensionLabel, joined, metricLabel } from '../composer/describe-query.ts';
import { addDays } from '../domain/day.ts';
import { toText } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import { columnOf, type ExplainInput, nameOf, number, value, verb } from './explain-words.ts';
import { formatNumber } from './format-value.ts';

/** A figure that is another one less its budget. */
type Variance = { name: string; actual: string; budget: string; over: string; under: string };

/** 'Revenue was £1,428.32 in May, £9.32 ahead of the budget of £1,419.00.' Null for what is held against no budget. */
export function explainBudget(input: ExplainInput, row: Cell[]): string | null {
  const { query, model } = input;
  const held = query.metrics.flatMap((name) => varianceOf(input, name) ?? [])[0];
  const others = query.metrics.filter(
    (name) =>
      held !== undefined && ![held.name, `${held.name}_rate`, held.actual, held.budget].includes(name),
  );
  if (!held || others.length > 0 || query.comparison || query.acrossGrain) return null;
  const gap = number(input.table, row, held.name);
  if (!gap) return null;
  const label = metricLabel(held.actual, model);
  const subject = `${where(input)}${label} ${verb(held.actual, model)}`;
  const told = columnOf(input.table, held.actual) !== undefined;
  const planned = columnOf(input.table, held.budget)
    ? `the budget of ${value(input, row, held.budget)}`
    : 'budget';
  const open = isOpen(input) ? ' The budget is of whole months, and this one is not over yet.' : '';
  if (!told) return `${capitalise(`${subject} ${apart(input, row, held)} ${planned}`)}${when(input)}.${open}`;
  return `${capitalise(`${subject} ${value(input, row, held.actual)}`)}${when(input)}, ${apart(input, row, held)} ${planned}.${open}`;
}

/** 'Leeds was furthest behind budget in Q3: £5,375.61 behind.' */
export function explainFurthest(input: ExplainInput, ordered: Cell[][], lead: string): string[] | null {
  const { query } = input;
  const held = varianceOf(input, lead);
  const [first, ...next] = ordered;
  const gap = first && number(input.table, first, lead);
  if (
    !held ||
    !gap ||
    query.comparison ||
    query.grain ||
    query.ranking?.by !== lead ||
    query.ranking.from !== undefined
  )
    return null;
  const [dimension = ''] = query.dimensions;
  const side = query.ranking.direction === 'bottom' ? held.under : held.over;
  const stands = query.ranking.direction === 'bottom' ? gap.units < 0n : gap.units > 0n;
  const said = (row: Cell[]): string => apart(input, row, held).replace(/ of$/, '');
  const name = nameOf(input, first);
  const lines = stands
    ? [
        `${capitalise(`${where(input)}${name}`)} was furthest ${side} budget${when(input)}: ${metricLabel(held.actual, input.model)} ${said(first)}.`,
      ]
    : [
        `${capitalise(`${where(input)}no ${dimensionLabel(dimension, input.model)} was ${side} budget`)}${when(input)}; ${name} comes closest, ${said(first)}.`,
      ];
  const following = next.slice(0, 2).map((row) => `${nameOf(input, row)} (${said(row)})`);
  if (following.length > 0)
    lines.push(`Next ${following.length > 1 ? 'come' : 'comes'} ${joined(following)}.`);
  return lines;
}

function varianceOf({ model }: ExplainInput, name: string): Variance | null {
  const metric = model.metrics.get(name);
  if (metric?.kind !== 'derived' || metric.plus.length !== 1 || metric.minus.length !== 1) return null;
  const [actual = ''] = metric.plus;
  const [budget = ''] = metric.minus;
  if (!/_budget$/.test(budget)) return null;
  const [over, under] = metric.more_is === 'good' ? ['ahead of', 'behind'] : ['over', 'under'];
  return { name, actual, budget, over, under };
}

/** '£936.61 over', '£12.00 behind', 'exactly on'. */
function apart(input: ExplainInput, row: Cell[], { name, over, under }: Variance): string {
  const gap = number(input.table, row, name);
  if (!gap) return 'not known against';
  if (gap.units === 0n) return 'exactly on';
  const amount = formatNumber(toText(gap).replace('-', ''), columnOf(input.table, name)?.unit, input.locale);
  const rate = number(input.table, row, `${name}_rate`);
  const inPercent = rate
    ? ` (${formatNumber(toText(rate).replace('-', ''), { kind: 'share' }, input.locale)})`
    : '';
  return `${amount}${inPercent} ${gap.units > 0n ? over : under}`;
}

/** A month that is not over has spent and sold less than its whole budget. */
function isOpen({ query, dataThrough }: ExplainInput): boolean {
  return dataThrough !== null && query.period !== null && query.period.to > addDays(dataThrough, 1);
}
