import type { Worker } from 'node:worker_threads';
import { AppError } from '../domain/app-error.ts';
import type { ChartDrawer } from '../ports/chart-drawer.ts';
import { startWorker } from './start-worker.ts';
import type { ChartReply, ChartRequest } from './vega-chart-worker.ts';

type Waiting = { resolve(png: Uint8Array): void; reject(error: AppError): void };

/** Charts by Vega-Lite and resvg, in a worker so that acknowledgements are never late. The worker starts when first needed. */
export function vegaChartDrawer(): ChartDrawer {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Worker => {
    const started = startWorker(import.meta.url, 'vega-chart-worker');
    started.unref();
    started.on('message', (reply: ChartReply) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('png' in reply) one?.resolve(reply.png);
      else
        one?.reject(
          new AppError('internal', {
            detail: 'The chart could not be drawn.',
            context: { why: reply.error },
          }),
        );
    });
    started.on('error', (cause) => {
      worker = undefined;
      for (const one of waiting.values())
        one.reject(new AppError('internal', { detail: 'The chart could not be drawn.', cause }));
      waiting.clear();
    });
    return started;
  };

  return {
    draw(spec, table) {
      worker ??= start();
      last += 1;
      const id = last;
      const drawn = new Promise<Uint8Array>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.ref();
      worker.postMessage({ id, spec, table } satisfies ChartRequest);
      return drawn.finally(() => {
        if (waiting.size === 0) worker?.unref();
      });
    },
    async close() {
      await worker?.terminate();
      worker = undefined;
    },
  };
}
