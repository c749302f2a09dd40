import { describe, expect, it } from 'vitest';
import type { Rights } from '../../../src/domain/rights.ts';
import { catalogueFromFile } from '../../../src/guard/vet-catalogue.ts';
import { createGuard } from '../../../src/guard/vet-sql.ts';
import { attackCorpus } from '../../attacks/attack-corpus.ts';
import { WORLD_CATALOGUE } from '../../attacks/worlds.ts';
import { retailCatalogue } from './retail-catalogue.ts';

const guard = createGuard({ catalogue: retailCatalogue() });
const codeOf = (sql: string, options: Parameters<typeof guard.vet>[1] = {}) => {
  const verdict = guard.vet(sql, options);
  return verdict.verdict === 'refused' ? verdict.code : 'accepted';
};

const rights: Rights = {
  id: 'north',
  roles: ['manager'],
  tables: 'all',
  metrics: 'all',
  personalData: 'none',
  rowFilters: {},
  mayDraftSql: true,
  mayUpload: false,
  mayOperate: false,
};

describe('the guard refuses', () => {
  it.each([
    ['', 'empty'],
    ['delete from orders', 'writes'],
    ['select order_id into x from orders', 'writes'],
    ['with x as (delete from orders returning *) select * from x', 'writes'],
    ['table orders', 'not-a-select'],
    ['select 1; select 2', 'several-statements'],
    ['select 1 -- x', 'comment'],
    ['select 1 /* x */', 'comment'],
    ["select 'a\\'b'", 'character'],
    ["select E'a'", 'string'],
    ["select 'a' 'b'", 'string'],
    ['select `order_id` from orders', 'character'],
    ["select '\u202e'", 'character'],
    ['select order_id\u00a0from orders', 'character'],
    ['select * from ops.load_batches', 'unknown-table'],
    ['select * from retail.orders', 'unknown-table'],
    ['select * from pg_class', 'unknown-table'],
    ["select * from 'x.csv'", 'unknown-table'],
    ["select * from read_csv('x')", 'function'],
    ['select pg_sleep(1)', 'function'],
    ["select repeat('x', 5)", 'function'],
    ['select main.now()', 'function'],
    ["select lpad('x', 100000, 'y')", 'function'],
    ['select abs(1, 2)', 'function'],
    ['select rank() from orders', 'function'],
    ["select 'orders'::regclass", 'type'],
    ['select nothing from orders', 'unknown-column'],
    ['select o from orders o', 'whole-row'],
    ['select count(orders) from orders', 'whole-row'],
    ['select x.a from orders o, (select o.order_id as a) x', 'not-allowed-here'],
    ['with recursive t as (select 1) select * from t', 'recursion'],
    ['select order_id from orders where order_id = :id', 'parameter'],
    [`select ${'('.repeat(60)}1${')'.repeat(60)}`, 'too-deep'],
    [`select ${'abs('.repeat(20)}1${')'.repeat(20)}`, 'too-deep'],
    [`select '${'x'.repeat(50_000)}'`, 'too-long'],
  ])('%s (%s)', (sql, code) => {
    expect(codeOf(sql)).toBe(code);
  });

  it('every attack of the corpus but those that do nothing', () => {
    const world = createGuard({ catalogue: WORLD_CATALOGUE });
    const accepted = attackCorpus({ dir: '/tmp/d', file: '/tmp/f' }).filter(
      ({ sql }) => world.vet(sql).verdict === 'accepted',
    );
    expect(accepted.map(({ sql }) => sql)).toEqual([
      "select order_id from shop.orders where note = '\u2019' or 1=1",
    ]);
  });

  it('says why in a whole sentence', () => {
    expect(guard.vet('drop table orders')).toEqual({
      verdict: 'refused',
      code: 'writes',
      reason: "Questions may only read, and 'DROP' does not.",
    });
  });
});

describe('the guard holds to the rights of the asker', () => {
  it('keeps personal columns from those who may see none, in every disguise', () => {
    for (const sql of [
      'select email from customers',
      'select * from customers',
      'select c.* from customers c',
      'select count(distinct email) from customers',
      'select customer_id as email, rank() over (order by email) from customers',
      "select customer_id from customers where name like 'A%'",
    ]) {
      expect(codeOf(sql, { rights })).toBe('private-column');
      expect(codeOf(sql, { rights: { ...rights, id: 'clear', personalData: 'clear' } })).toBe('accepted');
      expect(codeOf(sql, { rights: { ...rights, id: 'masked', personalData: 'masked' } })).toBe('accepted');
    }
    expect(codeOf('select country, count(*) from customers group by country', { rights })).toBe('accepted');
    expect(codeOf('select 1 from orders o where exists (select * from customers)', { rights })).toBe(
      'accepted',
    );
  });

  it('keeps tables from those who may not read them, but the calendar from nobody', () => {
    const few: Rights = { ...rights, id: 'few', tables: ['orders'] };
    expect(codeOf('select sum(amount) from payments', { rights: few })).toBe('not-permitted');
    expect(codeOf('select count(*) from orders join dates on date_day = order_date', { rights: few })).toBe(
      'accepted',
    );
  });

  it('does not give one asker the verdict remembered for another', () => {
    const sql = 'select phone from customers';
    expect(codeOf(sql, { rights: { ...rights, id: 'open', personalData: 'clear' } })).toBe('accepted');
    expect(codeOf(sql, { rights })).toBe('private-column');
    expect(codeOf(sql, { rights: { ...rights, id: 'open', personalData: 'clear' } })).toBe('accepted');
  });
});

describe('a catalogue from a file', () => {
  const world = createGuard({
    catalogue: catalogueFromFile({
      tables: { 'a.t': { id: 'int', x: 'int' }, 'b.t': { id: 'int' }, 'B.Users': { id: 'int', SSN: 'text' } },
      private: ['b.users.ssn'],
    }),
  });
  const verdict = (sql: string) => world.vet(sql);

  it('is read with schemas, and without where a name is unique', () => {
    expect(verdict('select id from a.t')).toMatchObject({
      verdict: 'accepted',
      tables: ['a.t'],
      columns: ['a.t.id'],
    });
    expect(verdict('select id from t')).toMatchObject({ code: 'unknown-table' });
    expect(verdict('select id from USERS')).toMatchObject({ verdict: 'accepted', tables: ['b.users'] });
    expect(verdict('select t.id from a.t join b.users u on u.id = t.id')).toMatchObject({
      verdict: 'accepted',
    });
    expect(verdict('select a.t.id from a.t')).toMatchObject({ verdict: 'accepted' });
  });

  it('keeps its private columns from everybody', () => {
    expect(verdict('select ssn from users')).toMatchObject({ code: 'private-column' });
    expect(verdict('select u.* from b.users u')).toMatchObject({ code: 'private-column' });
  });
});

describe('what an accepted query reads', () => {
  it('is told with tables, columns and parameters, and never for names made in the query', () => {
    expect(
      guard.vet(
        'with t as (select order_date, sum(net_amount) as s from order_items where order_date >= :from group by 1) select s from t join orders o on o.order_date = t.order_date',
        { params: { from: '2025-01-01' } },
      ),
    ).toMatchObject({
      verdict: 'accepted',
      tables: ['order_items', 'orders'],
      columns: ['order_items.net_amount', 'order_items.order_date', 'orders.order_date'],
      parameters: ['from'],
    });
  });

  it('has one fingerprint for one text and rights', () => {
    const print = (sql: string, id = 'x') => {
      const verdict = guard.vet(sql, { rights: { ...rights, id } });
      return verdict.verdict === 'accepted' ? verdict.fingerprint : '';
    };
    expect(print('select 1')).toBe(print('select 1'));
    expect(print('select 1')).not.toBe(print('select 2'));
    expect(print('select 1')).not.toBe(print('select 1', 'y'));
  });
});
