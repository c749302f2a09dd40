import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';

const missing = async (): Promise<never> => {
  throw new AppError('objects.not-found', { detail: 'This test has no files.' });
};

/** A store with nothing in it, for tests that load nothing. */
export const noObjects: ObjectStore = {
  put: missing,
  get: missing,
  copy: missing,
  head: async () => undefined,
  async *list() {},
  delete: async () => undefined,
};
