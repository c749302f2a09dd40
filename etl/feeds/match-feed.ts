import { AppError } from '../../src/domain/app-error.ts';
import { findDelimiter, splitHeader } from '../stages/read-header.ts';
import { type Feed, type FeedSet, type LookupDeclaration, plainName } from './feed.ts';

/** A file as it is seen before it is read: its name and the first line that says something. */
export type SeenFile = {
  name: string;
  headerLine: string;
  /** The columns' names, where they are not in a header line. */
  headers?: string[] | undefined;
  /** Of a sheet: the workbook's name, which patterns may fit as well. */
  workbook?: string | undefined;
  /** The feed that whoever sent the file named. */
  feed?: string | undefined;
};

export type FeedMatch =
  | { kind: 'feed'; set: FeedSet; feed: Feed }
  | { kind: 'lookup'; set: FeedSet; lookup: string };

/**
 * Says what each file is. All files go to one set: the one that knows most of them. Within it a file's name
 * decides by the declared patterns, and its header where no pattern or several fit.
 * Errors: feed.unknown, naming the closest feed and what is missing for it.
 */
export function matchFeeds(
  files: readonly SeenFile[],
  sets: readonly FeedSet[],
  wanted: { set?: string | null; feed?: string | null } = {},
): FeedMatch[] {
  const allowed = sets.filter((set) => !wanted.set || set.name === wanted.set);
  if (allowed.length === 0) {
    throw new AppError('feed.unknown', {
      detail: `There is no set '${wanted.set}'; there are ${sets.map((set) => set.name).join(', ') || 'none'}.`,
    });
  }
  if (wanted.feed) return matchWanted(files, allowed, wanted.feed);
  let best: { matches: (FeedMatch | undefined)[]; known: number } | undefined;
  for (const set of allowed) {
    const matches = files.map((file) => matchIn(file, set));
    const known = matches.filter((match) => match !== undefined).length;
    if (!best || known > best.known) best = { matches, known };
  }
  return (best?.matches ?? []).map((match, i) => match ?? unknown(files[i] as SeenFile, allowed));
}

function matchWanted(files: readonly SeenFile[], sets: readonly FeedSet[], name: string): FeedMatch[] {
  for (const set of sets) {
    const feed = set.feeds.find((one) => plainName(one.name) === plainName(name));
    if (!feed) {
      if (plainName(set.name) === plainName(name)) return matchFeeds(files, [set]);
      continue;
    }
    return files.map((file): FeedMatch => {
      const lookup = lookupFor(file, set);
      return lookup ? { kind: 'lookup', set, lookup } : { kind: 'feed', set, feed };
    });
  }
  const names = sets.flatMap((set) => set.feeds.map((feed) => feed.name));
  throw new AppError('feed.unknown', {
    detail: `There is no feed '${name}'; there are ${names.join(', ')}.`,
  });
}

function matchIn(file: SeenFile, set: FeedSet): FeedMatch | undefined {
  const lookup = lookupFor(file, set);
  if (lookup) return { kind: 'lookup', set, lookup };
  const stated = set.feeds.find((feed) => file.feed === feed.name);
  if (stated) return { kind: 'feed', set, feed: stated };
  const named = set.feeds.filter((feed) => isNamed(file, feed));
  const [only] = named;
  if (named.length === 1 && only) return { kind: 'feed', set, feed: only };
  const scored = (named.length > 0 ? named : set.feeds)
    .map((feed) => ({ feed, ...headerFit(feed, file) }))
    .filter((one) => one.missing.length === 0)
    .sort((a, b) => b.matched - a.matched || a.unused - b.unused);
  const feed = scored[0]?.feed ?? (named.length > 0 ? only : undefined);
  return feed ? { kind: 'feed', set, feed } : undefined;
}

function isNamed({ name, workbook }: SeenFile, feed: Feed): boolean {
  const fits = (one: string) => feed.match.some((pattern) => nameFits(one, pattern));
  if (fits(name)) return true;
  if (workbook === undefined || workbook === name || !fits(workbook)) return false;
  const { sheets } = feed.format;
  return sheets === undefined || sheets.some((pattern) => nameFits(name, pattern));
}

function lookupFor(file: SeenFile, set: FeedSet): string | undefined {
  return Object.entries(set.lookups).find(([, lookup]: [string, LookupDeclaration]) =>
    lookup.match?.some((pattern) => nameFits(file.name, pattern)),
  )?.[0];
}

/** How well a header fits a feed; `missing` are columns that it cannot do without. */
function headerFit(
  feed: Feed,
  { headerLine, headers: named }: SeenFile,
): { matched: number; unused: number; missing: string[] } {
  const known = feed.columns.flatMap((column) => [column.header, ...column.synonyms]);
  const delimiter =
    feed.format.delimiter === 'auto' ? findDelimiter(headerLine, known, '"') : feed.format.delimiter;
  const headers = new Set(
    (named ?? splitHeader(headerLine, delimiter)).map(plainName).filter((name) => name !== ''),
  );
  let matched = 0;
  const missing: string[] = [];
  for (const column of feed.columns) {
    if ([column.header, ...column.synonyms].some((name) => headers.has(plainName(name)))) matched += 1;
    else if (!column.optional) missing.push(column.header);
  }
  return { matched, unused: headers.size - matched, missing };
}

function unknown(file: SeenFile, sets: readonly FeedSet[]): never {
  const closest = sets
    .flatMap((set) => set.feeds.map((feed) => ({ feed, ...headerFit(feed, file) })))
    .sort((a, b) => share(b) - share(a) || b.matched - a.matched)[0];
  const hint =
    closest && closest.matched > 0
      ? `The closest is '${closest.feed.name}', for which it lacks ${closest.missing.map((name) => `'${name}'`).join(', ')}.`
      : `None of its columns is known to a feed.`;
  throw new AppError('feed.unknown', {
    detail: `${file.name} fits none by its name or its header. ${hint} Declare a feed for it, or say which one it is.`,
    context: { file: file.name },
  });
}

function share(fit: { matched: number; missing: string[] }): number {
  return fit.matched / Math.max(1, fit.matched + fit.missing.length);
}

/** `*` is any text and `?` any letter, without case. A pattern with a slash is held against the whole path. */
export function nameFits(name: string, pattern: string): boolean {
  const path = name.replaceAll('\\', '/');
  const subject = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`(^|/)${source}$`, 'i').test(subject);
}
