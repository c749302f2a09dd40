import { MetricQuery } from '../domain/metric-query.ts';
import { Plan, type PlannerReply } from '../domain/plan.ts';
import type { Rights } from '../domain/rights.ts';
import type { ModelReply } from './model-reply.ts';
import type { Compose } from './needs.ts';

export type AcceptNeeds = {
  compose: Compose;
  /** Gives problems in words when a template or its parameters are wrong; fills what was left out. */
  checkTemplate(
    name: string,
    parameters: Record<string, string | null>,
  ): { ok: true; plan: Plan } | { ok: false; problems: string[] };
};

export type Acceptance = { ok: true; reply: PlannerReply } | { ok: false; problems: string[] };

const MOST_CHOICES = 5;

/** Turns a model's reply into a planner's reply, trusting nothing in it; problems are in words that the model can mend. */
export function acceptModelReply(model: ModelReply, rights: Rights, needs: AcceptNeeds): Acceptance {
  const { decision } = model;
  if (model.left_out.length > 0 && decision.kind !== 'clarify' && decision.kind !== 'refuse') {
    return accepted({
      kind: 'clarify',
      text: `I am not sure what to do with ${model.left_out.map((word) => `'${word.slice(0, 40)}'`).join(', ')}. Can you say it in other words?`,
      choices: [],
      unknownWords: model.left_out.map((word) => word.slice(0, 40)),
    });
  }
  switch (decision.kind) {
    case 'metrics':
      return acceptMetrics(decision, needs);
    case 'template': {
      const checked = needs.checkTemplate(
        decision.template,
        Object.fromEntries(decision.parameters.map(({ name, value }) => [name, value])),
      );
      return checked.ok ? planned(checked.plan) : checked;
    }
    case 'sql': {
      if (!rights.mayDraftSql)
        return { ok: false, problems: ['sql_allowed is false: use metrics, a template, clarify or refuse.'] };
      const plan = Plan.safeParse({
        kind: 'drafted',
        sql: decision.sql,
        explanation: decision.explanation.slice(0, 400),
      });
      return plan.success
        ? planned(plan.data)
        : { ok: false, problems: plan.error.issues.map((issue) => issue.message) };
    }
    case 'clarify':
      return accepted({
        kind: 'clarify',
        text: decision.text.slice(0, 300),
        choices: decision.choices
          .filter(({ label, question }) => label.trim() !== '' && question.trim() !== '')
          .slice(0, MOST_CHOICES)
          .map(({ label, question }) => ({ label: label.slice(0, 75), question: question.slice(0, 600) })),
        unknownWords: decision.unknown_words.slice(0, 10).map((word) => word.slice(0, 40)),
      });
    case 'refuse':
      return accepted({ kind: 'refuse', text: REFUSALS[decision.reason], reason: decision.reason });
  }
}

/** A refusal is said in our words: a model's sentence could hold anything. */
const REFUSALS = {
  'off-topic': "That is not about the company's data, so I cannot help with it.",
  'cannot-answer': 'I cannot answer that from the data that I have.',
  'not-permitted': 'You may not see that.',
  'would-write': 'I only read. Nothing can be changed by asking me.',
} as const;

function acceptMetrics(
  decision: Extract<ModelReply['decision'], { kind: 'metrics' }>,
  needs: AcceptNeeds,
): Acceptance {
  const query = MetricQuery.safeParse({
    metrics: decision.metrics,
    dimensions: decision.dimensions,
    filters: decision.filters.map(({ of, ...filter }) => (of === null ? filter : { ...filter, of })),
    segments: decision.segments,
    period: decision.period,
    grain: decision.grain,
    comparison: decision.comparison,
    calculations: calculationsOf(decision),
    ranking: rankingOf(decision.ranking),
    having: decision.having.map(havingOf),
    acrossGrain: decision.across_grain,
    ...(decision.members.length > 0
      ? { members: decision.members.map((one) => ({ ...one, having: one.having.map(havingOf) })) }
      : {}),
    ...(decision.apart ? { apart: decision.apart } : {}),
  });
  if (!query.success)
    return {
      ok: false,
      problems: query.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    };
  const composed = needs.compose(query.data);
  return composed.ok
    ? planned({ kind: 'metrics', query: query.data })
    : { ok: false, problems: composed.problems };
}

type MetricDecision = Extract<ModelReply['decision'], { kind: 'metrics' }>;

function calculationsOf({ calculations, ratio, moving_average: window }: MetricDecision) {
  return [
    ...calculations.map((kind) => ({ kind })),
    ...(ratio === null ? [] : [{ kind: 'ratio', ...ratio }]),
    ...(window === null ? [] : [{ kind: 'moving-average', window }]),
  ];
}

function rankingOf(ranking: MetricDecision['ranking']) {
  if (!ranking) return null;
  const { with_rest: withRest, within, ...rest } = ranking;
  return { ...rest, withRest, ...(within === null ? {} : { within }) };
}

function havingOf({ metric, operator, value }: MetricDecision['having'][number]) {
  return { metric, operator, values: [value] };
}

function planned(plan: Plan): Acceptance {
  return accepted({
    kind: 'plan',
    plan,
    confidence: 0.8,
    planner: 'openai',
    notes: ['The language model helped to understand this question; it wrote no number.'],
  });
}

function accepted(reply: PlannerReply): Acceptance {
  return { ok: true, reply };
}
