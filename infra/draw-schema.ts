import { type CatalogueTable, readCatalogue, tablesIn } from '../src/warehouse/catalogue.ts';

/** The tables that questions see, and what ties them, as a Mermaid picture: made of the migrations alone. */
export async function drawSchema(): Promise<string> {
  const tables = Object.values(tablesIn(await readCatalogue(), 'retail'));
  const owners = new Map(
    tables.flatMap((table) =>
      table.primaryKey.length === 1 ? [[table.primaryKey[0] ?? '', table] as const] : [],
    ),
  );
  return [
    'erDiagram',
    ...tables.flatMap((table) => relationsOf(table, owners)),
    ...tables.flatMap((table) => [`  ${table.name} {`, ...columnsOf(table, owners), '  }']),
  ].join('\n');
}

/** Columns with the name of another table's key lead to it; days lead to the date dimension, by the day of the fact. */
function relationsOf(table: CatalogueTable, owners: ReadonlyMap<string, CatalogueTable>): string[] {
  return Object.keys(table.columns).flatMap((column) => {
    const owner = owners.get(column);
    return owner && owner !== table ? [`  ${owner.name} ||--o{ ${table.name} : ${column}`] : [];
  });
}

function columnsOf(table: CatalogueTable, owners: ReadonlyMap<string, CatalogueTable>): string[] {
  return Object.entries(table.columns).map(([column, type]) => {
    const key = table.primaryKey.includes(column) ? 'PK' : owners.has(column) ? 'FK' : '';
    const note = table.personal.includes(column) ? '"personal"' : '';
    return `    ${[type.replace(/\(.*$/, ''), column, key, note].filter(Boolean).join(' ')}`;
  });
}
