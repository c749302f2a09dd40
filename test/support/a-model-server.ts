import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** A server that speaks the Responses API as far as the planner uses it, with scripted replies; the last one repeats. */
export async function aModelServer(script: ScriptedReply[]): Promise<AModelServer> {
  const requests: AModelServer['requests'] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const scripted = script[Math.min(requests.length, script.length - 1)] ?? {
        kind: 'status',
        status: 500,
      };
      requests.push({ path: request.url ?? '', body: JSON.parse(body) as Record<string, unknown> });
      reply(scripted, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function reply(scripted: ScriptedReply, response: ServerResponse): void {
  if (scripted.kind === 'hang') return;
  if (scripted.kind === 'status') {
    response.writeHead(scripted.status, { 'content-type': 'application/json', ...scripted.headers });
    response.end(JSON.stringify({ error: { message: 'scripted', type: 'scripted' } }));
    return;
  }
  if (scripted.kind === 'stream') return stream(scripted, response);
  const text = scripted.kind === 'json' ? JSON.stringify(scripted.value) : scripted.text;
  const usage = (scripted.kind === 'json' ? scripted.usage : undefined) ?? {
    input: 100,
    output: 20,
    cached: 0,
  };
  response.writeHead(200, { 'content-type': 'application/json' });
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

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
