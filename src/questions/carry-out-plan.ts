import {
  capitalise,
  describeQuery,
  dimensionLabel,
  joined,
  metricLabel,
} from '../composer/describe-query.ts';
import type { Understood } from '../domain/answer.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { inWords } from '../domain/period.ts';
import type { ParameterValue, Plan } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { thirdOpinion } from '../guard/vet-third-opinion.ts';
import { answerCatalogue, answerDefinition } from './answer-definition.ts';
import { answerInvoice, type InvoiceRead } from './answer-invoice.ts';
import { answerLive } from './answer-live.ts';
import type { Question } from './answer-question.ts';
import { answerWhy } from './answer-why.ts';
import { incompleteWarnings, lastLoadedDay, localeOf, rightsNotes } from './answer-words.ts';
import { diagnoseEmpty, saysNothing } from './diagnose-empty.ts';
import { explainAnswer } from './explain-answer.ts';
import { explainTable } from './explain-table.ts';
import { bucketName } from './explain-words.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';
import { readVetted } from './read-vetted.ts';

/** Does what a plan says: composes or fills in the SQL, has it vetted, reads, and says in words what came out. */
export async function carryOutPlan(
  plan: Plan,
  notes: string[],
  question: Question,
  needs: QuestionNeeds,
): Promise<Outcome> {
  if (plan.kind === 'definition') return answerDefinition(plan.of, needs);
  if (plan.kind === 'catalogue') return answerCatalogue(needs);
  const { rights } = question;
  if (rights.tables !== 'all' && rights.tables.length === 0) {
    return refuse(
      'not-permitted',
      "You may not see the company's figures here. Ask the data owner for access.",
    );
  }
  switch (plan.kind) {
    case 'metrics':
      return answerMetrics(plan.query, notes, question, needs);
    case 'template':
      return answerTemplate(plan, notes, question, needs);
    case 'live': {
      const { read } = plan;
      return read.what === 'invoice' || read.what === 'customer-invoices'
        ? answerInvoice(read, notes, question, needs, () =>
            answerTemplate(lookUp(read), notes, question, needs),
          )
        : answerLive(read, notes, question, needs);
    }
    case 'why':
      return answerWhy(plan, notes, question, needs);
    case 'drafted':
      return answerDrafted(plan, notes, question, needs);
  }
}

async function answerMetrics(
  query: MetricQuery,
  notes: string[],
  question: Question,
  needs: QuestionNeeds,
): Promise<Outcome> {
  const forbidden = notPermitted(query, question, needs);
  if (forbidden) return forbidden;
  const composed = needs.compose(query);
  if (!composed.ok)
    return refuse('cannot-answer', `I cannot put that together: ${composed.problems.join(' ')}`);
  const read = await readVetted(composed, question, needs);
  if ('kind' in read) return read;
  const facts = await needs.facts();
  const locale = localeOf(facts, needs);
  const understood = describeQuery(query, needs.model, [
    ...notes,
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
  if (saysNothing(read, measureColumns(query))) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: composed.tables,
        period: query.period,
        rights: question.rights,
        facts,
        understoodLine: understood.line,
      }),
    };
  }
  return {
    kind: 'result',
    ...common,
    title: titleOf(query, needs),
    sentences: explainAnswer({
      query,
      understood,
      table: read,
      model: needs.model,
      locale,
      dataThrough: lastLoadedDay(composed.tables, facts),
    }),
    mayBeSaid: [
      understood.line,
      understood.period ?? '',
      understood.comparedWith ?? '',
      ...understood.filters,
      query.period?.label ?? '',
      ...bucketNames(query, read),
    ],
    vocabulary: [...understood.filters, ...query.filters.flatMap((filter) => filter.values)],
    warnings: incompleteWarnings(query.period, composed.tables, facts),
    gated: true,
  };
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

/** Documents by number: one reviewed query each. */
function lookUp(read: InvoiceRead): TemplatePlan {
  const filled: Record<string, ParameterValue> =
    read.what === 'invoice' ? { invoice: read.invoice } : { customer: read.customer };
  return {
    kind: 'template',
    template: read.what === 'invoice' ? 'invoice-lines' : 'customer-invoices',
    parameters: filled,
    period: null,
  };
}

type TemplatePlan = Extract<Plan, { kind: 'template' }>;

async function answerTemplate(
  plan: TemplatePlan,
  notes: string[],
  question: Question,
  needs: QuestionNeeds,
): Promise<Outcome> {
  const filled = needs.fillTemplate(plan.template, plan.parameters);
  if (!filled) return refuse('cannot-answer', `There is no vetted question called '${plan.template}'.`);
  const read = await readVetted(filled, question, needs);
  if ('kind' in read) return read;
  const facts = await needs.facts();
  const period = plan.period ? inWords(plan.period) : null;
  const parameters = Object.entries(plan.parameters).filter(
    ([name, value]) => value !== null && !/^(from|to|start|end)/.test(name),
  );
  const filters = parameters.map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`);
  const understood: Understood = {
    line: [filled.title, ...filters, ...(period ? [period] : [])].join(', '),
    metrics: [filled.title],
    filters,
    period,
    comparedWith: null,
    notes: [...notes, ...rightsNotes(question)],
  };
  const common = {
    provenance: 'vetted' as const,
    table: read,
    sql: filled.sql,
    params: filled.params,
    tables: filled.tables,
    understood,
  };
  if (read.rows.length === 0) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: filled.tables,
        period: plan.period,
        rights: question.rights,
        facts,
        understoodLine: understood.line,
      }),
    };
  }
  return {
    kind: 'result',
    ...common,
    title: filled.title,
    sentences: explainTable(filled.title, read, localeOf(facts, needs)),
    mayBeSaid: [understood.line, filled.title],
    vocabulary: [filled.title],
    warnings: incompleteWarnings(plan.period, filled.tables, facts),
    gated: true,
  };
}

async function answerDrafted(
  plan: Extract<Plan, { kind: 'drafted' }>,
  notes: string[],
  question: Question,
  needs: QuestionNeeds,
): Promise<Outcome> {
  if (!question.rights.mayDraftSql) {
    return refuse(
      'not-permitted',
      'No reviewed way to answer this exists yet, and your role does not allow a drafted query. I can send it to the data owner.',
    );
  }
  const verdict = needs.vet(plan.sql, { rights: question.rights, params: {} });
  const doubt = verdict.verdict === 'accepted' ? thirdOpinion(plan.sql, verdict.tables) : null;
  if (doubt) return refuse('unsafe', `The guard stopped this query: ${doubt}`);
  const tables = verdict.verdict === 'accepted' ? verdict.tables : [];
  const read = await readVetted({ sql: plan.sql, params: {}, columns: [], tables }, question, needs);
  if ('kind' in read) return read;
  const facts = await needs.facts();
  const understood: Understood = {
    line: plan.explanation,
    metrics: [],
    filters: [],
    period: null,
    comparedWith: null,
    notes: [
      ...notes,
      'This query was written by the language model and nobody has reviewed it.',
      ...rightsNotes(question),
    ],
  };
  const common = {
    provenance: 'drafted' as const,
    table: read,
    sql: plan.sql,
    params: {},
    tables,
    understood,
  };
  if (read.rows.length === 0) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: [],
        period: null,
        rights: question.rights,
        facts,
        understoodLine: plan.explanation,
      }),
    };
  }
  return {
    kind: 'result',
    ...common,
    title: 'Drafted query',
    sentences: explainTable('Drafted query', read, localeOf(facts, needs)),
    mayBeSaid: [],
    vocabulary: [],
    warnings: ['Not vetted: the language model wrote this query.'],
    gated: true,
  };
}

function notPermitted(
  query: MetricQuery,
  question: Question,
  needs: QuestionNeeds,
): Extract<Outcome, { kind: 'refused' }> | null {
  const { rights } = question;
  const members = query.members ?? [];
  const asked = [
    ...query.metrics,
    ...[...query.having, ...members.flatMap(({ having }) => having)].map((having) => having.metric),
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

function measureColumns(query: MetricQuery): string[] {
  return query.metrics.flatMap((name) => [name, `${name}_before`]);
}

function bucketNames(query: MetricQuery, table: ResultTable): string[] {
  const index = table.columns.findIndex((column) => column.type === 'date');
  const { grain } = query;
  if (!grain || index < 0) return [];
  return table.rows.map((row) => bucketName(String(row[index]), grain));
}
