import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../domain/app-error.ts';

/**
 * Makes the folder, and those above it, one by one: Node's own way of making all at once never returns where a folder that
 * is there takes no other, as /proc. Errors: config.invalid.
 */
export function makeHome(home: string): void {
  const path = resolve(home);
  try {
    make(path);
  } catch (cause) {
    throw new AppError('config.invalid', {
      detail: `The folder ${path} cannot be made. Set PLUMBLINE_HOME to one that can.`,
      cause,
    });
  }
}

function make(path: string): void {
  try {
    mkdirSync(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw thrown;
    make(dirname(path));
    mkdirSync(path);
  }
}
