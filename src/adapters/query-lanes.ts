import { AppError, hasCode } from '../domain/app-error.ts';

/** Two heavy queries fill two cores; small ones must not wait for them. */
const MAIN_SLOTS = 2;
const QUICK_SLOTS = 2;
const QUICK_MS = 1000;

export type QueryLanes = {
  /** Runs `work` when there is room; its time-out counts from the start of waiting. */
  run<T>(
    timeoutMs: number,
    signal: AbortSignal | undefined,
    work: (timeoutMs: number) => Promise<T>,
  ): Promise<T>;
};

/**
 * At most two queries run for as long as they like. While both places are taken, others are tried for a second in two quick
 * places; what does not finish there is stopped, and waits for a main place. Only for reads, which may be run again.
 */
export function queryLanes(): QueryLanes {
  const main = slots(MAIN_SLOTS);
  const quick = slots(QUICK_SLOTS);
  return {
    async run(timeoutMs, signal, work) {
      const deadline = Date.now() + timeoutMs;
      const left = () => Math.max(1, deadline - Date.now());
      if (!main.tryTake()) {
        if (quick.tryTake()) {
          try {
            return await work(Math.min(QUICK_MS, left()));
          } catch (error) {
            const heavy = hasCode(error, 'warehouse.timed-out');
            if (!heavy || timeoutMs <= QUICK_MS) throw error;
          } finally {
            quick.give();
          }
        }
        await main.take(left(), signal);
      }
      try {
        return await work(left());
      } finally {
        main.give();
      }
    },
  };
}

function slots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    tryTake(): boolean {
      if (free === 0) return false;
      free--;
      return true;
    },
    give(): void {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
    take(withinMs: number, signal: AbortSignal | undefined): Promise<void> {
      if (this.tryTake()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const leave = (code: 'warehouse.timed-out' | 'warehouse.cancelled') => () => {
          const place = waiting.indexOf(enter);
          if (place >= 0) waiting.splice(place, 1);
          settle();
          reject(new AppError(code));
        };
        const onAbort = leave('warehouse.cancelled');
        const timer = setTimeout(leave('warehouse.timed-out'), withinMs);
        const settle = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        const enter = () => {
          settle();
          resolve();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(enter);
      });
    },
  };
}
