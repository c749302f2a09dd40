/** Entry point of the reading process: one file, read-only and locked down; killed from outside when it must stop. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readOn } from './duckdb-read.ts';
import type { ReaderReply, ReaderRequest } from './duckdb-reader-messages.ts';
import { type EngineLimits, LOCK_SETTING, MEANING_SETTINGS, openOptions } from './duckdb-settings.ts';

const limits = JSON.parse(process.argv[2] ?? '{}') as EngineLimits;
const running = new Map<number, DuckDBConnection>();
const stopped = new Set<number>();
let opened: { file: string; database: Promise<DuckDBInstance>; users: number; closing: boolean } | undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ReaderRequest) => {
  if (message.kind === 'stop') {
    stopped.add(message.id);
    running.get(message.id)?.interrupt();
  } else if (message.kind === 'open') void openAhead(message.file);
  else void answer(message);
});

async function answer(request: Extract<ReaderRequest, { kind: 'read' }>): Promise<void> {
  const use = useFile(request.file);
  let connection: DuckDBConnection | undefined;
  let reply: ReaderReply;
  try {
    connection = await (await use.database).connect();
    running.set(request.id, connection);
    if (stopped.has(request.id)) throw new Error('INTERRUPT Error: stopped before it began');
    reply = { id: request.id, table: await readOn(connection, request) };
  } catch (error) {
    reply = { id: request.id, error: error instanceof Error ? error.message : String(error) };
  }
  running.delete(request.id);
  stopped.delete(request.id);
  connection?.closeSync();
  release(use);
  process.send?.(reply);
}

async function openAhead(file: string): Promise<void> {
  const use = useFile(file);
  // The query that comes will say what is wrong with it.
  await use.database.catch(() => undefined);
  release(use);
}

function useFile(file: string) {
  if (opened?.file !== file) {
    if (opened) retire(opened);
    opened = { file, database: openLocked(file), users: 0, closing: false };
    opened.database.catch(() => {
      if (opened?.file === file) opened = undefined;
    });
  }
  opened.users++;
  return opened;
}

function release(use: NonNullable<typeof opened>): void {
  use.users--;
  if (use.closing) retire(use);
}

/** Closes the file of an older snapshot as soon as nobody reads it any more. */
function retire(use: NonNullable<typeof opened>): void {
  use.closing = true;
  if (use.users === 0) void use.database.then((database) => database.closeSync()).catch(() => undefined);
}

async function openLocked(file: string): Promise<DuckDBInstance> {
  const database = await DuckDBInstance.create(file, openOptions(limits, 'read'));
  const connection = await database.connect();
  for (const setting of [...MEANING_SETTINGS, LOCK_SETTING]) await connection.run(setting);
  connection.closeSync();
  return database;
}
