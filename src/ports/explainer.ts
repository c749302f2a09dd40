import type { Day } from '../domain/day.ts';
import type { PlannerUse } from './planner.ts';

export type ExplainerInput = {
  /** Without personal data. */
  question: string;
  /** Who asks, for counting what the model costs. */
  asker: string;
  today: Day;
  /** What was answered: 'Revenue, by branch, 1 Oct 2026 to 31 Oct 2026'. */
  understood: string;
  /** What has been said already, by us. */
  said: string[];
  /** Headings, then cells as people read them; at most a few dozen rows. */
  rows: string[][];
  signal?: AbortSignal;
};

/**
 * A few sentences by a language model on a result, told piece by piece as they come. They are untrusted text.
 * Errors: model.unavailable, model.bad-reply (cut off, refused), model.budget-spent.
 */
export type Explainer = {
  explain(input: ExplainerInput, onText: (piece: string) => void): Promise<PlannerUse>;
};
