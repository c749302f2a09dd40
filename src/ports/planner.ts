import { AppError } from '../domain/app-error.ts';
import type { Day } from '../domain/day.ts';
import { decimal, sum, toText } from '../domain/decimal.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { Rights } from '../domain/rights.ts';
import type { Conversation } from './conversations.ts';

export type PlannerInput = {
  question: string;
  /** Who asks, for counting what the model costs. */
  asker?: string;
  today: Day;
  rights: Rights;
  conversation: Conversation | undefined;
  /** What the deterministic planner made of it, for a planner that comes after it. */
  earlier?: PlannerReply;
  signal?: AbortSignal;
};

export type PlannerUse = { input: number; output: number; cached: number; costUsd: string };

export const NO_USE: PlannerUse = { input: 0, output: 0, cached: 0, costUsd: '0' };

export function addUse(a: PlannerUse, b: PlannerUse): PlannerUse {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cached: a.cached + b.cached,
    costUsd: toText(sum([decimal(a.costUsd), decimal(b.costUsd)])),
  };
}

/** Turns a question into a plan. Errors: model.unavailable, model.bad-reply, model.budget-spent. */
export type Planner = { plan(input: PlannerInput): Promise<{ reply: PlannerReply; use: PlannerUse }> };

/** What a failed call used up before it failed. */
export function useOf(thrown: unknown): PlannerUse {
  const use = thrown instanceof AppError ? thrown.context['use'] : undefined;
  return isUse(use) ? use : NO_USE;
}

function isUse(value: unknown): value is PlannerUse {
  return typeof value === 'object' && value !== null && 'costUsd' in value;
}
