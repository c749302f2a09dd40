import { z } from 'zod';
import type { Rights } from '../domain/rights.ts';
import { type Catalogue, tablesIn } from '../warehouse/catalogue.ts';
import { refusal } from './vet-refusal.ts';
import type { Columns, FindTable, Readable } from './vet-scope.ts';

/**
 * What there is to read. Names are lower-case: 'orders', or 'schema.orders' where schemas matter. Every column that a
 * table has must be here (as private if need be): an alias that is called like an unknown column would hide it from us.
 */
export type GuardCatalogue = {
  tables: Record<
    string,
    { columns: readonly string[]; personal?: readonly string[]; private?: readonly string[] }
  >;
};

/** Our own tables for the guard: those of 'retail', by bare name, as the policy schemas offer them. */
export function guardCatalogue(catalogue: Catalogue): GuardCatalogue {
  return {
    tables: Object.fromEntries(
      Object.entries(tablesIn(catalogue, 'retail')).map(([name, table]) => [
        name,
        { columns: Object.keys(table.columns), personal: table.personal },
      ]),
    ),
  };
}

/** A catalogue given to `vet --catalog`: {tables: {"schema.table": {column: type}}, private: ["schema.table.column"]}. */
export const CatalogueFile = z.object({
  tables: z.record(z.string(), z.union([z.record(z.string(), z.unknown()), z.array(z.string())])),
  private: z.array(z.string()).default([]),
});

export function catalogueFromFile(file: z.input<typeof CatalogueFile>): GuardCatalogue {
  const hidden = (file.private ?? []).map((name) => name.toLowerCase());
  const tables: GuardCatalogue['tables'] = {};
  for (const [name, declared] of Object.entries(file.tables)) {
    const key = name.toLowerCase();
    const columns = (Array.isArray(declared) ? declared : Object.keys(declared)).map((column) =>
      column.toLowerCase(),
    );
    const own = hidden
      .filter((path) => isColumnOf(path, key))
      .map((path) => path.slice(path.lastIndexOf('.') + 1));
    tables[key] = { columns: [...new Set([...columns, ...own])], private: own };
  }
  return { tables };
}

function isColumnOf(path: string, table: string): boolean {
  const owner = path.slice(0, path.lastIndexOf('.'));
  return owner === table || table.endsWith(`.${owner}`);
}

/** Looks tables up as one asker may: unqualified where the name is unique, qualified as the catalogue has it. */
export function tableFinder(catalogue: GuardCatalogue, rights: Rights | undefined): FindTable {
  const names = Object.keys(catalogue.tables);
  const byShortName = new Map<string, string[]>();
  for (const name of names) {
    const short = name.slice(name.lastIndexOf('.') + 1);
    byShortName.set(short, [...(byShortName.get(short) ?? []), name]);
  }
  const known = new Map<string, Readable>();
  return (parts) => {
    const path = parts.join('.');
    const found =
      parts.length === 1
        ? (byShortName.get(path) ?? [])
        : Object.hasOwn(catalogue.tables, path)
          ? [path]
          : [];
    const key = found[0];
    if (key === undefined) {
      const [near] = byShortName.get(parts.at(-1) ?? '') ?? [];
      const hint = near === undefined ? '' : ` Write it as '${near}'.`;
      throw refusal(
        'unknown-table',
        `There is no table '${path.slice(0, 80)}' that questions may read.${hint}`,
      );
    }
    if (found.length > 1)
      throw refusal('unknown-table', `The table '${path}' is in several schemas; name one.`);
    // The calendar is nobody's secret, and most questions need it.
    if (rights && rights.tables !== 'all' && key !== 'dates' && !rights.tables.includes(key)) {
      throw refusal('not-permitted', `You may not read the table '${key}'.`);
    }
    let readable = known.get(key);
    if (!readable) known.set(key, (readable = { key, columns: columnsOf(catalogue, key, rights) }));
    return readable;
  };
}

function columnsOf(catalogue: GuardCatalogue, key: string, rights: Rights | undefined): Columns {
  const table = catalogue.tables[key];
  const hidden = new Set(table?.private ?? []);
  if (rights?.personalData === 'none') for (const column of table?.personal ?? []) hidden.add(column);
  const names = [...new Set([...(table?.columns ?? []), ...hidden])];
  return new Map(names.map((name) => [name, { key: `${key}.${name}`, isPrivate: hidden.has(name) }]));
}
