import type { Day } from '../domain/day.ts';

/** What the language model has cost, counted per day and person. Amounts are exact US dollars as text. */
export type ModelSpending = {
  add(day: Day, person: string, use: { tokens: number; costUsd: string }): Promise<void>;
  spent(day: Day, person: string): Promise<{ everyoneUsd: string; personUsd: string }>;
};
