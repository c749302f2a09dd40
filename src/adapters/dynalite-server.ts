import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import dynalite from 'dynalite';
import db, { type Store } from 'dynalite/db/index.js';
import { AppError } from '../domain/app-error.ts';
import { runHere } from './dynalite-commands.ts';
import { closeIterators } from './dynalite-iterators.ts';
import { putDocuments, putPlainly } from './dynalite-puts.ts';
import { rememberTables } from './dynalite-tables.ts';
import type { Document } from './dynalite-wire.ts';

export type DynaliteRequest = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
};
export type DynaliteReply = { statusCode: number; headers: Record<string, string>; body: string };

export type DynaliteServer = {
  endpoint: string;
  /** What the server would answer, for callers in this process: without a socket between. */
  answer(request: DynaliteRequest): Promise<DynaliteReply>;
  /** The same for a command of the document client; undefined when it must be asked for as others ask. */
  run(command: { input: object }): Promise<Document> | undefined;
  /** Puts without conditions, of callers in this process; false when they must be asked for as others ask. */
  put(table: string, documents: readonly Record<string, unknown>[]): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * DynamoDB in this process, on a free port of this machine alone, in a folder or (null) in memory. It answers only
 * to callers with the access key, and to no web page: dynalite itself would answer to anyone on the machine, and
 * to any page in a browser on it.
 */
export async function startDynalite(options: {
  folder: string | null;
  accessKeyId: string;
}): Promise<DynaliteServer> {
  const { server, store } = createServer(options.folder);
  const [listener] = server.listeners('request') as Listener[];
  if (!listener) throw new AppError('internal', { detail: 'dynalite answers to nothing.' });
  const calls = callsInFlight();
  const answer = calls.counted(answerWith(listener, store));
  server.removeAllListeners('request');
  server.on('request', onlyFor(options.accessKeyId, listener, answer));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError('records.unavailable', { cause, detail: 'No port could be opened on this machine.' }),
      ),
    );
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    answer,
    run: (command) => calls.countedIfAny(() => runHere(store, command)),
    put: calls.counted((table, documents) => putDocuments(store, table, documents)),
    close: async () => {
      await calls.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const LAST_CALLS_MS = 2_000;

/** The store throws at whoever reads it once it is closed: it is closed when the last call of this process has its answer. */
function callsInFlight() {
  const inFlight = new Set<Promise<unknown>>();
  let ended = false;
  const count = <T>(answered: Promise<T>): Promise<T> => {
    inFlight.add(answered);
    return answered.finally(() => inFlight.delete(answered));
  };
  const closed = () => new AppError('records.unavailable', { detail: 'The tables are closed.' });
  return {
    counted<A extends unknown[], T>(call: (...given: A) => Promise<T>) {
      return async (...given: A): Promise<T> => {
        if (ended) throw closed();
        return count(call(...given));
      };
    },
    countedIfAny<T>(call: () => Promise<T> | undefined): Promise<T> | undefined {
      if (ended) return Promise.reject(closed());
      const answered = call();
      return answered && count(answered);
    },
    async end(): Promise<void> {
      ended = true;
      await Promise.race([Promise.allSettled(inFlight), pause(LAST_CALLS_MS, undefined, { ref: false })]);
    },
  };
}

type Listener = (request: unknown, response: unknown) => void;

/** dynalite keeps its store to itself, but asks its own module for it, by name and at once. */
function createServer(folder: string | null): { server: Server; store: Store } {
  const { create } = db;
  let store: Store | undefined;
  db.create = (options) => {
    store = create(options);
    return store;
  };
  try {
    const server = dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(folder ? { path: folder } : {}),
    });
    if (!store) throw new AppError('internal', { detail: 'dynalite has no store.' });
    rememberTables(store);
    closeIterators(store);
    return { server, store };
  } finally {
    db.create = create;
  }
}

const BATCH_WRITE = 'DynamoDB_20120810.BatchWriteItem';
const JSON_TYPE = 'application/x-amz-json-1.0';

function answerWith(listener: Listener, store: Store): DynaliteServer['answer'] {
  return async (request) => {
    if (request.headers['x-amz-target'] === BATCH_WRITE && (await putPlainly(store, request.body)))
      return { statusCode: 200, headers: { 'content-type': JSON_TYPE }, body: '{"UnprocessedItems":{}}' };
    return asked(listener, request);
  };
}

/** Asks dynalite as its HTTP server would. */
function asked(listener: Listener, { method, url, headers, body }: DynaliteRequest): Promise<DynaliteReply> {
  return new Promise((resolve) => {
    const incoming = Object.assign(new EventEmitter(), { method, url, headers });
    const told: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        told[name.toLowerCase()] = String(value);
      },
      end: (said?: string) => resolve({ statusCode: response.statusCode, headers: told, body: said ?? '' }),
    };
    listener(incoming, response);
    if (body !== '') incoming.emit('data', Buffer.from(body));
    incoming.emit('end');
  });
}

function onlyFor(accessKeyId: string, listener: Listener, answer: DynaliteServer['answer']) {
  return (request: IncomingMessage, response: import('node:http').ServerResponse): void => {
    const known = (request.headers.authorization ?? '').includes(`Credential=${accessKeyId}/`);
    if (!known || request.headers.origin) {
      request.resume();
      response.writeHead(403, { 'content-type': JSON_TYPE });
      response.end(
        '{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"not for you"}',
      );
    } else if (request.headers['x-amz-target'] === BATCH_WRITE) void answerBatch(request, response, answer);
    else listener(request, response);
  };
}

/** A caller that goes away in the middle of its request needs no answer. */
async function answerBatch(
  request: IncomingMessage,
  response: import('node:http').ServerResponse,
  answer: DynaliteServer['answer'],
): Promise<void> {
  const body = await text(request).catch(() => undefined);
  if (body === undefined) return;
  const { method = 'POST', url = '/', headers } = request;
  const reply = await answer({ method, url, headers, body }).catch(() => undefined);
  if (!reply) response.writeHead(500).end();
  else response.writeHead(reply.statusCode, reply.headers).end(reply.body);
}
