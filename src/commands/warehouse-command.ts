import { diffWarehouse } from '../warehouse/diff-warehouse.ts';
import { readMigrations } from '../warehouse/migrate.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

/** `warehouse migrate`, `diff` and `sql`. Migrating has happened by the time this runs: opening Plumbline does it. */
export async function warehouseCommand(
  what: 'migrate' | 'diff' | 'sql',
  options: { json?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  const migrations = await readMigrations();
  if (what === 'sql') {
    if (options.json) printJson(migrations.map(({ number, name, text }) => ({ number, name, sql: text })));
    else for (const migration of migrations) say(migration.text);
    return;
  }
  const differences = await diffWarehouse({ warehouse: plumbline.warehouse, migrations });
  if (options.json) printJson({ migrations: migrations.map(({ name }) => name), differences });
  else if (differences.length === 0)
    say(`The warehouse is as Git says: ${migrations.length} migrations, no differences.`);
  else for (const difference of differences) say(`${difference.sentence}\n  ${difference.sql}`);
}
