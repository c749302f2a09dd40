import { AppError } from '../../src/domain/app-error.ts';
import type { SourceColumn } from '../../src/ports/source-database.ts';
import { type Feed, plainName } from '../feeds/feed.ts';
import type { ExtractTable } from './extract.ts';

/**
 * What has changed in the source's table since it was last read, in words. Errors: source.changed when the feed needs
 * a column that is no longer there, or the table's key or watermark has gone.
 */
export function noteDrift({
  table,
  feed,
  columns,
  before,
}: {
  table: ExtractTable;
  feed: Feed;
  columns: readonly SourceColumn[];
  before: Record<string, string> | undefined;
}): string[] {
  const names = new Set(columns.map(({ name }) => name));
  if (columns.length === 0) changed(`There is no ${table.from} in the source, or it may not be read.`);
  for (const name of [...table.key, ...(table.watermark === null ? [] : [table.watermark])])
    if (!names.has(name)) changed(`${table.from} has no column '${name}'; it has ${[...names].join(', ')}.`);
  const plain = new Set([...names].map(plainName));
  const lacking = feed.columns.filter(
    ({ header, synonyms, optional }) =>
      !optional && ![header, ...synonyms].some((name) => plain.has(plainName(name))),
  );
  const gone = Object.keys(before ?? {}).filter((name) => !names.has(name));
  const added = before === undefined ? [] : [...names].filter((name) => before[name] === undefined);
  if (lacking.length > 0)
    changed(
      `${table.from} lacks ${list(lacking.map(({ header }) => header))}, which the feed '${feed.name}' needs.${gone.length > 0 ? ` Gone since it was last read: ${list(gone)}.` : ''}${added.length > 0 ? ` New: ${list(added)}.` : ''} Name the new column in the feed, or make it optional.`,
    );
  if (before === undefined) return [];
  const notes: string[] = [];
  if (added.length > 0)
    notes.push(
      `${table.from} has new columns: ${list(added)}.${used(added, feed) ? '' : ` The feed '${feed.name}' does not take them.`}`,
    );
  if (gone.length > 0) notes.push(`${table.from} has lost columns: ${list(gone)}.`);
  for (const { name, type } of columns) {
    const was = before[name];
    if (was !== undefined && was !== type)
      notes.push(`${table.from}: '${name}' was ${was} and is ${type} now.`);
  }
  return notes;
}

function used(names: readonly string[], feed: Feed): boolean {
  const known = new Set(feed.columns.flatMap(({ header, synonyms }) => [header, ...synonyms]).map(plainName));
  return names.every((name) => known.has(plainName(name)));
}

function list(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function changed(detail: string): never {
  throw new AppError('source.changed', { detail });
}
