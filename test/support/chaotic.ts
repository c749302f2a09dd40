import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type ErrorCode } from '../../src/domain/app-error.ts';
import type { Random } from './random.ts';

/** How a part behaves badly. Shares are of calls. */
export type Chaos = {
  random: Random;
  /** The call never arrives. */
  lost: number;
  /** The work is done, but its answer is lost: the caller hears of a fault. */
  unanswered: number;
  /** Some calls in a row fail, then it is well again. */
  flapping: number;
  /** At most this long before a call. */
  slowMs: number;
  codes: readonly ErrorCode[];
};

const FLAPS = 4;

/**
 * Any port, failing on purpose: each call that gives a promise may be slow, get lost, or be done and reported as failed;
 * a list may break off in the middle. `calm()` ends it.
 */
export function chaotic<T extends object>(
  part: T,
  chaos: Chaos,
): { part: T; faults(): number; calm(): void } {
  let faults = 0;
  let flaps = 0;
  let isCalm = false;
  const { random } = chaos;
  const fault = (how: string): AppError => {
    faults += 1;
    return new AppError(random.pick(chaos.codes), { detail: `On purpose: ${how}.` });
  };
  const disturbed = async <R>(call: () => Promise<R>): Promise<R> => {
    if (isCalm) return call();
    if (chaos.slowMs > 0) await sleep(random.next() * chaos.slowMs);
    if (flaps === 0 && random.chance(chaos.flapping)) flaps = 1 + random.upTo(FLAPS);
    if (flaps > 0) {
      flaps -= 1;
      throw fault('it flaps');
    }
    if (random.chance(chaos.lost)) throw fault('the call was lost');
    const answer = await call();
    if (random.chance(chaos.unanswered)) throw fault('the answer was lost');
    return answer;
  };
  const broken = async function* <R>(list: AsyncIterable<R>): AsyncGenerator<R> {
    for await (const one of list) {
      if (!isCalm && random.chance(chaos.lost)) throw fault('the list broke off');
      yield one;
    }
  };
  const proxy = new Proxy(part, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        if (String(name) === 'list' && isObjectStore(target)) return broken(method.apply(target, args));
        return disturbed(async () => method.apply(target, args));
      };
    },
  });
  return {
    part: proxy,
    faults: () => faults,
    calm: () => {
      isCalm = true;
    },
  };
}

/** Its lists come piece by piece. */
function isObjectStore(part: object): boolean {
  return 'head' in part && 'copy' in part;
}
