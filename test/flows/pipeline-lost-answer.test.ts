import { expect, test } from 'vitest';
import { rerun, sweep } from '../../etl/pipeline/run-care.ts';
import { AppError } from '../../src/domain/app-error.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { BASE_FILES, TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import { aPipeline } from '../support/a-pipeline.ts';

/** The engine goes away right after it has committed the load, and answers nothing about its days. */
function losesTheAnswer(warehouse: Warehouse): Warehouse {
  return {
    ...warehouse,
    async read(query) {
      if (query.sql.includes('select distinct day from staging'))
        throw new AppError('warehouse.bad-statement', { detail: 'lost' });
      return warehouse.read(query);
    },
  };
}

test('a load whose answer was lost is not called undone: its batch is named, and running it again finishes it', async () => {
  const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
  try {
    const warehouse = losesTheAnswer(pipeline.needs.warehouse);
    const broken = await pipeline.load(BASE_FILES, {}, { ...pipeline.needs, warehouse });
    expect(broken.outcome).toBe('failed');
    expect(broken.batch).not.toBeNull();
    expect(broken.rows.loaded).toBeGreaterThan(0);
    const [[lines] = []] = await pipeline.rows('select count(*) from retail.order_items');
    expect(Number(lines)).toBeGreaterThan(0);

    // Nobody comes back to it for eight days: all but its days goes, and its notice says so.
    const later = {
      ...pipeline.needs.clock,
      now: () => new Date(Date.parse(broken.endedAt ?? '') + 8 * 86_400_000),
    };
    const staged = "select table_name from information_schema.tables where table_schema = 'staging'";
    expect((await sweep(pipeline.needs)).dropped).toEqual([]);
    const { dropped, told } = await sweep({ ...pipeline.needs, clock: later });
    expect(dropped.length).toBeGreaterThan(3);
    expect(await pipeline.rows(staged)).toEqual([[expect.stringMatching(/_days$/)]]);
    expect(told).toHaveLength(0);
    expect((await sweep({ ...pipeline.needs, clock: later })).told.map(({ id }) => id)).toEqual([broken.id]);
    expect(pipeline.notices.at(-1)?.sentences.join(' ')).toContain(
      'staged rows were taken away after 7 days',
    );

    const finished = await rerun(broken.id, 'test', pipeline.needs);

    expect(finished.id).toBe(broken.id);
    expect(['loaded', 'partly-refused']).toContain(finished.outcome);
    expect(finished.touchedDays.length).toBeGreaterThan(0);
    expect(await pipeline.rows('select count(*) from retail.order_items')).toEqual([[lines]]);
    expect(await pipeline.rows('select count(*) from ops.load_batches')).toEqual([['1']]);
    expect(await pipeline.rows(staged)).toEqual([]);
    expect(await pipeline.rows('select count(*) from ops.findings')).toEqual([['0']]);
  } finally {
    await pipeline.close();
  }
});
