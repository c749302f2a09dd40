import { vi } from 'vitest';

/** Asks again until the check passes; half a minute, for a machine that has other work (vitest's own second is too little). */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 30_000, interval: 5 });
