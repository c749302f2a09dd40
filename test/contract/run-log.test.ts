import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { addDays } from '../../src/domain/day.ts';
import type { RunLog } from '../../src/ports/run-log.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aRun } from '../support/a-run.ts';

describe.each([
  { name: 'in DynamoDB', of: (dynamodb: ADynamodb): RunLog => dynamodbRunLog(dynamodb.records) },
])('the run log $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let log: RunLog;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    log = of(dynamodb);
  });
  afterEach(() => dynamodb.close());

  it('gives back a run as it was made', async () => {
    const run = aRun({ outputs: { receive: { files: ['a'] } }, notice: { channel: 'C1', ts: '1.2' } });
    await log.create(run);
    expect(await log.find(run.id)).toEqual(run);
    expect(await log.find('run-none')).toBeUndefined();
  });

  it('refuses a second run of the same id', async () => {
    await log.create(aRun());
    await expect(log.create(aRun({ feed: 'other' }))).rejects.toMatchObject({ code: 'records.conflict' });
    expect((await log.find('run-1'))?.feed).toBe('orders');
  });

  it('raises the version with each save and refuses a save on an old one', async () => {
    const run = aRun();
    await log.create(run);
    const second = await log.save({ ...run, stage: 'validate' });
    expect(second).toEqual({ ...run, stage: 'validate', version: 2 });
    await expect(log.save({ ...run, stage: 'load' })).rejects.toMatchObject({ code: 'records.conflict' });
    expect(await log.find(run.id)).toEqual(second);
    expect((await log.save(second)).version).toBe(3);
  });

  it('lets one of many savers at once win', async () => {
    const run = aRun();
    await log.create(run);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => log.save({ ...run, findings: at })),
    );
    const won = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []));
    expect(won).toHaveLength(1);
    expect(await log.find(run.id)).toEqual(won[0]);
  });

  it('does not save a run that was never made', async () => {
    await expect(log.save(aRun())).rejects.toMatchObject({ code: 'records.conflict' });
    expect(await log.find('run-1')).toBeUndefined();
  });

  it('keeps a large run: 50 files, 3,000 touched days, a megabyte of outputs', async () => {
    const file = (at: number) => ({
      name: `part-${at}.csv`,
      feed: 'orders',
      object: { bucket: 'landing', key: `in/part-${at}.csv` },
      sizeBytes: 1000,
      sha256: randomBytes(32).toString('hex'),
      rows: { read: 1, loaded: 1, refused: 0, waiting: 0 },
    });
    const run = aRun({
      files: Array.from({ length: 50 }, (_, at) => file(at)),
      touchedDays: Array.from({ length: 3000 }, (_, at) => addDays('2018-01-01', at)),
      outputs: { load: randomBytes(700_000).toString('base64') },
    });
    await log.create(run);
    expect(await log.find(run.id)).toEqual(run);
    const smaller = await log.save({ ...run, outputs: {} });
    expect(await log.find(run.id)).toEqual(smaller);
    expect(await log.list({ limit: 5 })).toEqual([smaller]);
  });

  it('lists newest first, by feed and outcome, up to a limit', async () => {
    for (let at = 1; at <= 5; at += 1) {
      await log.create(
        aRun({
          id: `run-${at}`,
          feed: at % 2 ? 'orders' : 'refunds',
          outcome: at === 3 ? 'failed' : 'loaded',
          startedAt: `2026-03-0${at}T09:00:00.000Z`,
        }),
      );
    }
    const ids = async (options: Parameters<RunLog['list']>[0]) =>
      (await log.list(options)).map((run) => run.id);
    expect(await ids({ limit: 10 })).toEqual(['run-5', 'run-4', 'run-3', 'run-2', 'run-1']);
    expect(await ids({ limit: 2 })).toEqual(['run-5', 'run-4']);
    expect(await ids({ limit: 10, feed: 'orders' })).toEqual(['run-5', 'run-3', 'run-1']);
    expect(await ids({ limit: 1, feed: 'orders', outcome: 'loaded' })).toEqual(['run-5']);
    expect(await ids({ limit: 10, outcome: 'failed' })).toEqual(['run-3']);
  });

  it('finds the newest run that loaded the same files and was not undone', async () => {
    const load = async (id: string, startedAt: string, outcome: 'loaded' | 'partly-refused' | 'failed') => {
      await log.create(aRun({ id, startedAt }));
      return log.save({ ...aRun({ id, startedAt }), outcome });
    };
    expect(await log.findLoaded('hash-1')).toBeUndefined();
    await load('run-1', '2026-03-01T09:00:00.000Z', 'loaded');
    const second = await load('run-2', '2026-03-02T09:00:00.000Z', 'partly-refused');
    await load('run-3', '2026-03-03T09:00:00.000Z', 'failed');
    expect((await log.findLoaded('hash-1'))?.id).toBe('run-2');
    await log.save({ ...second, undoneAt: '2026-03-04T09:00:00.000Z' });
    expect((await log.findLoaded('hash-1'))?.id).toBe('run-1');
    expect(await log.findLoaded('hash-2')).toBeUndefined();
  });

  it('gives each caller a higher batch number', async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => log.nextBatchNumber()));
    expect(new Set(numbers).size).toBe(20);
    expect(await log.nextBatchNumber()).toBeGreaterThan(Math.max(...numbers));
  });
});
