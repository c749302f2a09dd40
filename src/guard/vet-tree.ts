/** What the guard keeps of a query: only what decides which tables and columns are read. */

/** A name used as a value: [column], [table, column] or [schema, table, column]. */
export type Ref = {
  parts: string[];
  at: number;
  /** The whole sort key is this one name, so an output column of that name comes first. */
  isSortKey?: boolean;
};

/** All names and inner queries of one clause. */
export type Bag = { refs: Ref[]; queries: { query: Query; onlyExistence: boolean }[] };

export type Item =
  | { kind: 'star'; qualifier: string[]; excluded: string[]; at: number }
  /** `alias` was written; `name` is the alias, or the column's own name. */
  | { kind: 'value'; alias: string | null; name: string | null; bag: Bag };

export type Source =
  | { kind: 'table'; parts: string[]; at: number; alias: string | null; columns: string[] }
  /** A lateral one may use what stands on its left. */
  | { kind: 'query'; query: Query; isLateral: boolean; alias: string | null; columns: string[] }
  | { kind: 'join'; left: Source; right: Source; natural: boolean; using: string[]; on: Bag | null }
  | {
      kind: 'pivot';
      source: Source;
      bag: Bag;
      made: string[];
      alias: string | null;
    };

export type Select = {
  kind: 'select';
  items: Item[];
  from: Source[];
  where: Bag;
  /** GROUP BY, HAVING, QUALIFY and named windows: output names may be used. */
  groups: Bag;
};

type SetOperation = { kind: 'set'; arms: Body[] };
export type Body = Select | SetOperation | Query;

export type Query = {
  kind: 'query';
  ctes: { name: string; columns: string[]; query: Query }[];
  body: Body;
  order: Bag;
};

/** What stands at a place of the text, to be held against the second parser's view. */
export type Role = 'table' | 'column' | 'function' | 'date-part' | 'bare-function';

export type Parsed = {
  query: Query;
  roles: Map<number, Role>;
  functions: Set<string>;
  parameters: Set<string>;
  /** Stretches that the second parser does not know and that change no name: blanked for it. */
  blanks: [start: number, end: number][];
};

export function emptyBag(): Bag {
  return { refs: [], queries: [] };
}
