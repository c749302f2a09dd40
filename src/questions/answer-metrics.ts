import { metricOfColumn } from '../composer/compose-plan.ts';
import {
  capitalise,
  describeQuery,
  dimensionLabel,
  joined,
  metricLabel,
} from '../composer/describe-query.ts';
import type { Day } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { dayInWords } from '../domain/period.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { DataFacts } from '../model/data-facts.ts';
import { firstLoadedDay, incompleteWarnings, lastLoadedDay, localeOf, rightsNotes } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { bucketName } from './bucket-name.ts';
import { diagnoseEmpty, hasZero, saysNothing } from './diagnose-empty.ts';
import { explainAnonymous } from './explain-anonymous.ts';
import { explainAnswer } from './explain-answer.ts';
import { havingInWords } from './explain-conditions.ts';
import { explainLikeForLike } from './explain-like-for-like.ts';
import type { ExplainInput } from './explain-words.ts';
import { fairQuery, fillingBucket, withoutFuture } from './fair-query.ts';
import { findUnrecorded, sayUnrecorded } from './find-unrecorded.ts';
import { type Behind, lookBehind } from './look-behind.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';
import { type NotRead, readVetted } from './read-vetted.ts';

type Refused = Extract<Outcome, { kind: 'refused' }>;

/** A query over the semantic model: composed, vetted, read, and said in words. */
export async function answerMetrics(
  asked: MetricQuery,
  notes: string[],
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Outcome> {
  const forbidden = notPermitted(asked, question, needs);
  if (forbidden) return forbidden;
  const facts = await needs.facts();
  const fair = await readFairly(asked, facts, question, needs);
  if ('kind' in fair) return fair;
  const { query, composed, read, span } = fair;
  const locale = localeOf(facts, needs);
  const understood = describeQuery(asked, needs.model, [
    ...notes,
    ...fair.notes,
    ...(composed.notes ?? []),
    ...rightsNotes(question),
  ]);
  const common = {
    provenance: 'composed' as const,
    table: read,
    sql: composed.sql,
    params: composed.params,
    tables: composed.tables,
    understood,
  };
  const measures = measureColumns(query);
  const silent = saysNothing(read, measures);
  const behind = silent ? await lookBehind(query, hasZero(read, measures), question, needs) : 'values';
  const unrecorded = await findUnrecorded(query, read, question, needs);
  if (unrecorded !== null && !isNever(behind))
    return { kind: 'empty', ...common, reason: 'not-loaded-yet', text: sayUnrecorded(unrecorded, needs) };
  if (silent && behind !== 'values') {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: composed.tables,
        period: query.period,
        limit: question.limit,
        facts,
        understoodLine: understood.line,
        behind,
      }),
    };
  }
  const explained: ExplainInput = {
    query: asked,
    understood,
    table: read,
    model: needs.model,
    locale,
    dataThrough: span.last,
    dataFrom: span.first,
    additive: composed.additive,
    limit: question.limit,
  };
  const alike = await explainLikeForLike(explained, span, question, needs);
  const anonymous = await explainAnonymous(query, locale, question, needs);
  // Sentences on figures that are not in the table: each was made from a reading of its own.
  const beside = [...alike, ...(anonymous ? [anonymous] : []), ...fair.notes];
  return {
    kind: 'result',
    ...common,
    title: titleOf(query, needs),
    sentences: [...explainAnswer(explained), ...beside],
    mayBeSaid: [...beside, ...sayable(explained)],
    vocabulary: [
      question.limit ?? '',
      ...understood.filters,
      ...query.filters.flatMap((filter) => filter.values),
    ],
    warnings: incompleteWarnings(query.period, composed.tables, facts, fillingBucket(asked, span.last)),
    gated: true,
  };
}

type FairReading = {
  /** Cut to what is loaded, so that a part is not held against a whole. */
  query: MetricQuery;
  composed: Extract<ReturnType<QuestionNeeds['compose']>, { ok: true }>;
  read: ResultTable;
  /** What was cut, in words. */
  notes: string[];
  span: { first: Day | null; last: Day | null };
};

/** Composes and reads over the days that are loaded; budgets know days to come, and are read as they were asked for. */
async function readFairly(
  asked: MetricQuery,
  facts: DataFacts,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<FairReading | Refused | NotRead> {
  const first = needs.compose(asked);
  if (!first.ok) return refuse('cannot-answer', `I cannot put that together: ${first.problems.join(' ')}`);
  const span = {
    first: firstLoadedDay(first.tables, facts),
    last: notAfter(question.today, first.tables, facts),
  };
  const isBudget = first.tables.includes('budgets');
  const { query, notes } = isBudget ? { query: asked, notes: [] } : fairQuery(asked, span);
  const cut = query === asked ? first : needs.compose(query);
  const composed = cut.ok ? cut : first;
  const found = await readVetted(composed, question, needs);
  if ('kind' in found) return found;
  return { query, composed, read: isBudget ? found : withoutFuture(found, query, span.last), notes, span };
}

/** Dates and figures of the question as it was understood: a sentence may hold them. */
function sayable({ query, understood, table, dataThrough, limit, model, locale }: ExplainInput): string[] {
  return [
    understood.line,
    understood.period ?? '',
    understood.comparedWith ?? '',
    ...understood.filters,
    query.period?.label ?? '',
    limit ?? '',
    dataThrough ? dayInWords(dataThrough) : '',
    ...[...query.having, ...(query.members ?? []).flatMap(({ having }) => having)].map((having) =>
      havingInWords(having, { model, locale }),
    ),
    ...bucketNames(query, table),
  ];
}

/** 'Revenue by branch', for the chart. */
function titleOf(query: MetricQuery, needs: QuestionNeeds): string {
  const metrics = joined(query.metrics.map((name) => metricLabel(name, needs.model)));
  const by = [
    ...query.dimensions.map((name) => dimensionLabel(name, needs.model)),
    ...(query.grain ? [query.grain] : []),
  ];
  return capitalise(by.length > 0 ? `${metrics} by ${joined(by)}` : metrics);
}

function notPermitted(query: MetricQuery, question: AskedNow, needs: QuestionNeeds): Refused | null {
  const { rights } = question;
  const members = query.members ?? [];
  const asked = [
    ...query.metrics,
    ...[...query.having, ...members.flatMap(({ having }) => having)].map(
      (having) => metricOfColumn(needs.model, having.metric) ?? having.metric,
    ),
    ...members.flatMap(({ ranking }) => (ranking ? [ranking.by] : [])),
  ];
  const metric = asked.find((name) => rights.metrics !== 'all' && !rights.metrics.includes(name));
  if (metric) return refuse('not-permitted', `You may not see ${metricLabel(metric, needs.model)}.`);
  const personal = [
    ...query.dimensions,
    ...query.filters.map((filter) => filter.dimension),
    ...members.map(({ dimension }) => dimension),
  ].find((name) => needs.model.dimensions.get(name)?.personal);
  if (personal && rights.personalData === 'none') {
    return refuse(
      'not-permitted',
      `${dimensionLabel(personal, needs.model)} is personal data, which you may not see.`,
    );
  }
  return null;
}

/** The last day that is loaded, or today where the data knows days to come. */
function notAfter(today: Day, tables: string[], facts: DataFacts): Day | null {
  const [first, last] = [firstLoadedDay(tables, facts), lastLoadedDay(tables, facts)];
  return last !== null && first !== null && today < last && today >= first ? today : last;
}

function isNever(behind: Behind): boolean {
  return typeof behind === 'object' && 'never' in behind;
}

function measureColumns(query: MetricQuery): string[] {
  return query.metrics.flatMap((name) => [name, `${name}_before`]);
}

function bucketNames(query: MetricQuery, table: ResultTable): string[] {
  const index = table.columns.findIndex((column) => column.type === 'date');
  const { grain } = query;
  if (!grain || index < 0) return [];
  return table.rows.map((row) => bucketName(String(row[index]), grain));
}
