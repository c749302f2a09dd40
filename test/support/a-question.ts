import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import type { Question } from '../../src/questions/answer-question.ts';

let threads = 0;

/** Asked at the terminal by somebody who may see all, each in a thread of its own; give what matters. */
export function aQuestion(given: Pick<Question, 'text' | 'today'> & Partial<Question>): Question {
  threads += 1;
  return {
    asker: 'U1',
    rights: ALL_RIGHTS,
    door: 'terminal',
    channel: null,
    thread: `thread-${threads}`,
    planner: 'auto',
    ...given,
  };
}
