import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { objectCreated } from '../../etl/handlers/object-created.ts';
import { sweep } from '../../etl/pipeline/run-care.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectCreated, ObjectStore } from '../../src/ports/object-store.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { PRODUCTS } from '../support/a-small-shop.ts';

// Whole loads: seconds on a machine that has other work to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let pipeline: APipeline;
afterEach(() => pipeline.close());

const ref = (name: string): ObjectRef => ({ bucket: 'ingestion', key: `incoming/${name}` });

async function drop(name: string, text: string): Promise<ObjectCreated> {
  const { etag, sizeBytes } = await pipeline.objects.put(ref(name), Readable.from([Buffer.from(text)]));
  return { ref: ref(name), sizeBytes, etag, sequencer: `${name}-${etag}` };
}

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const info of pipeline.objects.list('ingestion', prefix)) found.push(info.ref.key);
  return found.map((key) => key.replaceAll(/run-ev-[0-9a-f]+/g, 'RUN'));
}

describe('an event of a new file', () => {
  it('that comes three times at once, and again later, is one run', async () => {
    pipeline = await aPipeline();
    const event = await drop('products.csv', PRODUCTS);
    const { needs } = pipeline;
    const told = await Promise.all([
      objectCreated(event, needs),
      objectCreated(event, needs),
      objectCreated(event, needs),
    ]);
    await objectCreated(event, needs);
    expect(told.filter((run) => run?.outcome === 'loaded')).toHaveLength(1);
    expect(await needs.runLog.list({ limit: 10 })).toHaveLength(1);
    expect(await keys('')).toEqual(['archive/RUN/products.csv']);
  });

  it('that comes out of order loads what is there, and leaves a newer version to its own event', async () => {
    pipeline = await aPipeline();
    const { needs } = pipeline;
    const old = await drop('products.csv', PRODUCTS);
    const newer = await drop('products.csv', `${PRODUCTS}p4,Sole,Care,1\n`);
    expect(await objectCreated(newer, needs)).toMatchObject({ outcome: 'loaded', rows: { loaded: 4 } });
    expect(await objectCreated(old, needs)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'file.vanished' },
    });
    expect(await pipeline.rows('select count(*) from retail.products')).toEqual([['4']]);
  });

  it('of a bad file puts it into quarantine with a report beside it', async () => {
    pipeline = await aPipeline();
    const event = await drop('products.csv', 'product_id,name,category,unit_cost\np1,Boot,Boots,dear\n');
    const run = await objectCreated(event, pipeline.needs);
    expect(run?.outcome).toBe('failed');
    expect(await keys('')).toEqual([
      'quarantine/RUN/REPORT.txt',
      'quarantine/RUN/products.csv',
      'quarantine/RUN/refused-RUN.csv',
    ]);
  });

  it('of a folder waits for its mark, and is then one run', async () => {
    pipeline = await aPipeline();
    const { needs } = pipeline;
    expect(await objectCreated(await drop('set/products.csv', PRODUCTS), needs)).toBeNull();
    const branches = await drop('set/branches.csv', 'branch_id,name\nb1,High Street\n');
    expect(await objectCreated(branches, needs)).toBeNull();
    const run = await objectCreated(await drop('set/_ready', ''), needs);
    expect(run).toMatchObject({ outcome: 'loaded', rows: { read: 4, loaded: 4 } });
    expect(await keys('')).toEqual(['archive/RUN/set/branches.csv', 'archive/RUN/set/products.csv']);
  });
});

/** A store that refuses puts under a prefix while told to. */
function failingStore(prefix: RegExp): {
  store: ObjectStore;
  failure: { error: AppError | null; times: number };
} {
  const store = memoryObjectStore();
  const failure = { error: null as AppError | null, times: 0 };
  return {
    failure,
    store: {
      ...store,
      put: async (to, body, options) => {
        if (failure.error && prefix.test(to.key)) {
          failure.times += 1;
          throw failure.error;
        }
        return store.put(to, body, options);
      },
    },
  };
}

describe('a part that fails', () => {
  it('like a full disk ends the run in words, with nothing left half', async () => {
    const { store, failure } = failingStore(/^orders\//);
    pipeline = await aPipeline({ objects: store });
    failure.error = new AppError('home.disk-full');
    const run = await pipeline.load({ 'products.csv': PRODUCTS });
    expect(run).toMatchObject({
      outcome: 'failed',
      failure: { code: 'home.disk-full', stage: 'validate', sentence: expect.stringMatching(/disk is full/) },
      rows: { loaded: 0 },
    });
    expect(failure.times).toBe(1);
    expect(await pipeline.rows('select * from ops.load_batches')).toEqual([]);
    failure.error = null;
    expect((await pipeline.load({ 'products.csv': PRODUCTS })).outcome).toBe('loaded');
  });

  it('like a store that comes and goes is tried again', async () => {
    const { store, failure } = failingStore(/^landing\//);
    pipeline = await aPipeline({ objects: store });
    failure.error = new AppError('objects.unavailable');
    const away = await pipeline.load({ 'products.csv': PRODUCTS });
    expect(away).toMatchObject({ outcome: 'failed', failure: { code: 'objects.unavailable' } });
    expect(failure.times).toBe(4);
    pipeline.needs.pause = async () => {
      failure.error = null;
    };
    expect((await pipeline.load({ 'products.csv': PRODUCTS })).outcome).toBe('loaded');
    expect(failure.times).toBe(5);
  });

  it('like a channel that cannot be reached loses no fact: the sweeper tells it', async () => {
    pipeline = await aPipeline();
    const { announcer } = pipeline.needs;
    pipeline.needs.announcer = {
      announce: async () => {
        throw new AppError('slack.unavailable');
      },
    };
    const run = await pipeline.load({ 'products.csv': PRODUCTS });
    expect(run).toMatchObject({ outcome: 'loaded', announced: false });
    pipeline.needs.announcer = announcer;
    expect((await sweep(pipeline.needs)).told.map(({ id }) => id)).toEqual([run.id]);
    expect((await sweep(pipeline.needs)).told).toEqual([]);
    expect(pipeline.notices).toHaveLength(1);
  });
});
