import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type MetricsDecision, NOTHING_MORE } from '../../src/questions/model-reply.ts';
import { serving } from './serving.ts';

/** What the stand-in for an OpenAI-compatible server says next. */
export type ScriptedReply =
  | { kind: 'json'; value: unknown; usage?: { input: number; output: number; cached: number } }
  | { kind: 'text'; text: string }
  /** Streamed words; 'cut' ends as too long, 'drop' breaks the line, 'hang' never ends. */
  | { kind: 'stream'; pieces: string[]; end?: 'whole' | 'cut' | 'drop' | 'hang' }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'hang' };

export type AModelServer = {
  url: string;
  requests: { path: string; body: Record<string, unknown> }[];
  close(): Promise<void>;
};

/** What a model decides that plans these figures and nothing more; give what matters, in the reply's own words. */
export function metricsDecision(
  part: Partial<MetricsDecision> & Pick<MetricsDecision, 'metrics'>,
): MetricsDecision {
  return { kind: 'metrics', ...NOTHING_MORE, ...part };
}

/** What a server knows of OpenAI's APIs: all, chat completions alone, or these without a schema for the reply. */
type Speaks = 'responses' | 'chat' | 'chat without schemas';

/** A server that speaks OpenAI's APIs as far as they are used here, with scripted replies; the last one repeats. */
export async function aModelServer(
  script: ScriptedReply[],
  speaks: Speaks = 'responses',
): Promise<AModelServer> {
  let said = 0;
  const requests: AModelServer['requests'] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const asked = { path: request.url ?? '', body: JSON.parse(body) as Record<string, unknown> };
      requests.push(asked);
      const status = refusal(asked, speaks);
      if (status) return reply({ kind: 'status', status }, response);
      const scripted = script[Math.min(said, script.length - 1)] ?? { kind: 'status', status: 500 };
      said += 1;
      reply(scripted, response, asked.path.endsWith('/chat/completions'));
    });
  });
  const { origin, close } = await serving(server);
  return { url: `${origin}/v1`, requests, close };
}

function refusal({ path, body }: AModelServer['requests'][number], speaks: Speaks): number | undefined {
  if (path.endsWith('/responses') !== (speaks === 'responses')) return 404;
  const { type } = (body['response_format'] ?? {}) as { type?: string };
  return speaks === 'chat without schemas' && type === 'json_schema' ? 400 : undefined;
}

function reply(scripted: ScriptedReply, response: ServerResponse, chat = false): void {
  if (scripted.kind === 'hang') return;
  if (scripted.kind === 'status') {
    response.writeHead(scripted.status, { 'content-type': 'application/json', ...scripted.headers });
    response.end(JSON.stringify({ error: { message: 'scripted', type: 'scripted' } }));
    return;
  }
  if (scripted.kind === 'stream') return chat ? chatStream(scripted, response) : stream(scripted, response);
  const text = scripted.kind === 'json' ? JSON.stringify(scripted.value) : scripted.text;
  const usage = (scripted.kind === 'json' ? scripted.usage : undefined) ?? {
    input: 100,
    output: 20,
    cached: 0,
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  if (chat) {
    response.end(JSON.stringify(chatReply(text, usage)));
    return;
  }
  response.end(
    JSON.stringify({
      id: 'resp_1',
      object: 'response',
      created_at: 0,
      status: 'completed',
      model: 'scripted',
      output: [
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text, annotations: [] }],
        },
      ],
      usage: {
        input_tokens: usage.input,
        output_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        input_tokens_details: { cached_tokens: usage.cached },
        output_tokens_details: { reasoning_tokens: 0 },
      },
    }),
  );
}

function stream(scripted: Extract<ScriptedReply, { kind: 'stream' }>, response: ServerResponse): void {
  const { pieces, end = 'whole' } = scripted;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (type: string, more: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  };
  for (const delta of pieces)
    send('response.output_text.delta', { delta, item_id: 'msg_1', output_index: 0, content_index: 0 });
  if (end === 'hang') return;
  if (end === 'drop') {
    response.destroy();
    return;
  }
  const usage = {
    input_tokens: 400,
    output_tokens: 50,
    total_tokens: 450,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  send(end === 'cut' ? 'response.incomplete' : 'response.completed', {
    response: { id: 'resp_1', object: 'response', output: [], usage },
  });
  response.end();
}

function chatReply(text: string, usage: { input: number; output: number; cached: number }) {
  return {
    id: 'chat_1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached },
    },
  };
}

function chatStream(scripted: Extract<ScriptedReply, { kind: 'stream' }>, response: ServerResponse): void {
  const { pieces, end = 'whole' } = scripted;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (more: object): void => {
    response.write(
      `data: ${JSON.stringify({ id: 'chat_1', object: 'chat.completion.chunk', choices: [], ...more })}\n\n`,
    );
  };
  for (const content of pieces) send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  if (end === 'hang') return;
  if (end === 'drop') {
    response.destroy();
    return;
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: end === 'cut' ? 'length' : 'stop' }] });
  send({ usage: { prompt_tokens: 400, completion_tokens: 50, total_tokens: 450 } });
  response.end('data: [DONE]\n\n');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
