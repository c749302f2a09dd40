import type { Run } from '../../src/domain/run.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { Invoices } from '../../src/ports/invoices.ts';
import type { KpiStore } from '../../src/ports/kpi-store.ts';
import type { LandingRecords } from '../../src/ports/landing-records.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { RunLog } from '../../src/ports/run-log.ts';
import type { Tracer } from '../../src/ports/tracer.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import type { WorkbookReader } from '../../src/ports/workbook-reader.ts';
import type { RunNotice } from '../../src/runs/run-notice.ts';
import type { FeedSet } from '../feeds/feed.ts';
import type { Failpoint } from './failpoints.ts';

/** Says in a channel how a run went. Called again with the same run, it edits what it said before. */
export type Announcer = {
  announce(notice: RunNotice): Promise<{ channel: string; ts: string } | null>;
};

export type PipelineLog = {
  debug?(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

export type PipelineNeeds = {
  warehouse: Warehouse;
  objects: ObjectStore;
  landingBucket: string;
  /** Reads workbooks that come as files of feeds; left out: they are refused. */
  workbooks?: WorkbookReader;
  runLog: RunLog;
  kpis: KpiStore;
  /** Takes the records of feeds that keep them. */
  landingRecords?: LandingRecords;
  /** What came as events is compared with it after a load; left out: it is not. */
  invoices?: Invoices;
  /** Which months of the books are closed, and which batches are being taken back. */
  smallRecords?: Pick<VersionedRecords, 'find' | 'list' | 'save' | 'remove'>;
  feeds: readonly FeedSet[];
  clock: Clock;
  ids: Ids;
  log: PipelineLog;
  /** Left out: nothing is followed. */
  tracer?: Tracer;
  announcer: Announcer;
  /** The process that drives a run, so that a sweeper knows a stopped one. */
  owner: { pid: number; host: string };
  /** Hands a run to whoever drives runs, and does not wait for its end. Left out: this process drives it. */
  drive?(run: string): Promise<void>;
  /** After facts have changed: caches of the question side are out of date. */
  dataChanged?(run: Run): Promise<void>;
  /** Told as stages begin. */
  onProgress?(run: Run): void;
  /** Tests stop the process here. */
  failpoint?(name: Failpoint): Promise<void>;
  /** Between tries; a real pause when left out. */
  pause?(ms: number): Promise<void>;
};
