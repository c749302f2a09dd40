import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventNeeds } from '../etl/events/event-needs.ts';
import type { FeedWarehouseNeeds } from '../etl/events/feed-warehouse.ts';
import { loadWindow } from '../etl/events/load-window.ts';
import { type RunningEvents, runEvents } from '../etl/events/run-events.ts';
import { BUILT_IN_FEEDS, loadFeeds } from '../etl/feeds/load-feeds.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { compiledReadings } from './adapters/compiled-readings.ts';
import { AppError } from './domain/app-error.ts';
import type { Plumbline } from './wiring.ts';

export type LocalEvents = RunningEvents & {
  needs: EventNeeds;
  close(): Promise<void>;
};

const EXAMPLES = new URL('../etl/feeds/examples/', import.meta.url);

/**
 * Events on one machine: a journal, the consumer that stores them, and the windows that feed the warehouse.
 * Errors: home.locked when another process of this home takes the events.
 */
export async function openLocalEvents(
  plumbline: Plumbline,
  pipeline: PipelineNeeds,
  options: { windowMs?: number } = {},
): Promise<LocalEvents> {
  const { config, objects, invoices, log, ids, clock } = plumbline;
  const { openEventJournal } = await import('./adapters/journal-event-stream.ts');
  const journal = await openEventJournal({ folder: join(config.home, 'events') });
  const needs: EventNeeds = {
    stream: journal,
    invoices,
    objects,
    bucket: config.objects.buckets.landing,
    feeds: await localFeeds(pipeline.feeds),
    log,
    ...(pipeline.failpoint ? { failpoint: pipeline.failpoint } : {}),
  };
  const running = runEvents({
    ...needs,
    ...options,
    ids,
    clock,
    source: journal,
    ingestionBucket: config.objects.buckets.ingestion,
    load: (file) => loadWindow(file, { ...pipeline, feeds: needs.feeds }),
  });
  return {
    ...running,
    needs,
    async close() {
      await running.stop();
      await journal.close();
    },
  };
}

/**
 * Events in the cloud: `needs` for the functions behind API Gateway (`acceptEvents`) and Kinesis (`kinesisBatch`),
 * `feeder` for the one that runs every few minutes, one at a time (`feedWarehouse`): its file goes where any file
 * comes in, and the state machine loads it.
 */
export async function openCloudEvents(
  plumbline: Pick<Plumbline, 'config' | 'objects' | 'invoices' | 'log' | 'ids' | 'clock'>,
  pipeline: PipelineNeeds,
): Promise<{ needs: EventNeeds; feeder: FeedWarehouseNeeds; close(): void }> {
  const { config, objects, invoices, log, ids, clock } = plumbline;
  const { stream, endpoint } = config.events;
  if (!stream || config.records.kind !== 'dynamodb')
    throw new AppError('config.invalid', {
      detail: 'EVENTS_STREAM is not set: the Kinesis stream of events.',
    });
  const { kinesisEventStream } = await import('./adapters/kinesis-event-stream.ts');
  const kinesis = kinesisEventStream({ region: config.records.region, stream, endpoint });
  const needs: EventNeeds = {
    stream: kinesis,
    invoices,
    objects,
    bucket: config.objects.buckets.landing,
    feeds: pipeline.feeds,
    log,
  };
  const ingestionBucket = config.objects.buckets.ingestion;
  const load: FeedWarehouseNeeds['load'] = async ({ ref, name }) => {
    await objects.copy(ref, { bucket: ref.bucket, key: `incoming/${name}` });
    await objects.delete(ref);
    return true;
  };
  return { needs, feeder: { ...needs, ids, clock, ingestionBucket, load }, close: () => kinesis.close() };
}

/** The feeds of this home, then those that come with Plumbline. */
export async function localFeeds(own: PipelineNeeds['feeds']): Promise<PipelineNeeds['feeds']> {
  const examples = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.yaml')).sort();
  const others = await loadFeeds(
    [BUILT_IN_FEEDS, ...examples.map((name) => new URL(name, EXAMPLES))],
    compiledReadings(),
  );
  const known = new Set(own.map((set) => set.name));
  return [...own, ...others.filter((set) => !known.has(set.name))];
}
