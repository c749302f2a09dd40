import type { Period } from '../domain/period.ts';
import type { Question } from './answer-question.ts';

/** A question while its plan is carried out. */
export type AskedNow = Question & {
  /** 'what you may see (branch Leeds Briggate)' when rows are kept from the asker; null when none are. */
  limit: string | null;
  /** Of the plan; null is all time, or a plan without one. */
  period: Period | null;
};
