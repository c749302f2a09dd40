import type { PlannerReply } from '../domain/plan.ts';
import { keepUnderstood } from './plan-choices.ts';
import type { PlannerScope } from './planner-scope.ts';

const ON_TRACK =
  /^(?:so |and |hi |ok )*(?:are|is|were|how) (?:we|you|they|it|things|everything|it all|the business|the company|trading|business)(?: all)?(?: still| currently| now)?(?: doing)? (?:on (?:track|course|plan|target|budget)|where we (?:should|want to|need to) be)(?: (?:so far|now|today|at the moment|(?:for|in)? ?(?:this|the) (?:month|quarter|year)))*\W*$/i;

/** 'give me budget and actual': of what, is not said. */
const BUDGET_AND_ACTUAL =
  /^(?:please )?(?:give me |show (?:me )?|send me |i (?:need|want) |can i (?:have|get) |what (?:is|are) )?(?:the |our )?(?:(?:budget|plan) (?:and|vs\.?|versus|against|&|to|\/) (?:the )?actuals?|actuals? (?:and|vs\.?|versus|against|&|to|\/) (?:the )?(?:budget|plan))(?: figures?| numbers?| report)?(?:,? (?:please|this (?:month|quarter|year)|so far|ytd))*\W*$/i;

/** 'are we on track': against what is asked, with what was planned and with what was before as choices. */
export function askOnTrack(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  if (!ON_TRACK.test(question) && !BUDGET_AND_ACTUAL.test(question)) return undefined;
  const unit = /\b(month|quarter)\b/i.exec(question)?.[1]?.toLowerCase() ?? 'year';
  const budgeted = scope.model.metrics.has('revenue_budget')
    ? [`revenue against revenue budget this ${unit}`, `expenses against expense budget this ${unit}`]
    : [];
  const wordings = [
    ...budgeted,
    `revenue this ${unit} vs last ${unit}`,
    `revenue this ${unit} vs the same period last year`,
  ];
  const choices = keepUnderstood(
    wordings.map((text) => ({ label: text.charAt(0).toUpperCase() + text.slice(1), question: text })),
    alone,
  );
  return choices.length < 2
    ? undefined
    : { kind: 'clarify', text: 'Held against what?', choices, unknownWords: [] };
}
