import type { Ids } from '../ports/ids.ts';

/** 'run-000001', 'run-000002' ...: the same in every test run. */
export function memoryIds(): Ids {
  let count = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}-${String(count).padStart(6, '0')}`;
    },
  };
}
