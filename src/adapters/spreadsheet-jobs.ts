import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetJob, SpreadsheetReply } from './spreadsheet-work.ts';
import { startWorker } from './start-worker.ts';

/** Does one job in a worker of its own, that is ended when it takes too long or too much memory. */
export async function inWorker(job: SpreadsheetJob, timeoutMs: number): Promise<SpreadsheetReply> {
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
