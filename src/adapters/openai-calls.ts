import OpenAI from 'openai';
import { AppError } from '../domain/app-error.ts';
import type { Day } from '../domain/day.ts';
import { compare, decimal, divide, multiply, sum, toText } from '../domain/decimal.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { PlannerUse } from '../ports/planner.ts';
import { type ModelRequests, type ModelUsage, modelRequests } from './openai-requests.ts';

/** Where the model is, what it costs, and how much of it may be spent. */
export type OpenaiAccount = {
  apiKey: string;
  baseUrl?: string | undefined;
  model: string;
  spending: ModelSpending;
  limits: { perDayUsd: string; perPersonUsd: string };
  /** US dollars per million tokens. */
  prices?: Prices;
  timeoutMs?: number;
};

type Prices = { input: string; cached: string; output: string };

const PRICES: Prices = { input: '0.25', cached: '0.025', output: '2.00' };
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 30_000;

export function openaiRequests(account: OpenaiAccount, retries: number, timeoutMs: number): ModelRequests {
  const client = new OpenAI({
    apiKey: account.apiKey,
    timeout: account.timeoutMs ?? timeoutMs,
    maxRetries: retries,
    logLevel: 'off',
    ...(account.baseUrl ? { baseURL: account.baseUrl } : {}),
  });
  return modelRequests(client);
}

/** Throws model.budget-spent when the day's allowance, of all or of this person, is used up. */
export async function refuseWhenSpent(day: Day, person: string, account: OpenaiAccount): Promise<void> {
  const spent = await account.spending.spent(day, person);
  const over =
    compare(decimal(spent.everyoneUsd), decimal(account.limits.perDayUsd)) >= 0 ||
    compare(decimal(spent.personUsd), decimal(account.limits.perPersonUsd)) >= 0;
  if (over) throw new AppError('model.budget-spent');
}

/** Counts a call for its day and person, and says what it used. */
export async function countUse(
  usage: ModelUsage | undefined,
  day: Day,
  person: string,
  account: OpenaiAccount,
): Promise<PlannerUse> {
  const use = useOf(usage, account.prices ?? PRICES);
  await account.spending.add(day, person, { tokens: use.input + use.output, costUsd: use.costUsd });
  return use;
}

function useOf(usage: ModelUsage | undefined, prices: Prices): PlannerUse {
  const { input, output, cached } = usage ?? { input: 0, output: 0, cached: 0 };
  const cost = divide(
    sum([
      multiply(decimal(Math.max(0, input - cached)), decimal(prices.input)),
      multiply(decimal(cached), decimal(prices.cached)),
      multiply(decimal(output), decimal(prices.output)),
    ]),
    decimal(1_000_000),
    8,
  );
  return { input, output, cached, costUsd: cost ? toText(cost) : '0' };
}

export type Breaker = { check(): void; succeeded(): void; failed(): void };

/** After several failures in a row the model is left alone for a while, so that nobody waits for it. */
export function createBreaker(nowMs: () => number): Breaker {
  let failures = 0;
  let openUntil = 0;
  return {
    check() {
      if (nowMs() < openUntil)
        throw new AppError('model.unavailable', {
          detail: 'It failed several times and is left alone for half a minute.',
        });
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) openUntil = nowMs() + OPEN_MS;
    },
  };
}

/** Runs a call behind the breaker; only the model's own failures count, not a person who stopped waiting. */
export async function behindBreaker<T>(
  breaker: Breaker,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  breaker.check();
  try {
    const done = await call();
    breaker.succeeded();
    return done;
  } catch (thrown) {
    const error = asModelError(thrown);
    if (error.code === 'model.unavailable' && !signal?.aborted) breaker.failed();
    throw error;
  }
}

function asModelError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof OpenAI.APIError ? thrown.status : undefined;
  return new AppError('model.unavailable', { context: { status }, cause: thrown });
}

/** Data for a prompt, fenced off so that nothing in it can end the fence. */
export function fenced(data: unknown): string {
  return `<data>\n${JSON.stringify(data).replaceAll('<', '\\u003c')}\n</data>`;
}
