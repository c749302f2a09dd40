import { PassThrough, Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { AppError } from '../domain/app-error.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { ObjectInfo, ObjectStore, PutOptions } from '../ports/object-store.ts';
import { lowerNames } from './memory-object-store.ts';
import { alreadyThere, checkedBucket, checkedRef, notFound } from './object-errors.ts';
import { asciiMetadata, textMetadata } from './s3-metadata.ts';

/** Past this, S3 copies only in parts; the bytes then go through this process. */
const MOST_BYTES_TO_COPY = 5 * 1024 ** 3;

export type S3Connection = {
  region: string;
  endpoint?: string | undefined;
  credentials?: S3ClientConfig['credentials'];
  /** For compatible servers that do not know the newer checksums. */
  plainChecksums?: boolean;
};

export function s3Client(connection: S3Connection): S3Client {
  return new S3Client({
    region: connection.region,
    maxAttempts: 5,
    // A server of one's own seldom has a name for each bucket.
    ...(connection.endpoint ? { endpoint: connection.endpoint, forcePathStyle: true } : {}),
    ...(connection.credentials ? { credentials: connection.credentials } : {}),
    ...(connection.plainChecksums
      ? { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }
      : {}),
  });
}

/** Objects in S3. The SDK tries again what may be tried again; streams of unknown length go up in parts. */
export function s3ObjectStore(options: { client: S3Client; pageSize?: number }): ObjectStore {
  const { client } = options;
  const store: ObjectStore = {
    put: (ref, body, putOptions = {}) => onS3(ref, () => put(client, checkedRef(ref), body, putOptions)),
    get: (ref) => onS3(ref, () => get(client, checkedRef(ref))),
    head: (ref) => onS3(ref, () => head(client, checkedRef(ref))),
    list: (bucket, prefix) => list(client, checkedBucket(bucket), prefix, options.pageSize),
    copy: (from, to) =>
      onS3(from, async () => {
        const info = await head(client, checkedRef(from));
        if (!info) throw notFound(from);
        if (info.sizeBytes > MOST_BYTES_TO_COPY) {
          const { body } = await get(client, from);
          return put(client, checkedRef(to), body, { metadata: info.metadata });
        }
        const source = `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`;
        await client.send(
          new CopyObjectCommand({ Bucket: checkedRef(to).bucket, Key: to.key, CopySource: source }),
        );
        return present(client, to);
      }),
    delete: (ref) =>
      onS3(ref, async () => {
        await client.send(new DeleteObjectCommand(at(checkedRef(ref))));
      }),
  };
  return store;
}

async function put(
  client: S3Client,
  ref: ObjectRef,
  body: Readable | Uint8Array | string,
  options: PutOptions,
): Promise<ObjectInfo> {
  const params = {
    ...at(ref),
    Body: body,
    Metadata: asciiMetadata(lowerNames(options.metadata ?? {})),
    ...(options.contentType ? { ContentType: options.contentType } : {}),
    ...(options.onlyIfAbsent ? { IfNoneMatch: '*' } : {}),
  };
  if (body instanceof Readable) await new Upload({ client, params, queueSize: 2 }).done();
  else await client.send(new PutObjectCommand(params));
  return present(client, ref);
}

async function get(client: S3Client, ref: ObjectRef): Promise<{ info: ObjectInfo; body: Readable }> {
  const reply = await client.send(new GetObjectCommand(at(ref)));
  const source = reply.Body;
  if (!(source instanceof Readable)) throw new AppError('objects.unavailable', { context: { body: 'none' } });
  const body = new PassThrough();
  source.on('error', (error) => body.destroy(asS3Error(ref, error)));
  // A connection lost half-way ends the source without an end.
  source.on('close', () => {
    if (!source.readableEnded && !body.destroyed) body.destroy(new AppError('objects.unavailable'));
  });
  body.on('close', () => source.destroy());
  return { info: infoOf(ref, reply), body: source.pipe(body) };
}

async function head(client: S3Client, ref: ObjectRef): Promise<ObjectInfo | undefined> {
  try {
    return infoOf(ref, await client.send(new HeadObjectCommand(at(ref))));
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function present(client: S3Client, ref: ObjectRef): Promise<ObjectInfo> {
  const info = await head(client, ref);
  if (!info) throw notFound(ref);
  return info;
}

async function* list(
  client: S3Client,
  bucket: string,
  prefix: string,
  pageSize: number | undefined,
): AsyncIterable<ObjectInfo> {
  let token: string | undefined;
  do {
    const page = await onS3({ bucket, key: prefix }, () =>
      client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          // Keys may hold letters that XML cannot carry; asked for so, they come percent-encoded.
          EncodingType: 'url',
          ...(pageSize ? { MaxKeys: pageSize } : {}),
          ...(token ? { ContinuationToken: token } : {}),
        }),
      ),
    );
    for (const object of page.Contents ?? []) {
      if (object.Key === undefined) continue;
      const key =
        page.EncodingType === 'url' ? decodeURIComponent(object.Key.replaceAll('+', ' ')) : object.Key;
      yield infoOf({ bucket, key }, { ...object, ContentLength: object.Size });
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
}

function at(ref: ObjectRef): { Bucket: string; Key: string } {
  return { Bucket: ref.bucket, Key: ref.key };
}

type Described = {
  ContentLength?: number | undefined;
  ETag?: string | undefined;
  LastModified?: Date | undefined;
  Metadata?: Record<string, string> | undefined;
};

function infoOf(ref: ObjectRef, described: Described): ObjectInfo {
  return {
    ref: { bucket: ref.bucket, key: ref.key },
    sizeBytes: described.ContentLength ?? 0,
    etag: (described.ETag ?? '').replaceAll('"', ''),
    modifiedAt: (described.LastModified ?? new Date(0)).toISOString(),
    metadata: textMetadata(described.Metadata ?? {}),
  };
}

async function onS3<T>(ref: ObjectRef, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asS3Error(ref, error);
  }
}

function asS3Error(ref: ObjectRef, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  if (status === 404) return notFound(ref, thrown);
  if (status === 412 || name === 'ConditionalRequestConflict') return alreadyThere(ref, thrown);
  const context = { service: 's3', error: name, status };
  if (status === 403) {
    const detail = `AWS did not allow it for the bucket ${ref.bucket}: check the credentials and their rights.`;
    return new AppError('objects.unavailable', { cause: thrown, context, detail });
  }
  return new AppError('objects.unavailable', { cause: thrown, context });
}

function statusOf(thrown: unknown): number | undefined {
  const metadata = (thrown as { $metadata?: { httpStatusCode?: number } } | undefined | null)?.$metadata;
  return metadata?.httpStatusCode;
}
