import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventNeeds } from '../etl/events/event-needs.ts';
import { loadWindow } from '../etl/events/load-window.ts';
import { type RunningEvents, runEvents } from '../etl/events/run-events.ts';
import { BUILT_IN_FEEDS, loadFeeds } from '../etl/feeds/load-feeds.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { openEventJournal } from './adapters/journal-event-stream.ts';
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
  const { config, objects, invoices, log, ids } = plumbline;
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

/** The feeds of this home, then those that come with Plumbline. */
export async function localFeeds(own: PipelineNeeds['feeds']): Promise<PipelineNeeds['feeds']> {
  const examples = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.yaml')).sort();
  const others = await loadFeeds([BUILT_IN_FEEDS, ...examples.map((name) => new URL(name, EXAMPLES))]);
  const known = new Set(own.map((set) => set.name));
  return [...own, ...others.filter((set) => !known.has(set.name))];
}
