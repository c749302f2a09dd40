import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is mixed into the masks of personal data, so that a list of known addresses cannot be hashed and compared.
 * Made once per home and kept beside its data, for its owner's eyes only.
 */
export function homeMaskSalt(home: string): string {
  mkdirSync(home, { recursive: true });
  const file = join(home, 'mask-salt');
  try {
    // 'wx': of two processes at once, one makes it and the other reads it.
    writeFileSync(file, randomBytes(24).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
  return readFileSync(file, 'utf8').trim();
}
