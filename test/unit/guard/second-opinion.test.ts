import { describe, expect, it } from 'vitest';
import { checkSecondOpinion } from '../../../src/guard/vet-second-opinion.ts';
import { readStatement } from '../../../src/guard/vet-statement.ts';
import { gate } from '../../../src/guard/vet-tokens.ts';

const judge = (
  sql: string,
  tables: string[],
  change: (parsed: ReturnType<typeof readStatement>) => void = () => {},
) => {
  const parsed = readStatement(gate(sql));
  change(parsed);
  return () => checkSecondOpinion(sql, parsed, new Set(tables));
};

describe('the second parser alone stops a query', () => {
  const sql = 'select o.a, max(b) from orders o group by 1';

  it('and lets one through that it reads alike', () => {
    expect(judge(sql, ['orders'])).not.toThrow();
  });

  it.each([
    ['whose tables the first parser did not tell', () => judge(sql, [])],
    ['whose tables the first parser made up', () => judge(sql, ['orders', 'customers'])],
    [
      'of which the first parser overlooked a table',
      () => judge(sql, ['orders'], (parsed) => parsed.roles.delete(sql.indexOf('orders'))),
    ],
    [
      'of which the first parser overlooked a column',
      () => judge(sql, ['orders'], (parsed) => parsed.roles.delete(sql.indexOf('b)'))),
    ],
    [
      'of which the first parser overlooked a call',
      () => judge(sql, ['orders'], (parsed) => parsed.functions.delete('max')),
    ],
    [
      'in which the first parser took a column for a table',
      () => judge(sql, ['orders'], (parsed) => parsed.roles.set(sql.indexOf('b)'), 'table')),
    ],
  ])('%s', (_, run) => {
    expect(run()).toThrow(/second parser|two parsers/);
  });

  it.each([
    'select 1 as a into x from orders',
    'select a from orders for update',
    'select a from read_csv(1)',
    'delete from orders',
    'select 1; select 2',
    'with recursive t as (select 1) select a from orders',
    'select a from orders tablesample bernoulli (1)',
    "select a from orders where a = array['x']",
  ])('that only it can read: %s', (text) => {
    const parsed = readStatement(gate('select a from orders'));
    expect(() => checkSecondOpinion(text, parsed, new Set(['orders']))).toThrow();
  });
});
