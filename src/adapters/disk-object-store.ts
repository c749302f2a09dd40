import { createHash, randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileHandle, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { ObjectCreated, ObjectInfo, ObjectStore, PutOptions } from '../ports/object-store.ts';
import { objectEvents } from './disk-object-events.ts';
import { keysOnDisk } from './disk-object-keys.ts';
import {
  type DiskPaths,
  diskPaths,
  isItself,
  isTaken,
  makeFolder,
  openFile,
  syncFolder,
} from './disk-object-paths.ts';
import { lowerNames } from './memory-object-store.ts';
import { alreadyThere, asDiskError, checkedBucket, checkedRef, codeOf, notFound } from './object-errors.ts';

export type DiskObjectStore = ObjectStore & {
  /** The file of an object, for engines that read files themselves. Throws objects.not-found. */
  localPath(ref: ObjectRef): Promise<string>;
  /**
   * Calls the handler for every new object under the prefix: those put through this store at once, those that are
   * put into the folder by hand or by another process when next looked for, those that no handler finished before
   * the last stop at the start. At least once; what fails is told again. Gives the way to stop.
   */
  onCreated(
    bucket: string,
    prefix: string,
    handler: (event: ObjectCreated) => Promise<void>,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export type DiskObjectStoreOptions = {
  folder: string;
  /** How often folders are looked through for files put there by hand. */
  lookEveryMs?: number;
  onError?: (error: unknown) => void;
};

/** Objects as files: see `disk-object-paths.ts` for where. A put writes a temporary file, syncs it, renames it. */
export function diskObjectStore(options: DiskObjectStoreOptions): DiskObjectStore {
  const root = resolve(options.folder);
  const paths = diskPaths(root);
  const disk = { root, paths };

  const store: ObjectStore = {
    put: (ref, body, putOptions = {}) =>
      onDisk(async () => {
        const info = await put(disk, checkedRef(ref), body, putOptions);
        events.created(info);
        return info;
      }),
    get: (ref) => onDisk(() => get(disk, checkedRef(ref))),
    head: (ref) => onDisk(() => head(disk, checkedRef(ref))),
    list: (bucket, prefix) => list(disk, checkedBucket(bucket), prefix),
    copy: (from, to) =>
      onDisk(async () => {
        const { info, body } = await get(disk, checkedRef(from));
        return store.put(to, body, { metadata: info.metadata });
      }),
    delete: (ref) => onDisk(() => remove(disk, checkedRef(ref))),
  };
  const events = objectEvents({
    paths,
    list: (bucket, prefix) => store.list(bucket, prefix),
    lookEveryMs: options.lookEveryMs ?? 2_000,
    onError: options.onError ?? (() => undefined),
  });

  return {
    ...store,
    localPath: (ref) =>
      onDisk(async () => {
        const found = await openObject(disk, checkedRef(ref));
        if (!found) throw notFound(ref);
        await found.handle.close();
        return found.path;
      }),
    onCreated: (bucket, prefix, handler) =>
      onDisk(() => events.subscribe(checkedBucket(bucket), prefix, handler)),
    close: () => events.close(),
  };
}

type Disk = { root: string; paths: DiskPaths };

async function put(
  disk: Disk,
  ref: ObjectRef,
  body: Readable | Uint8Array | string,
  options: PutOptions,
): Promise<ObjectInfo> {
  const { paths } = disk;
  if (options.onlyIfAbsent && (await head(disk, ref))) throw alreadyThere(ref);
  await makeFolder(paths.temporary);
  await makeFolder(paths.sidecars(ref.bucket));
  const temporary = join(paths.temporary, randomUUID());
  try {
    const etag = await writeSynced(temporary, body);
    const stat = await statOf(temporary);
    const about: About = {
      key: ref.key,
      etag,
      sizeBytes: Number(stat.size),
      mtimeNs: String(stat.mtimeNs),
      metadata: lowerNames(options.metadata ?? {}),
    };
    const before = await openObject(disk, ref);
    await before?.handle.close();
    // Written first, under the number of the file to come: whichever of the two a crash leaves, they agree.
    await writeSynced(paths.sidecar(ref, stat.ino), JSON.stringify(about));
    try {
      await moveIn(disk, ref, temporary, options.onlyIfAbsent === true);
    } catch (error) {
      await rm(paths.sidecar(ref, stat.ino), { force: true });
      throw error;
    }
    if (before && before.stat.ino !== stat.ino)
      await rm(paths.sidecar(ref, before.stat.ino), { force: true });
    return infoOf(ref, stat, about);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** To its plain path when one is possible and the object is not among the odd ones already. */
async function moveIn(disk: Disk, ref: ObjectRef, temporary: string, onlyIfAbsent: boolean): Promise<void> {
  const { root, paths } = disk;
  const plain = paths.plain(ref);
  const odd = paths.odd(ref);
  if (plain && !(await isTaken(odd)) && (await madeFolder(dirname(plain))) && (await isFitFor(root, plain))) {
    try {
      await moveTo(ref, temporary, plain, onlyIfAbsent);
      return;
    } catch (error) {
      // A folder of this name came between: objects 'a' and 'a/b' cannot both be paths.
      const isFolder = ['EISDIR', 'ENOTEMPTY', 'ENOTDIR'].includes(codeOf(error) ?? '');
      if (!isFolder) throw error;
    }
  }
  await makeFolder(dirname(odd));
  await moveTo(ref, temporary, odd, onlyIfAbsent);
}

/** Free, or holding this very object. */
async function isFitFor(root: string, plain: string): Promise<boolean> {
  if (!(await isItself(root, dirname(plain)))) return false;
  if (!(await isTaken(plain))) return true;
  const handle = await openFile(root, plain);
  await handle?.close();
  return handle !== undefined;
}

async function madeFolder(path: string): Promise<boolean> {
  try {
    await makeFolder(path);
    return true;
  } catch (error) {
    if (['EEXIST', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

async function moveTo(ref: ObjectRef, temporary: string, path: string, onlyIfAbsent: boolean): Promise<void> {
  if (onlyIfAbsent) {
    try {
      // Of two at once, one makes the link; a rename would let the second one win.
      await link(temporary, path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw alreadyThere(ref, error);
      throw error;
    }
  } else {
    await rename(temporary, path);
  }
  await syncFolder(dirname(path));
}

/** What the sidecar file keeps. It counts only while size and time of the file are still the same. */
type About = {
  key: string;
  etag: string;
  sizeBytes: number;
  mtimeNs: string;
  metadata: Record<string, string>;
};

async function openObject(disk: Disk, ref: ObjectRef) {
  for (const path of [disk.paths.odd(ref), disk.paths.plain(ref)]) {
    const handle = path && (await openFile(disk.root, path));
    if (path && handle) return { handle, path, stat: await handle.stat({ bigint: true }) };
  }
  return undefined;
}

async function get(disk: Disk, ref: ObjectRef): Promise<{ info: ObjectInfo; body: Readable }> {
  const found = await openObject(disk, ref);
  if (!found) throw notFound(ref);
  const info = infoOf(ref, found.stat, await aboutOf(disk, ref, found.stat));
  return { info, body: bodyOf(found.handle) };
}

const READ_BYTES = 256 * 1024;

/** Reads on from the handle, which keeps its file when another is renamed over it; closes it at the end. */
function bodyOf(handle: FileHandle): Readable {
  return new Readable({
    highWaterMark: READ_BYTES,
    read() {
      handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES).then(
        ({ bytesRead, buffer }) => this.push(bytesRead > 0 ? buffer.subarray(0, bytesRead) : null),
        (error) => this.destroy(asDiskError(error)),
      );
    },
    destroy(error, ended) {
      const finish = async () => {
        try {
          await handle.close();
        } catch (closing) {
          return error ?? asDiskError(closing);
        }
        return error;
      };
      void finish().then(ended);
    },
  });
}

async function head(disk: Disk, ref: ObjectRef): Promise<ObjectInfo | undefined> {
  const found = await openObject(disk, ref);
  if (!found) return undefined;
  await found.handle.close();
  return infoOf(ref, found.stat, await aboutOf(disk, ref, found.stat));
}

async function* list(disk: Disk, bucket: string, prefix: string): AsyncIterable<ObjectInfo> {
  const keys = await onDisk(() => keysOnDisk(disk.paths, bucket, prefix));
  for (const key of keys) {
    const info = await onDisk(() => head(disk, { bucket, key }));
    if (info) yield { ...info, metadata: {} };
  }
}

async function remove(disk: Disk, ref: ObjectRef): Promise<void> {
  const found = await openObject(disk, ref);
  if (!found) return;
  await found.handle.close();
  await rm(found.path, { force: true });
  await rm(disk.paths.sidecar(ref, found.stat.ino), { force: true });
}

async function aboutOf(disk: Disk, ref: ObjectRef, stat: BigIntStats): Promise<About | undefined> {
  try {
    const about = JSON.parse(await readFile(disk.paths.sidecar(ref, stat.ino), 'utf8')) as About;
    const same = about.sizeBytes === Number(stat.size) && about.mtimeNs === String(stat.mtimeNs);
    return same && about.key === ref.key ? about : undefined;
  } catch (error) {
    // None, or one that a crash cut short: a file put there by hand has none either.
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function infoOf(ref: ObjectRef, stat: BigIntStats, about: About | undefined): ObjectInfo {
  return {
    ref: { bucket: ref.bucket, key: ref.key },
    sizeBytes: Number(stat.size),
    etag: about?.etag ?? `file-${stat.ino}-${stat.size}-${stat.mtimeNs}`,
    modifiedAt: new Date(Number(stat.mtimeNs / 1_000_000n)).toISOString(),
    metadata: about?.metadata ?? {},
  };
}

/** Gives the SHA-256 of what was written. */
async function writeSynced(path: string, body: Readable | Uint8Array | string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(path, 'w', 0o600);
  try {
    for await (const chunk of chunksIn(body)) {
      hash.update(chunk);
      let offset = 0;
      while (offset < chunk.length) offset += (await handle.write(chunk, offset)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

async function* chunksIn(body: Readable | Uint8Array | string): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) {
    for await (const chunk of body)
      yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
  } else {
    yield typeof body === 'string' ? Buffer.from(body) : body;
  }
}

async function statOf(path: string): Promise<BigIntStats> {
  const handle = await open(path, 'r');
  try {
    return await handle.stat({ bigint: true });
  } finally {
    await handle.close();
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDiskError(error);
  }
}
