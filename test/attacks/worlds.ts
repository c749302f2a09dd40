import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { redshiftToDuckdb } from '../../src/adapters/redshift-to-duckdb.ts';
import { catalogueFromFile } from '../../src/guard/vet-catalogue.ts';

/** What the guard is told; the tables and the file that it is not told about hold canaries. */
export const WORLD_CATALOGUE = catalogueFromFile({
  tables: {
    'shop.orders': {
      order_id: 'varchar',
      customer_id: 'varchar',
      total: 'decimal',
      order_date: 'date',
      note: 'varchar',
    },
    'shop.customers': { customer_id: 'varchar', email: 'varchar', country: 'varchar', birth: 'varchar' },
    'shop.products': { product_id: 'varchar', name: 'varchar', price: 'decimal' },
  },
  private: ['shop.customers.email', 'shop.customers.birth'],
});

type Outcome = { rows: string } | { error: string };

export type World = {
  folder: string;
  file: string;
  run(sql: string): Promise<Outcome>;
  /** A digest of all tables, objects and files: changes when anything was written. */
  state(whole?: boolean): Promise<string>;
  close(): void;
};

/**
 * A small database with no lock, no views and no limits, so that the guard stands alone before it. Two worlds
 * with different `seed` differ only in what may not be read: private columns, other schemas, the file.
 */
export async function aWorld(seed: string): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-attack-'));
  const file = join(folder, 'secret.csv');
  writeFileSync(file, `a,b\nCANARY-file-${seed},1\n`);
  const database = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '200MB',
    max_temp_directory_size: '0B',
  });
  const connection = await database.connect();
  for (const statement of statements(seed)) await connection.run(statement);
  return {
    folder,
    file,
    run: (sql) => outcomeOf(connection, redshiftOrSame(sql)),
    state: async (whole = false) =>
      digest(folder, [
        await outcomeOf(connection, STATE),
        whole ? await outcomeOf(connection, MACROS) : { rows: '' },
      ]),
    close() {
      connection.closeSync();
      database.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const STATE = `select (select count(*) || '-' || sum(hash(o)) from shop.orders o), (select sum(hash(c)) from shop.customers c),
  (select sum(hash(u)) from secret.users u), (select count(*) || string_agg(schema_name || table_name, ',' order by 1) from duckdb_tables()),
  (select count(*) from duckdb_columns())`;

/** Slower, so asked at the end only. */
const MACROS = 'select count(*) from duckdb_functions() where not internal';

function statements(seed: string): string[] {
  // Other values, other order, other doubles and other lengths, so that any use of them shows.
  const [emails, births] = seed === 'one' ? ['316425', '112345'] : ['263154', '665113'];
  const people = [0, 1, 2, 3, 4, 5].map(
    (n) =>
      `('c${n + 1}', 'CANARY-email-${emails[n]}-${seed}', '${n % 2 ? 'Italy' : 'Spain'}', 'CANARY-birth-${births[n]}-${seed}')`,
  );
  const orders = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (n) =>
      `('o${n}', 'c${(n % 6) + 1}', ${n * 10}.50, date '2025-01-0${n}', ${n % 3 ? `'note ${n}'` : 'null'})`,
  );
  const tokens = Array.from({ length: seed.length + 2 }, (_, n) => `('c${n}', 'CANARY-token-${seed}-${n}')`);
  return [
    'create schema shop',
    'create schema secret',
    'create table shop.orders (order_id varchar, customer_id varchar, total decimal(12,2), order_date date, note varchar)',
    'create table shop.customers (customer_id varchar, email varchar, country varchar, birth varchar)',
    'create table shop.products (product_id varchar, name varchar, price decimal(12,2))',
    'create table secret.users (order_id varchar, token varchar)',
    'create table main.users as select * from secret.users',
    `insert into shop.customers values ${people.join(', ')}`,
    `insert into shop.orders values ${orders.join(', ')}`,
    `insert into shop.products values ('p1', 'Boot', 10), ('p2', 'Sandal', 20)`,
    `insert into secret.users values ${tokens.join(', ')}`,
    `insert into main.users select * from secret.users`,
    `set search_path = 'shop'`,
  ];
}

/** What does not translate is sent as it is: the attack might like that. */
function redshiftOrSame(sql: string): string {
  try {
    return redshiftToDuckdb(sql) || sql;
  } catch {
    return sql;
  }
}

async function outcomeOf(connection: DuckDBConnection, sql: string): Promise<Outcome> {
  const timer = setTimeout(() => connection.interrupt(), 5_000);
  try {
    const reader = await connection.runAndReadUntil(sql, 2_000);
    const rows = reader.getRowsJson().map((row) => JSON.stringify(row));
    return { rows: rows.sort().join('\n') };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

function digest(folder: string, tables: Outcome[]): string {
  const hash = createHash('sha256').update(JSON.stringify(tables));
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    hash.update(name).update(statSync(path).isFile() ? readFileSync(path) : 'folder');
  }
  return hash.digest('hex');
}
