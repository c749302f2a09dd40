import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rights } from '../../../src/domain/rights.ts';
import { readCatalogue, tablesIn } from '../../../src/warehouse/catalogue.ts';
import { ensurePolicyViews, policyViewStatements } from '../../../src/warehouse/policy-views.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';

const everything: Rights = {
  id: 'all',
  roles: ['manager'],
  tables: 'all',
  metrics: 'all',
  personalData: 'clear',
  rowFilters: {},
  mayDraftSql: true,
  mayUpload: true,
  mayOperate: true,
};

let home: AWarehouse;
beforeAll(async () => {
  home = await aWarehouse();
  const order = (id: string, branch: string | null, customer: string, country: string) => ({
    sql: `insert into retail.orders (order_id, document_kind, customer_id, branch_id, country, currency, ordered_at, order_date, batch_id)
values (:id, 'sale', :customer, :branch, :country, 'EUR', '2025-01-02 10:00:00', '2025-01-02', 'b1')`,
    params: { id, branch, customer, country },
  });
  const item = (order_id: string, branch: string | null) => ({
    sql: `insert into retail.order_items (order_id, line_no, line_kind, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id)
values (:order_id, 1, 'sale', :branch, '2025-01-02', 1, 10, 10, 0, 10, 0, 0, 0, 'b1')`,
    params: { order_id, branch },
  });
  const customer = (id: string) => ({
    sql: `insert into retail.customers (customer_id, person_id, name, email, batch_id) values (:id, :id, :name, :email, 'b1')`,
    params: { id, name: `Name ${id}`, email: `${id}@example.com` },
  });
  await home.warehouse.write({
    token: 'fill',
    steps: [
      {
        sql: `insert into retail.branches (branch_id, name, region, batch_id) values ('B1', 'One', 'North', 'b1'), ('B2', 'Two', 'South', 'b1')`,
      },
      order('o1', 'B1', 'c1', 'DE'),
      order('o2', 'B2', 'c2', 'FR'),
      order('o3', null, 'c3', 'FR'),
      item('o1', 'B1'),
      item('o2', 'B2'),
      item('o3', null),
      customer('c1'),
      customer('c2'),
      customer("it's"),
    ],
  });
});
afterAll(() => home.close());

async function rowsFor(rights: Rights, sql: string) {
  await ensurePolicyViews({ warehouse: home.warehouse }, [rights]);
  const table = await home.warehouse.read({
    sql,
    schema: `policy_${rights.id}`,
    maxRows: 100,
    timeoutMs: 5000,
  });
  return table.rows;
}

test('the catalogue knows tables, types, personal columns and history', async () => {
  const catalogue = await readCatalogue();
  const tables = tablesIn(catalogue, 'retail');
  expect(Object.keys(tables)).toHaveLength(21);
  expect(tables['orders']?.columns['total_amount']).toBe('decimal(19,4)');
  expect(tables['orders']?.notes['document_kind']).toBe('sale, cancellation, adjustment');
  expect(tables['customers']?.personal).toEqual(['name', 'email', 'phone', 'postcode']);
  expect(tables['order_items']?.primaryKey).toEqual(['order_id', 'line_no']);
  expect(catalogue.tables['history.orders']?.columns['replaced_by']).toBe('varchar(40)');
  expect(catalogue.tables['history.orders']?.columns['order_date']).toBe('date');
});

test('a manager with all rights sees every row in clear', async () => {
  expect(await rowsFor(everything, 'select count(*) from orders')).toEqual([[3]]);
  expect(await rowsFor(everything, "select email from customers where customer_id = 'c1'")).toEqual([
    ['c1@example.com'],
  ]);
});

test('a branch manager sees the rows of that branch, and the customers who bought there', async () => {
  const rights: Rights = { ...everything, id: 'b1', rowFilters: { branch_id: ['B1'] } };
  expect(await rowsFor(rights, 'select order_id from orders')).toEqual([['o1']]);
  expect(await rowsFor(rights, 'select order_id from order_items')).toEqual([['o1']]);
  expect(await rowsFor(rights, 'select customer_id from customers')).toEqual([['c1']]);
  expect(await rowsFor(rights, 'select name from branches')).toEqual([['One']]);
  expect(await rowsFor(rights, 'select count(*) > 0 from dates')).toEqual([[true]]);
});

test('a filter on a column that a fact lacks is followed to the table that has it', async () => {
  const country: Rights = { ...everything, id: 'fr', rowFilters: { country: ['FR'] } };
  expect(await rowsFor(country, 'select order_id from order_items order by 1')).toEqual([['o2'], ['o3']]);
  const region: Rights = { ...everything, id: 'north', rowFilters: { region: ['North'] } };
  expect(await rowsFor(region, 'select order_id from orders')).toEqual([['o1']]);
  expect(await rowsFor(region, 'select customer_id from customers')).toEqual([['c1']]);
});

test('a fact that a filter cannot be followed to shows nothing', async () => {
  const rights: Rights = { ...everything, id: 'odd', rowFilters: { unheard_of: ['x'] } };
  expect(await rowsFor(rights, 'select count(*) from orders')).toEqual([[0]]);
  const none: Rights = { ...everything, id: 'none', rowFilters: { branch_id: [] } };
  expect(await rowsFor(none, 'select count(*) from orders')).toEqual([[0]]);
});

test('masks are the same for the same value, and absent columns are absent', async () => {
  const masked: Rights = { ...everything, id: 'masked', personalData: 'masked' };
  const [first] = await rowsFor(masked, "select email, phone from customers where customer_id = 'c1'");
  expect(first?.[0]).toMatch(/^masked-[0-9a-f]{12}$/);
  expect(first?.[1]).toBeNull();
  const none: Rights = { ...everything, id: 'absent', personalData: 'none' };
  await expect(rowsFor(none, 'select email from customers')).rejects.toMatchObject({
    code: 'warehouse.bad-statement',
  });
});

test('values in filters are text, whatever they hold', async () => {
  const nasty = `x') or 1=1 -- \\' or 1=1`;
  const rights: Rights = { ...everything, id: 'nasty', rowFilters: { customer_id: [nasty, "it's"] } };
  expect(await rowsFor(rights, 'select customer_id from customers')).toEqual([["it's"]]);
});

test('tables that are not granted do not exist for the reader', async () => {
  const rights: Rights = { ...everything, id: 'few', tables: ['orders'] };
  expect(await rowsFor(rights, 'select count(*) from orders')).toEqual([[3]]);
  await expect(rowsFor(rights, 'select * from ledger_entries')).rejects.toMatchObject({
    code: 'warehouse.bad-statement',
  });
});

test('views are made once, and again when the rights change and change back', async () => {
  const first: Rights = { ...everything, id: 'turn', rowFilters: { branch_id: ['B1'] } };
  const second: Rights = { ...first, rowFilters: { branch_id: ['B2'] } };
  const needs = { warehouse: home.warehouse };
  expect(await ensurePolicyViews(needs, [first])).toEqual(['turn']);
  expect(await ensurePolicyViews(needs, [first])).toEqual([]);
  expect(await ensurePolicyViews(needs, [second])).toEqual(['turn']);
  expect(await ensurePolicyViews(needs, [first])).toEqual(['turn']);
  expect(await rowsFor(first, 'select order_id from orders')).toEqual([['o1']]);
});

test('grants are written when there is somebody to grant to', async () => {
  const statements = policyViewStatements(everything, await readCatalogue(), { grantTo: 'role reader' });
  expect(statements.at(-1)).toBe('grant select on all tables in schema policy_all to role reader');
});
