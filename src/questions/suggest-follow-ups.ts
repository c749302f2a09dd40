import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { Plan } from '../domain/plan.ts';
import type { DataFacts } from '../model/data-facts.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Conversation } from '../ports/conversations.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

const BREAKDOWNS = ['category', 'branch', 'country', 'channel', 'brand', 'state', 'account'];
const MOST = 3;

/** Up to three short follow-ups, planned while something else is waited for. */
export type FollowUps = {
  all: Promise<string[]>;
  /** They are not needed after all. */
  drop(): void;
};

/** Each was planned as in this thread, so that a click on it is answered. */
export function planFollowUps(plan: Plan, question: Question, needs: QuestionNeeds): FollowUps {
  let isWanted = true;
  const all = known(plan, question, needs, () => isWanted);
  // Whoever waits for them hears what went wrong.
  all.catch(() => {});
  return {
    all,
    drop() {
      isWanted = false;
    },
  };
}

/** Of the same data; a follow-up hangs on the plan, the day and the rights, and on nothing else that was asked. */
const plannedOf = new WeakMap<DataFacts, Map<string, string[]>>();
const MOST_KEPT = 500;

async function known(
  plan: Plan,
  question: Question,
  needs: QuestionNeeds,
  isWanted: () => boolean,
): Promise<string[]> {
  const { rights, today } = question;
  if (rights.tables !== 'all' && rights.tables.length === 0) return [];
  const facts = await needs.facts();
  const kept = plannedOf.get(facts) ?? new Map<string, string[]>();
  plannedOf.set(facts, kept);
  const key = JSON.stringify([plan, today, rights.id]);
  const found = kept.get(key);
  if (found) return found;
  const planned = await planEach(plan, question, needs, isWanted);
  if (kept.size >= MOST_KEPT) kept.clear();
  if (isWanted()) kept.set(key, planned);
  return planned;
}

async function planEach(
  plan: Plan,
  question: Question,
  needs: QuestionNeeds,
  isWanted: () => boolean,
): Promise<string[]> {
  const conversation = justAnswered(plan, question);
  const suggestions: string[] = [];
  for (const candidate of candidates(plan, needs.model)) {
    // What has been sent goes out first, and what has come in is heard between two plans.
    await nextTurn();
    if (suggestions.length === MOST || !isWanted()) break;
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

function justAnswered(plan: Plan, { thread, channel, text, asker }: Question): Conversation {
  return {
    thread,
    channel: channel ?? '',
    turns: [{ question: text, plan, answerKind: 'answered', receiptId: null, askedAt: '', asker }],
  };
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
