import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, hasCode, sentenceFor, toAppError } from '../../src/domain/app-error.ts';
import { type Acceptance, acceptEvents } from '../events/accept-events.ts';
import type { EventNeeds } from '../events/event-needs.ts';

export type EventsDoorNeeds = Pick<EventNeeds, 'stream' | 'feeds' | 'log'>;

export type EventsDoorOptions = {
  /** 0 takes any free one. */
  port: number;
  /** Null: only this machine may send, and no web page. */
  apiKey: string | null;
};

export type EventsDoor = { url: string; close(): Promise<void> };

type Reply = { status: number; body: unknown; retryAfterSeconds?: number };

export const MOST_BODY_BYTES = 4 << 20;
const MOST_CONNECTIONS = 200;

/**
 * `POST /events` on this machine, as API Gateway is in the cloud. 202 says that the accepted events are on the disk
 * and will be counted exactly once; 400 that none was accepted. `GET /health` says that it listens.
 * Errors: home.locked when the port is taken.
 */
export async function openEventsDoor(
  options: EventsDoorOptions,
  needs: EventsDoorNeeds,
): Promise<EventsDoor> {
  const server = createServer((request, response) => {
    answer(request, options, needs)
      .then((reply) => send(response, reply))
      .catch((thrown: unknown) => {
        needs.log.error({ err: toAppError(thrown) }, 'an answer to a sender of events failed');
        response.destroy();
      });
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxConnections = MOST_CONNECTIONS;
  const host = options.apiKey === null ? '127.0.0.1' : '0.0.0.0';
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  options: EventsDoorOptions,
  needs: EventsDoorNeeds,
): Promise<Reply> {
  const [path] = (request.url ?? '').split('?');
  if (path === '/health') return { status: 200, body: { ok: true } };
  if (path !== '/events') return fault(404, 'There is only POST /events.');
  if (request.method !== 'POST') return fault(405, 'Send events with POST.');
  if (!mayEnter(request, options.apiKey)) return fault(403, 'The API key is missing or wrong.');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return fault(415, 'Send application/json.');
  return takeEvents(() => readJson(request), needs);
}

/** The events of one body, and what the sender is told. */
export async function takeEvents(
  read: () => unknown,
  needs: Pick<EventsDoorNeeds, 'stream' | 'feeds' | 'log'>,
): Promise<Reply> {
  let body: unknown;
  try {
    body = await read();
  } catch (thrown) {
    return hasCode(thrown, 'file.too-large')
      ? fault(413, `At most ${MOST_BODY_BYTES} bytes may come at once.`)
      : fault(400, 'The body is not JSON in UTF-8.');
  }
  try {
    const taken = await acceptEvents(body, needs);
    return { status: statusOf(taken), body: taken };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'usage.wrong') return fault(400, error.detail ?? '');
    needs.log.error({ err: error }, 'events could not be taken');
    const retryAfterSeconds = Math.ceil((error.retryAfterMs ?? 5_000) / 1_000);
    return { status: 503, body: { error: sentenceFor(error) }, retryAfterSeconds };
  }
}

function statusOf({ accepted, refused }: Acceptance): number {
  return accepted > 0 || refused.length === 0 ? 202 : 400;
}

function fault(status: number, error: string): Reply {
  return { status, body: { error } };
}

/** Without a key, only programs of this machine: a web page sends its origin, and a rebound name is not ours. */
function mayEnter(request: IncomingMessage, apiKey: string | null): boolean {
  if (apiKey === null) {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    return request.headers.origin === undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(host);
  }
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const given = request.headers['x-api-key'] ?? bearer ?? '';
  return timingSafeEqual(digest(String(given)), digest(apiKey));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY_BYTES) throw new AppError('file.too-large');
    chunks.push(chunk);
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown;
}

function send(response: ServerResponse, { status, body, retryAfterSeconds }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    // What was not read of a refused body is not read at all.
    ...(status === 202 ? {} : { connection: 'close' }),
  });
  response.end(`${JSON.stringify(body)}\n`);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new AppError('home.locked', { cause, detail: `The port ${port} for events is taken.` })),
    );
    server.listen(port, host, resolve);
  });
}
