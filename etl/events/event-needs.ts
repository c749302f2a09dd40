import type { EventStream } from '../../src/ports/event-stream.ts';
import type { Invoices } from '../../src/ports/invoices.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { FeedSet } from '../feeds/feed.ts';
import type { PipelineLog } from '../pipeline/pipeline-needs.ts';

/** What taking, storing and passing on events needs. */
export type EventNeeds = {
  stream: EventStream;
  invoices: Invoices;
  objects: ObjectStore;
  /** Holds raw events, quarantine and the notes of what the warehouse lacks yet. */
  bucket: string;
  feeds: readonly FeedSet[];
  log: PipelineLog;
  /** Tests stop the process here. */
  failpoint?(name: string): Promise<void>;
};
