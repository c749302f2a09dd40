import { init, Parser } from '@guanmingchiu/sqlparser-ts';
import { refusal } from './vet-refusal.ts';
import { KNOWN_KEYS } from './vet-second-keys.ts';
import type { Parsed, Role } from './vet-tree.ts';

await init();

type Node = { [key: string]: Json };
type Json = string | number | boolean | null | Json[] | Node;

type Seen = {
  tables: Map<number, string[]>;
  baseTables: Set<string>;
  roles: Map<number, Role>;
  functions: Set<string>;
};

/**
 * Another parser (in Rust, for PostgreSQL and then Redshift) must see one query in which the same words
 * at the same places are tables, columns and functions. Any difference, or anything new to us, is a refusal.
 */
export function checkSecondOpinion(sql: string, parsed: Parsed, baseTables: ReadonlySet<string>): void {
  const statements = parse(plainCopy(sql, parsed.blanks));
  const statement = statements[0];
  if (
    statements.length !== 1 ||
    !isNode(statement) ||
    !isNode(statement['Query']) ||
    Object.keys(statement).length !== 1
  ) {
    throw refusal('second-opinion', 'The query is not read as one SELECT by the second parser.');
  }
  const seen: Seen = { tables: new Map(), baseTables: new Set(), roles: new Map(), functions: new Set() };
  walk(statement, new Set(), seen);
  compare(parsed, seen, baseTables);
}

function parse(text: string): Json[] {
  for (const dialect of ['postgresql', 'redshift'] as const) {
    try {
      return JSON.parse(Parser.parseToJson(text, dialect)) as Json[];
    } catch (error) {
      if (dialect === 'redshift') {
        throw refusal(
          'second-opinion',
          `The second parser cannot read the query: ${String(error).slice(0, 160)}`,
        );
      }
    }
  }
  return [];
}

/** Same length, one line, ASCII: so that a column number is a place in the text. */
function plainCopy(sql: string, blanks: Parsed['blanks']): string {
  let text = sql.replace(/[\n\r\t]/g, ' ').replace(/[\u0080-\uffff]/g, 'x');
  for (const [start, end] of blanks) text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return text;
}

function walk(node: Json, ctes: ReadonlySet<string>, seen: Seen): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, ctes, seen);
    return;
  }
  if (!isNode(node)) return;
  if (isNode(node['with']) && node['body'] !== undefined) return walkWith(node, node['with'], ctes, seen);
  for (const key of Object.keys(node)) {
    const child = node[key] as Json;
    if (child === null || child === false || SKIPPED.has(key)) continue;
    if (Array.isArray(child) && child.length === 0) continue;
    if (!KNOWN_KEYS.has(key))
      throw refusal('second-opinion', `The second parser sees '${key.slice(0, 40)}' in the query.`);
    if (key === 'Table' && isNode(child)) seeTable(child, ctes, seen);
    else if (key === 'Function' && isNode(child)) seeFunction(child, ctes, seen);
    else if (key === 'Identifier' && isNode(child)) seen.roles.set(placeOf(child), 'column');
    else if (key === 'CompoundIdentifier' && Array.isArray(child))
      seen.roles.set(placeOf(child[0]), 'column');
    else walk(child, ctes, seen);
  }
}
const SKIPPED = new Set([
  'span',
  'with_token',
  'select_token',
  'alias',
  'name',
  'closing_paren_token',
  'attached_token',
  'group_by_token',
]);

function walkWith(node: Node, withClause: Node, outer: ReadonlySet<string>, seen: Seen): void {
  if (withClause['recursive'] !== false)
    throw refusal('recursion', 'A query that repeats itself is not allowed.');
  const ctes = new Set(outer);
  for (const cte of Array.isArray(withClause['cte_tables']) ? withClause['cte_tables'] : []) {
    if (!isNode(cte) || !isNode(cte['alias']))
      throw refusal('second-opinion', 'A WITH part is not understood.');
    if (cte['from'] || cte['materialized']) throw refusal('second-opinion', 'A WITH part is not understood.');
    walk(cte['query'] as Json, ctes, seen);
    ctes.add(valueOf(cte['alias']['name']));
  }
  const { with: _with, ...rest } = node;
  walk(rest, ctes, seen);
}

function seeTable(table: Node, ctes: ReadonlySet<string>, seen: Seen): void {
  for (const key of Object.keys(table)) {
    const value = table[key];
    const isPlain =
      key === 'name' ||
      key === 'alias' ||
      value === null ||
      value === false ||
      (Array.isArray(value) && value.length === 0);
    if (!isPlain) throw refusal('second-opinion', `The second parser sees '${key}' at a table.`);
  }
  const names = partsOf(table['name']);
  const parts = names.map(valueOf);
  const at = placeOf(names[0]);
  seen.tables.set(at, parts);
  seen.roles.set(at, 'table');
  if (parts.length > 1 || !ctes.has(parts[0] ?? '')) seen.baseTables.add(parts.join('.'));
}

function seeFunction(call: Node, ctes: ReadonlySet<string>, seen: Seen): void {
  const names = partsOf(call['name']);
  if (names.length !== 1) throw refusal('function', 'A function of another schema is not allowed.');
  seen.roles.set(placeOf(names[0]), 'function');
  seen.functions.add(valueOf(names[0]));
  const { name: _name, ...rest } = call;
  walk(rest, ctes, seen);
}

/** The identifiers of an object name. */
function partsOf(name: Json | undefined): Node[] {
  if (!Array.isArray(name)) return [];
  return name.map((part) => {
    const identifier = isNode(part) ? part['Identifier'] : undefined;
    if (!isNode(identifier))
      throw refusal('second-opinion', 'The second parser sees a name that is made by a call.');
    return identifier;
  });
}

function compare(parsed: Parsed, seen: Seen, baseTables: ReadonlySet<string>): void {
  for (const [at, role] of seen.roles) {
    // Where it gives no place (a call inside PIVOT), the name alone is held against ours below.
    if (at < 0) continue;
    const ours = parsed.roles.get(at);
    if (ours === role || (ours !== undefined && ALIKE[ours]?.includes(role))) continue;
    throw refusal(
      'second-opinion',
      `The two parsers read character ${at + 1} differently (${ours ?? 'nothing'}, ${role}).`,
    );
  }
  for (const [at, role] of parsed.roles) {
    if ((role === 'table' || role === 'column') && !seen.roles.has(at)) {
      throw refusal('second-opinion', `The second parser sees no ${role} at character ${at + 1}.`);
    }
  }
  for (const name of seen.functions) {
    if (!parsed.functions.has(name))
      throw refusal('second-opinion', `The second parser sees a call of ${name.slice(0, 40)}.`);
  }
  for (const name of seen.baseTables) {
    if (!baseTables.has(name))
      throw refusal('second-opinion', `The second parser sees the table ${name.slice(0, 80)}.`);
  }
  for (const name of baseTables) {
    if (!seen.baseTables.has(name))
      throw refusal('second-opinion', `The second parser does not see the table ${name.slice(0, 80)}.`);
  }
}

/** A date part and a call without parentheses are names or calls to the other parser. */
const ALIKE: Partial<Record<Role, readonly Role[]>> = {
  'date-part': ['column'],
  'bare-function': ['column', 'function'],
};

function valueOf(identifier: Json | undefined): string {
  const value = isNode(identifier) ? identifier['value'] : undefined;
  return typeof value === 'string' ? value.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()) : '';
}

/** Where an identifier starts in the text, counted from 0; -1 when the parser does not say. */
function placeOf(identifier: Json | undefined): number {
  const span = isNode(identifier) ? identifier['span'] : undefined;
  const start = isNode(span) ? span['start'] : undefined;
  const column = isNode(start) ? start['column'] : undefined;
  return typeof column === 'number' ? column - 1 : -1;
}

function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
