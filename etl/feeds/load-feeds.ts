import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, hasCode } from '../../src/domain/app-error.ts';
import { readYaml, type YamlProblem } from '../../src/domain/read-yaml.ts';
import { type KeptReadings, nothingKept } from '../../src/ports/kept-readings.ts';
import { checkFeed } from './check-feed.ts';
import {
  type ColumnDeclaration,
  ColumnDeclaration as ColumnDeclarationSchema,
  type Feed,
  type FeedColumn,
  type FeedDeclaration,
  type FeedSet,
  type FeedTarget,
  SetDeclaration,
  type TargetDeclaration,
} from './feed.ts';
import { TARGET_TABLES, type TargetTable } from './tables.ts';

/** The declarations that come with Plumbline: the orders set. */
export const BUILT_IN_FEEDS = new URL('./orders.yaml', import.meta.url);

/** What spreadsheets from Slack become; always there beside what a company declares. */
export const UPLOAD_FEEDS = new URL('./uploads.yaml', import.meta.url);

/** Reads declaration files. Errors: feed.invalid-declaration, naming file, line and what to change. */
export async function loadFeeds(
  paths: readonly (string | URL)[],
  kept: KeptReadings = nothingKept,
): Promise<FeedSet[]> {
  const sets: FeedSet[] = [];
  for (const path of paths) {
    const name = basename(path instanceof URL ? path.pathname : path);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (cause) {
      throw new AppError('feed.invalid-declaration', { detail: `${name} cannot be read.`, cause });
    }
    sets.push(kept('feeds', [name, text], () => parseFeeds(text, name)));
  }
  return sets;
}

/** One declaration document; `name` is used in messages. */
export function parseFeeds(text: string, name: string): FeedSet {
  const read = readYaml(text, SetDeclaration);
  if ('problems' in read) return invalid(name, read.problems);
  const { value: declaration, lineOf } = read;
  const set: FeedSet = {
    name: declaration.set,
    currency: declaration.currency,
    timeZone: declaration.timeZone,
    owner: declaration.owner ?? null,
    channel: declaration.channel ?? null,
    tolerance: declaration.tolerance,
    expected: declaration.expected ?? null,
    lookups: declaration.lookups,
    feeds: [],
    source: name,
  };
  for (const [lookup, { match, key, value, values }] of Object.entries(declaration.lookups)) {
    if (values === undefined && (!match?.length || key === undefined || value === undefined))
      invalid(name, [
        {
          line: lineOf(['lookups', lookup]),
          text: `the look-up '${lookup}' needs match, key and value, or values`,
        },
      ]);
  }
  for (const [feedName, feedDeclaration] of Object.entries(declaration.feeds)) {
    try {
      const feed = completeFeed(feedName, feedDeclaration, set);
      set.feeds.push(feed);
      checkFeed(feed, set);
    } catch (thrown) {
      if (!hasCode(thrown, 'feed.invalid-declaration')) throw thrown;
      const path = (thrown.context['path'] as PropertyKey[] | undefined) ?? [];
      const line = lineOf(['feeds', feedName, ...path]);
      invalid(name, [{ line, text: `feed '${feedName}': ${thrown.detail ?? ''}` }]);
    }
  }
  return set;
}

function completeFeed(name: string, declaration: FeedDeclaration, set: FeedSet): Feed {
  const columns = Object.entries(declaration.columns).map(([header, column]) =>
    completeColumn(
      header,
      typeof column === 'string' ? ColumnDeclarationSchema.parse({ type: column }) : column,
    ),
  );
  const feed: Feed = {
    name,
    match: declaration.match,
    owner: declaration.owner ?? set.owner,
    channel: declaration.channel ?? set.channel,
    tolerance: declaration.tolerance ?? set.tolerance,
    landRecords: declaration.landRecords,
    format: declaration.format,
    columns,
    compute: declaration.compute,
    rules: declaration.rules,
    targets: [],
  };
  if (declaration.targets && (declaration.target !== undefined || declaration.fill !== undefined))
    wrong("say 'target' and 'fill', or 'targets', not both", ['targets']);
  if (declaration.targets) {
    feed.targets = declaration.targets.map((target, i) => completeTarget(target, {}, ['targets', i]));
    return feed;
  }
  if (declaration.target === undefined) wrong("it needs a 'target' or 'targets'", []);
  const renamed: Record<string, string> = {};
  for (const column of columns) if (column.target !== null) renamed[column.target] = `\`${column.header}\``;
  const short: TargetDeclaration = {
    table: declaration.target as string,
    fill: declaration.fill ?? {},
    references: declaration.references ?? [],
    duplicates: declaration.duplicates ?? 'refuse',
  };
  feed.targets = [completeTarget(short, renamed, [])];
  return feed;
}

function completeColumn(header: string, declaration: ColumnDeclaration): FeedColumn {
  const target = declaration.to === undefined ? header : declaration.to;
  return { ...declaration, header, target };
}

function completeTarget(
  declaration: TargetDeclaration,
  renamed: Record<string, string>,
  path: PropertyKey[],
): FeedTarget {
  const table = TARGET_TABLES.find((known) => known.name === declaration.table);
  if (!table)
    wrong(
      `there is no table '${declaration.table}'; there are ${TARGET_TABLES.map((t) => t.name).join(', ')}`,
      [...path, path.length > 0 ? 'table' : 'target'],
    );
  const { name, key, columns } = table as TargetTable;
  for (const column of Object.keys({ ...renamed, ...declaration.fill })) {
    if (columns.some((known) => known.name === column)) continue;
    const place = Object.hasOwn(declaration.fill, column) ? [...path, 'fill', column] : ['columns', column];
    wrong(`${name} has no column '${column}'; it has ${columns.map((c) => c.name).join(', ')}`, place);
  }
  const fill: FeedTarget['fill'] = [];
  for (const column of columns) {
    const expression = declaration.fill[column.name] ?? renamed[column.name] ?? column.byDefault;
    if (expression !== undefined) fill.push({ column: column.name, expression });
    else if (column.required && !column.fromLoad)
      wrong(`${name}.${column.name} must be filled, by a column or under 'fill'`, [
        ...path,
        path.length > 0 ? 'fill' : 'columns',
      ]);
  }
  return {
    table: name,
    key,
    group: declaration.group ?? null,
    when: declaration.when ?? null,
    fill: withoutEmptyDefaults(fill, declaration.fill, renamed, table as TargetTable),
    references: declaration.references,
    duplicates: declaration.duplicates,
  };
}

/** An optional default whose own columns are not filled fills nothing (payment_date without paid_at). */
function withoutEmptyDefaults(
  fill: FeedTarget['fill'],
  declared: Record<string, string>,
  renamed: Record<string, string>,
  table: TargetTable,
): FeedTarget['fill'] {
  const filled = new Set(fill.map((one) => one.column));
  return fill.filter(({ column, expression }) => {
    if (Object.hasOwn(declared, column) || Object.hasOwn(renamed, column)) return true;
    const definition = table.columns.find((known) => known.name === column);
    if (definition?.required) return true;
    return table.columns.every(
      (other) => filled.has(other.name) || !new RegExp(`\\b${other.name}\\b`).test(expression),
    );
  });
}

/** Tells the first problem: the others are often its children. */
function invalid(file: string, [problem]: readonly YamlProblem[]): never {
  const { line, text } = problem ?? { line: 1, text: 'it is no declaration' };
  throw new AppError('feed.invalid-declaration', {
    detail: `${file}, line ${line}: ${text.replace(/\.$/, '')}.`,
    context: { file, line },
  });
}

function wrong(detail: string, path: PropertyKey[]): never {
  throw new AppError('feed.invalid-declaration', { detail, context: { path } });
}
