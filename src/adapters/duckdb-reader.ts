import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../domain/app-error.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { readError } from './duckdb-read.ts';
import type { ReaderReply, ReaderRequest } from './duckdb-reader-messages.ts';
import type { EngineLimits } from './duckdb-settings.ts';
import { removeDeadSpills } from './duckdb-spill.ts';

type ReaderQuery = {
  file: string;
  schema: string;
  sql: string;
  params: Record<string, ParameterValue>;
  maxRows: number;
  timeoutMs: number;
  explain?: boolean;
  signal?: AbortSignal;
};

export type DuckdbReader = {
  /** Starts the process and opens the file, for the first query not to wait for it. */
  warm(file: string): void;
  run(query: ReaderQuery): Promise<ResultTable>;
  close(): Promise<void>;
};

/** How long an interrupted query may take to stop before its process is killed. */
const GRACE_MS = 400;

type Pending = {
  query: ReaderQuery;
  child: ChildProcess;
  retried: boolean;
  stopping: 'warehouse.timed-out' | 'warehouse.cancelled' | undefined;
  settle: (outcome: ReaderReply | { killed: true }) => void;
};

/**
 * Runs SELECTs in a child process, which is started at the first query and again after it was killed. A query that does not
 * stop when told takes its process down; queries beside it are run again, for reading changes nothing.
 */
export function startDuckdbReader(limits: EngineLimits): DuckdbReader {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let child: ChildProcess | undefined;
  let closed = false;

  const ensureChild = (): ChildProcess => {
    if (child?.connected) return child;
    const started = forkReader(limits);
    started.on('message', (reply: ReaderReply) => pending.get(reply.id)?.settle(reply));
    started.once('exit', () => {
      if (child === started) child = undefined;
      for (const each of pending.values()) if (each.child === started) each.settle({ killed: true });
    });
    started.once('error', () => started.kill('SIGKILL'));
    child = started;
    return started;
  };

  const attempt = (query: ReaderQuery, retried: boolean): Promise<ResultTable> => {
    const id = nextId++;
    const reader = ensureChild();
    keepAlive(reader, true);
    return new Promise<ResultTable>((resolve, reject) => {
      let killTimer: NodeJS.Timeout | undefined;
      const stop = (code: 'warehouse.timed-out' | 'warehouse.cancelled') => {
        if (mine.stopping) return;
        mine.stopping = code;
        tell(reader, { kind: 'stop', id });
        killTimer = setTimeout(() => reader.kill('SIGKILL'), GRACE_MS);
      };
      const onAbort = () => stop('warehouse.cancelled');
      const timer = setTimeout(() => stop('warehouse.timed-out'), query.timeoutMs);
      const mine: Pending = {
        query,
        child: reader,
        retried,
        stopping: undefined,
        settle: (outcome) => {
          clearTimeout(timer);
          clearTimeout(killTimer);
          query.signal?.removeEventListener('abort', onAbort);
          pending.delete(id);
          if (![...pending.values()].some((other) => other.child === reader)) keepAlive(reader, false);
          if (mine.stopping) reject(new AppError(mine.stopping));
          else if ('killed' in outcome) {
            if (retried || closed)
              reject(new AppError('warehouse.unavailable', { detail: 'Its reader died.' }));
            else attempt(query, true).then(resolve, reject);
          } else if ('error' in outcome) reject(readError(outcome.error));
          else resolve(outcome.table);
        },
      };
      pending.set(id, mine);
      query.signal?.addEventListener('abort', onAbort, { once: true });
      const { signal: _signal, timeoutMs: _timeoutMs, explain = false, ...rest } = query;
      tell(reader, { kind: 'read', id, explain, ...rest });
    });
  };

  return {
    warm(file) {
      const reader = ensureChild();
      keepAlive(reader, pending.size > 0);
      tell(reader, { kind: 'open', file });
    },
    async run(query) {
      if (closed) throw new AppError('warehouse.unavailable', { detail: 'It was closed.' });
      if (query.signal?.aborted) throw new AppError('warehouse.cancelled');
      return attempt(query, false);
    },
    async close() {
      closed = true;
      const last = child;
      if (!last || last.exitCode !== null || last.signalCode !== null) return;
      keepAlive(last, true);
      const gone = once(last, 'exit');
      last.kill('SIGKILL');
      await gone;
    },
  };
}

function forkReader(limits: EngineLimits): ChildProcess {
  mkdirSync(limits.tempFolder, { recursive: true });
  removeDeadSpills(limits.tempFolder);
  const fromSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`./duckdb-reader-process.${fromSource ? 'ts' : 'js'}`, import.meta.url);
  return fork(fileURLToPath(entry), [JSON.stringify(limits)], {
    execArgv: fromSource ? ['--import', import.meta.resolve('tsx')] : [],
    // Settings and secrets of this process are none of its business.
    env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '8', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function tell(reader: ChildProcess, message: ReaderRequest): void {
  reader.send(message, (error) => {
    // A dead process is noticed by its exit; one that lives but cannot be told anything must go.
    if (error) reader.kill('SIGKILL');
  });
}

/** An idle reader does not keep the program running. */
function keepAlive(reader: ChildProcess, busy: boolean): void {
  if (busy) {
    reader.ref();
    reader.channel?.ref();
  } else {
    reader.unref();
    reader.channel?.unref();
  }
}
