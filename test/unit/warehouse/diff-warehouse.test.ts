import { afterEach, expect, test } from 'vitest';
import type { Rights } from '../../../src/domain/rights.ts';
import { diffWarehouse } from '../../../src/warehouse/diff-warehouse.ts';
import { readMigrations } from '../../../src/warehouse/migrate.ts';
import { ensurePolicyViews } from '../../../src/warehouse/policy-views.ts';
import { ensureRedshiftObjects, readRedshiftObjects } from '../../../src/warehouse/redshift-objects.ts';
import { ASKING_ROLE, LOADING_ROLE } from '../../../src/warehouse/warehouse-logins.ts';
import { aRedshift } from '../../support/a-redshift.ts';
import { aWarehouse } from '../../support/a-warehouse.ts';
import { asOwner } from '../../support/as-owner.ts';

const rights: Rights = {
  id: 'b1',
  roles: ['manager'],
  tables: 'all',
  metrics: 'all',
  personalData: 'masked',
  rowFilters: { branch_id: ['B1'] },
  mayDraftSql: true,
  mayUpload: false,
  mayOperate: false,
};

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

test('a warehouse that was just migrated does not differ, on both engines', async () => {
  const embedded = await aWarehouse();
  const redshift = await aRedshift();
  closing = [embedded.close, redshift.close];
  await asOwner(redshift.warehouse);
  for (const { warehouse } of [embedded, redshift]) {
    await ensurePolicyViews({ warehouse, grantTo: `role ${ASKING_ROLE}` }, [rights]);
    expect(await diffWarehouse({ warehouse, rights: [rights], grantTo: `role ${ASKING_ROLE}` })).toEqual([]);
  }
});

test('every kind of drift is told in words and as SQL', async () => {
  const { warehouse, close } = await aWarehouse();
  closing = [close];
  await ensurePolicyViews({ warehouse }, [rights]);
  await warehouse.write({
    token: 'drift',
    steps: [
      { sql: 'create table retail.by_hand (x integer)' },
      { sql: 'drop table retail.stock_counts cascade' },
      { sql: 'alter table history.orders drop column coupon' },
      { sql: 'alter table history.refunds add column extra varchar(3)' },
      { sql: 'alter table history.budgets alter column amount type decimal(12,2)' },
      { sql: 'drop view policy_b1.payments' },
      { sql: 'create schema policy_hand' },
      { sql: 'create view policy_hand.orders as select * from retail.orders' },
      { sql: "update ops.migrations set sha256 = 'x' where number = 2" },
      { sql: 'delete from ops.migrations where number = 3' },
    ],
  });
  const changed: Rights = { ...rights, id: 'b2' };
  const differences = await diffWarehouse({ warehouse, rights: [rights, changed] });
  expect(differences.map((each) => each.sentence)).toEqual([
    'Migration 0002-dates.sql was changed in Git after it had been applied.',
    'Migration 0003-history.sql has not been applied.',
    'Table retail.stock_counts is missing.',
    'Column history.orders.coupon is missing.',
    'Column history.refunds.extra is not in Git.',
    'Column history.budgets.amount is decimal(12,2), and decimal(19,4) in Git.',
    'Table retail.by_hand is not in Git.',
    'Schema policy_hand was not made by Plumbline.',
    'View policy_b1.payments is missing.',
    'The views of policy_b2 were never made.',
  ]);
  expect(differences.find((each) => each.kind === 'type')?.sql).toBe(
    'alter table history.budgets alter column amount type decimal(19,4)',
  );
});

test('a migration that was changed after it was applied stops the next one, by name', async () => {
  const { migrateWarehouse } = await import('../../../src/warehouse/migrate.ts');
  const { warehouse, close } = await aWarehouse();
  closing = [close];
  const migrations = await readMigrations();
  const changed = migrations.map((each) => (each.number === 2 ? { ...each, sha256: '0'.repeat(64) } : each));
  await expect(migrateWarehouse({ warehouse, migrations: changed })).rejects.toMatchObject({
    code: 'config.invalid',
    detail: expect.stringContaining('0002-dates.sql'),
  });
});

test('a migration that fails names its file and line, and leaves nothing', async () => {
  const { migrateWarehouse } = await import('../../../src/warehouse/migrate.ts');
  const { splitStatements } = await import('../../../src/warehouse/split-statements.ts');
  const { warehouse, close } = await aWarehouse();
  closing = [close];
  const migrations = await readMigrations();
  const text = "create table ops.fine (a integer);\n\n-- why; not\nselect ';' from nowhere;\n";
  const broken = {
    number: 99,
    name: '0099-broken.sql',
    text,
    sha256: 'f'.repeat(64),
    statements: splitStatements(text),
  };
  await expect(migrateWarehouse({ warehouse, migrations: [...migrations, broken] })).rejects.toMatchObject({
    detail: expect.stringMatching(/^0099-broken\.sql, line 4: .*nowhere/),
  });
  expect((await diffWarehouse({ warehouse })).filter((each) => each.subject === 'ops.fine')).toEqual([]);
});

test('grants, procedures and materialised views that Git does not know, or does, are told on Redshift', async () => {
  const { warehouse, close } = await aRedshift();
  closing = [close];
  await asOwner(warehouse);
  await ensurePolicyViews({ warehouse, grantTo: `role ${ASKING_ROLE}` }, [rights]);
  const by = async (...statements: string[]) =>
    void (await warehouse.write({
      token: `by-hand-${statements.join().length}`,
      steps: statements.map((sql) => ({ sql })),
    }));
  await by(
    `grant usage on schema retail to role ${ASKING_ROLE}`,
    'grant select on table retail.customers to user nosy',
    `revoke usage on schema history from role ${LOADING_ROLE}`,
    'drop materialized view fast.daily_orders',
    "update ops.redshift_objects set sha256 = 'x' where name = 'fast.daily_items'",
    "insert into engine.svv_redshift_functions values ('ops', 'quick_fix', 'STORED PROCEDURE')",
  );
  const differences = await diffWarehouse({ warehouse, rights: [rights], grantTo: `role ${ASKING_ROLE}` });
  expect(differences.map(({ sentence }) => sentence)).toEqual([
    'plumbline_loading lacks usage on schema history.',
    'role plumbline_asking has usage on retail, which Git does not give.',
    'user nosy has select on retail.customers, which Git does not give.',
    'The materialized view fast.daily_items is not as in Git.',
    'The materialized view fast.daily_orders is missing.',
    'Procedure ops.quick_fix is not in Git.',
  ]);
  expect(differences.slice(0, 3).map(({ sql }) => sql)).toEqual([
    'grant usage on schema history to role plumbline_loading',
    '-- revoke usage on schema retail from role plumbline_asking',
    '-- revoke select on retail.customers from nosy',
  ]);
  const objects = await readRedshiftObjects();
  expect(await ensureRedshiftObjects(warehouse, objects, new Date('2026-03-01'))).toEqual([
    'fast.daily_items',
    'fast.daily_orders',
  ]);
});
