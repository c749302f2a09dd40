import type OpenAI from 'openai';
import { AppError } from '../domain/app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Explainer, ExplainerInput } from '../ports/explainer.ts';
import type { PlannerUse } from '../ports/planner.ts';
import {
  behindBreaker,
  countUse,
  createBreaker,
  fenced,
  type OpenaiAccount,
  openaiClient,
  refuseWhenSpent,
} from './openai-calls.ts';

export type OpenaiExplainerOptions = OpenaiAccount & {
  /** The same text every time, so that the provider's prompt cache holds it. */
  instructions: string;
  clock: Clock;
};

const USUAL_TIMEOUT_MS = 8_000;

/**
 * Words for a result by a language model behind any OpenAI-compatible server, streamed. What was used is counted even
 * when the reply is cut off. Errors: model.unavailable, model.bad-reply, model.budget-spent.
 */
export function openaiExplainer(options: OpenaiExplainerOptions): Explainer {
  // No retry: our own sentences stand already, and nobody should wait for better ones.
  const client = openaiClient(options, 0, USUAL_TIMEOUT_MS);
  const breaker = createBreaker(() => options.clock.now().getTime());
  return {
    async explain(input, onText) {
      await refuseWhenSpent(input.today, input.asker, options);
      return behindBreaker(breaker, input.signal, () => streamWords(client, input, onText, options));
    },
  };
}

async function streamWords(
  client: OpenAI,
  input: ExplainerInput,
  onText: (piece: string) => void,
  options: OpenaiExplainerOptions,
): Promise<PlannerUse> {
  // The client's own time-out ends with the first byte; a reply that drips must end too.
  const timeout = AbortSignal.timeout(options.timeoutMs ?? USUAL_TIMEOUT_MS);
  const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
  const prompt = `${fenced(factsOf(input))}\nSay what matters in it.`;
  let written = 0;
  let usage: Usage;
  let problem: string | undefined = 'The reply was cut off.';
  try {
    const stream = await client.responses.create(
      {
        model: options.model,
        instructions: options.instructions,
        input: prompt,
        max_output_tokens: 1_000,
        store: false,
        stream: true,
      },
      { signal },
    );
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') {
        written += event.delta.length;
        onText(event.delta);
      }
      if (event.type === 'response.completed') problem = undefined;
      if (event.type === 'response.completed' || event.type === 'response.incomplete')
        usage = event.response.usage;
      if (event.type === 'response.failed' || event.type === 'response.refusal.done')
        problem = 'The model did not word the answer.';
    }
  } catch (cause) {
    const use = await countUse(guessed(prompt, written, options), input.today, input.asker, options);
    throw new AppError('model.unavailable', { context: { use }, cause });
  }
  const counted = usage ?? guessed(prompt, written, options);
  const use = await countUse(counted, input.today, input.asker, options);
  if (problem) throw new AppError('model.bad-reply', { detail: problem, context: { use } });
  return use;
}

type Usage = OpenAI.Responses.ResponseUsage | undefined;

/** About four letters a token: what is paid for though nobody said how much it was. */
function guessed(
  prompt: string,
  written: number,
  { instructions }: OpenaiExplainerOptions,
): NonNullable<Usage> {
  const input_tokens = Math.ceil((instructions.length + prompt.length) / 4);
  const output_tokens = Math.ceil(written / 4);
  return {
    input_tokens,
    output_tokens,
    total_tokens: input_tokens + output_tokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
}

function factsOf({ question, understood, said, rows }: ExplainerInput) {
  return { question, understood, said, rows };
}
