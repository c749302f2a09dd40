import type { Worker } from 'node:worker_threads';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetJob, SpreadsheetReply } from './spreadsheet-work.ts';
import { startWorker } from './start-worker.ts';

/** One that has ended its job in good order waits so long for the next, which is spared a start and cold code. */
const WAITS_MS = 20_000;

let waiting: { worker: Worker; stopWaiting(): void } | undefined;

/** Does one job in a worker that has no other meanwhile, and is ended when the job takes too long or too much memory. */
export async function inWorker(job: SpreadsheetJob, timeoutMs: number): Promise<SpreadsheetReply> {
  const worker = takeWorker();
  const done = new AbortController();
  const { signal } = done;
  let isGood = false;
  try {
    return await new Promise<SpreadsheetReply>((resolve) => {
      const timer = setTimeout(
        () =>
          resolve({
            refusal: `It took longer than ${timeoutMs / 1000} seconds to read. Send it in parts, or as csv.`,
          }),
        timeoutMs,
      );
      const on = <T>(event: string, listener: (value: T) => void) => {
        worker.once(event, listener);
        signal.addEventListener('abort', () => worker.off(event, listener));
      };
      signal.addEventListener('abort', () => clearTimeout(timer));
      on('message', (reply: SpreadsheetReply) => {
        isGood = 'result' in reply;
        resolve(reply);
      });
      on('error', (error: NodeJS.ErrnoException) =>
        resolve(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? { refusal: 'It needs more memory than one file may take. Send it in parts, or as csv.' }
            : { fault: error.stack ?? error.message },
        ),
      );
      on('exit', (code: number) => resolve({ fault: `The reader ended with code ${code}.` }));
      worker.postMessage(job);
    });
  } finally {
    done.abort();
    if (isGood && waiting === undefined) letWait(worker);
    else await worker.terminate();
  }
}

function takeWorker(): Worker {
  if (waiting === undefined)
    return startWorker(import.meta.url, 'spreadsheet-worker', LIMITS.workerMegabytes);
  const { worker, stopWaiting } = waiting;
  stopWaiting();
  worker.ref();
  return worker;
}

/** It keeps no process alive. */
function letWait(worker: Worker): void {
  const stopWaiting = () => {
    waiting = undefined;
    clearTimeout(end);
    worker.off('error', stopWaiting).off('exit', stopWaiting);
  };
  const end = setTimeout(() => {
    stopWaiting();
    void worker.terminate();
  }, WAITS_MS);
  end.unref();
  worker.unref();
  worker.once('error', stopWaiting).once('exit', stopWaiting);
  waiting = { worker, stopWaiting };
}
