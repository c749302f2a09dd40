import type { MetricQuery } from '../domain/metric-query.ts';
import type { Choice, PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { labelQuery, shortened } from './label-query.ts';
import { planReading } from './plan-reading.ts';
import type { PlannerScope } from './planner-scope.ts';
import { sayQuery } from './say-query.ts';

export type Wording = { label: string; question: string };

/** Only questions that the planner answers itself may be offered; five at most. */
export function keepUnderstood(wordings: Wording[], alone: (text: string) => PlannerReply): Choice[] {
  const seen = new Set<string>();
  const kept: Choice[] = [];
  for (const { label, question } of wordings) {
    if (kept.length >= 5) break;
    if (seen.has(question) || question.length > 600 || alone(question).kind !== 'plan') continue;
    seen.add(question);
    kept.push({ label: shortened(label), question });
  }
  return kept;
}

/** What was understood of a question, as whole questions; with the usual figures, where none was named. */
export function understoodWordings(reading: Reading, scope: PlannerScope): Wording[] {
  const plain: Reading = { ...reading, unknown: [], leftovers: [], vague: [], outside: [], ambiguous: null };
  const whole = said(plain, scope);
  if (whole) return [whole];
  const own = reading.metrics.length > 0 ? [reading.metrics] : USUAL.map((name) => [name]);
  return own
    .filter(([name = '']) => scope.model.metrics.has(name))
    .flatMap((metrics) => said({ ...plain, metrics }, scope) ?? [])
    .slice(0, 4);
}

const USUAL = [
  'revenue',
  'orders',
  'units',
  'average_order_value',
  'gross_margin',
  'return_rate',
  'expenses',
];

function said(reading: Reading, scope: PlannerScope): Wording | undefined {
  const planned = planReading(copied(reading), scope);
  return planned.kind === 'query' ? wordingOf(planned.query, scope) : undefined;
}

export function wordingOf(query: MetricQuery, scope: PlannerScope): Wording {
  return { label: labelQuery(query, scope.model), question: sayQuery(query, scope.model) };
}

export function copied(reading: Reading): Reading {
  return {
    ...reading,
    dimensions: reading.dimensions.map((one) => ({ ...one })),
    segments: [...reading.segments],
    notes: [...reading.notes],
  };
}

/** Nothing was understood: what can be asked at all, and one plain example. */
export function plannableChoices(choices: Choice[], alone: (text: string) => PlannerReply): Choice[] {
  if (choices.length > 1) return choices;
  const more = keepUnderstood(
    [
      { label: 'What can I ask?', question: 'what can I ask?' },
      { label: 'Revenue last month', question: 'revenue last month' },
    ],
    alone,
  );
  return [...choices, ...more].slice(0, 2);
}
