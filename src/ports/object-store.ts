import type { Readable } from 'node:stream';
import type { ObjectRef } from '../domain/object-ref.ts';

export type ObjectInfo = {
  ref: ObjectRef;
  sizeBytes: number;
  etag: string;
  modifiedAt: string;
  /** Lower-case names; values are any text. */
  metadata: Record<string, string>;
};

export type PutOptions = {
  metadata?: Record<string, string>;
  contentType?: string /** Fails with objects.already-there. */;
  onlyIfAbsent?: boolean;
};

/** Told at least once, in any order. */
export type ObjectCreated = { ref: ObjectRef; sizeBytes: number; etag: string; sequencer: string };

/**
 * Files in buckets. A put is seen whole or not at all.
 * Errors: objects.not-found, objects.unavailable, objects.already-there, home.disk-full.
 */
export type ObjectStore = {
  put(ref: ObjectRef, body: Readable | Uint8Array | string, options?: PutOptions): Promise<ObjectInfo>;
  get(ref: ObjectRef): Promise<{ info: ObjectInfo; body: Readable }>;
  head(ref: ObjectRef): Promise<ObjectInfo | undefined>;
  /** In key order (bytes of UTF-8). `metadata` is empty in a listing; ask `head` for it. */
  list(bucket: string, prefix: string): AsyncIterable<ObjectInfo>;
  copy(from: ObjectRef, to: ObjectRef): Promise<ObjectInfo>;
  /** Deleting what is not there is no error. */
  delete(ref: ObjectRef): Promise<void>;
};
