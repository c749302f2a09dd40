import { basename } from 'node:path';
import { AppError } from '../../src/domain/app-error.ts';
import type { Feed, FeedSet } from '../feeds/feed.ts';
import type { Extract } from './extract.ts';

/** The feeds that take an extract's rows must take them as an extract writes them. Errors: extract.invalid-declaration. */
export function checkExtract(extract: Extract, sets: readonly FeedSet[]): void {
  const set = sets.find(({ name }) => name === extract.set);
  if (!set)
    wrong(extract, `there is no set '${extract.set}'; there are ${sets.map(({ name }) => name).join(', ')}`);
  for (const { feed: name } of extract.tables) {
    const feed = set.feeds.find((one) => one.name === name);
    if (!feed)
      wrong(
        extract,
        `the set '${set.name}' has no feed '${name}'; it has ${set.feeds.map((one) => one.name).join(', ')}`,
      );
    checkFeed(extract, feed);
  }
}

function checkFeed(extract: Extract, feed: Feed): void {
  const { delimiter, encoding, quote, skipLines, header } = feed.format;
  if (!['auto', ','].includes(delimiter) || !['auto', 'utf-8'].includes(encoding) || quote !== '"')
    wrong(
      extract,
      `the feed '${feed.name}' reads another format than UTF-8 with commas, which extracts write`,
    );
  if (skipLines > 0 || header !== undefined)
    wrong(extract, `the feed '${feed.name}' reads no header in the first line, where extracts write it`);
  for (const { header: column, decimalComma, formats } of feed.columns)
    if (decimalComma || formats.length > 0)
      wrong(
        extract,
        `the column '${column}' of the feed '${feed.name}' is read with a decimal comma or a date format; extracts write 1234.56 and ISO times`,
      );
  const counts = [
    ...Object.values(feed.compute),
    ...feed.targets.flatMap(({ fill }) => fill.map((one) => one.expression)),
  ];
  if (
    feed.targets.some(({ group }) => group !== null) ||
    counts.some((text) => /\bcount_within\s*\(/.test(text))
  )
    wrong(
      extract,
      `the feed '${feed.name}' groups or counts rows, which needs all rows of a group; an extract gives those that changed. Group them in a view of the source`,
    );
}

function wrong(extract: Extract, what: string): never {
  throw new AppError('extract.invalid-declaration', { detail: `${basename(extract.file)}: ${what}.` });
}
