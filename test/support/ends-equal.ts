import fc from 'fast-check';
import { expect } from 'vitest';
import type { ExtractFailpoint } from '../../etl/extracts/extract-needs.ts';
import type { AnExtract } from './an-extract.ts';

/** A source's tables customers (customer_id, name) and shop.orders (order_id, status), and its words for changing them. */
export type ASource = {
  run(sql: string): Promise<Record<string, unknown>[]>;
  /** Whether others may write while a look is open. */
  writesBeside: boolean;
  begin(): Promise<AnExtract>;
  tables: string;
  orders(to: number): string;
  unmark(id: number): string;
  put(id: number, status: string): string;
  customer(id: number, name: string): string;
};

const change = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    id: fc.integer({ min: 1, max: 25 }),
    status: fc.constantFrom('a', 'b'),
  }),
  fc.record({ do: fc.constant('unmark' as const), id: fc.integer({ min: 1, max: 25 }) }),
  fc.record({
    do: fc.constant('customer' as const),
    id: fc.integer({ min: 1, max: 9 }),
    name: fc.constantFrom('x', 'y'),
  }),
);
type Change =
  | { do: 'put'; id: number; status: string }
  | { do: 'unmark'; id: number }
  | { do: 'customer'; id: number; name: string };

const point = fc.record({
  at: fc.constantFrom<ExtractFailpoint>(
    'extract-begun',
    'extract-file',
    'extract-recorded',
    'extract-sealed',
    'extract-ready',
    'extract-driven',
  ),
  nth: fc.integer({ min: 1, max: 4 }),
  stops: fc.boolean(),
  changes: fc.array(change, { maxLength: 6 }),
});

/** Writes at random places within readings that are stopped at random places, and compares what a merge by key holds. */
export async function endsEqual(source: ASource): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 6 }), async (points) => {
      await source.run(source.tables);
      await source.run(source.orders(15));
      for (let id = 1; id <= 5; id += 1) await source.run(source.customer(id, 'c'));
      const reader = await source.begin();
      try {
        for (const { at, nth, stops, changes } of points) {
          let reached = 0;
          reader.needs.failpoint = async (name) => {
            if (name !== at || (reached += 1) !== nth) return;
            if (source.writesBeside || !/file|recorded/.test(at)) await write(changes, source);
            if (stops) throw new Error('stopped');
          };
          await reader.read().catch((thrown: Error) => expect(thrown.message).toBe('stopped'));
          await write(changes, source);
        }
        delete reader.needs.failpoint;
        await reader.read();
        await expectEqual(reader, source);
      } finally {
        await reader.close();
      }
    }),
    { numRuns: Number(process.env['PLUMBLINE_TEST_RUNS'] ?? 12), seed: 5 },
  );
}

async function write(changes: readonly Change[], source: ASource): Promise<void> {
  for (const one of changes) {
    if (one.do === 'unmark') await source.run(source.unmark(one.id));
    else if (one.do === 'customer') await source.run(source.customer(one.id, one.name));
    else await source.run(source.put(one.id, one.status));
  }
}

async function expectEqual(reader: AnExtract, source: ASource): Promise<void> {
  const wanted = await source.run('select order_id as id, status from shop.orders order by order_id');
  const found = [...(reader.held['orders'] ?? [])].map(([id, row]) => ({
    id: Number(id),
    status: row['status'],
  }));
  expect(found.sort((a, b) => a.id - b.id)).toEqual(wanted);
  const customers = await source.run('select customer_id as id, name from customers order by customer_id');
  const held = [...(reader.held['customers'] ?? [])].map(([id, row]) => ({
    id: Number(id),
    name: row['name'],
  }));
  expect(held.sort((a, b) => a.id - b.id)).toEqual(customers);
}
