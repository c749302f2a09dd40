import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresSource } from '../../src/adapters/postgres-source.ts';
import { type APostgres, aPostgres } from '../support/a-postgres.ts';
import { type AnExtract, anExtract } from '../support/an-extract.ts';
import { endsEqual } from '../support/ends-equal.ts';

const DECLARATION = `
extract: shop-db
source: postgres
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
drop table if exists customers;
drop schema if exists shop cascade;
create schema shop;
create table customers (customer_id integer primary key, name text, country text);
create table shop.orders (
  order_id integer primary key, status text, ordered_at timestamptz not null, total_amount numeric(12,2),
  updated_at timestamptz default clock_timestamp());
`;

describe('an extract from PostgreSQL', () => {
  let postgres: APostgres;
  let extract: AnExtract;

  beforeAll(async () => {
    postgres = await aPostgres();
  });
  afterAll(() => postgres.close());
  beforeEach(async () => {
    await postgres.run(TABLES);
    extract = await fresh(postgres);
  });
  afterEach(() => extract.close());

  const orders = (from: number, to: number) =>
    postgres.run(`insert into shop.orders (order_id, status, ordered_at, total_amount)
      select g, 'new', timestamptz '2026-01-01 10:00+02' + g * interval '1 hour', g + 0.5 from generate_series(${from}, ${to}) g`);

  it('gives all rows the first time, then only what has changed, and nothing when nothing has', async () => {
    await orders(1, 20);
    await postgres.run(
      `insert into customers values (1, 'Ann, "the first"', null), (2, E'two\nlines', 'DE')`,
    );
    const first = await extract.read();
    expect(first.rows).toEqual({ customers: 2, orders: 20 });
    expect(extract.held['customers']?.get('1')).toEqual({
      customer_id: '1',
      name: 'Ann, "the first"',
      country: '',
    });
    expect(extract.held['customers']?.get('2')?.['name']).toBe('two\nlines');
    expect(extract.held['orders']?.get('3')).toEqual({
      order_id: '3',
      status: 'new',
      ordered_at: '2026-01-01T11:00:00.000000Z',
      total_amount: '3.50',
    });
    expect((await extract.read()).outcome).toBe('nothing-new');
    await postgres.run(
      `update shop.orders set status = 'paid', updated_at = clock_timestamp() where order_id in (4, 19)`,
    );
    expect((await extract.read()).rows).toEqual({ customers: 0, orders: 2 });
    expect(extract.held['orders']?.get('19')?.['status']).toBe('paid');
    expect((await extract.read()).outcome).toBe('nothing-new');
  });

  it('gives a value again that went and came back', async () => {
    await orders(1, 3);
    for (const status of ['paid', 'new', 'paid', 'new']) {
      await postgres.run(
        `update shop.orders set status = '${status}', updated_at = clock_timestamp() where order_id = 2`,
      );
      await extract.read();
      expect(extract.held['orders']?.get('2')?.['status']).toBe(status);
    }
  });

  it('reads rows that have no watermark each time', async () => {
    await orders(1, 5);
    await postgres.run('update shop.orders set updated_at = null where order_id = 5');
    expect((await extract.read()).rows['orders']).toBe(5);
    await postgres.run(`update shop.orders set status = 'paid' where order_id = 5`);
    expect((await extract.read()).rows['orders']).toBe(1);
    expect(extract.held['orders']?.get('5')?.['status']).toBe('paid');
  });

  it('tells new, lost and changed columns, and stops when one is gone that the feed needs', async () => {
    await orders(1, 1);
    await extract.read();
    await postgres.run(
      'alter table shop.orders add column note text; alter table customers drop column country; alter table shop.orders alter column total_amount type numeric(19,4)',
    );
    await orders(2, 2);
    expect((await extract.read()).notes).toEqual([
      "customers has lost columns: 'country'.",
      "shop.orders has new columns: 'note'. The feed 'orders' does not take them.",
      "shop.orders: 'total_amount' was numeric(12,2) and is numeric(19,4) now.",
    ]);
    await postgres.run('alter table shop.orders rename column total_amount to amount');
    await expect(extract.read()).rejects.toMatchObject({
      code: 'source.changed',
      detail: expect.stringContaining("lacks 'total_amount'") as string,
    });
    await postgres.run('alter table shop.orders rename column amount to total_amount');
    await orders(3, 3);
    expect((await extract.read()).rows['orders']).toBe(1);
  });

  it('refuses a key that nothing makes unique, and a table that is not there', async () => {
    const two = DECLARATION.replace('key: [order_id]', 'key: [status]');
    await expect(extract.read({ declaration: two })).rejects.toMatchObject({ code: 'source.refused' });
    const gone = DECLARATION.replace('shop.orders', 'shop.sales');
    await expect(extract.read({ declaration: gone })).rejects.toMatchObject({
      code: 'source.changed',
      detail: 'There is no shop.sales in the source, or it may not be read.',
    });
  });

  it('reads the rows of a failed run again, and those of an undone one', async () => {
    await orders(1, 4);
    const drive = extract.needs.drive;
    extract.needs.drive = async (ready) => {
      const run = await drive(ready);
      extract.held['orders']?.clear();
      return run && Object.assign(run, { outcome: 'failed', batch: null });
    };
    expect((await extract.read()).outcome).toBe('failed');
    extract.needs.drive = drive;
    expect((await extract.read()).rows['orders']).toBe(4);
    await orders(5, 6);
    await extract.read();
    const [, second] = extract.runs;
    extract.held['orders']?.clear();
    Object.assign(second ?? {}, { undoneAt: '2026-03-02T10:00:00Z' });
    await extract.read();
    expect([...(extract.held['orders']?.keys() ?? [])].sort()).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('ends equal to the source whatever is written in between and wherever it is stopped', () =>
    endsEqual({
      run: (sql) => postgres.run(sql),
      writesBeside: postgres.writesBeside,
      begin: () => fresh(postgres),
      tables: TABLES,
      orders: (to) => `insert into shop.orders (order_id, status, ordered_at, total_amount)
        select g, 'new', timestamptz '2026-01-01Z', g from generate_series(1, ${to}) g`,
      unmark: (id) => `update shop.orders set updated_at = null, status = 'unmarked' where order_id = ${id}`,
      put: (id, status) =>
        `insert into shop.orders values (${id}, '${status}', '2026-02-01Z', 1) on conflict (order_id) do update set status = excluded.status, updated_at = clock_timestamp()`,
      customer: (id, name) =>
        `insert into customers values (${id}, '${name}', 'DE') on conflict (customer_id) do update set name = excluded.name`,
    }));
});

function fresh(postgres: APostgres): Promise<AnExtract> {
  const source = postgresSource({
    connectionString: postgres.connectionString,
    overlap: 1,
    timeZone: 'UTC',
  });
  return anExtract(source, DECLARATION);
}
