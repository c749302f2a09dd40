import { capitalise, describeFilter, joined, metricLabel } from '../composer/describe-query.ts';
import type { ChartSpec } from '../domain/answer.ts';
import { AppError } from '../domain/app-error.ts';
import { type Decimal, decimal, negate, round, toText } from '../domain/decimal.ts';
import { dayInWords, inWords } from '../domain/period.ts';
import type { ResultTable, Unit } from '../domain/result-table.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { checkNumbers } from '../questions/check-numbers.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { Measured } from './measure-rule.ts';
import type { Rule } from './rule.ts';

/** A rule that began to hold, as it is told; every figure is held against what was read. */
export type DescribedRule = {
  headline: string;
  sentences: string[];
  evidence: ResultTable;
  course: { table: ResultTable; chart: ChartSpec } | null;
  why: string | null;
};

type About = Pick<Rule, 'query' | 'measure'>;

/** 'return rate of Boots'. */
export function subjectInWords({ query }: About, model: SemanticModel): string {
  const names = query.filters.filter((filter) => filter.operator === 'in');
  const others = query.filters.filter((filter) => filter.operator !== 'in');
  const of = names.map((filter) => joined(filter.values, 'or')).join(', ');
  const rest = [
    ...others.map((filter) => describeFilter(filter, model)),
    ...query.segments.map((name) => model.segments.get(name)?.label ?? name),
  ];
  const label = query.metrics.map((name) => metricLabel(name, model)).join(', ');
  return `${label}${of ? ` of ${of}` : ''}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`;
}

/** 'return rate of Boots goes above 8.0% over 7 days'. */
export function ruleInWords(rule: About, unit: Unit, model: SemanticModel, locale: Locale): string {
  const { measure } = rule;
  const size = thresholdInWords(rule, unit, locale);
  const subject = subjectInWords(rule, model);
  const window = windowInWords(measure.days);
  const many = isMany(rule.query.metrics.map((name) => metricLabel(name, model)).join(' '));
  if (measure.change === null)
    return `${subject} ${measure.inclusive ? `${many ? 'are' : 'is'} at ` : `${many ? 'go' : 'goes'} `}${comparisonWord(measure)} ${size} ${window}`;
  const verb = `${measure.direction === 'above' ? 'rise' : 'fall'}${many ? '' : 's'}`;
  return `${subject} ${window} ${verb} by ${measure.inclusive ? 'at least' : 'more than'} ${size} against ${againstInWords(measure)}`;
}

/** 'orders', 'units sold', 'returned units'; not 'gross margin' or 'number of refunds'. */
function isMany(label: string): boolean {
  return (
    /(?:^|\s)\p{L}+[^su]s\b/u.test(label) &&
    !/^(?:number|share|rate|average)\b|\b(?:rate|value|share|margin)$/.test(label)
  );
}

function comparisonWord({ direction, inclusive }: Rule['measure']): string {
  if (inclusive) return direction === 'above' ? 'least' : 'most';
  return direction;
}

function windowInWords(days: number): string {
  return days === 1 ? 'on a day' : `over ${days} days`;
}

function againstInWords({ against, days }: Rule['measure']): string {
  if (against === 'same-weekday') return 'the average of the same weekday';
  if (against === 'last-year') return 'the same days last year';
  return days === 1 ? 'the day before' : `the ${days} days before`;
}

function thresholdInWords({ measure }: About, unit: Unit, locale: Locale): string {
  const threshold = decimal(measure.threshold);
  const size = measure.change !== null && threshold.units < 0n ? negate(threshold) : threshold;
  return amountInWords(size, measure.change, unit, locale);
}

/** 'Now (from 14 Nov 2026 to 20 Nov 2026): 5.2%.' */
export function foundInWords(found: Measured, rule: About, locale: Locale): string {
  const value = formatNumber(toText(found.value), found.unit, locale);
  if (!found.base || !found.change) return `${spanInWords(found)}: ${value}`;
  const base = formatNumber(toText(roughly(found.base.value, found.unit)), found.unit, locale);
  return `${spanInWords(found)}: ${value}, against ${base} (${found.base.period}): ${changeInWords(found, rule, locale)}`;
}

function changeInWords(found: Measured, { measure }: About, locale: Locale): string {
  const change = found.change ?? decimal(0);
  if (change.units === 0n) return 'no change';
  const size = change.units < 0n ? negate(change) : change;
  return `${amountInWords(size, measure.change, found.unit, locale)} ${change.units < 0n ? 'less' : 'more'}`;
}

function amountInWords(size: Decimal, change: Rule['measure']['change'], unit: Unit, locale: Locale): string {
  if (change === 'share') return formatNumber(toText(size), { kind: 'share' }, locale);
  if (change === 'points') return `${toText(round(asPoints(size), 1))} points`;
  return formatNumber(toText(size), unit, locale);
}

function asPoints(size: Decimal): Decimal {
  return { units: size.units * 100n, scale: size.scale };
}

function spanInWords({ window }: Measured): string {
  const words = inWords(window);
  return words.includes(' to ') ? `From ${words}` : `On ${words}`;
}

/** Errors: internal when a sentence says what its evidence does not hold. */
export function describeCrossing(
  rule: Rule,
  found: Measured,
  model: SemanticModel,
  locale: Locale,
): DescribedRule {
  const headline = capitalise(ruleInWords(rule, found.unit, model, locale));
  const sentences = [`${foundInWords(found, rule, locale)}.`];
  const evidence = evidenceOf(rule, found);
  const facts = {
    table: evidence,
    understood: [inWords(found.window), found.base?.period ?? '', headline, rule.words],
    vocabulary: rule.query.filters.flatMap((filter) => filter.values),
  };
  for (const sentence of sentences) {
    const verdict = checkNumbers(sentence, facts);
    if (!verdict.passed)
      throw new AppError('internal', {
        detail: "A sentence of a rule's message is not held by its evidence.",
        context: { rule: rule.id, figure: verdict.figure, why: verdict.why },
      });
  }
  return {
    headline,
    sentences,
    evidence,
    course: courseOf(rule, found, model),
    why: whyOf(rule, found, model),
  };
}

export function overInWords(rule: Rule, found: Measured, model: SemanticModel, locale: Locale): string {
  return `This is over: ${subjectInWords(rule, model)} is no longer so. ${foundInWords(found, rule, locale)}.`;
}

function evidenceOf(rule: Rule, found: Measured): ResultTable {
  const { measure } = rule;
  const changeUnit: Unit =
    measure.change === 'share'
      ? { kind: 'share' }
      : measure.change === 'points'
        ? { kind: 'none' }
        : found.unit;
  const inUnit = (value: Decimal | null): string | null =>
    value === null ? null : toText(measure.change === 'points' ? asPoints(value) : value);
  return {
    columns: [
      { name: 'value', label: found.label, type: 'decimal', unit: found.unit },
      { name: 'base', label: 'Held against', type: 'decimal', unit: found.unit },
      { name: 'change', label: 'Change', type: 'decimal', unit: changeUnit },
      {
        name: 'threshold',
        label: 'Threshold',
        type: 'decimal',
        unit: measure.change ? changeUnit : found.unit,
      },
    ],
    rows: [
      [
        toText(found.value),
        found.base ? toText(roughly(found.base.value, found.unit)) : null,
        inUnit(found.change),
        measure.change ? inUnit(decimal(measure.threshold)) : measure.threshold,
      ],
    ],
    truncated: false,
  };
}

/** An average of counts has no end of digits. */
function roughly(value: Decimal, unit: Unit): Decimal {
  return unit.kind === 'share' || unit.kind === 'ratio' ? value : round(value, Math.min(2, value.scale));
}

function courseOf(rule: Rule, found: Measured, model: SemanticModel): DescribedRule['course'] {
  const [metric = ''] = rule.query.metrics;
  const table = found.course;
  const date = table?.columns.find((column) => column.type === 'date');
  if (!table || !date || rule.query.metrics.length !== 1) return null;
  const isHeldDirectly = rule.measure.change === null && rule.measure.days === 1;
  return {
    table: isHeldDirectly
      ? {
          ...table,
          columns: [
            ...table.columns,
            { name: 'threshold', label: 'Your threshold', type: 'decimal', unit: found.unit },
          ],
          rows: table.rows.map((row) => [...row, rule.measure.threshold]),
        }
      : table,
    chart: {
      kind: 'line',
      title: capitalise(`${subjectInWords(rule, model)} per day`).slice(0, 50),
      x: date.name,
      y: [metric, ...(isHeldDirectly ? ['threshold'] : [])],
      series: null,
      unitLabel: found.unit.kind === 'money' ? (found.unit.of ?? 'money') : found.label,
      source: `Plumbline, through ${dayInWords(found.day)}`,
    },
  };
}

/** A question that Plumbline answers with a decomposition; only for what goes up or down. */
function whyOf(rule: Rule, found: Measured, model: SemanticModel): string | null {
  const [metric = ''] = rule.query.metrics;
  const simple = rule.query.filters.every(({ operator, values }) => operator === 'in' && values.length === 1);
  if (!simple || rule.query.segments.length > 0) return null;
  const of = rule.query.filters
    .map(
      ({ dimension, values }) =>
        ` of ${dimension.replace(/_(id|name)$/, '').replaceAll('_', ' ')} "${values[0]}"`,
    )
    .join('');
  const turn = rule.measure.direction === 'below' ? 'fall' : 'rise';
  const label = metricLabel(metric, model);
  return found.window.to === undefined || rule.measure.days === 1
    ? `why did ${label}${of} ${turn} on ${dayInWords(found.day)}`
    : `why did ${label}${of} ${turn} in the last ${rule.measure.days} days`;
}
