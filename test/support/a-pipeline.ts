import { Readable } from 'node:stream';
import { BUILT_IN_FEEDS, loadFeeds, parseFeeds } from '../../etl/feeds/load-feeds.ts';
import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import type { RunInput } from '../../etl/pipeline/run-input.ts';
import { runPipeline } from '../../etl/pipeline/run-pipeline.ts';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { dynamodbLandingRecords } from '../../src/adapters/dynamodb-landing-records.ts';
import type { Records } from '../../src/adapters/dynamodb-records.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import type { Run } from '../../src/domain/run.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { RunNotice } from '../../src/runs/run-notice.ts';
import { aDynamodb } from './a-dynamodb.ts';
import { aWarehouse, aWarehouseOfSnapshots } from './a-warehouse.ts';

export type Files = Record<string, string | Buffer>;

export type APipeline = {
  needs: PipelineNeeds;
  objects: ObjectStore;
  /** What run log and KPIs are kept in. */
  records: Records;
  /** The warehouse's folder. */
  folder: string;
  notices: RunNotice[];
  load(files: Files, more?: Partial<RunInput>, needs?: PipelineNeeds): Promise<Run>;
  /** Rows of a SELECT over the warehouse, as text. */
  rows(sql: string): Promise<string[][]>;
  close(): Promise<void>;
};

/**
 * The whole pipeline on embedded parts: a DuckDB warehouse, a dynalite in memory, objects in memory. `lockWaitMs` takes the
 * warehouse of snapshots, which other processes may write too.
 */
export async function aPipeline(
  options: { feeds?: string; objects?: ObjectStore; lockWaitMs?: number } = {},
): Promise<APipeline> {
  const objects = options.objects ?? memoryObjectStore();
  const { lockWaitMs } = options;
  const warehouse =
    lockWaitMs === undefined
      ? await aWarehouse({ objects })
      : await aWarehouseOfSnapshots({ objects, lockWaitMs });
  const dynamodb = await aDynamodb();
  const notices: RunNotice[] = [];
  let ids = 0;
  let seconds = 0;
  const needs: PipelineNeeds = {
    warehouse: warehouse.warehouse,
    objects,
    landingBucket: 'landing',
    runLog: dynamodbRunLog(dynamodb.records),
    kpis: dynamodbKpiStore(dynamodb.records),
    landingRecords: dynamodbLandingRecords(dynamodb.records),
    feeds: options.feeds ? [parseFeeds(options.feeds, 'test.yaml')] : await loadFeeds([BUILT_IN_FEEDS]),
    clock: {
      now: () => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds++)),
      today: () => '2026-03-02',
      timeZone: 'UTC',
    },
    ids: { next: (prefix) => `${prefix}-${String(++ids).padStart(4, '0')}` },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    announcer: {
      announce: async (notice) => {
        notices.push(notice);
        return { channel: 'C1', ts: String(notices.length) };
      },
    },
    owner: { pid: process.pid, host: 'test' },
    pause: async () => undefined,
  };
  return {
    needs,
    objects,
    records: dynamodb.records,
    folder: warehouse.folder,
    notices,
    load: (files, more = {}, other = needs) => load(files, more, objects, other),
    async rows(sql) {
      const found = await needs.warehouse.read({ sql, schema: 'retail', maxRows: 10_000, timeoutMs: 30_000 });
      return found.rows.map((row) => row.map((cell) => (cell === null ? 'null' : String(cell))));
    },
    async close() {
      await warehouse.close();
      await dynamodb.close();
    },
  };
}

let drops = 0;

async function load(
  files: Files,
  more: Partial<RunInput>,
  objects: ObjectStore,
  needs: PipelineNeeds,
): Promise<Run> {
  const drop = ++drops;
  const sources: RunInput['files'] = [];
  for (const [name, content] of Object.entries(files)) {
    const object = { bucket: 'ingestion', key: `drop/${drop}/${name}` };
    await objects.put(object, Readable.from([Buffer.from(content as string)]));
    sources.push({ name, object });
  }
  return runPipeline(
    {
      files: sources,
      set: null,
      feed: null,
      startedBy: 'test',
      replyTo: null,
      again: false,
      redriven: null,
      ...more,
    },
    needs,
  );
}
