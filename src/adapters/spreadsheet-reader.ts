import { AppError } from '../domain/app-error.ts';
import type { SpreadsheetFile } from '../uploads/needs.ts';
import type { ReadOptions, UploadPreview } from '../uploads/upload-preview.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetJob, SpreadsheetReply } from './spreadsheet-worker.ts';
import { startWorker } from './start-worker.ts';

/**
 * Reads each file in a worker of its own, that is ended when it takes too long or too much memory: nothing a file does can
 * stop the program.
 */
export function createSpreadsheetReader({ timeoutMs = LIMITS.timeoutMs }: { timeoutMs?: number } = {}) {
  return {
    async preview(file: SpreadsheetFile, options: ReadOptions): Promise<UploadPreview> {
      const reply = await inWorker({ kind: 'preview', file, options }, timeoutMs);
      if ('result' in reply) return reply.result as UploadPreview;
      if ('refusal' in reply) return refused(file, reply.refusal);
      throw new AppError('internal', { context: { file: file.name }, cause: new Error(reply.fault) });
    },
  };
}

async function inWorker(job: SpreadsheetJob, timeoutMs: number): Promise<SpreadsheetReply> {
  const worker = startWorker(import.meta.url, 'spreadsheet-worker', LIMITS.workerMegabytes);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SpreadsheetReply>((resolve) => {
      timer = setTimeout(
        () =>
          resolve({
            refusal: `It took longer than ${timeoutMs / 1000} seconds to read. Send it in parts, or as csv.`,
          }),
        timeoutMs,
      );
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        resolve(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? { refusal: 'It needs more memory than one file may take. Send it in parts, or as csv.' }
            : { fault: error.stack ?? error.message },
        ),
      );
      worker.once('exit', (code) => resolve({ fault: `The reader ended with code ${code}.` }));
      worker.postMessage(job);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function refused(file: SpreadsheetFile, reason: string): UploadPreview {
  return {
    outcome: 'refused',
    reason,
    file: { name: file.name, kind: 'unknown', sizeBytes: file.bytes.byteLength, sha256: '' },
    sheets: [],
    questions: [],
    warnings: [],
  };
}
