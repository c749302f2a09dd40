import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

export type APostgres = {
  connectionString: string;
  /** Whether others may write while a transaction is open. */
  writesBeside: boolean;
  run(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

/**
 * PostgreSQL over the wire: the server that PLUMBLINE_TEST_POSTGRES names (in a database of its own), else the real
 * engine compiled to WebAssembly, which has one session at a time.
 */
export async function aPostgres(): Promise<APostgres> {
  const server = process.env['PLUMBLINE_TEST_POSTGRES'];
  return server ? onServer(server) : inProcess();
}

async function inProcess(): Promise<APostgres> {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 10 });
  await server.start();
  const connectionString = `postgres://postgres:postgres@${server.getServerConn()}/postgres`;
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    connectionString,
    writesBeside: false,
    run: async (sql) => rowsOf(await client.query(sql)),
    async close() {
      await client.end();
      await server.stop();
      await db.close();
    },
  };
}

async function onServer(server: string): Promise<APostgres> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const name = `plumbline_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await admin.query(`create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  return {
    connectionString: address.href,
    writesBeside: true,
    run: async (sql) => rowsOf(await client.query(sql)),
    async close() {
      await client.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

function rowsOf(result: pg.QueryResult | pg.QueryResult[]): Record<string, unknown>[] {
  return ((Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? []) as Record<string, unknown>[];
}
