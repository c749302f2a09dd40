import { createGunzip } from 'node:zlib';
import { AppError } from '../../src/domain/app-error.ts';
import {
  createUnitValidator,
  type FileReport,
  type UnitReport,
  type ValidationPlan,
  type ValidationSink,
} from './validate-rows.ts';

export type UnitFile = { name: string; chunks: AsyncIterable<Uint8Array> };

export type UnitSink = ValidationSink & {
  fileStarts(index: number): void;
  fileEnds(index: number, report: FileReport): void;
  /** Waits until what was given is on its way, so that memory stays bounded. */
  drained(): Promise<void>;
};

/** More than any honest table: 64 GiB of text in one file. */
const MOST_TEXT_BYTES = 64 * 1024 ** 3;

/** Judges the files of one unit in order, unpacking gzip on the way. Errors: the file.* ones. */
export async function validateUnit(
  plan: ValidationPlan,
  files: readonly UnitFile[],
  sink: UnitSink,
): Promise<UnitReport> {
  const validator = createUnitValidator(plan, sink);
  for (const [index, file] of files.entries()) {
    sink.fileStarts(index);
    validator.startFile(file.name);
    let bytes = 0;
    try {
      for await (const chunk of unpacked(file.chunks)) {
        bytes += chunk.length;
        if (bytes > MOST_TEXT_BYTES)
          throw new AppError('file.too-large', { detail: `${file.name} unpacks to more than 64 GiB.` });
        validator.push(chunk);
        await sink.drained();
      }
      sink.fileEnds(index, validator.endFile());
    } catch (thrown) {
      throw withFileName(thrown, file.name);
    }
  }
  const report = validator.finish();
  await sink.drained();
  return report;
}

/** The bytes themselves, or what they unpack to when they begin as gzip does, whatever the name says. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = head.length === 0 ? asBuffer(next.value) : Buffer.concat([head, next.value]);
  }
  const whole = joined(head, iterator);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const feeding = feed(whole, gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    await feeding;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('file.unreadable', { detail: 'The gzip file is damaged or cut off.', cause });
  } finally {
    gunzip.destroy();
    feeding.catch(() => undefined);
  }
}

async function feed(chunks: AsyncIterable<Buffer>, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            gunzip.off('drain', go);
            gunzip.off('close', go);
            resolve();
          };
          gunzip.on('drain', go);
          gunzip.on('close', go);
        });
      }
    }
    gunzip.end();
  } catch (thrown) {
    gunzip.destroy(thrown as Error);
  }
}

async function* joined(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await rest.next();
      if (next.done) return;
      yield asBuffer(next.value);
    }
  } finally {
    // Who stops in the middle lets go of the file too.
    await rest.return?.();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Says which file it was, once. */
function withFileName(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof AppError) || thrown.detail?.includes(name)) return thrown;
  return new AppError(thrown.code, {
    detail: `${name}: ${thrown.detail ?? ''}`.trim(),
    context: { ...thrown.context, file: name },
    cause: thrown,
  });
}
