import { AppError } from '../domain/app-error.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { Clock } from '../ports/clock.ts';
import { addUse, NO_USE, type Planner, type PlannerInput, type PlannerUse } from '../ports/planner.ts';
import { type AcceptNeeds, acceptModelReply } from '../questions/accept-model-reply.ts';
import { ModelReply, readModelReply } from '../questions/model-reply.ts';
import {
  behindBreaker,
  countUse,
  createBreaker,
  fenced,
  type OpenaiAccount,
  openaiRequests,
  refuseWhenSpent,
} from './openai-calls.ts';
import type { ModelRequests } from './openai-requests.ts';

export type OpenaiPlannerOptions = OpenaiAccount & {
  /** The prompt with the catalogue in it: the same text every time, so that the provider's prompt cache holds it. */
  instructions: string;
  /** Values near the question's words, to choose filters from. */
  valuesNear(question: string): { dimension: string; value: string }[];
  accept: AcceptNeeds;
  clock: Clock;
};

const ROUNDS = 2;

/**
 * Plans by a language model behind any OpenAI-compatible server. The reply is untrusted: it is checked against the
 * model's names, gets one repair round with the validator's words, and is discarded when it is still wrong.
 * Errors: model.unavailable, model.bad-reply, model.budget-spent.
 */
export function openaiPlanner(options: OpenaiPlannerOptions): Planner {
  const requests = openaiRequests(options, 2, 15_000);
  const breaker = createBreaker(() => options.clock.now().getTime());
  return {
    async plan(input) {
      await refuseWhenSpent(input.today, input.asker ?? 'nobody', options);
      return behindBreaker(breaker, input.signal, () => planInRounds(requests, input, options));
    },
  };
}

async function planInRounds(
  requests: ModelRequests,
  input: PlannerInput,
  options: OpenaiPlannerOptions,
): Promise<{ reply: PlannerReply; use: PlannerUse }> {
  const turns: { role: 'user' | 'assistant'; content: string }[] = [
    { role: 'user', content: questionText(input, options) },
  ];
  let use = NO_USE;
  let problems: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { text, usage } = await requests.reply({
      model: options.model,
      instructions: options.instructions,
      turns,
      schema: { name: 'plan', shape: ModelReply },
      mostTokens: 4_000,
      signal: input.signal,
    });
    use = addUse(use, await countUse(usage, input.today, input.asker ?? 'nobody', options));
    const parsed = readModelReply(text);
    const accepted = parsed.ok ? acceptModelReply(parsed.reply, input.rights, options.accept) : parsed;
    if (accepted.ok) return { reply: accepted.reply, use };
    problems = accepted.problems;
    turns.push(
      { role: 'assistant', content: text.slice(0, 8_000) || '(nothing)' },
      {
        role: 'user',
        content: `That reply cannot be used: ${problems.join(' ').slice(0, 2_000)} Send a corrected one.`,
      },
    );
  }
  throw new AppError('model.bad-reply', { context: { problems: problems.slice(0, 5), use } });
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
  return `${fenced(facts)}\nMake the plan for 'question'.`;
}
