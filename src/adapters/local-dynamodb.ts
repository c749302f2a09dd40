import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../domain/app-error.ts';
import { type DynaliteServer, startDynalite } from './dynalite-server.ts';
import { httpHandler, type RecordsOptions } from './dynamodb-records.ts';
import { type FolderLock, tryFolderLock } from './folder-lock.ts';

export type LocalDynamodb = {
  /** For `dynamodbRecords`: everything but the table prefix. */
  connection: Pick<
    RecordsOptions,
    'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'putHere' | 'runHere'
  >;
  /** Whether this process is the one that has the tables open. It can become so when the other one ends. */
  owns(): boolean;
  close(): Promise<void>;
};

/** `records`: the folder under PLUMBLINE_HOME. Null: in memory, for tests. */
export type LocalDynamodbOptions = { folder: string | null; waitMs?: number };

/**
 * The embedded DynamoDB of a home. The first process of the home opens its tables and answers for the others, which
 * attach to it; when it ends, or is killed, the next call of any other takes its place. Calls in flight at that
 * moment are sent again: every write of ours is conditional or says the same twice.
 * Throws home.locked when the process that has the tables does not answer for `waitMs`.
 */
export async function openLocalDynamodb(options: LocalDynamodbOptions): Promise<LocalDynamodb> {
  const accessKeyId = options.folder ? keyOf(options.folder) : newKey();
  let session = await openSession(options, accessKeyId);
  let reopening: Promise<void> | undefined;
  let closed = false;

  const reopen = (failed: Session): Promise<void> => {
    reopening ??= (async () => {
      if (session === failed && !failed.server) session = await openSession(options, accessKeyId);
    })().finally(() => {
      reopening = undefined;
    });
    return reopening;
  };

  const inner = httpHandler();
  const handle: typeof inner.handle = async (request, handlerOptions) => {
    for (let attempt = 0; ; attempt += 1) {
      const used = session;
      const body = wholeText(request.body);
      if (used.server && body !== undefined) return await answeredHere(used.server, body, request);
      const { hostname, port } = new URL(used.endpoint);
      request.hostname = hostname;
      request.port = Number(port);
      try {
        return await inner.handle(request, handlerOptions);
      } catch (error) {
        if (closed || attempt > 0 || used.server || !isGone(error)) throw error;
        await reopen(used);
      }
    }
  };
  const requestHandler = new Proxy(inner, {
    get: (target, name) => (name === 'handle' ? handle : Reflect.get(target, name, target)),
  });

  return {
    connection: {
      region: 'local',
      endpoint: session.endpoint,
      credentials: { accessKeyId, secretAccessKey: 'local' },
      requestHandler,
      runHere: (command) => session.server?.run(command),
      putHere: async (table, items) => (await session.server?.put(table, items)) ?? false,
    },
    owns: () => session.server !== undefined,
    close: async () => {
      closed = true;
      await reopening?.catch(() => undefined);
      inner.destroy();
      await session.server?.close();
      await session.lock?.release();
    },
  };
}

/** Undefined for a stream. */
function wholeText(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.length).toString()
    : undefined;
}

type Handled = Awaited<ReturnType<ReturnType<typeof httpHandler>['handle']>>;

/** The process that has the tables open needs no socket to itself. */
async function answeredHere(
  server: DynaliteServer,
  body: string,
  request: { method: string; path: string; headers: Record<string, string> },
): Promise<Handled> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const reply = await server.answer({ method: request.method, url: request.path, headers, body });
  return { response: { ...reply, body: Buffer.from(reply.body) } };
}

/** With a server when this process has the tables open. */
type Session = { endpoint: string; server?: DynaliteServer; lock?: FolderLock };

async function openSession(options: LocalDynamodbOptions, accessKeyId: string): Promise<Session> {
  if (options.folder === null) {
    const server = await startDynalite({ folder: null, accessKeyId });
    return { endpoint: server.endpoint, server };
  }
  const giveUpAt = Date.now() + (options.waitMs ?? 10_000);
  for (;;) {
    const session = (await own(options.folder, accessKeyId)) ?? (await attach(options.folder, accessKeyId));
    if (session) return session;
    if (Date.now() > giveUpAt) throw notAnswering(options.folder);
    await pause(100);
  }
}

async function own(folder: string, accessKeyId: string): Promise<Session | undefined> {
  const lock = await tryFolderLock(join(folder, 'lock'));
  if (!lock) return undefined;
  try {
    const server = await startDynalite({ folder: join(folder, 'tables'), accessKeyId });
    writeWhole(join(folder, 'owner.json'), JSON.stringify({ pid: process.pid, endpoint: server.endpoint }));
    return { endpoint: server.endpoint, server, lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function attach(folder: string, accessKeyId: string): Promise<Session | undefined> {
  const owner = ownerOf(folder);
  return owner && (await answers(owner.endpoint, accessKeyId)) ? { endpoint: owner.endpoint } : undefined;
}

function ownerOf(folder: string): { pid: number; endpoint: string } | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return typeof owner.endpoint === 'string' ? owner : undefined;
  } catch {
    // Not written yet: the owner is only starting.
    return undefined;
  }
}

async function answers(endpoint: string, accessKeyId: string): Promise<boolean> {
  try {
    const reply = await fetch(endpoint, {
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/` },
      signal: AbortSignal.timeout(2_000),
    });
    return reply.ok;
  } catch {
    return false;
  }
}

function notAnswering(folder: string): AppError {
  const owner = ownerOf(folder);
  const who = owner ? `Process ${owner.pid}` : 'Another process';
  return new AppError('home.locked', {
    detail: `${who} has the records in ${folder} open but does not answer. Stop it, or set PLUMBLINE_HOME to another folder.`,
    context: { folder, pid: owner?.pid },
  });
}

/** Of this home, for its owner's eyes only, so that a process of another user cannot read the records. */
function keyOf(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'key');
  try {
    // 'wx': of two processes at once, one makes it and the other reads it.
    writeFileSync(file, newKey(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new AppError('home.locked', {
        detail: `The folder ${folder} cannot be written to.`,
        cause: error,
      });
    }
  }
  return readFileSync(file, 'utf8');
}

function newKey(): string {
  return `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`;
}

function writeWhole(file: string, text: string): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text, { mode: 0o600 });
  renameSync(part, file);
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE';
}
