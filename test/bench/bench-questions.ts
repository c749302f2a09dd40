import type { ReadQuery } from '../../src/ports/warehouse.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import type { Plumbline } from '../../src/wiring.ts';
import { aQuestion } from '../support/a-question.ts';

export const BENCH_QUESTIONS = [
  'revenue last month',
  'top 5 categories by revenue this year',
  'orders by branch last week',
  'return rate by category last quarter',
  'revenue by month this year vs last year',
];

/** Answers as if asked at the terminal, and gives the bare read of the same answer. A question that gets no figures ends the bench. */
export async function answerForBench(text: string, today: string, plumbline: Plumbline): Promise<ReadQuery> {
  const question = aQuestion({ text, today, planner: 'offline' });
  const { answer } = await answerQuestion(question, plumbline.questions);
  if (answer.kind !== 'answered' || !answer.sql)
    throw new Error(`'${text}' was not answered: ${answer.text}`);
  const { sql, params } = answer;
  return { sql, params, schema: `policy_${question.rights.id}`, maxRows: 5_000, timeoutMs: 60_000 };
}
