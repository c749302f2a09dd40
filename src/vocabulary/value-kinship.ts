import type { ValueHit } from './value-index.ts';

/** The rows of a table of names, each kind once: which values of its dimensions go together. */
export type ValuesTogether = { dimensions: readonly string[]; rows: readonly (readonly string[])[] };

/** Which subcategory lies in which category, which brand has which product: what names may be of the same thing. */
export type Kinship = {
  /** Whether a thing may be called both; true also where nothing is known of it. */
  together(a: ValueHit, b: ValueHit): boolean;
  /** Whether both names are of the very same things. */
  same(a: ValueHit, b: ValueHit): boolean;
  /** The values that things of this name have in another dimension; none where nothing is known. */
  beside(hit: ValueHit, dimension: string): string[];
};

type Table = { columns: Map<string, Map<string, number[]>>; rows: ValuesTogether['rows']; at: string[] };

/** Built after each load. */
export function createKinship(tables: readonly ValuesTogether[]): Kinship {
  const known = tables.map(indexed);
  const tableOf = (...dimensions: string[]): Table | undefined =>
    known.find(({ columns }) => dimensions.every((one) => columns.has(one)));
  const beside: Kinship['beside'] = (hit, dimension) => {
    const table = tableOf(hit.dimension, dimension);
    const column = table?.at.indexOf(dimension) ?? -1;
    if (!table || column < 0) return [];
    const values = rowsOf(hit, table).map((row) => table.rows[row]?.[column] ?? '');
    return [...new Set(values)].filter((value) => value !== '');
  };
  return {
    beside,
    together(a, b) {
      const table = a.dimension === b.dimension ? undefined : tableOf(a.dimension, b.dimension);
      if (!table) return true;
      const [of, others] = [rowsOf(a, table), new Set(rowsOf(b, table))];
      // A name that no row has is no ground to say anything.
      return of.length === 0 || others.size === 0 || of.some((row) => others.has(row));
    },
    same(a, b) {
      const table = a.dimension === b.dimension ? undefined : tableOf(a.dimension, b.dimension);
      if (!table) return false;
      const [of, others] = [rowsOf(a, table), new Set(rowsOf(b, table))];
      return of.length > 0 && of.length === others.size && of.every((row) => others.has(row));
    },
  };
}

function indexed({ dimensions, rows }: ValuesTogether): Table {
  const columns = new Map(dimensions.map((name) => [name, new Map<string, number[]>()]));
  rows.forEach((row, number) => {
    dimensions.forEach((name, column) => {
      const value = row[column] ?? '';
      if (value === '') return;
      const ofDimension = columns.get(name);
      const there = ofDimension?.get(value);
      if (there) there.push(number);
      else ofDimension?.set(value, [number]);
    });
  });
  return { columns, rows, at: [...dimensions] };
}

function rowsOf({ dimension, value, family }: ValueHit, { columns }: Table): number[] {
  const ofDimension = columns.get(dimension);
  if (!family) return ofDimension?.get(value) ?? [];
  return [...(ofDimension ?? [])].flatMap(([name, rows]) => (name.startsWith(value) ? rows : []));
}
