import { answerQuestion } from '../questions/answer-question.ts';
import { localeOf } from '../questions/answer-words.ts';
import { carryOutPlan } from '../questions/carry-out-plan.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import type { SlackNeeds } from './needs.ts';

/** The part of SlackNeeds that the question side gives. */
export function questionSide(
  questions: QuestionNeeds,
): Pick<SlackNeeds, 'answer' | 'readAgain' | 'locale' | 'conversations' | 'receipts' | 'audit' | 'kpis'> {
  const { conversations, receipts, audit, kpis } = questions;
  return {
    answer: (question) => answerQuestion(question, questions),
    readAgain: (receipt, rights) =>
      carryOutPlan(
        receipt.plan,
        receipt.understood.notes,
        {
          text: receipt.question,
          asker: receipt.asker,
          rights,
          door: 'rerun',
          channel: receipt.channel,
          thread: receipt.thread ?? receipt.id,
          today: receipt.today,
          planner: 'offline',
        },
        questions,
      ),
    locale: async () => localeOf(await questions.facts(), questions),
    conversations,
    receipts,
    audit,
    kpis,
  };
}
