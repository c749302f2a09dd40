import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssistantThread, Channel, Message, StoredFile } from './workspace-types.ts';

/** One line of the journal: later lines replace earlier ones with the same key. */
type JournalEntry =
  | { kind: 'message'; message: Message }
  | { kind: 'message-removed'; channel: string; ts: string }
  | { kind: 'file'; file: StoredFile }
  | { kind: 'channel'; channel: Channel }
  | { kind: 'assistant'; thread: AssistantThread };

/** Keeps the workspace across restarts: a journal of JSON lines, and the bytes of files beside it. */
export type WorkspaceStorage = {
  entries: JournalEntry[];
  append(entry: JournalEntry): void;
  writeFile(id: string, bytes: Uint8Array): Promise<void>;
  readFile(id: string): Promise<Uint8Array | undefined>;
  /** Waits until everything appended is on disk. */
  settle(): Promise<void>;
};

/** With `folder` null everything lives in memory and is gone at the end. */
export async function openWorkspaceStorage(folder: string | null): Promise<WorkspaceStorage> {
  return folder === null ? memoryStorage() : diskStorage(folder);
}

function memoryStorage(): WorkspaceStorage {
  const files = new Map<string, Uint8Array>();
  return {
    entries: [],
    append: () => undefined,
    writeFile: async (id, bytes) => void files.set(id, bytes),
    readFile: async (id) => files.get(id),
    settle: async () => undefined,
  };
}

async function diskStorage(folder: string): Promise<WorkspaceStorage> {
  const journal = path.join(folder, 'journal.jsonl');
  const fileFolder = path.join(folder, 'files');
  await mkdir(fileFolder, { recursive: true });
  const entries = compact(await readJournal(journal));
  await writeWhole(journal, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

  let last: Promise<unknown> = Promise.resolve();
  let warned = false;
  const warnOnce = (error: unknown) => {
    if (!warned) process.emitWarning(`The local workspace cannot keep its messages: ${String(error)}`);
    warned = true;
  };
  return {
    entries,
    append(entry) {
      const line = `${JSON.stringify(entry)}\n`;
      last = last.then(() => appendFile(journal, line)).catch(warnOnce);
    },
    writeFile: (id, bytes) => writeFile(path.join(fileFolder, safeName(id)), bytes),
    readFile: (id) => readFile(path.join(fileFolder, safeName(id))).catch(() => undefined),
    settle: async () => void (await last),
  };
}

async function readJournal(file: string): Promise<JournalEntry[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const entries: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      entries.push(JSON.parse(line) as JournalEntry);
    } catch {
      // The last line may be torn when the process was killed while writing it: only that line is lost.
    }
  }
  return entries;
}

/** Keeps the last state of each thing, in the order in which things first appeared. */
function compact(entries: JournalEntry[]): JournalEntry[] {
  const latest = new Map<string, JournalEntry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (entry.kind === 'message-removed') latest.delete(key);
    else latest.set(key, entry);
  }
  return [...latest.values()];
}

function keyOf(entry: JournalEntry): string {
  if (entry.kind === 'message') return `message ${entry.message.channel} ${entry.message.ts}`;
  if (entry.kind === 'message-removed') return `message ${entry.channel} ${entry.ts}`;
  if (entry.kind === 'file') return `file ${entry.file.id}`;
  if (entry.kind === 'channel') return `channel ${entry.channel.id}`;
  return `assistant ${entry.thread.channel} ${entry.thread.threadTs}`;
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

function safeName(id: string): string {
  return id.replaceAll(/[^A-Z0-9]/gi, '_');
}
