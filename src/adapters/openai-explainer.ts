import { AppError } from '../domain/app-error.ts';
import { stopSignal } from '../domain/stop-signal.ts';
import type { Clock } from '../ports/clock.ts';
import type { Explainer, ExplainerInput } from '../ports/explainer.ts';
import type { PlannerUse } from '../ports/planner.ts';
import {
  behindBreaker,
  countUse,
  createBreaker,
  fenced,
  type OpenaiAccount,
  openaiRequests,
  refuseWhenSpent,
} from './openai-calls.ts';
import type { ModelRequests, ModelUsage } from './openai-requests.ts';

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
  const requests = openaiRequests(options, 0, USUAL_TIMEOUT_MS);
  const breaker = createBreaker(() => options.clock.now().getTime());
  return {
    async explain(input, onText) {
      await refuseWhenSpent(input.today, input.asker, options);
      return behindBreaker(breaker, input.signal, () => streamWords(requests, input, onText, options));
    },
  };
}

async function streamWords(
  requests: ModelRequests,
  input: ExplainerInput,
  onText: (piece: string) => void,
  options: OpenaiExplainerOptions,
): Promise<PlannerUse> {
  // The client's own time-out ends with the first byte; a reply that drips must end too.
  const { signal, end } = stopSignal(input.signal, options.timeoutMs ?? USUAL_TIMEOUT_MS);
  const prompt = `${fenced(factsOf(input))}\nSay what matters in it.`;
  let written = 0;
  let usage: ModelUsage | undefined;
  let problem: string | undefined = PROBLEMS.cut;
  try {
    const pieces = requests.words({
      model: options.model,
      instructions: options.instructions,
      turns: [{ role: 'user', content: prompt }],
      mostTokens: 1_000,
      signal,
    });
    for await (const piece of pieces) {
      if (piece.kind === 'words') {
        written += piece.text.length;
        onText(piece.text);
      } else {
        usage = piece.usage;
        problem = PROBLEMS[piece.how];
      }
    }
  } catch (cause) {
    const use = await countUse(guessed(prompt, written, options), input.today, input.asker, options);
    throw new AppError('model.unavailable', { context: { use }, cause });
  } finally {
    end();
  }
  const counted = usage ?? guessed(prompt, written, options);
  const use = await countUse(counted, input.today, input.asker, options);
  if (problem) throw new AppError('model.bad-reply', { detail: problem, context: { use } });
  return use;
}

const PROBLEMS = {
  whole: undefined,
  cut: 'The reply was cut off.',
  refused: 'The model did not word the answer.',
};

/** About four letters a token: what is paid for though nobody said how much it was. */
function guessed(prompt: string, written: number, { instructions }: OpenaiExplainerOptions): ModelUsage {
  return {
    input: Math.ceil((instructions.length + prompt.length) / 4),
    output: Math.ceil(written / 4),
    cached: 0,
  };
}

function factsOf({ question, understood, said, rows }: ExplainerInput) {
  return { question, understood, said, rows };
}
