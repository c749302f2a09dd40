import { cellsByName, VALUE_TYPES } from '../feeds/compile-feed.ts';
import { type Feed, plainName } from '../feeds/feed.ts';
import { parseExpression } from '../feeds/parse-expression.ts';
import { TARGET_TABLES, type TargetColumn, type TargetTable } from '../feeds/tables.ts';
import { type PlainCell, plainCell, type TextMarks } from './plain-cells.ts';
import { type PlainSql, plainExpression } from './plain-expression.ts';
import type { CellKind } from './plain-scan.ts';

/** Plainly good rows of a file as SQL over `source` (see the warehouse port). */
export type PlainRows = {
  table: string;
  /** The target's columns that the feed fills, then source_line. */
  columns: string[];
  /** SELECT of the plain rows, in the order of `columns`. */
  rows: string;
  /** The same where all rows are known to be plain. */
  allRows: string;
  /** SELECT of how many rows there are, how many are plain, and the sums named in `totals`. */
  counts: string;
  totals: string[];
  /** SELECT of the lines whose rows are not plain. */
  others: string;
};

/** `places`: for each of the feed's columns its place in the file, or -1. `cells`: how many the header has. */
export type FileLayout = {
  places: readonly number[];
  cells: number;
  marks: TextMarks;
  /** Every cell is known to be of its column's type, or empty, and each line to have the header's cells. */
  isTyped?: boolean;
};

/**
 * A feed's judging in SQL, as far as rows are plain: a row that this takes is one that validate-rows.ts would accept with
 * the same values; all others go to it. Null for a feed with anything that cannot be said with the same meaning.
 */
export function plainRows(feed: Feed, currency: string, layout: FileLayout): PlainRows | null {
  const [target] = feed.targets;
  if (feed.targets.length !== 1 || !target || target.group || target.when) return null;
  if (Object.keys(feed.compute).length > 0 || layout.cells < 2) return null;
  if (!feed.columns.some((column, i) => column.required && (layout.places[i] as number) >= 0)) return null;
  const table = TARGET_TABLES.find((known) => known.name === target.table) as TargetTable;
  const fills = new Map(target.fill.map(({ column, expression }) => [column, expression]));
  const filled = table.columns.filter((column) => fills.has(column.name));
  const cells = cellsOf(feed, layout);
  if (!cells) return null;

  const names = nameScopes(feed, currency, table, fills);
  const rules = feed.rules.map((rule) => plainExpression(parseExpression(rule.check), names.ofSource));
  const values = filled.map((column) => names.ofTarget(column.name));
  if (rules.some((rule) => rule?.type !== 'boolean')) return null;
  const outputs = filled.map((column, i) => outputOf(column, values[i] ?? null));
  if (outputs.some((output) => output === null)) return null;

  const judged = (line: string, isPlain: boolean) => `from (
  select ${line}${cells.map((cell, i) => `${cell.value} as v${i}`).join(', ')}${
    isPlain
      ? ''
      : `,
    ${[...new Set(['true', ...cells.flatMap((cell) => cell.plain), ...noSpareCells(layout)])].join(' and ')} as cells_plain`
  }
  from source
) cells`;
  const conditions = [
    'cells_plain',
    ...rules.map((rule) => rule?.sql ?? 'false'),
    ...outputs.flatMap((output) => output?.plain ?? []),
  ];
  const valued = outputs.map((output, i) => `${output?.value} as t${i}`).join(', ');
  const outputted = (line: string) => `select ${line}coalesce(${conditions.join(' and ')}, false) as is_plain,
  ${valued}
${judged(line, false)}`;
  const summed = filled.flatMap((column, i) =>
    column.type === 'decimal' || column.name === 'stated_items' ? [{ column, i }] : [],
  );
  const sums = summed.map(
    ({ i }) => `, sum(cast(t${i} as decimal(18, 4))) filter (where is_plain) as sum${i}`,
  );
  return {
    table: target.table,
    columns: [...filled.map((column) => column.name), 'source_line'],
    rows: `select ${outputs.map((_, i) => `t${i}`).join(', ')}, source_line from (${outputted('source_line, ')}) judged where is_plain`,
    allRows: `select ${valued}, source_line\n${judged('source_line, ', true)}`,
    counts: `select count(*) as row_count, count(*) filter (where is_plain) as plain_count${sums.join('')} from (${outputted('')}) judged`,
    totals: summed.map(({ column }) => `${target.table}.${column.name}`),
    others: `select source_line from (${outputted('source_line, ')}) judged where not is_plain order by source_line`,
  };
}

/** Every column of the feed, whether a target takes it or not: it is judged all the same. */
function cellsOf(feed: Feed, layout: FileLayout): PlainCell[] | null {
  const cells: PlainCell[] = [];
  for (const [i, column] of feed.columns.entries()) {
    const place = layout.places[i] as number;
    if (place < 0) {
      if (column.required) return null;
      cells.push({ value: `cast(null as ${ENGINE_TYPES[VALUE_TYPES[column.type]]})`, plain: [] });
      continue;
    }
    const cell = plainCell(column, {
      cell: `c${place}`,
      emptyValues: feed.format.emptyValues,
      marks: layout.marks,
      isTyped: layout.isTyped,
    });
    if (!cell) return null;
    cells.push(cell);
  }
  if (!layout.isTyped && layout.marks.quotes && feed.format.quote !== 'none') {
    const mark = feed.format.quote === "'" ? "''" : feed.format.quote;
    const plain = Array.from({ length: layout.cells }, (_, i) => `not contains(c${i}, '${mark}')`);
    cells[0]?.plain.push(...plain);
  }
  return cells;
}

/** A line has the header's cells: the last one is there, and none comes after it. */
function noSpareCells({ cells, isTyped }: FileLayout): string[] {
  if (isTyped) return [];
  return [`c${cells - 1} is not null`, ...[0, 1, 2].map((spare) => `c${cells + spare} is null`)];
}

/** What the cells of each place of the file are, for a scan and for a reader; null where two columns read one place. */
export function cellKinds(feed: Feed, layout: FileLayout): { kinds: CellKind[]; types: string[] } | null {
  const kinds = Array.from<CellKind>({ length: layout.cells }).fill('text');
  const types = Array.from<string>({ length: layout.cells }).fill('varchar');
  const taken = new Set<number>();
  for (const [i, column] of feed.columns.entries()) {
    const place = layout.places[i] as number;
    if (place < 0) continue;
    if (taken.has(place)) return null;
    taken.add(place);
    const kind = KIND_OF[column.type];
    if (!kind) return null;
    kinds[place] = kind;
    types[place] = kind === 'integer' ? 'integer' : ENGINE_TYPES[VALUE_TYPES[column.type]];
  }
  return { kinds, types };
}

const KIND_OF: Partial<Record<Feed['columns'][number]['type'], CellKind>> = {
  text: 'text',
  code: 'text',
  integer: 'integer',
  decimal: 'number',
  date: 'day',
  timestamp: 'timestamp',
};

const ENGINE_TYPES = {
  text: 'varchar',
  number: 'decimal(18, 4)',
  boolean: 'boolean',
  day: 'date',
  timestamp: 'timestamp',
} as const;

/** As in compile-feed.ts: a name is a cell of the source first, then a column of the target; a default sees the target first. */
function nameScopes(feed: Feed, currency: string, table: TargetTable, fills: ReadonlyMap<string, string>) {
  const byName = cellsByName(feed);
  const ofSource = (name: string): PlainSql => {
    const i = byName.get(plainName(name));
    if (i === undefined) return name === 'currency' ? { sql: `'${currency}'`, type: 'text' } : null;
    const type = VALUE_TYPES[feed.columns[i]?.type ?? 'text'];
    return { sql: type === 'number' ? `cast(v${i} as decimal(18, 4))` : `v${i}`, type };
  };
  const isKnown = (name: string) => byName.has(plainName(name)) || name === 'currency';
  const underWay = new Set<string>();
  const ofTarget = (name: string): PlainSql => {
    const column = table.columns.find((known) => known.name === name);
    const expression = fills.get(name);
    if (!column || expression === undefined || underWay.has(name)) return null;
    underWay.add(name);
    const isDefault = expression === column.byDefault;
    const has = (other: string) => other !== name && fills.has(other);
    const sql = plainExpression(parseExpression(expression), (other) => {
      if (isDefault && has(other)) return ofTarget(other);
      if (isKnown(other)) return ofSource(other);
      return has(other) ? ofTarget(other) : null;
    });
    underWay.delete(name);
    return sql;
  };
  return { ofSource, ofTarget };
}

/** A value as its column takes it, and when it does so plainly. */
function outputOf(column: TargetColumn, value: PlainSql): { value: string; plain: string[] } | null {
  if (!value) return null;
  const { sql, type } = value;
  const plain = column.required && !column.fromLoad ? [`${sql} is not null`] : [];
  if (type === 'null') return { value: 'null', plain };
  switch (column.type) {
    case 'decimal':
      return type === 'number' ? { value: sql, plain } : null;
    case 'integer':
      return type === 'number'
        ? {
            value: `try_cast(${sql} as integer)`,
            plain: [...plain, `coalesce(${sql} = try_cast(${sql} as integer), ${sql} is null)`],
          }
        : null;
    case 'day':
      return type === 'day' ? { value: sql, plain } : null;
    case 'timestamp':
      return type === 'timestamp' ? { value: sql, plain } : null;
    case 'text':
      return type === 'text'
        ? { value: sql, plain: [...plain, `coalesce(strlen(${sql}), 0) <= ${column.maxBytes ?? 65_535}`] }
        : null;
  }
}
