import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskPaths } from './disk-object-paths.ts';
import { compareKeys } from './memory-object-store.ts';
import { codeOf } from './object-errors.ts';

/** Left by file managers, editors and copying tools; nobody means them to be loaded. */
const NOT_MEANT = /(^\.)|(~$)|(\.(part|crdownload|tmp|swp)$)|(^(Thumbs\.db|desktop\.ini)$)/i;

/** All keys of a bucket with this prefix, in order. Symbolic links are passed over. */
export async function keysOnDisk(paths: DiskPaths, bucket: string, prefix: string): Promise<string[]> {
  const keys = new Set<string>();
  const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (start === '' || !/(^|\/)\.{0,2}\//.test(start)) {
    for await (const key of walk(paths.bucket(bucket), start)) if (key.startsWith(prefix)) keys.add(key);
  }
  for (const key of await oddKeys(paths, bucket)) if (key.startsWith(prefix)) keys.add(key);
  return [...keys].sort(compareKeys);
}

/** Whether a file that was put there by hand is meant to be taken in. */
export function isMeant(key: string): boolean {
  return key.split('/').every((segment) => !NOT_MEANT.test(segment));
}

async function* walk(root: string, folder: string): AsyncIterable<string> {
  for (const entry of await entriesOf(join(root, folder))) {
    const key = `${folder}${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, `${folder}${entry.name}/`);
    else if (entry.isFile()) yield key;
  }
}

/** The name of an odd file says nothing of its key; the sidecars of its bucket do. */
async function oddKeys(paths: DiskPaths, bucket: string): Promise<string[]> {
  const odd = new Set((await entriesOf(paths.oddBucket(bucket))).map((entry) => entry.name));
  if (odd.size === 0) return [];
  const keys: string[] = [];
  for (const entry of await entriesOf(paths.sidecars(bucket))) {
    if (!odd.has(entry.name.slice(0, 64))) continue;
    try {
      const about = JSON.parse(await readFile(join(paths.sidecars(bucket), entry.name), 'utf8'));
      if (typeof about.key === 'string') keys.push(about.key);
    } catch (error) {
      // Replaced in between, or cut short by a crash before its object came to be.
      if (codeOf(error) !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    }
  }
  return keys;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}
