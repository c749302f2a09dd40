import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, ERROR_CODES, type ErrorCode } from '../../src/domain/app-error.ts';
import type { UnitReport, ValidationPlan } from './validate-rows.ts';
import type { UnitFile, UnitSink } from './validate-unit.ts';
import type { FromWorker, ToWorker } from './validate-worker.ts';

const MOST_WORKERS = 2;
const CHUNK_BYTES = 512 * 1024;
const HEAP_MB = 512;

/** A thread holds memory that the stages after this one need. */
const IDLE_MS = 250;

const idle: Worker[] = [];
let rest: NodeJS.Timeout | undefined;
let busy = 0;
const queue: (() => void)[] = [];

/**
 * As validateUnit, in a worker thread, so that judging a large file holds up nothing else in the process.
 * Two threads at most; further units wait. An idle thread stays a moment for the next unit and does not keep the process alive.
 */
export async function validateInWorker(
  plan: ValidationPlan,
  files: readonly UnitFile[],
  sink: UnitSink,
): Promise<UnitReport> {
  if (busy >= MOST_WORKERS) await new Promise<void>((resolve) => queue.push(resolve));
  busy += 1;
  clearTimeout(rest);
  const worker = idle.pop() ?? startWorker();
  worker.ref();
  let fit = false;
  try {
    const report = await converse(worker, plan, files, sink);
    fit = true;
    return report;
  } finally {
    busy -= 1;
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    if (fit) {
      worker.unref();
      idle.push(worker);
      rest = setTimeout(endIdle, IDLE_MS).unref();
    } else void worker.terminate();
    queue.shift()?.();
  }
}

function endIdle(): void {
  for (const worker of idle.splice(0)) void worker.terminate();
}

function converse(
  worker: Worker,
  plan: ValidationPlan,
  files: readonly UnitFile[],
  sink: UnitSink,
): Promise<UnitReport> {
  return new Promise((resolve, reject) => {
    let chunks: AsyncIterator<Uint8Array> | undefined;
    const answer = async () => {
      await sink.drained();
      const next = await (chunks as AsyncIterator<Uint8Array>).next();
      send(
        worker,
        { kind: 'chunk', bytes: next.done ? null : next.value },
        next.done ? undefined : next.value,
      );
    };
    worker.on('error', (cause) => {
      reject(new AppError('internal', { detail: 'The worker that judges rows stopped.', cause }));
    });
    worker.on('exit', () =>
      reject(new AppError('internal', { detail: 'The worker that judges rows ended.' })),
    );
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'pull':
          answer().catch(reject);
          break;
        case 'file-starts':
          chunks = gathered((files[message.index] as UnitFile).chunks);
          sink.fileStarts(message.index);
          break;
        case 'file-ends':
          sink.fileEnds(message.index, message.report);
          break;
        case 'output':
          sink.output(message.target, asBuffer(message.bytes));
          break;
        case 'refused':
          sink.refused(asBuffer(message.bytes));
          break;
        case 'done':
          sink.drained().then(() => resolve(message.report), reject);
          break;
        case 'failed':
          reject(
            new AppError(isErrorCode(message.code) ? message.code : 'internal', {
              ...(message.detail === undefined ? {} : { detail: message.detail }),
              context: message.context,
            }),
          );
          break;
      }
    });
    send(worker, { kind: 'start', plan, files: files.map((file) => file.name) });
  });
}

/** Larger pieces, each in memory of its own, so that it can be handed over instead of copied again. */
async function* gathered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const count = Math.min(chunk.length - from, CHUNK_BYTES - filled);
      piece.set(chunk.subarray(from, from + count), filled);
      filled += count;
      from += count;
      if (filled === CHUNK_BYTES) {
        yield piece;
        piece = new Uint8Array(CHUNK_BYTES);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** From source a thread does not inherit the loader that reads TypeScript, so it is registered inside it first. */
function startWorker(): Worker {
  const options = { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./validate-worker.js', import.meta.url), options);
  const module = new URL('./validate-worker.ts', import.meta.url).href;
  // `require` finds the CommonJS build; only the other one can register itself.
  const found = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const loader = JSON.stringify(pathToFileURL(found).href);
  const boot = `import(${loader}).then(({ register }) => { register(); return import(${JSON.stringify(module)}); });`;
  return new Worker(boot, { ...options, eval: true });
}

function send(worker: Worker, message: ToWorker, moved?: Uint8Array): void {
  worker.postMessage(message, moved ? [moved.buffer as ArrayBuffer] : []);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isErrorCode(code: string): code is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(code);
}
