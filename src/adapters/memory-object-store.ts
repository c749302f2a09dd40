import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { ObjectInfo, ObjectStore } from '../ports/object-store.ts';
import { alreadyThere, checkedRef, notFound } from './object-errors.ts';

type Stored = { info: ObjectInfo; bytes: Buffer };

/** Objects in memory, for tests and small demonstrations. */
export function memoryObjectStore(now: () => Date = () => new Date()): ObjectStore {
  const stored = new Map<string, Stored>();
  const find = (ref: ObjectRef) => stored.get(idOf(ref));

  const store: ObjectStore = {
    put: async (given, body, options = {}) => {
      const ref = checkedRef(given);
      const bytes =
        body instanceof Readable
          ? await buffer(body)
          : Buffer.from(body as string | Uint8Array as Uint8Array);
      if (options.onlyIfAbsent && find(ref)) throw alreadyThere(ref);
      const info: ObjectInfo = {
        ref,
        sizeBytes: bytes.length,
        etag: createHash('sha256').update(bytes).digest('hex'),
        modifiedAt: now().toISOString(),
        metadata: lowerNames(options.metadata ?? {}),
      };
      stored.set(idOf(ref), { info, bytes });
      return info;
    },
    get: async (ref) => {
      const found = find(ref);
      if (!found) throw notFound(ref);
      return { info: found.info, body: Readable.from([found.bytes], { objectMode: false }) };
    },
    head: async (ref) => find(ref)?.info,
    async *list(bucket, prefix) {
      const infos = [...stored.values()].map(({ info }) => info);
      const matching = infos.filter(({ ref }) => ref.bucket === bucket && ref.key.startsWith(prefix));
      matching.sort((a, b) => compareKeys(a.ref.key, b.ref.key));
      for (const info of matching) yield { ...info, metadata: {} };
    },
    copy: async (from, to) => {
      const found = find(from);
      if (!found) throw notFound(from);
      return store.put(to, found.bytes, { metadata: found.info.metadata });
    },
    delete: async (ref) => {
      stored.delete(idOf(ref));
    },
  };
  return store;
}

export function lowerNames(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));
}

/** As S3 orders them: by the bytes of UTF-8, which is not JavaScript's order outside the basic plane. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function idOf(ref: ObjectRef): string {
  return `${ref.bucket}/${ref.key}`;
}
