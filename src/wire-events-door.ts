import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Acceptance } from '../etl/events/accept-events.ts';
import { quarantined } from '../etl/events/event-objects.ts';
import { redriveEvents } from '../etl/events/redrive-events.ts';
import { type EventsDoor, type EventsDoorNeeds, openEventsDoor } from '../etl/handlers/events-http.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import type { Config } from './config.ts';
import { AppError, hasCode } from './domain/app-error.ts';
import type { EventStream } from './ports/event-stream.ts';
import { localFeeds, openCloudEvents, openLocalEvents } from './wire-events.ts';
import type { Plumbline } from './wiring.ts';

const USUAL_PORT = 4041;

/** Events of this home, and the door that they come through. Other commands of the home find it by a file. */
export async function openEventsDoorOf(plumbline: Plumbline, pipeline: PipelineNeeds): Promise<EventsDoor> {
  const { config } = plumbline;
  const events = await openLocalEvents(plumbline, pipeline);
  const door = await openDoor(config, events.needs).catch(async (thrown: unknown) => {
    await events.close();
    throw thrown;
  });
  mkdirSync(config.home, { recursive: true });
  writeFileSync(doorFile(config), JSON.stringify({ url: door.url, pid: process.pid }), { mode: 0o600 });
  return {
    url: door.url,
    async close() {
      rmSync(doorFile(config), { force: true });
      await door.close();
      await events.close();
    },
  };
}

/** Where the running Plumbline of this home takes events; undefined when none runs. */
export async function runningDoor(config: Config): Promise<string | undefined> {
  try {
    const { url } = JSON.parse(readFileSync(doorFile(config), 'utf8')) as { url: string };
    const reply = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(2_000) });
    return reply.ok ? url : undefined;
  } catch {
    // No file, or that of a process that was killed.
    return undefined;
  }
}

/** Tries the events in quarantine again, through the running Plumbline of this home or in this process. */
export async function redriveHomeEvents(
  plumbline: Plumbline,
  pipeline: PipelineNeeds,
): Promise<{ redriven: number; left: number }> {
  const { config, objects, log } = plumbline;
  const bucket = config.objects.buckets.landing;
  const feeds = await localFeeds(pipeline.feeds);
  if (config.events.stream) {
    const { needs, close } = await openCloudEvents(plumbline, pipeline);
    return redriveEvents(needs).finally(close);
  }
  const url = await runningDoor(config);
  if (url) return redriveEvents({ stream: streamTo(url, config), objects, bucket, feeds, log });
  if (!(await hasQuarantined({ objects, bucket }))) return { redriven: 0, left: 0 };
  const events = await openLocalEvents(plumbline, pipeline);
  try {
    const outcome = await redriveEvents(events.needs);
    await events.drained();
    return outcome;
  } finally {
    await events.close();
  }
}

async function hasQuarantined(store: Parameters<typeof quarantined>[0]): Promise<boolean> {
  for await (const _ of quarantined(store)) return true;
  return false;
}

/** The door of another process as a stream. */
function streamTo(url: string, config: Config): EventStream {
  return {
    async append(records) {
      if (records.length === 0) return { refused: [] };
      const reply = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': config.events.apiKey ?? '' },
        body: `[${records.map(({ data }) => data).join(',')}]`,
      }).catch((cause: unknown) => {
        throw new AppError('events.unavailable', { cause });
      });
      const { refused } = (await reply.json()) as Acceptance;
      if (!Array.isArray(refused)) throw new AppError('events.unavailable');
      return { refused: refused.map(({ index }) => index) };
    },
  };
}

async function openDoor(config: Config, needs: EventsDoorNeeds): Promise<EventsDoor> {
  const { port, apiKey = null } = config.events;
  try {
    return await openEventsDoor({ port: port ?? USUAL_PORT, apiKey }, needs);
  } catch (thrown) {
    if (port !== undefined || !hasCode(thrown, 'home.locked')) throw thrown;
    return openEventsDoor({ port: 0, apiKey }, needs);
  }
}

function doorFile(config: Config): string {
  return join(config.home, 'events-door.json');
}
