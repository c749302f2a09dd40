import type { Answer } from '../domain/answer.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

/** Whoever sits at the machine, and what runs by itself, is not counted. */
const UNCOUNTED: ReadonlySet<string> = new Set(['terminal', 'rule', 'again', 'rerun', 'eval']);

/** A plain no to whoever has asked as often today (UTC) as one person may; null otherwise. */
export async function tooManyToday(
  { asker, door }: Pick<Question, 'asker' | 'door'>,
  { audit, clock, limits }: Pick<QuestionNeeds, 'audit' | 'clock' | 'limits'>,
): Promise<Extract<Answer, { kind: 'refused' }> | null> {
  if (UNCOUNTED.has(door)) return null;
  const most = limits.questionsPerDay;
  const since = `${clock.now().toISOString().slice(0, 10)}T00:00:00.000Z`;
  // A question in a channel may have a second, private reading: it counts once.
  const asked = await audit.list({ limit: 2 * most, since, asker });
  if (asked.filter(({ rule }) => !rule?.startsWith('private: ')).length < most) return null;
  return {
    kind: 'refused',
    reason: 'limit-reached',
    text: `You have asked ${most} questions today, and that is as many as one person may. Ask again tomorrow; whoever runs Plumbline can raise the number.`,
  };
}
