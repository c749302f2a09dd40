import { AppError } from '../domain/app-error.ts';
import { type Migration, readMigrations } from './migrate.ts';
import { closing, type SqlToken, sqlTokens } from './sql-tokens.ts';

export type CatalogueTable = {
  schema: string;
  name: string;
  /** Column to type as Git says it, lower case: 'decimal(19,4)'. In the table's order. */
  columns: Record<string, string>;
  /** What the `--` comment beside a column says. */
  notes: Record<string, string>;
  /** Columns whose comment begins with 'personal'. */
  personal: string[];
  notNull: string[];
  primaryKey: string[];
};

/** What the migrations in Git make, by 'schema.table'. */
export type Catalogue = { tables: Record<string, CatalogueTable> };

/** Parses the migrations (of this package when none are given). Errors: config.invalid with file and line. */
export async function readCatalogue(migrations?: Migration[]): Promise<Catalogue> {
  const tables: Record<string, CatalogueTable> = {};
  for (const migration of migrations ?? (await readMigrations()))
    for (const { sql, line } of migration.statements) {
      const at = `${migration.name}, line ${line}`;
      applyStatement(tables, sqlTokens(sql), at);
    }
  return { tables };
}

/** The tables of one schema by bare name; questions see those of 'retail'. */
export function tablesIn(catalogue: Catalogue, schema: string): Record<string, CatalogueTable> {
  return Object.fromEntries(
    Object.values(catalogue.tables)
      .filter((table) => table.schema === schema)
      .map((table) => [table.name, table]),
  );
}

function applyStatement(tables: Record<string, CatalogueTable>, all: SqlToken[], at: string): void {
  const words = all.filter((token) => token.kind !== 'space').map((token) => token.text.toLowerCase());
  const [first, second, third] = words;
  if (first === 'create' && second === 'table') addTable(tables, all, words, at);
  else if (first === 'drop' && second === 'table')
    delete tables[qualified(words, third === 'if' ? 4 : 2, at)];
  else if (first === 'alter' && second === 'table') alterTable(tables, words, at);
}

function addTable(
  tables: Record<string, CatalogueTable>,
  all: SqlToken[],
  words: string[],
  at: string,
): void {
  const start = words[2] === 'if' ? 5 : 2;
  const key = qualified(words, start, at);
  const [schema = '', name = ''] = key.split('.');
  const select = words.indexOf('select');
  if (select >= 0) tables[key] = copiedTable(tables, schema, name, words, select, at);
  else {
    const open = all.findIndex((token) => token.kind === 'symbol' && token.text === '(');
    tables[key] = { schema, name, ...parseColumns(all.slice(open + 1, closing(all, open))) };
  }
}

/** `create table x as select t.*, cast(null as TYPE) as COLUMN from y t where 1 = 0`: how history tables are made. */
function copiedTable(
  tables: Record<string, CatalogueTable>,
  schema: string,
  name: string,
  words: string[],
  select: number,
  at: string,
): CatalogueTable {
  const source = tables[qualified(words, words.indexOf('from', select) + 1, at)];
  if (!source) throw new AppError('config.invalid', { detail: `${at}: copies a table that is not there.` });
  const columns = { ...source.columns };
  for (let i = select; i < words.length; i++) {
    if (words[i] !== 'cast' || words[i + 1] !== '(') continue;
    const as = words.indexOf('as', i);
    const end = words.indexOf('as', as + 1);
    columns[words[end + 1] ?? ''] = words.slice(as + 1, end - 1).join('');
  }
  return { ...source, schema, name, columns, notNull: [], primaryKey: [] };
}

function parseColumns(tokens: SqlToken[]): Omit<CatalogueTable, 'schema' | 'name'> {
  const table = {
    columns: {} as Record<string, string>,
    notes: {} as Record<string, string>,
    personal: [] as string[],
    notNull: [] as string[],
    primaryKey: [] as string[],
  };
  let last = '';
  let lastLine = 0;
  for (const definition of definitions(tokens)) {
    const words = definition.filter((token) => token.kind !== 'space');
    // The comment of a column stands after its comma, so in front of the next definition on the same line.
    for (const token of definition) {
      if (words[0] && token.line >= words[0].line && token.line !== lastLine) break;
      if (token.kind === 'space' && token.text.startsWith('--') && token.line === lastLine)
        noteFor(table, last, token);
    }
    const [name, ...rest] = words.map((token) => token.text.toLowerCase());
    if (name === undefined) continue;
    if (name === 'primary' && rest[0] === 'key')
      table.primaryKey = rest.slice(2, -1).filter((word) => word !== ',');
    else if (!['foreign', 'unique', 'constraint', 'check'].includes(name)) {
      table.columns[name] = typeText(rest);
      if (rest.join(' ').includes('not null')) table.notNull.push(name);
      last = name;
      lastLine = words.at(-1)?.line ?? 0;
      for (const token of definition)
        if (token.text.startsWith('--') && token.line === lastLine) noteFor(table, name, token);
    }
  }
  return table;
}

function noteFor(
  table: { notes: Record<string, string>; personal: string[] },
  column: string,
  comment: SqlToken,
): void {
  const note = comment.text.replace(/^--\s*/, '').trim();
  if (column === '' || table.notes[column] !== undefined) return;
  table.notes[column] = note;
  if (/^personal\b/i.test(note)) table.personal.push(column);
}

function definitions(tokens: SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && token.text === '(') depth++;
    if (token.kind === 'symbol' && token.text === ')') depth--;
    if (depth === 0 && token.kind === 'symbol' && token.text === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

const AFTER_TYPE = new Set([
  'not',
  'null',
  'default',
  'encode',
  'distkey',
  'sortkey',
  'identity',
  'primary',
  'unique',
  'references',
]);

function typeText(words: string[]): string {
  const end = words.findIndex((word) => AFTER_TYPE.has(word));
  return words
    .slice(0, end < 0 ? undefined : end)
    .join(' ')
    .replace(/\s*([(),])\s*/g, '$1');
}

/** `alter table t add column c type`, `drop column c`, `rename column a to b`. */
function alterTable(tables: Record<string, CatalogueTable>, words: string[], at: string): void {
  const table = tables[qualified(words, 2, at)];
  if (!table) throw new AppError('config.invalid', { detail: `${at}: alters a table that is not there.` });
  const [action, maybe, ...more] = words.slice(5);
  const rest = maybe === 'column' ? more : [maybe ?? '', ...more];
  const [name = ''] = rest;
  if (action === 'add') table.columns[name] = typeText(rest.slice(1));
  else if (action === 'drop') delete table.columns[name];
  else if (action === 'rename' && maybe === 'column') {
    table.columns = Object.fromEntries(
      Object.entries(table.columns).map(([column, type]) => [
        column === name ? (rest[2] ?? '') : column,
        type,
      ]),
    );
  }
}

function qualified(words: string[], start: number, at: string): string {
  const [schema, dot, name] = words.slice(start, start + 3);
  if (dot !== '.' || !schema || !name)
    throw new AppError('config.invalid', { detail: `${at}: tables are written schema.table.` });
  return `${schema}.${name}`;
}
