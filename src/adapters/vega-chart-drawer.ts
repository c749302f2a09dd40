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

  const drawn = (request: (id: number) => ChartRequest): Promise<Uint8Array> => {
    worker ??= start();
    last += 1;
    const id = last;
    const picture = new Promise<Uint8Array>((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.ref();
    worker.postMessage(request(id));
    return picture.finally(() => {
      if (waiting.size === 0) worker?.unref();
    });
  };

  return {
    draw: (spec, table) => drawn((id) => ({ id, spec, table })),
    drawTrends: (trends) => drawn((id) => ({ id, trends })),
    async close() {
      await worker?.terminate();
      worker = undefined;
    },
  };
}
