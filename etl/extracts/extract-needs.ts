import type { Run } from '../../src/domain/run.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { RunLog } from '../../src/ports/run-log.ts';
import type { SourceDatabase } from '../../src/ports/source-database.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import type { FeedSet } from '../feeds/feed.ts';
import type { PipelineLog } from '../pipeline/pipeline-needs.ts';
import type { Extract } from './extract.ts';
import type { Round } from './extract-state.ts';

export type ExtractNeeds = {
  source: SourceDatabase;
  objects: ObjectStore;
  ingestionBucket: string;
  landingBucket: string;
  smallRecords: VersionedRecords;
  runLog: Pick<RunLog, 'find'>;
  feeds: readonly FeedSet[];
  clock: Clock;
  log: PipelineLog;
  /** Brings the set that was made ready into the warehouse; null where an event does it (in the cloud). */
  drive(ready: { key: string; run: string }): Promise<Run | null>;
  onProgress?(sentence: string): void;
  /** Tests stop the process here. */
  failpoint?(name: ExtractFailpoint): Promise<void>;
  pause?(ms: number): Promise<void>;
};

export type ExtractFailpoint =
  | 'extract-begun'
  | 'extract-file'
  | 'extract-recorded'
  | 'extract-sealed'
  | 'extract-ready'
  | 'extract-driven';

/** Where the word that a set is complete lies. */
export function readyKey(extract: Pick<Extract, 'name'>, round: Pick<Round, 'id'>): string {
  return `${folderOf(extract, round)}_ready`;
}

export function folderOf(extract: Pick<Extract, 'name'>, round: Pick<Round, 'id'>): string {
  return `incoming/${extract.name}-${round.id}/`;
}
