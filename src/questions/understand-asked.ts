import type { PlannerReply } from '../domain/plan.ts';
import { addUse, NO_USE, type PlannerUse, useOf } from '../ports/planner.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

const LONGEST_QUESTION = 2000;

export type Understanding = { reply: PlannerReply; use: PlannerUse; planner: 'offline' | 'openai' };

/** The deterministic planner first; a model, if there is one, for what that did not fully understand. */
export async function understandAsked(question: Question, needs: QuestionNeeds): Promise<Understanding> {
  question.onProgress?.('understanding');
  if (question.approved) {
    const { plan, notes, planner } = question.approved;
    return { reply: { kind: 'plan', plan, notes, planner, confidence: 1 }, use: NO_USE, planner };
  }
  if (question.text.trim() === '') {
    return {
      reply: { kind: 'clarify', text: 'What would you like to know?', choices: [], unknownWords: [] },
      use: NO_USE,
      planner: 'offline',
    };
  }
  if (question.text.length > LONGEST_QUESTION) {
    const text = `That question is too long for me (${question.text.length} characters). Please ask it in under ${LONGEST_QUESTION}.`;
    return { reply: { kind: 'refuse', text, reason: 'cannot-answer' }, use: NO_USE, planner: 'offline' };
  }
  const conversation =
    question.leansOn === undefined
      ? await needs.conversations.find(question.thread)
      : (question.leansOn ?? undefined);
  const input = {
    question: question.text,
    asker: question.asker,
    today: question.today,
    rights: question.rights,
    conversation,
    ...(question.signal ? { signal: question.signal } : {}),
  };
  const first = await needs.planners.offline.plan(input);
  const sure = first.reply.kind === 'plan' || first.reply.kind === 'refuse';
  if (question.planner === 'offline' || !needs.planners.model || (sure && question.planner === 'auto')) {
    return { ...first, planner: 'offline' };
  }
  question.onProgress?.('asking the model');
  try {
    const second = await needs.planners.model.plan({ ...input, earlier: first.reply });
    return { ...second, planner: 'openai' };
  } catch (thrown) {
    if (question.signal?.aborted) throw thrown;
    return { ...first, use: addUse(first.use, useOf(thrown)), planner: 'offline' };
  }
}
