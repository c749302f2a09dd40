import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { AppError } from '../domain/app-error.ts';
import { compare, decimal, divide, multiply, sum, toText } from '../domain/decimal.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { Planner, PlannerInput, PlannerUse } from '../ports/planner.ts';
import { type AcceptNeeds, acceptModelReply } from '../questions/accept-model-reply.ts';
import { ModelReply } from '../questions/model-reply.ts';

export type OpenaiPlannerOptions = {
  apiKey: string;
  baseUrl?: string | undefined;
  model: string;
  /** The prompt with the catalogue in it: the same text every time, so that the provider's prompt cache holds it. */
  instructions: string;
  /** Values near the question's words, to choose filters from. */
  valuesNear(question: string): { dimension: string; value: string }[];
  accept: AcceptNeeds;
  spending: ModelSpending;
  limits: { perDayUsd: string; perPersonUsd: string };
  clock: Clock;
  /** US dollars per million tokens. */
  prices?: { input: string; cached: string; output: string };
  timeoutMs?: number;
};

const PRICES = { input: '0.25', cached: '0.025', output: '2.00' };
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 30_000;
const ROUNDS = 2;

/**
 * Plans by a language model behind any OpenAI-compatible server. The reply is untrusted: it is checked against the
 * model's names, gets one repair round with the validator's words, and is discarded when it is still wrong.
 * Errors: model.unavailable, model.bad-reply, model.budget-spent.
 */
export function openaiPlanner(options: OpenaiPlannerOptions): Planner {
  const client = new OpenAI({
    apiKey: options.apiKey,
    timeout: options.timeoutMs ?? 15_000,
    maxRetries: 2,
    logLevel: 'off',
    ...(options.baseUrl ? { baseURL: options.baseUrl } : {}),
  });
  const breaker = createBreaker(() => options.clock.now().getTime());
  return {
    async plan(input) {
      await refuseWhenSpent(input, options);
      breaker.check();
      try {
        const planned = await planInRounds(client, input, options);
        breaker.succeeded();
        return planned;
      } catch (thrown) {
        const error = asModelError(thrown);
        if (error.code === 'model.unavailable' && !input.signal?.aborted) breaker.failed();
        throw error;
      }
    },
  };
}

async function planInRounds(
  client: OpenAI,
  input: PlannerInput,
  options: OpenaiPlannerOptions,
): Promise<{ reply: PlannerReply; use: PlannerUse }> {
  const turns: { role: 'user' | 'assistant'; content: string }[] = [
    { role: 'user', content: questionText(input, options) },
  ];
  let use: PlannerUse = { input: 0, output: 0, cached: 0, costUsd: '0' };
  let problems: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const response = await client.responses.create(
      {
        model: options.model,
        instructions: options.instructions,
        input: turns,
        text: { format: zodTextFormat(ModelReply, 'plan') },
        max_output_tokens: 4_000,
        store: false,
      },
      input.signal ? { signal: input.signal } : {},
    );
    const spent = useOf(response.usage, options);
    use = addUse(use, spent);
    await options.spending.add(input.today, input.asker ?? 'nobody', {
      tokens: spent.input + spent.output,
      costUsd: spent.costUsd,
    });
    const parsed = parseReply(response.output_text);
    const accepted = parsed.ok ? acceptModelReply(parsed.reply, input.rights, options.accept) : parsed;
    if (accepted.ok) return { reply: accepted.reply, use };
    problems = accepted.problems;
    turns.push(
      { role: 'assistant', content: response.output_text.slice(0, 8_000) || '(nothing)' },
      {
        role: 'user',
        content: `That reply cannot be used: ${problems.join(' ').slice(0, 2_000)} Send a corrected one.`,
      },
    );
  }
  throw new AppError('model.bad-reply', { context: { problems: problems.slice(0, 5) } });
}

function parseReply(text: string): { ok: true; reply: ModelReply } | { ok: false; problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: ['The reply is not JSON.'] };
  }
  const parsed = ModelReply.safeParse(value);
  if (parsed.success) return { ok: true, reply: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.slice(0, 8).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  };
}

/** What changes from question to question, after the stable part; all of it fenced as data. */
function questionText(input: PlannerInput, options: OpenaiPlannerOptions): string {
  const turns = (input.conversation?.turns ?? [])
    .slice(-4)
    .map(({ question, plan }) => ({ question: question.slice(0, 400), plan }));
  const facts = {
    today: input.today,
    sql_allowed: input.rights.mayDraftSql,
    known_values: options.valuesNear(input.question).slice(0, 40),
    thread: turns,
    question: input.question,
  };
  return `<data>\n${JSON.stringify(facts).replaceAll('<', '\\u003c')}\n</data>\nMake the plan for 'question'.`;
}

async function refuseWhenSpent(input: PlannerInput, options: OpenaiPlannerOptions): Promise<void> {
  const spent = await options.spending.spent(input.today, input.asker ?? 'nobody');
  const over =
    compare(decimal(spent.everyoneUsd), decimal(options.limits.perDayUsd)) >= 0 ||
    compare(decimal(spent.personUsd), decimal(options.limits.perPersonUsd)) >= 0;
  if (over) throw new AppError('model.budget-spent');
}

type Usage = OpenAI.Responses.ResponseUsage | undefined;

function useOf(usage: Usage, options: OpenaiPlannerOptions): PlannerUse {
  const prices = options.prices ?? PRICES;
  const cached = usage?.input_tokens_details?.cached_tokens ?? 0;
  const input = usage?.input_tokens ?? 0;
  const output = usage?.output_tokens ?? 0;
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

function addUse(a: PlannerUse, b: PlannerUse): PlannerUse {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cached: a.cached + b.cached,
    costUsd: toText(sum([decimal(a.costUsd), decimal(b.costUsd)])),
  };
}

/** After several failures in a row the model is left alone for a while, so that nobody waits for it. */
function createBreaker(nowMs: () => number): { check(): void; succeeded(): void; failed(): void } {
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

function asModelError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof OpenAI.APIError ? thrown.status : undefined;
  return new AppError('model.unavailable', { context: { status }, cause: thrown });
}
