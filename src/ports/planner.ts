import type { Day } from '../domain/day.ts';
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

/** Turns a question into a plan. Errors: model.unavailable, model.bad-reply, model.budget-spent. */
export type Planner = { plan(input: PlannerInput): Promise<{ reply: PlannerReply; use: PlannerUse }> };
