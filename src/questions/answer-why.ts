import type { CompiledQuery } from '../composer/compose-query.ts';
import { decomposeChange } from '../composer/decompose-change.ts';
import {
  type Contribution,
  type Decomposition,
  type Effect,
  explainChange,
  type WhyTables,
} from '../composer/decompose-contributions.ts';
import {
  capitalise,
  describeQuery,
  dimensionLabel,
  joined,
  metricLabel,
} from '../composer/describe-query.ts';
import type { Understood } from '../domain/answer.ts';
import { compare, decimal, negate, ZERO } from '../domain/decimal.ts';
import { inWords } from '../domain/period.ts';
import type { Plan } from '../domain/plan.ts';
import type { Cell, ResultColumn, ResultTable, Unit } from '../domain/result-table.ts';
import { incompleteWarnings, localeOf, rightsNotes, withLimit } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { diagnoseEmpty } from './diagnose-empty.ts';
import { formatNumber, type Locale, readable } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';
import { type NotRead, readVetted } from './read-vetted.ts';

type WhyPlan = Extract<Plan, { kind: 'why' }>;

const EFFECTS: Record<Effect['name'], string> = {
  orders: 'the number of orders',
  'order-value': 'the value per order',
  price: 'prices',
  volume: 'the quantity sold',
  mix: 'the mix of products',
  'new-products': 'products that are new',
  'dropped-products': 'products no longer sold',
};

/** Why a metric changed: parts by dimension and by price, volume and mix, each from SQL, that add up to the change. */
export async function answerWhy(
  plan: WhyPlan,
  notes: string[],
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Outcome> {
  const facts = await needs.facts();
  const locale = localeOf(facts, needs);
  const model = { ...needs.model, settings: { ...needs.model.settings, currency: locale.currency } };
  const decomposed = decomposeChange(
    { metric: plan.metric, query: plan.query, before: plan.before, dimensions: plan.dimensions },
    model,
  );
  if (!decomposed.ok)
    return refuse(
      'cannot-answer',
      `I cannot take that apart: ${decomposed.problems.map((problem) => problem.message).join(' ')}`,
    );
  const { why } = decomposed;
  const read = await readAll(why, question, needs);
  if ('kind' in read) return read;
  const explained = explainChange(why, read);
  // One group that is the whole explains nothing.
  const result = { ...explained, byDimension: explained.byDimension.filter(({ parts }) => parts.length > 1) };
  const described = describeQuery(
    { ...plan.query, comparison: { kind: 'period', period: plan.before } },
    needs.model,
    [...notes, ...result.notes, ...rightsNotes(question)],
  );
  const understood: Understood = {
    ...described,
    line: `Why ${metricLabel(plan.metric, needs.model)} changed: ${described.line}`,
  };
  const table = partsTable(result, why.metric.unit, needs);
  const common = {
    provenance: 'composed' as const,
    table,
    sql: sqlOf(why),
    params: why.total.params,
    tables: why.total.tables,
    understood,
  };
  if (result.now === null && result.before === null) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: why.total.tables,
        period: plan.query.period,
        limit: question.limit,
        facts,
        understoodLine: understood.line,
      }),
    };
  }
  return {
    kind: 'result',
    ...common,
    title: `Why ${metricLabel(plan.metric, needs.model)} changed`,
    sentences: withLimit(sentences(result, plan, why.metric.unit, locale, needs), question),
    mayBeSaid: [understood.line, question.limit ?? '', ...figuresSaid(result, why.metric.unit, locale)],
    vocabulary: [question.limit ?? ''],
    warnings: incompleteWarnings(plan.query.period, why.total.tables, facts),
    gated: true,
  };
}

type Why = Extract<ReturnType<typeof decomposeChange>, { ok: true }>['why'];

async function readAll(why: Why, question: AskedNow, needs: QuestionNeeds): Promise<WhyTables | NotRead> {
  const read = (compiled: CompiledQuery) => readVetted(compiled, question, needs);
  const total = await read(why.total);
  if ('kind' in total) return total;
  const byDimension: ResultTable[] = [];
  for (const { compiled } of why.byDimension) {
    const table = await read(compiled);
    if ('kind' in table) return table;
    byDimension.push(table);
  }
  const ordersAndValue = why.ordersAndValue ? await read(why.ordersAndValue) : null;
  if (ordersAndValue && 'kind' in ordersAndValue) return ordersAndValue;
  const priceAndVolume = why.priceAndVolume ? await read(why.priceAndVolume) : null;
  if (priceAndVolume && 'kind' in priceAndVolume) return priceAndVolume;
  return { total, byDimension, ordersAndValue, priceAndVolume };
}

function sqlOf(why: Why): string {
  const parts = [
    why.total,
    ...why.byDimension.map(({ compiled }) => compiled),
    why.ordersAndValue,
    why.priceAndVolume,
  ];
  return parts.flatMap((part) => (part ? [part.sql] : [])).join(';\n\n');
}

function sentences(
  result: Decomposition,
  plan: WhyPlan,
  unit: Unit,
  locale: Locale,
  needs: QuestionNeeds,
): string[] {
  const label = metricLabel(plan.metric, needs.model);
  const change = decimal(result.change);
  const [period, before] = [
    plan.query.period ? inWords(plan.query.period) : 'the period',
    inWords(plan.before),
  ];
  const said = (text: string | null): string =>
    text === null ? 'nothing' : formatNumber(text, unit, locale);
  if (change.units === 0n)
    return [`${capitalise(label)} did not change: ${said(result.now)} in ${period} as in ${before}.`];
  const direction = change.units > 0n ? 'rose' : 'fell';
  const share =
    result.changeShare === null
      ? ''
      : ` (${formatNumber(unsigned(result.changeShare), { kind: 'share' }, locale)})`;
  const lines = [
    `${capitalise(label)} ${direction} by ${said(unsigned(result.change))}${share}: from ${said(result.before)} (${before}) to ${said(result.now)} (${period}).`,
  ];
  for (const { dimension, parts } of result.byDimension.slice(0, 3)) {
    const strongest = parts
      .filter((part) => part.kind === 'group' && sameWay(part.contribution, change))
      .slice(0, 2);
    if (strongest.length === 0) continue;
    const named = strongest.map(
      (part) =>
        `${part.label === null ? '(none)' : readable(part.label)} (${signed(part.contribution, unit, locale)})`,
    );
    lines.push(`By ${dimensionLabel(dimension, needs.model)}, most of it is ${joined(named)}.`);
  }
  for (const effects of [result.ordersAndValue, result.priceAndVolume]) {
    const said = effects.map(
      (effect) => `${signed(effect.contribution, unit, locale)} from ${EFFECTS[effect.name]}`,
    );
    if (said.length > 0) lines.push(`Of the change, ${joined(said)}.`);
  }
  return lines;
}

/** Parts are of different dimensions, so the gate takes each as it was formatted from the parts themselves. */
function figuresSaid(result: Decomposition, unit: Unit, locale: Locale): string[] {
  const amounts = [
    result.now,
    result.before,
    result.change,
    ...result.byDimension.flatMap(({ parts }) => parts.map((part) => part.contribution)),
    ...[...result.ordersAndValue, ...result.priceAndVolume].map((effect) => effect.contribution),
  ];
  const said = amounts.flatMap((amount) =>
    amount === null ? [] : [formatNumber(unsigned(amount), unit, locale), signed(amount, unit, locale)],
  );
  return result.changeShare === null
    ? said
    : [...said, formatNumber(unsigned(result.changeShare), { kind: 'share' }, locale)];
}

function partsTable(result: Decomposition, unit: Unit, needs: QuestionNeeds): ResultTable {
  const value: Pick<ResultColumn, 'type' | 'unit'> = { type: 'decimal', unit };
  const rows: Cell[][] = [['total', 'all', result.now, result.before, result.change, '1']];
  const add = (
    name: string,
    label: string,
    part: Pick<Contribution, 'contribution' | 'share'> & Partial<Contribution>,
  ): void => {
    rows.push([name, label, part.now ?? null, part.before ?? null, part.contribution, part.share]);
  };
  for (const { dimension, parts } of result.byDimension) {
    for (const part of parts)
      add(
        dimensionLabel(dimension, needs.model),
        part.kind === 'group' ? (part.label ?? '(none)') : part.kind,
        part,
      );
  }
  for (const effect of result.ordersAndValue) add('orders and value', EFFECTS[effect.name], effect);
  for (const effect of result.priceAndVolume) add('price, volume and mix', EFFECTS[effect.name], effect);
  return {
    columns: [
      { name: 'taken_apart_by', label: 'Taken apart by', type: 'text' },
      { name: 'part', label: 'Part', type: 'text' },
      { name: 'now', label: 'Now', ...value },
      { name: 'before', label: 'Before', ...value },
      { name: 'contribution', label: 'Adds to the change', ...value },
      { name: 'share_of_change', label: 'Share of the change', type: 'decimal', unit: { kind: 'share' } },
    ],
    rows,
    truncated: false,
  };
}

function sameWay(amount: string, change: ReturnType<typeof decimal>): boolean {
  return compare(decimal(amount), ZERO) === compare(change, ZERO) && decimal(amount).units !== 0n;
}

function signed(amount: string, unit: Unit, locale: Locale): string {
  const value = decimal(amount);
  const text = formatNumber(unsigned(amount), unit, locale);
  return value.units === negate(value).units ? text : `${value.units > 0n ? '+' : '-'}${text}`;
}

function unsigned(amount: string): string {
  return amount.replace(/^-/, '');
}
