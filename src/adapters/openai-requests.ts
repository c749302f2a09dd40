import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import type { z } from 'zod';

/** What is asked of a model: the stable text, the turns after it, and the shape that the reply is to have. */
export type ModelRequest = {
  model: string;
  instructions: string;
  turns: { role: 'user' | 'assistant'; content: string }[];
  mostTokens: number;
  schema?: { name: string; shape: z.ZodType } | undefined;
  signal?: AbortSignal | undefined;
};

/** Tokens that were used; `cached` are those of `input` that the provider had from before. */
export type ModelUsage = { input: number; output: number; cached: number };

/** A piece of streamed words, or how they ended. */
export type StreamedWords =
  | { kind: 'words'; text: string }
  | { kind: 'end'; how: 'whole' | 'cut' | 'refused'; usage: ModelUsage | undefined };

export type ModelRequests = {
  /** The whole reply as text. */
  reply(request: ModelRequest): Promise<{ text: string; usage: ModelUsage | undefined }>;
  words(request: ModelRequest): AsyncIterable<StreamedWords>;
};

/**
 * Asks any OpenAI-compatible server: through the Responses API, or, where a server does not know it (404, 405, 501),
 * through chat completions; there again without the schema where it is refused (400, 422), since replies are checked
 * anyway. The way that worked is kept. Errors are those of the client.
 */
export function modelRequests(client: OpenAI): ModelRequests {
  let ways: readonly Way[] = [byResponses(client), byChat(client, 'schema'), byChat(client, 'json')];
  async function first<T>(ask: (way: Way) => Promise<T>): Promise<T> {
    for (const [index, way] of ways.entries()) {
      try {
        const done = await ask(way);
        ways = ways.slice(index);
        return done;
      } catch (error) {
        if (index === ways.length - 1 || !way.otherWayMayServe(error)) throw error;
      }
    }
    throw new Error('There is no way to ask a model.');
  }
  return {
    reply: (request) => first((way) => way.reply(request)),
    async *words(request) {
      yield* await first((way) => way.words(request));
    },
  };
}

type Way = {
  reply: ModelRequests['reply'];
  /** Resolves when the server has taken the request on. */
  words(request: ModelRequest): Promise<AsyncIterable<StreamedWords>>;
  otherWayMayServe(error: unknown): boolean;
};

function byResponses(client: OpenAI): Way {
  const bodyOf = ({ model, instructions, turns, mostTokens, schema }: ModelRequest) => ({
    model,
    instructions,
    input: turns,
    max_output_tokens: mostTokens,
    store: false,
    ...(schema ? { text: { format: zodTextFormat(schema.shape, schema.name) } } : {}),
  });
  return {
    async reply(request) {
      const response = await client.responses.create(bodyOf(request), within(request));
      return { text: response.output_text, usage: usageOfResponse(response.usage) };
    },
    async words(request) {
      return responseWords(
        await client.responses.create({ ...bodyOf(request), stream: true }, within(request)),
      );
    },
    otherWayMayServe: (error) => hasStatus(error, [404, 405, 501]),
  };
}

async function* responseWords(
  events: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>,
): AsyncGenerator<StreamedWords> {
  for await (const event of events) {
    if (event.type === 'response.output_text.delta') yield { kind: 'words', text: event.delta };
    if (event.type === 'response.completed' || event.type === 'response.incomplete')
      yield {
        kind: 'end',
        how: event.type === 'response.completed' ? 'whole' : 'cut',
        usage: usageOfResponse(event.response.usage),
      };
    if (event.type === 'response.failed' || event.type === 'response.refusal.done')
      yield { kind: 'end', how: 'refused', usage: undefined };
  }
}

function byChat(client: OpenAI, format: 'schema' | 'json'): Way {
  const bodyOf = ({ model, instructions, turns, mostTokens, schema }: ModelRequest) => ({
    model,
    messages: [{ role: 'system' as const, content: instructions }, ...turns],
    // The older name: servers that lack the Responses API know this one.
    max_tokens: mostTokens,
    ...(schema && format === 'schema'
      ? { response_format: zodResponseFormat(schema.shape, schema.name) }
      : {}),
    ...(schema && format === 'json'
      ? {
          messages: [{ role: 'system' as const, content: withSchema(instructions, schema) }, ...turns],
          response_format: { type: 'json_object' as const },
        }
      : {}),
  });
  return {
    async reply(request) {
      const chat = await client.chat.completions.create(bodyOf(request), within(request));
      return { text: chat.choices[0]?.message.content ?? '', usage: usageOfChat(chat.usage) };
    },
    async words(request) {
      const stream = await client.chat.completions.create(
        { ...bodyOf(request), stream: true, stream_options: { include_usage: true } },
        within(request),
      );
      return chatWords(stream);
    },
    otherWayMayServe: (error) => hasStatus(error, [400, 422]),
  };
}

async function* chatWords(
  chunks: AsyncIterable<OpenAI.Chat.ChatCompletionChunk>,
): AsyncGenerator<StreamedWords> {
  let how: 'whole' | 'cut' | 'refused' | undefined;
  let usage: ModelUsage | undefined;
  for await (const chunk of chunks) {
    const [choice] = chunk.choices;
    if (choice?.delta.content) yield { kind: 'words', text: choice.delta.content };
    if (choice?.finish_reason) how = ENDS[choice.finish_reason] ?? 'refused';
    usage = usageOfChat(chunk.usage) ?? usage;
  }
  if (how) yield { kind: 'end', how, usage };
}

const ENDS: Record<string, 'whole' | 'cut'> = { stop: 'whole', length: 'cut' };

function withSchema(instructions: string, { name, shape }: NonNullable<ModelRequest['schema']>): string {
  const { schema } = zodTextFormat(shape, name);
  return `${instructions}\n\nReply with one JSON object of this schema and nothing else:\n${JSON.stringify(schema)}`;
}

function within({ signal }: ModelRequest): OpenAI.RequestOptions {
  return signal ? { signal } : {};
}

function hasStatus(error: unknown, statuses: readonly number[]): boolean {
  return error instanceof OpenAI.APIError && statuses.includes(Number(error.status));
}

function usageOfResponse(usage: OpenAI.Responses.ResponseUsage | undefined): ModelUsage | undefined {
  if (!usage) return undefined;
  return {
    input: usage.input_tokens ?? 0,
    output: usage.output_tokens ?? 0,
    cached: usage.input_tokens_details?.cached_tokens ?? 0,
  };
}

function usageOfChat(usage: OpenAI.CompletionUsage | null | undefined): ModelUsage | undefined {
  if (!usage) return undefined;
  return {
    input: usage.prompt_tokens ?? 0,
    output: usage.completion_tokens ?? 0,
    cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
  };
}
