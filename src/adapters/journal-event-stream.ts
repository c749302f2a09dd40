import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/app-error.ts';
import type { EventStream, StreamRecord } from '../ports/event-stream.ts';
import { tryFolderLock } from './folder-lock.ts';

/** A range of the journal that was decided on: after a crash the very same range is worked on again. */
export type JournalBatch = {
  records: StreamRecord[];
  /** When the range was decided on. */
  cutAt: string;
  /** It was given before and is not done: some of its work may have been. */
  again: boolean;
};

export type EventJournal = EventStream & {
  /** The next records in order, the same ones until `done` is called; undefined when there are none. */
  next(limits: { records: number; bytes: number }): Promise<JournalBatch | undefined>;
  done(): Promise<void>;
  /** Records that were taken and are not done. */
  waiting(): number;
  /** Resolves when there is something to read, or the time is up. */
  somethingNew(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
};

export type JournalOptions = {
  folder: string;
  /** Of one file of the journal; tests make it small. */
  segmentBytes?: number;
  /** More than this waiting, and no more is taken. */
  mostWaiting?: number;
};

const SHARD = 'journal';
const READ_BYTES = 1 << 20;

/**
 * An event stream in a folder, for one machine: one line for each record in numbered files. `append` resolves after
 * the lines are on the disk (one sync for all that came meanwhile), so what was accepted survives kill -9. A line
 * that a crash cut short had not been accepted and is dropped. Files whose records are all done are removed.
 * Errors: home.locked when another process has it; home.disk-full; events.unavailable when too much is waiting.
 */
export async function openEventJournal(options: JournalOptions): Promise<EventJournal> {
  const { folder } = options;
  const segmentBytes = options.segmentBytes ?? 32 << 20;
  const mostWaiting = options.mostWaiting ?? 2_000_000;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await tryFolderLock(join(folder, 'lock'));
  if (!lock) throw new AppError('home.locked', { detail: 'Another process takes the events of this home.' });
  const position = await readPosition(folder);
  const segments = await readSegments(folder);
  let writer = await openLast(folder, segments, position.done + 1);
  let reader = await openReader(folder, segments, position.done + 1);
  /** A write failed and was taken back: the reader may have seen lines that are no more. */
  let readerIsStale = false;
  let batchLast: number | undefined;
  let closed = false;
  let wake: (() => void) | undefined;
  type Pending = { text: string; count: number; resolve(): void; reject(error: unknown): void };
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;

  return {
    async append(records) {
      if (closed) throw new AppError('events.unavailable', { detail: 'It is stopping.' });
      if (writer.next - 1 - position.done + records.length > mostWaiting)
        throw new AppError('events.unavailable', {
          detail: 'Too many events are waiting.',
          retryAfterMs: 5_000,
        });
      if (records.length === 0) return { refused: [] };
      const text = `${records.map(({ data }) => data).join('\n')}\n`;
      await new Promise<void>((resolve, reject) => {
        pending.push({ text, count: records.length, resolve, reject });
        flushing ??= flush().finally(() => {
          flushing = undefined;
        });
      });
      return { refused: [] };
    },

    async next(limits) {
      const first = position.done + 1;
      // A range that was decided on before a crash is kept, so that what is named after it keeps its name.
      const intended = position.intended > position.done;
      const most = intended ? position.intended - position.done : limits.records;
      const lines = await readLines(
        first,
        Math.min(most, writer.next - first),
        intended ? Infinity : limits.bytes,
      );
      if (lines.length === 0) return undefined;
      batchLast = position.done + lines.length;
      if (!intended) {
        position.intended = batchLast;
        position.cutAt = new Date().toISOString();
        await writePosition(folder, position);
      }
      const records = lines.map((data, at) => ({ shard: SHARD, sequence: sequenceName(first + at), data }));
      return { records, cutAt: position.cutAt, again: intended };
    },

    async done() {
      if (batchLast === undefined) return;
      position.done = batchLast;
      position.intended = batchLast;
      batchLast = undefined;
      await writePosition(folder, position);
      while (segments.length > 1 && (segments[1] as number) <= position.done + 1) {
        const old = segments.shift() as number;
        await rm(join(folder, segmentName(old)), { force: true });
      }
    },

    waiting: () => writer.next - 1 - position.done,

    async somethingNew(timeoutMs) {
      if (writer.next - 1 > position.done || closed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
    },

    async close() {
      closed = true;
      wake?.();
      await flushing;
      await writer.handle.close();
      await reader.handle.close();
      await lock.release();
    },
  };

  async function flush(): Promise<void> {
    while (pending.length > 0) {
      const group = pending;
      pending = [];
      try {
        if (writer.bytes >= segmentBytes) await rotate();
        const bytes = Buffer.from(group.map(({ text }) => text).join(''), 'utf8');
        await writeWhole(writer, bytes);
        writer.bytes += bytes.length;
        for (const { count, resolve } of group) {
          writer.next += count;
          resolve();
        }
        wake?.();
      } catch (cause) {
        readerIsStale = true;
        const code = (cause as NodeJS.ErrnoException).code;
        const error = new AppError(code === 'ENOSPC' ? 'home.disk-full' : 'events.unavailable', { cause });
        for (const { reject } of group) reject(error);
      }
    }
  }

  async function rotate(): Promise<void> {
    const handle = await open(join(folder, segmentName(writer.next)), 'a', 0o600);
    await writer.handle.close();
    segments.push(writer.next);
    writer = { handle, bytes: 0, next: writer.next };
  }

  /** Starts at `first` whatever was read before: a batch that was not done is read again. */
  async function readLines(first: number, most: number, bytes: number): Promise<string[]> {
    if (reader.next !== first || readerIsStale) {
      readerIsStale = false;
      await reader.handle.close();
      reader = await openReader(folder, segments, first);
    }
    const lines: string[] = [];
    let size = 0;
    while (lines.length < most && size < bytes) {
      const line = await readLine();
      if (line === undefined) break;
      lines.push(line);
      size += line.length;
    }
    return lines;
  }

  async function readLine(): Promise<string | undefined> {
    for (;;) {
      const line = reader.lines[reader.at];
      if (line !== undefined) {
        reader.at += 1;
        reader.next += 1;
        return line;
      }
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      const { bytesRead } = await reader.handle.read(buffer, 0, READ_BYTES, reader.offset);
      if (bytesRead === 0) {
        const following = segments.find((begin) => begin > reader.segment);
        if (following === undefined || following > reader.next) return undefined;
        await reader.handle.close();
        reader = await openReader(folder, segments, following);
        continue;
      }
      reader.offset += bytesRead;
      const bytes = Buffer.concat([reader.carry, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(10);
      reader.lines = end < 0 ? [] : bytes.subarray(0, end).toString('utf8').split('\n');
      reader.carry = Buffer.from(bytes.subarray(end + 1));
      reader.at = 0;
    }
  }
}

type Position = { done: number; intended: number; cutAt: string };
type Writer = { handle: FileHandle; bytes: number /** The number of the next record. */; next: number };
type Reader = {
  handle: FileHandle;
  segment: number;
  offset: number;
  carry: Buffer;
  lines: string[];
  at: number;
  /** The number of the next line to be given. */
  next: number;
};

async function readPosition(folder: string): Promise<Position> {
  try {
    return JSON.parse(await readFile(join(folder, 'position.json'), 'utf8')) as Position;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { done: 0, intended: 0, cutAt: '' };
  }
}

async function writePosition(folder: string, position: Position): Promise<void> {
  const file = join(folder, 'position.json');
  const handle = await open(`${file}.part`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(position));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
}

/** Numbers of the first records of the files, in order. */
async function readSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d{15}\.jsonl$/.test(name))
    .map((name) => Number(name.slice(0, 15)))
    .sort((a, b) => a - b);
}

/** The file that is written on, cut after its last whole line. */
async function openLast(folder: string, segments: number[], first: number): Promise<Writer> {
  if (segments.length === 0) segments.push(first);
  const begin = segments.at(-1) as number;
  const handle = await open(join(folder, segmentName(begin)), 'a+', 0o600);
  const content = await handle.readFile();
  const bytes = content.lastIndexOf(10) + 1;
  if (bytes < content.length) await handle.truncate(bytes);
  let lines = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines += 1;
  return { handle, bytes, next: begin + lines };
}

async function openReader(folder: string, segments: readonly number[], next: number): Promise<Reader> {
  const segment = segments.findLast((begin) => begin <= next) ?? segments[0] ?? next;
  const handle = await open(join(folder, segmentName(segment)), 'r');
  const reader: Reader = { handle, segment, offset: 0, carry: Buffer.alloc(0), lines: [], at: 0, next };
  let skip = next - segment;
  while (skip > 0) {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, reader.offset);
    if (bytesRead === 0) break;
    let at = -1;
    while (skip > 0) {
      const end = buffer.subarray(0, bytesRead).indexOf(10, at + 1);
      if (end < 0) break;
      at = end;
      skip -= 1;
    }
    reader.offset += skip === 0 ? at + 1 : bytesRead;
  }
  return reader;
}

/** A write that failed half-way leaves nothing behind, so that the next line is whole. */
async function writeWhole(writer: Writer, bytes: Buffer): Promise<void> {
  try {
    await writer.handle.appendFile(bytes);
    await writer.handle.datasync();
  } catch (error) {
    await writer.handle.truncate(writer.bytes).catch(() => undefined);
    throw error;
  }
}

function segmentName(first: number): string {
  return `${sequenceName(first)}.jsonl`;
}

function sequenceName(sequence: number): string {
  return String(sequence).padStart(15, '0');
}
