import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlSource } from '../../src/adapters/mysql-source.ts';
import { type AnExtract, anExtract } from '../support/an-extract.ts';
import { endsEqual } from '../support/ends-equal.ts';

/** There is no MySQL to be had from npm: these need a server (a user that may make databases, the database `shop`). */
const SERVER = process.env['PLUMBLINE_TEST_MYSQL'] ?? '';

const DECLARATION = `
extract: shop-db
source: mysql
connection: SHOP_DB
set: shop
overlap: 1s
chunkRows: 3
fileRows: 7
tables:
  customers: { from: customers, key: [customer_id] }
  orders: { from: shop.orders, key: [order_id], watermark: updated_at }
`;

const TABLES = `
drop table if exists customers, shop.orders;
create table customers (customer_id integer primary key, name text, country text);
create table shop.orders (
  order_id bigint unsigned primary key, status varchar(20), ordered_at datetime not null, total_amount decimal(12,2),
  updated_at timestamp(6) null default current_timestamp(6));
`;

describe.skipIf(SERVER === '')('an extract from MySQL (with PLUMBLINE_TEST_MYSQL)', () => {
  let connection: Connection;
  const run = async (sql: string): Promise<Record<string, unknown>[]> => {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  };
  const begin = (): Promise<AnExtract> =>
    anExtract(mysqlSource({ connectionString: SERVER, overlap: 1, timeZone: 'UTC' }), DECLARATION);

  beforeAll(async () => {
    connection = await createConnection({ uri: SERVER, multipleStatements: true });
  });
  afterAll(() => connection.end());

  it('gives text that feeds read, and keys beyond what a floating-point number tells apart', async () => {
    await run(TABLES);
    await run(`insert into shop.orders values
      (9007199254740993, 'a', '2026-01-01 10:00:00', 1.5, '2026-01-01 10:00:00.123456'),
      (9007199254740992, 'it''s \\\\ "x"', '2026-01-01 10:00:00', -0.05, '2026-01-01 10:00:00.123456'),
      (3, null, '2026-01-01 10:00:00', null, null), (4, '', '2026-01-01 10:00:00', 0, '2026-01-01 10:00:00.123456')`);
    const extract = await begin();
    await extract.read();
    expect(extract.held['orders']?.get('9007199254740993')).toEqual({
      order_id: '9007199254740993',
      status: 'a',
      ordered_at: '2026-01-01T10:00:00.000000',
      total_amount: '1.50',
    });
    expect(extract.held['orders']?.get('9007199254740992')?.['status']).toBe('it\'s \\ "x"');
    expect(extract.held['orders']?.size).toBe(4);
    await extract.close();
  });

  it('ends equal to the source whatever is written in between and wherever it is stopped', () =>
    endsEqual({
      run,
      writesBeside: true,
      begin,
      tables: TABLES,
      orders: (to) =>
        `insert into shop.orders (order_id, status, ordered_at, total_amount) values ${Array.from({ length: to }, (_, i) => `(${i + 1}, 'new', '2026-01-01', ${i})`).join(', ')}`,
      unmark: (id) => `update shop.orders set updated_at = null, status = 'unmarked' where order_id = ${id}`,
      put: (id, status) =>
        `insert into shop.orders values (${id}, '${status}', '2026-02-01', 1, current_timestamp(6)) on duplicate key update status = values(status), updated_at = current_timestamp(6)`,
      customer: (id, name) =>
        `insert into customers values (${id}, '${name}', 'DE') on duplicate key update name = values(name)`,
    }));
});
