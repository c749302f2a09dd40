import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { WorkbookReader } from '../../src/ports/workbook-reader.ts';
import type { Feed, FeedSet } from '../feeds/feed.ts';
import { type FeedMatch, matchFeeds, type SeenFile } from '../feeds/match-feed.ts';
import { notData } from '../feeds/not-data.ts';
import { FileSource, Landed, landFile, leftOutSentence } from './land-file.ts';
import { jsonHeaders, looksLikeJson } from './read-json-rows.ts';
import { createTextReader } from './read-text.ts';
import { isWanted } from './sheets-of-workbook.ts';
import { ValidateInput } from './validate-file.ts';
import { unpacked } from './validate-unit.ts';

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

/** `feed` is null for a look-up file. */
const ReceivedFile = Landed.extend({ feed: z.string().nullable() });
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
  for (const source of sources) all.push(...(await landFile(source, all.length + 1, input, needs, leftOut)));
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

/** part2 before part10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
