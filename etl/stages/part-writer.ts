import { PassThrough } from 'node:stream';
import { constants, createGunzip, createGzip, type Gzip } from 'node:zlib';
import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { drainOf } from './drain-of.ts';

/** Compressed sizes of a part: at least, and where it is full. `slices` parts are read by the warehouse at once. */
export type PartLimits = { slices: number; leastBytes: number; fullBytes: number };

/** COPY is quickest with 1 to 125 MB each. */
export const PART_BYTES = { leastBytes: 2 ** 20, fullBytes: 100 * 2 ** 20 };

export type PartWriter = {
  /** Whole lines; the very first is the header, with which each part begins. Takes over the buffer. */
  write(lines: Buffer): void;
  drained(): Promise<void>;
  /** The parts that are stored, in order: these and no others hold the rows. */
  close(): Promise<ObjectRef[]>;
  abandon(): Promise<void>;
};

type Part = {
  gzip: Gzip;
  bytes: number;
  /** What is compressed already while it is not sure that the part will be one; null once it is being stored. */
  held: Buffer[] | null;
  out: PassThrough;
};

const MOST_QUEUED_BYTES = 4 * 2 ** 20;
const LF = 10;

/**
 * Lines as gzip parts, as many as a multiple of the slices once each slice gets a part of the least size. Parts come in
 * rounds, one part a slice; a round that is full stays open until the next is sure to be whole, and takes its lines if it
 * does not become so. Held in memory are at most the least size for each slice and what the store has not taken. The same
 * lines in the same pieces give the same parts.
 */
export function createPartWriter(
  refOf: (number: number) => ObjectRef,
  objects: ObjectStore,
  limits: PartLimits,
): PartWriter {
  const refs: ObjectRef[] = [];
  const stored: Promise<unknown>[] = [];
  const all: Part[] = [];
  let header: Buffer | null = null;
  let round: Part[] = [];
  let full: Part[] = [];
  let failure: unknown;
  let queued = 0;
  let tail: Promise<void> = Promise.resolve();

  async function begin(): Promise<Part> {
    const part: Part = {
      // Flushed after each piece, so that its size is known.
      gzip: createGzip({ level: constants.Z_BEST_SPEED, flush: constants.Z_SYNC_FLUSH }),
      bytes: 0,
      held: [],
      out: new PassThrough({ highWaterMark: 2 ** 20 }),
    };
    part.out.on('error', () => undefined);
    part.gzip.on('data', (bytes: Buffer) => {
      part.bytes += bytes.length;
      if (part.held) part.held.push(bytes);
      else part.out.write(bytes);
    });
    all.push(part);
    await writeTo(part, header ?? Buffer.alloc(0));
    return part;
  }

  function store(part: Part): void {
    if (failure !== undefined) throw failure;
    const ref = refOf(refs.length + 1);
    refs.push(ref);
    stored.push(
      objects.put(ref, part.out, { contentType: 'application/gzip' }).catch((thrown: unknown) => {
        failure ??= thrown;
        part.out.destroy();
      }),
    );
    for (const bytes of part.held ?? []) part.out.write(bytes);
    part.held = null;
  }

  async function writeTo(part: Part, lines: Buffer): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      part.gzip.write(lines, (wrong) => (wrong ? reject(wrong) : resolve()));
    });
    if (part.out.writableNeedDrain && !part.held) await drainOf(part.out);
    if (failure !== undefined) throw failure;
  }

  /** One after the other up to the least size, then always the smallest. */
  async function partToFill(): Promise<Part> {
    const small = round.find((part) => part.bytes < limits.leastBytes);
    if (small) return small;
    if (round.length === limits.slices) return smallestOf(round);
    const part = await begin();
    round.push(part);
    return part;
  }

  async function deal(lines: Buffer): Promise<void> {
    if (lines.length === 0) return;
    await writeTo(await partToFill(), lines);
    const isWhole = round.length === limits.slices && round.every((part) => part.bytes >= limits.leastBytes);
    if (isWhole && round[0]?.held) {
      await Promise.all(full.map(end));
      full = [];
      round.forEach(store);
    }
    if (isWhole && smallestOf(round).bytes >= limits.fullBytes) {
      full = round;
      round = [];
    }
  }

  function withoutHeader(lines: Buffer): Buffer {
    const after = lines.indexOf(LF) + 1;
    if (after === 0) throw new AppError('internal', { detail: 'A header without an end.' });
    header = lines.subarray(0, after);
    return lines.subarray(after);
  }

  /** A round that is not whole goes into the one before; without one, its last part into the part before it. */
  async function settle(): Promise<void> {
    if (!round.some((part) => part.held)) return;
    if (full.length > 0) {
      for (const [i, part] of round.entries()) await moveInto(full[i] as Part, part);
      round = [];
      return;
    }
    const last = round.at(-1) as Part;
    if (round.length > 1 && last.bytes < limits.leastBytes) {
      await moveInto(round.at(-2) as Part, last);
      round.pop();
    }
    round.forEach(store);
  }

  async function moveInto(part: Part, from: Part): Promise<void> {
    const ended = endOf(from.gzip);
    from.gzip.end();
    await ended;
    const gunzip = createGunzip();
    gunzip.end(Buffer.concat(from.held ?? []));
    from.held = [];
    let skip = header?.length ?? 0;
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      const lines = bytes.subarray(Math.min(skip, bytes.length));
      skip -= bytes.length - lines.length;
      if (lines.length > 0) await writeTo(part, lines);
    }
  }

  return {
    write(lines) {
      const rows = header ? lines : withoutHeader(lines);
      queued += rows.length;
      tail = tail
        .then(() => (failure === undefined ? deal(rows) : undefined))
        .catch((thrown: unknown) => {
          failure ??= thrown;
        })
        .then(() => {
          queued -= rows.length;
        });
    },
    async drained() {
      if (queued > MOST_QUEUED_BYTES) await tail;
      if (failure !== undefined) throw failure;
    },
    async close() {
      await tail;
      if (failure !== undefined) throw failure;
      // A table without rows is a part with a header.
      if (round.length + full.length === 0) round.push(await begin());
      await settle();
      await Promise.all([...full, ...round].map(end));
      await Promise.all(stored);
      if (failure !== undefined) throw failure;
      return refs;
    },
    async abandon() {
      failure ??= new AppError('internal', { detail: 'given up' });
      for (const part of all) {
        part.gzip.destroy();
        part.out.destroy(new Error('given up'));
      }
      await tail;
      await Promise.all(stored);
      await Promise.all(refs.map((ref) => objects.delete(ref).catch(() => undefined)));
    },
  };
}

function smallestOf(parts: readonly Part[]): Part {
  return parts.reduce((least, part) => (part.bytes < least.bytes ? part : least));
}

async function end(part: Part): Promise<void> {
  const ended = endOf(part.gzip);
  part.gzip.end();
  await ended;
  part.out.end();
}

/** Also when it is destroyed meanwhile, which has no 'end'. */
function endOf(gzip: Gzip): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.once('end', resolve);
    gzip.once('close', resolve);
    gzip.once('error', reject);
  });
}
