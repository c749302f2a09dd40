import { randomBytes } from 'node:crypto';
import type { Ids } from '../ports/ids.ts';

/** Crockford's base 32 in lower case: no i, l, o, u. Sorts as the numbers do. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * 'run-01k9...': ten characters of milliseconds, sixteen at random. Ids of one process sort in the order they
 * were made, also within a millisecond and when the clock is set back.
 */
export function sortableIds(nowMs: () => number = Date.now): Ids {
  let lastMs = 0;
  let tail = 0n;
  return {
    next(prefix) {
      const ms = nowMs();
      if (ms > lastMs) {
        lastMs = ms;
        tail = randomTail();
      } else {
        tail += 1n;
      }
      return `${prefix}-${inBase32(BigInt(lastMs), 10)}${inBase32(tail, 16)}`;
    },
  };
}

/** 79 bits, so that counting up within a millisecond never overflows the 80 that are written. */
function randomTail(): bigint {
  return BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;
}

function inBase32(value: bigint, width: number): string {
  let text = '';
  for (let left = value; text.length < width; left /= 32n) text = ALPHABET[Number(left % 32n)] + text;
  return text;
}
