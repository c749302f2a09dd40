import { parentPort } from 'node:worker_threads';
import { toAppError } from '../../src/domain/app-error.ts';
import type { FileReport, UnitReport, ValidationPlan } from './validate-rows.ts';
import { type UnitSink, validateUnit } from './validate-unit.ts';

export type ToWorker =
  | { kind: 'start'; plan: ValidationPlan; files: string[] }
  /** The answer to a `pull`; null when the file has ended. */
  | { kind: 'chunk'; bytes: Uint8Array | null };

export type FromWorker =
  | { kind: 'pull' }
  | { kind: 'file-starts'; index: number }
  | { kind: 'file-ends'; index: number; report: FileReport }
  | { kind: 'output'; target: number; bytes: Uint8Array }
  | { kind: 'refused'; bytes: Uint8Array }
  | { kind: 'done'; report: UnitReport }
  | { kind: 'failed'; code: string; detail: string | undefined; context: Record<string, unknown> };

const port = parentPort;
let gotChunk: (bytes: Uint8Array | null) => void = () => undefined;

port?.on('message', (message: ToWorker) => {
  if (message.kind === 'chunk') gotChunk(message.bytes);
  else void run(message);
});

async function run({ plan, files }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const sink: UnitSink = {
    fileStarts: (index) => send({ kind: 'file-starts', index }),
    fileEnds: (index, report) => send({ kind: 'file-ends', index, report }),
    output: (target, bytes) => send({ kind: 'output', target, bytes }, bytes),
    refused: (bytes) => send({ kind: 'refused', bytes }, bytes),
    // The other side answers a pull only when it has passed on what came before.
    drained: async () => undefined,
  };
  try {
    const report = await validateUnit(
      plan,
      files.map((name) => ({ name, chunks: pulled() })),
      sink,
    );
    send({ kind: 'done', report });
  } catch (thrown) {
    const { code, detail, context } = toAppError(thrown);
    send({ kind: 'failed', code, detail: detail ?? (thrown as Error).stack, context });
  }
}

async function* pulled(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await new Promise<Uint8Array | null>((resolve) => {
      gotChunk = resolve;
      send({ kind: 'pull' });
    });
    if (bytes === null) return;
    yield bytes;
  }
}

function send(message: FromWorker, moved?: Uint8Array): void {
  port?.postMessage(message, moved ? [moved.buffer as ArrayBuffer] : []);
}
