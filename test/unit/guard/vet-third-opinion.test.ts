import { describe, expect, it } from 'vitest';
import { thirdOpinion } from '../../../src/guard/vet-third-opinion.ts';

describe('the third opinion on drafted SQL', () => {
  it.each([
    'select count(*) from orders',
    'with big as (select order_id from orders) select count(*) from big',
    'select o.order_id from orders o join order_items i on i.order_id = o.order_id',
  ])('has nothing against %s', (sql) => {
    expect(thirdOpinion(sql, ['orders', 'order_items'])).toBeNull();
  });

  it('names a table that the guard did not see', () => {
    expect(thirdOpinion('select * from salaries', ['orders'])).toContain('salaries');
  });

  it.each(['delete from orders', 'insert into orders values (1)', 'update orders set status = 1'])(
    'refuses %s',
    (sql) => {
      expect(thirdOpinion(sql, ['orders'])).not.toBeNull();
    },
  );

  it('says nothing about what it cannot read', () => {
    expect(thirdOpinion('select ratio_to_report(a) over () frm orders', ['orders'])).toBeNull();
  });
});
