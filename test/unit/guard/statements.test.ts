import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/app-error.ts';
import { createGuard } from '../../../src/guard/vet-sql.ts';
import { queryStatements, vetStatements } from '../../../src/guard/vet-statements.ts';
import { aWarehouse } from '../../support/a-warehouse.ts';
import { retailCatalogue } from './retail-catalogue.ts';

const guard = createGuard({ catalogue: retailCatalogue() });

async function* lines(...all: (object | string)[]): AsyncGenerator<string> {
  for (const line of all) yield typeof line === 'string' ? line : JSON.stringify(line);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const RIGHTS = {
  id: 'all',
  roles: ['manager' as const],
  tables: 'all' as const,
  metrics: 'all' as const,
  personalData: 'clear' as const,
  rowFilters: {},
  mayDraftSql: true,
  mayUpload: false,
  mayOperate: false,
};

describe('vet over JSON lines', () => {
  it('answers each line in order, also lines that are no statements', async () => {
    const replies = await collect(
      vetStatements(
        lines(
          { id: 1, sql: 'select count(*) from orders' },
          'no json',
          '',
          { id: 'x' },
          { id: 2, sql: 'drop table orders' },
        ),
        { guard, rightsFor: () => undefined },
      ),
    );
    expect(replies).toMatchObject([
      { id: 1, verdict: 'accepted', tables: ['orders'], columns: [] },
      { id: null, verdict: 'refused', reason: 'The line is not JSON.' },
      { id: 'x', verdict: 'refused' },
      { id: 2, verdict: 'refused', code: 'writes' },
    ]);
  });
});

describe('query over JSON lines', () => {
  it('runs what is accepted, with its parameters, and goes on after what is not', async () => {
    const { warehouse, close } = await aWarehouse();
    try {
      const replies = await collect(
        queryStatements(
          lines(
            {
              id: 1,
              sql: 'select count(*) as days from dates where date_day >= :from and date_day < :to',
              params: { from: '2025-01-01', to: '2025-02-01', more: 1 },
            },
            { id: 2, sql: 'delete from dates' },
            { id: 3, sql: 'select date_day from dates order by 1', params: {} },
          ),
          { guard, warehouse, rightsFor: () => RIGHTS, prepare: async () => 'retail', maxRows: 2 },
        ),
      );
      expect(replies).toMatchObject([
        { id: 1, verdict: 'accepted', rows: [[31]], truncated: false },
        { id: 2, verdict: 'refused', reason: expect.stringContaining('DELETE') },
        { id: 3, verdict: 'accepted', truncated: true },
      ]);
    } finally {
      await close();
    }
  });

  it('says in words when the engine fails', async () => {
    const warehouse = { read: () => Promise.reject(new AppError('warehouse.timed-out')) };
    const replies = await collect(
      queryStatements(lines({ id: 1, sql: 'select 1' }), {
        guard,
        warehouse,
        rightsFor: () => RIGHTS,
        prepare: async () => 'retail',
      }),
    );
    expect(replies).toEqual([
      { id: 1, verdict: 'failed', code: 'engine', reason: expect.stringContaining('too long') },
    ]);
  });
});
