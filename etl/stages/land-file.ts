import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { AppError, hasCode } from '../../src/domain/app-error.ts';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { notData } from '../feeds/not-data.ts';
import type { ReceiveInput, ReceiveNeeds } from './receive-files.ts';
import { sheetsOf } from './sheets-of-workbook.ts';
import { unzipped } from './unzip.ts';

export const FileSource = z.union([
  z.object({ name: z.string().min(1), path: z.string(), feed: z.string().optional() }),
  z.object({ name: z.string().min(1), object: ObjectRef, feed: z.string().optional() }),
]);

type FileSource = z.infer<typeof FileSource>;

/** A copy in landing. */
export const Landed = z.object({
  name: z.string(),
  object: ObjectRef,
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** The workbook that it is a sheet of. */
  workbook: z.string().optional(),
  /** The SHA-256 of the file whose records in the landing table it was written from. */
  recordsOf: z.string().optional(),
});
export type Landed = z.infer<typeof Landed>;

/**
 * The copies of one file, hashed on the way: itself, or in its place the members of the archive or the sheets of the workbook
 * that it is. What is clearly no data is told in `leftOut`.
 */
export async function landFile(
  source: FileSource,
  number: number,
  input: ReceiveInput,
  needs: ReceiveNeeds,
  leftOut: string[],
): Promise<Landed[]> {
  const { body, origin } = await open(source, needs.objects);
  const from = 'object' in source ? source.object : undefined;
  const first = await landOne({ name: source.name, body, ...origin, number, from }, input, needs);
  if (first.sizeBytes === 0) throw new AppError('file.empty', { detail: `${source.name} has no content.` });
  return unpack(first, number, input, needs, leftOut);
}

/** The members of an archive and the sheets of a workbook in place of the file itself, each with its own copy. */
async function unpack(
  file: Landed,
  number: number,
  input: ReceiveInput,
  needs: ReceiveNeeds,
  leftOut: string[],
): Promise<Landed[]> {
  const packed = await unzipped(file.name, (await needs.objects.get(file.object)).body);
  if (!packed) return [file];
  try {
    const parts =
      packed.workbook === null
        ? membersOf(file.name, packed.files, needs, leftOut)
        : sheetsOf(file.name, packed.workbook, needs, leftOut);
    const landed: Landed[] = [];
    for await (const part of parts) {
      const one = await landOne({ ...part, number: number + landed.length }, input, needs);
      // An archive may hold workbooks, but no archives.
      if (packed.workbook === null && isWorkbookName(one.name))
        landed.push(...(await unpack(one, number + landed.length, input, needs, leftOut)));
      else landed.push(one);
    }
    if (landed.length === 0)
      throw new AppError('file.empty', {
        detail: `${file.name} is ${packed.workbook === null ? 'an archive with no files' : 'a workbook with nothing in it'}.`,
      });
    return landed;
  } finally {
    await packed.close();
  }
}

/** What a landed file says of its origin, also to a later run over the same copy. */
type Origin = Pick<Landed, 'workbook' | 'recordsOf'>;
type Part = Origin & { name: string; body: Readable };

async function* membersOf(
  archive: string,
  members: AsyncIterable<{ name: string; body: Readable }>,
  needs: ReceiveNeeds,
  leftOut: string[],
): AsyncGenerator<Part> {
  for await (const member of members) {
    const what = notData(member.name, needs.feeds);
    if (what === null) yield { name: `${archive}/${member.name}`, body: member.body };
    else {
      leftOut.push(leftOutSentence(`${archive}/${member.name}`, what));
      member.body.resume();
    }
  }
}

function isWorkbookName(name: string): boolean {
  return /\.(xls[xmb]?|ods)$/i.test(name);
}

async function landOne(
  { name, body, number, from, ...origin }: Part & { number: number; from?: ObjectRef | undefined },
  input: ReceiveInput,
  needs: ReceiveNeeds,
): Promise<Landed> {
  const object: ObjectRef = isOwn(from, input.run, needs)
    ? from
    : {
        bucket: needs.landingBucket,
        key: `landing/${input.set ?? input.feed ?? 'files'}/${input.day}/${input.run}/${number}-${safeName(name)}`,
      };
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  body.on('error', (cause) => hashing.destroy(sourceError(cause, name)));
  try {
    if (object === from) await finished(body.pipe(hashing).resume());
    else
      await needs.objects.put(object, body.pipe(hashing), {
        metadata: { 'file-name': name, run: input.run, ...metadataOf(origin) },
      });
  } catch (thrown) {
    body.destroy();
    throw hashing.errored instanceof AppError ? hashing.errored : thrown;
  }
  return { name, object, sizeBytes, sha256: hash.digest('hex'), ...origin };
}

function metadataOf({ workbook, recordsOf }: Origin): Record<string, string> {
  return { ...(workbook ? { workbook } : {}), ...(recordsOf ? { 'records-of': recordsOf } : {}) };
}

function originOf(metadata: Record<string, string>): Origin {
  const { workbook, 'records-of': recordsOf } = metadata;
  return { ...(workbook ? { workbook } : {}), ...(recordsOf ? { recordsOf } : {}) };
}

/** A run that is done again has its files in landing already. */
function isOwn(from: ObjectRef | undefined, run: string, needs: ReceiveNeeds): from is ObjectRef {
  return (
    from !== undefined &&
    from.bucket === needs.landingBucket &&
    from.key.startsWith('landing/') &&
    from.key.includes(`/${run}/`)
  );
}

async function open(source: FileSource, objects: ObjectStore): Promise<{ body: Readable; origin: Origin }> {
  if ('path' in source)
    return { body: createReadStream(source.path, { highWaterMark: 256 * 1024 }), origin: {} };
  try {
    const { info, body } = await objects.get(source.object);
    return { body, origin: originOf(info.metadata) };
  } catch (thrown) {
    throw hasCode(thrown, 'objects.not-found')
      ? new AppError('file.vanished', { detail: `It was ${source.name}.`, cause: thrown })
      : thrown;
  }
}

function sourceError(cause: Error, name: string): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new AppError('file.vanished', { detail: `It was ${name}.`, cause });
  const why = code === 'EISDIR' ? 'It is a folder.' : code === 'EACCES' ? 'Reading it is not permitted.' : '';
  return new AppError('file.unreadable', { detail: `It was ${name}. ${why}`.trim(), cause });
}

export function leftOutSentence(name: string, what: string): string {
  return `${name} was left out: it is ${what}, and no feed asks for it.`;
}

function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-120);
}
