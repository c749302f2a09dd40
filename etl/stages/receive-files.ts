import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { WorkbookReader } from '../../src/ports/workbook-reader.ts';
import type { Feed, FeedSet } from '../feeds/feed.ts';
import { type FeedMatch, matchFeeds, type SeenFile } from '../feeds/match-feed.ts';
import { notData } from '../feeds/not-data.ts';
import { jsonHeaders, looksLikeJson } from './read-json-rows.ts';
import { createTextReader } from './read-text.ts';
import { isWanted, sheetsOf } from './sheets-of-workbook.ts';
import { unzipped } from './unzip.ts';
import { ValidateInput } from './validate-file.ts';
import { unpacked } from './validate-unit.ts';

const FileSource = z.union([
  z.object({ name: z.string().min(1), path: z.string(), feed: z.string().optional() }),
  z.object({ name: z.string().min(1), object: ObjectRef, feed: z.string().optional() }),
]);

export const ReceiveInput = z.object({
  run: z.string(),
  /** The day of receipt, for the landing key. */
  day: z.string(),
  /** A set or feed that the sender named; else the files say themselves. */
  set: z.string().nullable(),
  feed: z.string().nullable(),
  files: z.array(FileSource).min(1),
});
export type ReceiveInput = z.infer<typeof ReceiveInput>;

const ReceivedFile = z.object({
  name: z.string(),
  /** Null for a look-up file. */
  feed: z.string().nullable(),
  object: ObjectRef,
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** The workbook that it is a sheet of. */
  workbook: z.string().optional(),
  /** The SHA-256 of the file whose records in the landing table it was written from. */
  recordsOf: z.string().optional(),
});
type ReceivedFile = z.infer<typeof ReceivedFile>;

export const ReceiveOutput = z.object({
  set: z.string(),
  /** What the run is called: the one feed, or the set when several come together. */
  feed: z.string(),
  /** SHA-256 over the files' hashes, whatever their order and names. */
  contentHash: z.string(),
  files: z.array(ReceivedFile),
  /** One for each call of validateFile; they may run side by side. */
  units: z.array(ValidateInput),
  /** A hash of the set's declaration, by which a later one is known as changed. */
  declared: z.string().default(''),
  /** Sentences on files that are clearly no data. */
  leftOut: z.array(z.string()).default([]),
});
export type ReceiveOutput = z.infer<typeof ReceiveOutput>;

export type ReceiveNeeds = {
  objects: ObjectStore;
  feeds: readonly FeedSet[];
  landingBucket: string;
  /** Left out: workbooks are refused. */
  workbooks?: WorkbookReader | undefined;
};

/**
 * Copies files into landing under keys that cannot collide, hashing on the way, and says what each is.
 * The same run received again writes the same keys. Zip archives are landed member by member, workbooks sheet by sheet.
 * Errors: file.vanished, file.unreadable, file.empty, file.not-text, feed.unknown, home.disk-full, objects.unavailable.
 */
export async function receiveFiles(input: ReceiveInput, needs: ReceiveNeeds): Promise<ReceiveOutput> {
  const all: Landed[] = [];
  const { sources, leftOut } = withoutOthers(input, needs.feeds);
  for (const source of sources) all.push(...(await land(source, all.length + 1, input, needs, leftOut)));
  const landed = all.filter((file) => isWanted(file, needs.feeds, leftOut));
  landed.sort((a, b) => byName(a.name, b.name));
  const named = new Map(input.files.map((file) => [file.name, file.feed]));
  const seen: SeenFile[] = [];
  for (const file of landed)
    seen.push({
      name: file.name,
      workbook: file.workbook,
      ...(await headerOf(file, needs.objects)),
      feed: named.get(file.name),
    });
  const matches = matchFeeds(seen, needs.feeds, { set: input.set, feed: input.feed });
  const set = (matches[0] as FeedMatch).set;
  const files = landed.map((file, i): ReceivedFile => {
    const match = matches[i] as FeedMatch;
    return { ...file, feed: match.kind === 'feed' ? match.feed.name : null };
  });
  const feeds = [...new Set(files.flatMap((file) => (file.feed === null ? [] : [file.feed])))];
  if (feeds.length === 0)
    throw new AppError('feed.unknown', { detail: 'There are only look-up files, and nothing to load.' });
  return {
    set: set.name,
    feed: feeds.length === 1 ? (feeds[0] as string) : set.name,
    contentHash: hashOf([set.name, ...files.map((file) => file.sha256).sort()].join('\n')),
    files,
    units: planUnits(input.run, set, landed, matches),
    declared: declarationHash(set),
    leftOut,
  };
}

type Landed = Omit<ReceivedFile, 'feed'>;

/** What is clearly no data and asked for by no feed does not keep a folder from being loaded; alone, it is told what it is. */
function withoutOthers(
  input: ReceiveInput,
  feeds: readonly FeedSet[],
): { sources: ReceiveInput['files']; leftOut: string[] } {
  const sources = [...input.files].sort((a, b) => byName(a.name, b.name));
  const others = new Map(sources.map(({ name, feed }) => [name, feed ? null : notData(name, feeds)]));
  const data = sources.filter(({ name }) => others.get(name) === null);
  if (data.length === 0) return { sources, leftOut: [] };
  return {
    sources: data,
    leftOut: sources
      .filter(({ name }) => others.get(name) !== null)
      .map(({ name }) => leftOutSentence(name, others.get(name) ?? '')),
  };
}

function leftOutSentence(name: string, what: string): string {
  return `${name} was left out: it is ${what}, and no feed asks for it.`;
}

/** Parts of a feed that is grouped or counted belong together: one invoice may lie in two parts. */
function planUnits(
  run: string,
  set: FeedSet,
  landed: readonly Landed[],
  matches: readonly FeedMatch[],
): ValidateInput[] {
  const lookups: ValidateInput['lookups'] = {};
  const byFeed = new Map<Feed, Landed[]>();
  landed.forEach((file, i) => {
    const match = matches[i] as FeedMatch;
    if (match.kind === 'lookup') lookups[match.lookup] = { name: file.name, object: file.object };
    else byFeed.set(match.feed, [...(byFeed.get(match.feed) ?? []), file]);
  });
  const units: ValidateInput[] = [];
  for (const feed of set.feeds) {
    const files = byFeed.get(feed) ?? [];
    const parts = needsAllParts(feed) ? (files.length > 0 ? [files] : []) : files.map((file) => [file]);
    for (const part of parts) units.push({ run, set: set.name, feed: feed.name, files: part, lookups });
  }
  return units;
}

function needsAllParts(feed: Feed): boolean {
  const expressions = [
    ...Object.values(feed.compute),
    ...feed.targets.flatMap((target) => target.fill.map((one) => one.expression)),
  ];
  return (
    feed.targets.some((target) => target.group !== null) ||
    expressions.some((text) => /\bcount_within\s*\(/.test(text))
  );
}

async function land(
  source: z.infer<typeof FileSource>,
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
type Origin = Pick<ReceivedFile, 'workbook' | 'recordsOf'>;
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

async function open(
  source: z.infer<typeof FileSource>,
  objects: ObjectStore,
): Promise<{ body: Readable; origin: Origin }> {
  if ('path' in source)
    return { body: createReadStream(source.path, { highWaterMark: 256 * 1024 }), origin: {} };
  try {
    const { info, body } = await objects.get(source.object);
    return { body, origin: originOf(info.metadata) };
  } catch (thrown) {
    throw thrown instanceof AppError && thrown.code === 'objects.not-found'
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

const HEAD_BYTES = 64 * 1024;

/** The first lines, unpacked and in UTF-8: enough to know a header by. */
async function headerOf(
  file: Landed,
  objects: ObjectStore,
): Promise<Pick<SeenFile, 'headerLine' | 'headers'>> {
  const { body } = await objects.get(file.object);
  const reader = createTextReader('auto');
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of unpacked(body)) {
      pieces.push(reader.push(chunk));
      bytes += chunk.length;
      if (bytes >= HEAD_BYTES) break;
    }
    if (bytes < HEAD_BYTES) pieces.push(reader.end());
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.detail?.includes(file.name)) throw thrown;
    throw new AppError(thrown.code, { detail: `${file.name}: ${thrown.detail ?? ''}`.trim(), cause: thrown });
  } finally {
    body.destroy();
  }
  const head = Buffer.concat(pieces).toString('utf8');
  const lines = head.split(/\r\n|\n|\r/);
  const headerLine = lines.find((line) => line.trim() !== '')?.slice(0, HEAD_BYTES) ?? '';
  return looksLikeJson(headerLine) ? { headerLine, headers: jsonHeaders(head) } : { headerLine };
}

export function declarationHash(set: FeedSet): string {
  return hashOf(JSON.stringify({ ...set, source: '' })).slice(0, 16);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-120);
}

/** part2 before part10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
