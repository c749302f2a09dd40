import type { MetricQuery } from '../domain/metric-query.ts';
import type { Plan } from '../domain/plan.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Conversation } from '../ports/conversations.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

const BREAKDOWNS = ['category', 'branch', 'country', 'channel', 'brand', 'state', 'account'];
const MOST = 3;

/** Up to three short follow-ups; each was planned in this thread, so that a click on it is answered. */
export async function suggestFollowUps(
  plan: Plan,
  question: Question,
  needs: QuestionNeeds,
): Promise<string[]> {
  const conversation: Conversation = {
    thread: question.thread,
    channel: question.channel ?? '',
    turns: [
      {
        question: question.text,
        plan,
        answerKind: 'answered',
        receiptId: null,
        askedAt: '',
        asker: question.asker,
      },
    ],
  };
  if (question.rights.tables !== 'all' && question.rights.tables.length === 0) return [];
  const suggestions: string[] = [];
  for (const candidate of candidates(plan, needs.model)) {
    if (suggestions.length === MOST) break;
    const { reply } = await needs.planners.offline.plan({
      question: candidate,
      today: question.today,
      rights: question.rights,
      conversation,
    });
    if (reply.kind === 'plan' && isAnswerable(reply.plan, needs)) suggestions.push(candidate);
  }
  return suggestions;
}

function isAnswerable(plan: Plan, needs: QuestionNeeds): boolean {
  return plan.kind !== 'metrics' || needs.compose(plan.query).ok;
}

function candidates(plan: Plan, model: SemanticModel): string[] {
  if (plan.kind === 'catalogue')
    return [
      'revenue last month',
      'top 5 categories by revenue this year',
      'average order value by month this year',
    ];
  if (plan.kind === 'why') return ['per week', 'and by category?', 'and by branch?'];
  if (plan.kind !== 'metrics') return [];
  const { query } = plan;
  return [
    ...(query.comparison && query.metrics.length === 1 && query.dimensions.length === 0 ? ['why?'] : []),
    ...(query.period && !query.comparison && !query.grain ? ['compare with the same period last year'] : []),
    ...breakdowns(query, model)
      .slice(0, 2)
      .map((label) => `and by ${label}?`),
    ...(query.grain ? [] : ['per month']),
    ...(query.dimensions.length > 0 && !query.ranking ? ['top 5'] : []),
    ...(query.ranking ? ['top 10', 'bottom 5'] : []),
    'and last month?',
  ];
}

function breakdowns(query: MetricQuery, model: SemanticModel): string[] {
  if (query.dimensions.length > 1) return [];
  const taken = new Set([...query.dimensions, ...query.filters.map((filter) => filter.dimension)]);
  return BREAKDOWNS.flatMap((name) =>
    taken.has(name) ? [] : (model.dimensions.get(name)?.label.toLowerCase() ?? []),
  );
}
