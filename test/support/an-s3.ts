import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { s3Client } from '../../src/adapters/s3-object-store.ts';

/** An S3 server on this machine with these buckets, and the real SDK's client for it. */
export async function anS3(
  buckets: string[],
): Promise<{ client: S3Client; endpoint: string; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'plumbline-s3-'));
  withoutOldCipher();
  const server = new (s3rver())({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  const { port } = z.object({ port: z.number() }).parse(await server.run());
  const endpoint = `http://127.0.0.1:${port}`;
  const client = s3Client({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    plainChecksums: true,
  });
  return {
    client,
    endpoint,
    close: async () => {
      client.destroy();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

type S3rver = new (options: Record<string, unknown>) => { run(): Promise<unknown>; close(): Promise<void> };

function s3rver(): S3rver {
  return createRequire(import.meta.url)('s3rver') as S3rver;
}

/** s3rver writes where a page ends with a cipher that OpenSSL 3 no longer has; its triple form is there. */
function withoutOldCipher(): void {
  const crypto = createRequire(import.meta.url)('node:crypto') as Record<string, unknown>;
  for (const name of ['createCipheriv', 'createDecipheriv']) {
    const original = crypto[name] as (cipher: string, key: Buffer, iv: Buffer) => unknown;
    crypto[name] = (cipher: string, key: Buffer, iv: Buffer) =>
      cipher === 'des'
        ? original('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
        : original(cipher, key, iv);
  }
}
