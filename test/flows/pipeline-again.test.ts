import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFeeds } from '../../etl/feeds/load-feeds.ts';
import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import { redrive, rerun, undo } from '../../etl/pipeline/run-care.ts';
import { resumeRun } from '../../etl/pipeline/run-pipeline.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { eventually } from '../support/eventually.ts';

const feeds = (more = '') => `
set: shop
currency: EUR
tolerance: { rows: 5 }
feeds:
  sales:
    match: ["sales*.csv"]
    columns:
      order_id: { type: code, required: true }
      ordered_at: { type: timestamp, required: true }
      total_amount: { type: decimal${more} }
    target: orders
`;
const HEADER = 'order_id,ordered_at,total_amount\n';
const TOTALS = 'select order_id, total_amount from retail.orders order by order_id';

describe('files that are run again', () => {
  let pipeline: APipeline;

  beforeEach(async () => {
    pipeline = await aPipeline({ feeds: feeds() });
  });
  afterEach(() => pipeline.close());

  it('do not silently replace rows that came newer since, and do when that is wanted', async () => {
    const first = await pipeline.load({
      'sales.csv': `${HEADER}1,2026-01-01 10:00:00,10\n2,2026-01-01 10:00:00,20\n`,
    });
    const second = await pipeline.load({ 'sales.csv': `${HEADER}1,2026-01-01 10:00:00,11\n` });
    const again = await rerun(first.id, 'test', pipeline.needs);
    expect(again).toMatchObject({ outcome: 'partly-refused', rows: { read: 2, loaded: 1, refused: 1 } });
    expect(again.refusals[0]).toMatchObject({
      count: 1,
      reason: expect.stringContaining(
        `A newer version of this row came with batch ${second.batch}.`,
      ) as string,
    });
    expect(await pipeline.rows(TOTALS)).toEqual([
      ['1', '11.0000'],
      ['2', '20.0000'],
    ]);
    const forced = await rerun(first.id, 'test', pipeline.needs, { overNewer: true });
    expect(forced.outcome).toBe('loaded');
    expect(await pipeline.rows(TOTALS)).toEqual([
      ['1', '10.0000'],
      ['2', '20.0000'],
    ]);
  });

  it('are checked anew when a run stopped in its load, and only once the warehouse has ended what it was asked', async () => {
    const first = { 'sales.csv': `${HEADER}1,2026-01-01 10:00:00,10\n2,2026-01-01 10:00:00,20\n` };
    const ids = { next: (prefix: string) => `${prefix}-stopped` };
    const stopped: PipelineNeeds = {
      ...pipeline.needs,
      ids,
      owner: { pid: 2 ** 22 + 1, host: 'test' },
      failpoint: async (name) => {
        if (name === 'before-load') await new Promise(() => undefined);
      },
    };
    void pipeline.load(first, {}, stopped);
    await eventually(async () =>
      expect((await pipeline.needs.runLog.find('run-stopped'))?.outputs['load-plan']).toBeDefined(),
    );
    await pipeline.load({ 'sales.csv': `${HEADER}1,2026-01-02 10:00:00,11\n` });
    let settled = false;
    const redshift = { ...pipeline.needs.warehouse, settle: async () => settled };
    const needs = { ...pipeline.needs, warehouse: redshift };
    expect((await resumeRun('run-stopped', needs)).outcome).toBe('running');
    settled = true;
    expect(await resumeRun('run-stopped', needs)).toMatchObject({ rows: { loaded: 1, refused: 1 } });
    expect(await pipeline.rows(TOTALS)).toEqual([
      ['1', '11.0000'],
      ['2', '20.0000'],
    ]);
  });

  it('leave a document whole whose counted lines came newer since', async () => {
    const invoices = `
set: shop
currency: EUR
tolerance: { rows: 5 }
feeds:
  lines:
    match: ["lines*.csv"]
    columns:
      invoice: { type: code, required: true }
      day: { type: timestamp, required: true }
      price: { type: decimal, required: true }
    targets:
      - table: orders
        group: [invoice]
        fill: { order_id: invoice, ordered_at: min(day) }
      - table: order_items
        fill: { order_id: invoice, line_no: count_within(invoice), quantity: '1', unit_price: price }
`;
    const needs = { ...pipeline.needs, feeds: [parseFeeds(invoices, 'test.yaml')] };
    const lines = (...prices: number[]) => ({
      'lines.csv': `invoice,day,price\n${prices.map((price) => `i1,2026-01-01 10:00:00,${price}\n`).join('')}`,
    });
    const first = await pipeline.load(lines(1, 2, 3), {}, needs);
    await pipeline.load(lines(5, 6), {}, needs);
    await rerun(first.id, 'test', needs);
    const found = 'select line_no, unit_price from retail.order_items order by line_no';
    expect(await pipeline.rows(found)).toEqual([
      ['1', '5.0000'],
      ['2', '6.0000'],
    ]);
  });

  it('after a corrected version are a duplicate that says so, and are loaded as the newer when run again', async () => {
    const rows = (amount: number) => `${HEADER}1,2026-01-01 10:00:00,${amount}\n2,2026-01-01 10:00:00,20\n`;
    const first = await pipeline.load({ 'sales.csv': rows(10) });
    const same = await pipeline.load({ 'sales.csv': rows(10) });
    expect(same).toMatchObject({ outcome: 'duplicate' });
    expect(same.notes).toEqual([
      `The same files were loaded on 2026-03-02 by run ${first.id} (batch ${first.batch}).`,
    ]);
    expect(pipeline.notices.at(-1)?.actions).toEqual(['mute']);
    const second = await pipeline.load({ 'sales.csv': rows(11) });
    const back = await pipeline.load({ 'sales.csv': rows(10) });
    expect(back).toMatchObject({ outcome: 'duplicate' });
    expect(back.notes?.[1]).toBe(
      `Since then 1 of their rows was replaced by ${second.batch}, and that stays. If these files are the right ones after all, run this run again: press Re-run, or plumbline rerun ${back.id}.`,
    );
    expect(pipeline.notices.at(-1)?.actions).toEqual(['rerun', 'mute']);
    expect(await pipeline.rows(TOTALS)).toContainEqual(['1', '11.0000']);
    expect(await rerun(back.id, 'test', pipeline.needs)).toMatchObject({ outcome: 'loaded' });
    expect(await pipeline.rows(TOTALS)).toContainEqual(['1', '10.0000']);
  });

  it('are written anew from their records in the landing table, where the feed keeps them', async () => {
    const declared = feeds().replace(
      'match:',
      'landRecords: true\n    format: { encoding: windows-1252 }\n    match:',
    );
    const needs = { ...pipeline.needs, feeds: [parseFeeds(declared, 'f.yaml')] };
    const text = `${HEADER}"1",2026-01-01 10:00:00,10\n\n"2\né",2026-01-01 10:00:00,20\n3é,2026-01-01 10:00:00,30\n`;
    const { landingRecords: landed, objects } = pipeline.needs;
    if (!landed) throw new Error('no landing table');
    const first = await pipeline.load({ 'sales.csv': gzipSync(Buffer.from(text, 'latin1')) }, {}, needs);
    expect(first.rows).toEqual({ read: 3, loaded: 2, refused: 1, waiting: 0 });
    const [file] = first.files;
    if (!file) throw new Error('no file');
    const records = [];
    for await (const record of landed.read(file.feed, file.sha256)) records.push(record);
    expect(records.map(({ line, raw }) => [line, raw])).toEqual([
      [1, HEADER.trim()],
      [2, '"1",2026-01-01 10:00:00,10'],
      [4, '"2\né",2026-01-01 10:00:00,20'],
      [6, '3é,2026-01-01 10:00:00,30'],
    ]);
    expect(records[3]).toMatchObject({ file: 'sales.csv', feed: 'sales', uploadedOn: '2026-03-02' });
    expect(await landed.record(records[3]?.id ?? '')).toEqual(records[3]);

    await objects.delete(file.object);
    await expect(rerun(first.id, 'test', needs)).resolves.toMatchObject({ outcome: 'failed' });
    await undo(first.batch ?? '', needs);
    const again = await rerun(first.id, 'test', needs, { fromRecords: true });
    expect(again.rows).toEqual(first.rows);
    expect(again.refusals[0]?.example).toContain('line 4');
    expect((await pipeline.rows(TOTALS)).map(([id]) => id)).toEqual(['1', '3é']);
    expect(await landed.find('sales', again.files[0]?.sha256 ?? '')).toBeUndefined();
    expect((await rerun(again.id, 'test', needs, { fromRecords: true })).rows).toEqual(first.rows);
  });

  it('that failed are loaded where nothing newer came', async () => {
    const bad = Array.from({ length: 6 }, (_, i) => `x${i},never,1\n`).join('');
    const failed = await pipeline.load({ 'sales.csv': `${HEADER}1,2026-01-01 10:00:00,10\n${bad}` });
    expect(failed.outcome).toBe('failed');
    await pipeline.load({ 'sales.csv': `${HEADER}1,2026-01-01 10:00:00,11\n` });
    const later = pipeline.needs;
    const again = await rerun(failed.id, 'test', {
      ...later,
      feeds: [parseFeeds(feeds().replace('rows: 5', 'rows: 9'), 'f.yaml')],
    });
    expect(again).toMatchObject({ outcome: 'partly-refused', rows: { read: 7, loaded: 0, refused: 7 } });
    expect(await pipeline.rows(TOTALS)).toEqual([['1', '11.0000']]);
  });

  it('have their refused rows tried when the declaration has changed, once, and whenever asked', async () => {
    const run = await pipeline.load({
      'sales.csv': `${HEADER}1,2026-01-01 10:00:00,10\n2,2026-01-01 10:00:00,"20 €"\n`,
    });
    expect(run).toMatchObject({ outcome: 'partly-refused', rows: { loaded: 1, refused: 1 } });
    expect(await redrive('test', pipeline.needs)).toEqual([]);
    expect(await redrive('test', pipeline.needs, { refused: true })).toMatchObject([
      { rows: { read: 1, loaded: 0, refused: 1 } },
    ]);
    const mended = { ...pipeline.needs, feeds: [parseFeeds(feeds(", units: ['€']"), 'feeds.yaml')] };
    expect(await redrive('test', mended)).toMatchObject([
      { outcome: 'loaded', rows: { read: 1, loaded: 1, refused: 0 } },
    ]);
    expect(await pipeline.rows(TOTALS)).toEqual([
      ['1', '10.0000'],
      ['2', '20.0000'],
    ]);
    expect(await redrive('test', mended)).toEqual([]);
  });
});
