import { refusal } from './vet-refusal.ts';
import type { Bag, Body, Item, Query, Ref, Select, Source } from './vet-tree.ts';

/** A column that a relation offers: `key` is 'table.column' of a base table, null for a derived one. */
type Offered = { key: string | null; isPrivate: boolean };
export type Columns = Map<string, Offered>;

/** A base table that may be read: its name in the catalogue and all its columns. */
export type Readable = { key: string; columns: Columns };

/** Finds a base table or throws a refusal. */
export type FindTable = (parts: string[]) => Readable;

export type Resolved = { tables: Set<string>; columns: Set<string> };

/** One entry of FROM under the names by which its columns can be reached. */
type Relation = { names: string[]; columns: Columns };

type Scope = {
  relations: Relation[];
  /** In view of some engines but not of the standard (sideways out of a query in FROM): reaching one is refused. */
  isTrap: boolean;
  outputs: ReadonlySet<string>;
  parent: Scope | null;
};

type Env = { ctes: Map<string, Columns>; find: FindTable; resolved: Resolved };

/** Follows every name of the query to an allowed column, or throws a refusal. */
export function resolve(query: Query, find: FindTable): Resolved {
  const env: Env = { ctes: new Map(), find, resolved: { tables: new Set(), columns: new Set() } };
  resolveQuery(query, null, env, false);
  return env.resolved;
}

function resolveQuery(query: Query, parent: Scope | null, outer: Env, onlyExistence: boolean): Columns {
  const env: Env = { ...outer, ctes: new Map(outer.ctes) };
  for (const cte of query.ctes) {
    const columns = resolveQuery(cte.query, parent, env, false);
    env.ctes.set(cte.name, renamed(columns, cte.columns));
  }
  const { columns, scope } = resolveBody(query.body, parent, env, onlyExistence);
  const sorting: Scope = {
    relations: scope?.relations ?? [],
    isTrap: false,
    outputs: new Set(columns.keys()),
    parent,
  };
  resolveBag(query.order, sorting, env);
  return columns;
}

/** The scope is that of a plain SELECT, for its ORDER BY. */
function resolveBody(
  body: Body,
  parent: Scope | null,
  env: Env,
  onlyExistence: boolean,
): { columns: Columns; scope: Scope | null } {
  if (body.kind === 'select') return resolveSelect(body, parent, env, onlyExistence);
  if (body.kind === 'query') return { columns: resolveQuery(body, parent, env, false), scope: null };
  const arms = body.arms.map((arm) => resolveBody(arm, parent, env, false).columns);
  return { columns: derived([...(arms[0]?.keys() ?? [])]), scope: null };
}

function resolveSelect(
  select: Select,
  parent: Scope | null,
  env: Env,
  onlyExistence: boolean,
): { columns: Columns; scope: Scope } {
  const relations: Relation[] = [];
  for (const source of select.from) relations.push(...resolveSource(source, relations, parent, env));
  // An alias may be used by what comes after it, never by itself: what it names is vetted by then.
  const outputs = new Set<string>();
  const scope: Scope = { relations, isTrap: false, outputs, parent };
  const columns: (string | null)[] = [];
  for (const item of select.items) {
    columns.push(...resolveItem(item, scope, env, onlyExistence));
    if (item.kind === 'value' && item.alias !== null) outputs.add(item.alias);
  }
  resolveBag(select.where, scope, env);
  resolveBag(select.groups, scope, env);
  return { columns: derived(columns), scope };
}

/** The relations that a source brings; `before` are those on its left in the same FROM. */
function resolveSource(source: Source, before: Relation[], parent: Scope | null, env: Env): Relation[] {
  const trap: Scope = { relations: before, isTrap: true, outputs: new Set(), parent };
  switch (source.kind) {
    case 'table':
      return [resolveTable(source, env)];
    case 'query': {
      const columns = resolveQuery(source.query, { ...trap, isTrap: !source.isLateral }, env, false);
      return [
        { names: source.alias === null ? [] : [source.alias], columns: renamed(columns, source.columns) },
      ];
    }
    case 'pivot': {
      const inner = resolveSource(source.source, before, parent, env);
      resolveBag(source.bag, { relations: inner, isTrap: false, outputs: new Set(), parent: trap }, env);
      const used = new Set(source.bag.refs.map((ref) => ref.parts.at(-1)));
      const kept = inner
        .flatMap((relation) => [...relation.columns.keys()])
        .filter((name) => !used.has(name));
      return [
        { names: source.alias === null ? [] : [source.alias], columns: derived([...kept, ...source.made]) },
      ];
    }
    case 'join': {
      const left = resolveSource(source.left, before, parent, env);
      const right = resolveSource(source.right, [...before, ...left], parent, env);
      checkMerged(source.natural ? sharedNames(left, right) : source.using, left, right, env);
      const both = [...left, ...right];
      if (source.on)
        resolveBag(source.on, { relations: both, isTrap: false, outputs: new Set(), parent: trap }, env);
      return both;
    }
  }
}

function resolveTable(source: Extract<Source, { kind: 'table' }>, env: Env): Relation {
  const last = source.parts.at(-1) as string;
  const cte = source.parts.length === 1 ? env.ctes.get(last) : undefined;
  if (cte) return { names: [source.alias ?? last], columns: renamed(cte, source.columns) };
  const table = env.find(source.parts);
  env.resolved.tables.add(table.key);
  if (source.columns.length > 0 && [...table.columns.values()].some((offered) => offered.isPrivate)) {
    throw refusal('private-column', `The columns of '${last}' may not be renamed by an alias.`);
  }
  const names = source.alias === null ? [last, source.parts.join('.')] : [source.alias];
  return { names, columns: renamed(table.columns, source.columns) };
}

/** USING and NATURAL read the column on both sides. */
function checkMerged(names: string[], left: Relation[], right: Relation[], env: Env): void {
  for (const name of names) {
    for (const side of [left, right]) {
      const offers = side.flatMap((relation) => relation.columns.get(name) ?? []);
      if (offers.length === 0)
        throw refusal('unknown-column', `Both sides of a join need the column '${name}'.`);
      for (const offered of offers) take(name, offered, env);
    }
  }
}

function sharedNames(left: Relation[], right: Relation[]): string[] {
  const onTheRight = new Set(right.flatMap((relation) => [...relation.columns.keys()]));
  return [...new Set(left.flatMap((relation) => [...relation.columns.keys()]))].filter((name) =>
    onTheRight.has(name),
  );
}

/** The names that an item of the select list gives to the outside. */
function resolveItem(item: Item, scope: Scope, env: Env, onlyExistence: boolean): (string | null)[] {
  if (item.kind === 'value') {
    resolveBag(item.bag, scope, env);
    return [item.name];
  }
  const qualifier = item.qualifier.join('.');
  const relations = scope.relations.filter(
    (relation) => qualifier === '' || relation.names.includes(qualifier),
  );
  if (relations.length === 0)
    throw refusal('unknown-table', `There is no table for '${qualifier || '*'}' here.`);
  const names: string[] = [];
  for (const [name, offered] of relations.flatMap((relation) => [...relation.columns])) {
    if (item.excluded.includes(name)) continue;
    if (!onlyExistence) take(name, offered, env);
    names.push(name);
  }
  return names;
}

function resolveBag(bag: Bag, scope: Scope, env: Env): void {
  for (const ref of bag.refs) resolveRef(ref, scope, env);
  for (const { query, onlyExistence } of bag.queries) resolveQuery(query, scope, env, onlyExistence);
}

function resolveRef(ref: Ref, scope: Scope, env: Env): void {
  if (ref.parts.length > 1) resolveQualified(ref, scope, env);
  else resolveBare(ref, scope, env);
}

function resolveQualified(ref: Ref, scope: Scope, env: Env): void {
  const column = ref.parts.at(-1) as string;
  const qualifier = ref.parts.slice(0, -1).join('.');
  for (let at: Scope | null = scope; at; at = at.parent) {
    const relations = at.relations.filter((relation) => relation.names.includes(qualifier));
    if (relations.length === 0) continue;
    if (at.isTrap) throw refusal('not-allowed-here', `'${qualifier}' cannot be used inside a query in FROM.`);
    for (const relation of relations) {
      const offered = relation.columns.get(column);
      if (!offered) throw refusal('unknown-column', `There is no column '${column}' in '${qualifier}'.`);
      take(column, offered, env);
    }
    return;
  }
  throw refusal('unknown-column', `There is no column '${ref.parts.join('.')}' here.`);
}

/**
 * A bare name is the column of the nearest scope that has one. Else it may be an output column's name (where
 * an engine allows that), if it is no table's name: a table's name as a value is its whole row.
 */
function resolveBare(ref: Ref, scope: Scope, env: Env): void {
  const name = ref.parts[0] as string;
  if (ref.isSortKey && scope.outputs.has(name)) return;
  const isOutput = scope.outputs.has(name);
  let isRow = false;
  for (let at: Scope | null = scope; at; at = at.parent) {
    const offers = at.relations.flatMap((relation) => relation.columns.get(name) ?? []);
    if (offers.length > 0) {
      if (at.isTrap) throw refusal('not-allowed-here', `'${name}' cannot be reached inside a query in FROM.`);
      if (isRow) break;
      for (const offered of offers) take(name, offered, env);
      return;
    }
    isRow ||= at.relations.some((relation) => relation.names.includes(name));
  }
  if (isRow) throw refusal('whole-row', `'${name}' is a table here; name its columns.`);
  if (!isOutput) throw refusal('unknown-column', `There is no column '${name}' here.`);
}

function take(name: string, offered: Offered, env: Env): void {
  if (offered.isPrivate) throw refusal('private-column', `The column '${name}' may not be read.`);
  if (offered.key !== null) env.resolved.columns.add(offered.key);
}

/** In order; a column without a name, or with one that is taken, keeps its place but cannot be reached. */
function derived(names: (string | null)[]): Columns {
  const columns: Columns = new Map();
  names.forEach((name, index) => {
    columns.set(name === null || columns.has(name) ? `\n${index}` : name, { key: null, isPrivate: false });
  });
  return columns;
}

/** With a column list in the alias: the first columns get other names, the rest keep theirs. */
function renamed(columns: Columns, names: string[]): Columns {
  if (names.length === 0) return columns;
  const entries = [...columns].map(([name, offered], index): [string, Offered] => [
    names[index] ?? name,
    offered,
  ]);
  return new Map(entries);
}
