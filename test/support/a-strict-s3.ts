import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { s3Client } from '../../src/adapters/s3-object-store.ts';
import { serving } from './serving.ts';

type Stored = { body: Buffer; etag: string; modified: Date; metadata: Record<string, string> };

/**
 * A server that speaks what s3rver does not: If-None-Match, listing by the bytes of keys over pages with keys
 * percent-encoded, encoded copy sources. Objects in memory, one part only.
 */
export async function aStrictS3(
  buckets: string[],
): Promise<{ client: S3Client; endpoint: string; close(): Promise<void> }> {
  const stored = new Map(buckets.map((bucket) => [bucket, new Map<string, Stored>()]));
  const server = createServer((request, response) => void answer(stored, request, response));
  const { origin: endpoint, close } = await serving(server);
  const client = s3Client({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    plainChecksums: true,
  });
  return {
    client,
    endpoint,
    close: async () => {
      client.destroy();
      await close();
    },
  };
}

async function answer(
  stored: Map<string, Map<string, Stored>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [bucketName, key] = splitPath(url.pathname);
  const body = await buffer(request).catch(() => undefined);
  const bucket = stored.get(bucketName);
  if (!body) return;
  if (!bucket) return fail(response, 404, 'NoSuchBucket');
  if (key === '' || url.searchParams.has('list-type')) return list(bucket, url, response);
  const object = bucket.get(key);
  if (request.method === 'PUT') return put(stored, bucket, key, body, request, response);
  if (request.method === 'DELETE') {
    bucket.delete(key);
    response.writeHead(204).end();
    return;
  }
  if (!object) return fail(response, 404, 'NoSuchKey');
  response.writeHead(200, headersOf(object)).end(request.method === 'HEAD' ? undefined : object.body);
}

function put(
  stored: Map<string, Map<string, Stored>>,
  bucket: Map<string, Stored>,
  key: string,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.headers['if-none-match'] === '*' && bucket.has(key))
    return fail(response, 412, 'PreconditionFailed');
  const source = request.headers['x-amz-copy-source'];
  if (source !== undefined) {
    const [fromBucket, fromKey] = splitPath(`/${String(source)}`);
    const from = stored.get(fromBucket)?.get(fromKey);
    if (!from) return fail(response, 404, 'NoSuchKey');
    bucket.set(key, { ...from, modified: new Date() });
    response.writeHead(200).end(`<CopyObjectResult><ETag>"${from.etag}"</ETag></CopyObjectResult>`);
    return;
  }
  const etag = createHash('md5').update(body).digest('hex');
  bucket.set(key, { body, etag, modified: new Date(), metadata: metadataOf(request) });
  response.writeHead(200, { etag: `"${etag}"` }).end();
}

function list(bucket: Map<string, Stored>, url: URL, response: ServerResponse): void {
  const after = Buffer.from(url.searchParams.get('continuation-token') ?? '', 'base64url').toString();
  const most = Number(url.searchParams.get('max-keys') ?? 1000);
  const inOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const keys = [...bucket.keys()]
    .filter((key) => key.startsWith(url.searchParams.get('prefix') ?? ''))
    .sort(inOrder)
    .filter((key) => inOrder(key, after) > 0);
  const page = keys.slice(0, most);
  const isMore = keys.length > page.length;
  const next = Buffer.from(page.at(-1) ?? '').toString('base64url');
  const contents = page.map((key) => {
    const { body, etag, modified } = bucket.get(key) as Stored;
    const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
    return `<Contents><Key>${encoded}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${body.length}</Size></Contents>`;
  });
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${isMore}</IsTruncated>${isMore ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
    );
}

function splitPath(path: string): [bucket: string, key: string] {
  const [, bucket = '', ...segments] = path.split('/');
  return [bucket, segments.map(decodeURIComponent).join('/')];
}

function metadataOf(request: IncomingMessage): Record<string, string> {
  const given = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function headersOf(object: Stored): Record<string, string> {
  const { body, etag, modified, metadata } = object;
  return {
    ...metadata,
    etag: `"${etag}"`,
    'content-length': String(body.length),
    'last-modified': modified.toUTCString(),
  };
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code></Error>`);
}
