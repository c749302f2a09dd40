import { createHash, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { hasCode } from '../../src/domain/app-error.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';

/**
 * Who is forgotten, as hashes: what comes again of such a customer (a late file, a correction) is known by them and gets
 * the other name before it is loaded. It lies in landing, so that a rebuild knows it too.
 */
export type Forgotten = { salt: string; pseudonyms: ReadonlyMap<string, string> };

const Note = z.object({ id: z.string(), at: z.string(), names: z.record(z.string(), z.string()) });
type Store = { objects: ObjectStore; landingBucket: string };

const PREFIX = 'forgotten/';

export async function readForgotten({ objects, landingBucket }: Store): Promise<Forgotten | null> {
  const pseudonyms = new Map<string, string>();
  let salt: string | undefined;
  for await (const { ref } of objects.list(landingBucket, PREFIX)) {
    const content = await text((await objects.get(ref)).body);
    if (ref.key === `${PREFIX}salt`) salt = content;
    else
      for (const [hash, name] of Object.entries(Note.parse(JSON.parse(content)).names))
        pseudonyms.set(hash, name);
  }
  return salt === undefined ? null : { salt, pseudonyms };
}

/** Notes the names before anything is changed: what is loaded meanwhile is redacted too. */
export async function noteForgotten(
  id: string,
  at: string,
  names: ReadonlyMap<string, string>,
  salt: string,
  { objects, landingBucket }: Store,
): Promise<void> {
  const hashed = Object.fromEntries([...names].map(([name, other]) => [forgottenHash(name, salt), other]));
  const body = JSON.stringify({ id, at, names: hashed } satisfies z.infer<typeof Note>);
  await objects.put({ bucket: landingBucket, key: `${PREFIX}${id}.json` }, body, {
    contentType: 'application/json',
  });
}

/** Made once; of two that make it at the same time one wins. */
export async function forgottenSalt(store: Store): Promise<string> {
  const ref = { bucket: store.landingBucket, key: `${PREFIX}salt` };
  try {
    await store.objects.put(ref, randomBytes(16).toString('hex'), { onlyIfAbsent: true });
  } catch (thrown) {
    if (!hasCode(thrown, 'objects.already-there')) throw thrown;
  }
  return text((await store.objects.get(ref)).body);
}

/** As SQL makes it: md5(salt || name). Both engines have it, and the salt is 128 bits. */
export function forgottenHash(name: string, salt: string): string {
  return createHash('md5').update(`${salt}${name}`).digest('hex');
}
