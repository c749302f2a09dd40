import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectRef } from '../domain/object-ref.ts';
import { codeOf } from './object-errors.ts';

/**
 * Where an object's bytes lie. Most keys are plain paths, so that people find and drop files with their own tools:
 * `<root>/<bucket>/<key>`. A key that no path can hold (a name over 255 bytes, '.' or empty names, one that is a
 * folder already ...) lies in `<root>/.odd/<bucket>/<hash of the key>`. Folders of ours start with a dot, which no
 * bucket does, so listings never meet them.
 */
export type DiskPaths = {
  plain(ref: ObjectRef): string | undefined;
  odd(ref: ObjectRef): string;
  /** Names, sizes and metadata of one version of an object; `ino` tells the versions apart. */
  sidecar(ref: ObjectRef, ino: bigint): string;
  bucket(bucket: string): string;
  oddBucket(bucket: string): string;
  sidecars(bucket: string): string;
  temporary: string;
  /** Marks of what subscribers have been told. */
  told(bucket: string, subscription: string): string;
};

export function diskPaths(root: string): DiskPaths {
  return {
    plain: (ref) => (isPlain(ref.key) ? join(root, ref.bucket, ...ref.key.split('/')) : undefined),
    odd: (ref) => join(root, '.odd', ref.bucket, keyHash(ref.key)),
    sidecar: (ref, ino) => join(root, '.about', ref.bucket, `${keyHash(ref.key)}-${ino}.json`),
    bucket: (bucket) => join(root, bucket),
    oddBucket: (bucket) => join(root, '.odd', bucket),
    sidecars: (bucket) => join(root, '.about', bucket),
    temporary: join(root, '.part'),
    told: (bucket, subscription) => join(root, '.told', bucket, keyHash(subscription)),
  };
}

export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Letters that some file system refuses or takes as its own separator make a key odd. */
function isPlain(key: string): boolean {
  if (/[\p{Cc}\\]/u.test(key) || Buffer.from(key).toString() !== key) return false;
  const segments = key.split('/');
  return (
    Buffer.byteLength(key) <= 900 &&
    segments.every(
      (segment) => segment !== '' && segment !== '.' && segment !== '..' && Buffer.byteLength(segment) <= 255,
    )
  );
}

/**
 * Whether a path leads where it says: no symbolic link on the way from the root, and (where a file system folds
 * letters) not to a name that differs by case. False also when nothing is there.
 */
export async function isItself(root: string, path: string): Promise<boolean> {
  try {
    return (await realpath(path)) === join(await realpath(root), path.slice(root.length));
  } catch (error) {
    if (NOT_THERE.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG']);

/** Opens a file for reading, never through a symbolic link; undefined when there is no such file. */
export async function openFile(root: string, path: string): Promise<FileHandle | undefined> {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    if (!(await lstat(path)).isFile() || !(await isItself(root, path))) return undefined;
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (NOT_THERE.has(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Whether something stands at a path, be it a folder, a link or a name that differs by case. */
export async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (NOT_THERE.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}

export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
