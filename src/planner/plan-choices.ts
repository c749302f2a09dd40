import type { Choice, PlannerReply } from '../domain/plan.ts';
import type { PlannerScope } from './plan-question.ts';

type Wording = { label: string; question: string };

/** Only questions that the planner answers itself may be offered; five at most. */
export function keepUnderstood(wordings: Wording[], alone: (text: string) => PlannerReply): Choice[] {
  const seen = new Set<string>();
  const kept: Choice[] = [];
  for (const { label, question } of wordings) {
    if (kept.length >= 5) break;
    if (seen.has(question) || question.length > 600 || alone(question).kind !== 'plan') continue;
    seen.add(question);
    kept.push({ label: label.slice(0, 75), question });
  }
  return kept;
}

const USUAL: Wording[] = [
  { label: 'Revenue last month', question: 'revenue last month' },
  { label: 'Revenue by category', question: 'revenue by category last month' },
  { label: 'Orders per month', question: 'orders per month' },
  { label: 'What can I ask?', question: 'what can I ask?' },
];

/** Fills up to two or more with questions that always work. */
export function plannableChoices(
  choices: Choice[],
  _scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): Choice[] {
  const more = keepUnderstood(USUAL, alone).filter(
    (one) => !choices.some((choice) => choice.question === one.question),
  );
  return [...choices, ...more].slice(0, Math.max(choices.length, 4));
}
