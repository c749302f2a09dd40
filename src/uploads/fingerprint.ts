import { createHash } from 'node:crypto';
import { normalizeHeader } from './normalize-header.ts';

/** One layout, one fingerprint: the names of the columns in their order, however they are written. */
export function layoutFingerprint(headers: readonly (string | null)[]): string {
  const names = headers.map((header) => (header === null ? '' : normalizeHeader(header)));
  while (names.at(-1) === '') names.pop();
  return createHash('sha256').update(names.join('\u0001')).digest('hex').slice(0, 24);
}
