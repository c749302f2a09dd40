import { setTimeout as pause } from 'node:timers/promises';
import { type Acceptance, acceptEvents, MOST_EVENTS } from '../../etl/events/accept-events.ts';
import { eventsOfFile } from '../../etl/events/events-of-file.ts';
import type { SalesEvent } from '../../etl/events/sales-event.ts';
import { loadFeeds } from '../../etl/feeds/load-feeds.ts';
import type { Config } from '../config.ts';
import { AppError } from '../domain/app-error.ts';
import { localFeeds, openLocalEvents } from '../wire-events.ts';
import { runningDoor } from '../wire-events-door.ts';
import { openPlumbline } from '../wiring.ts';
import { printJson, progress, say } from './output.ts';

export type ReplayOptions = { feed: string; feeds?: string; rate?: string; url?: string; json?: boolean };

export type Replayed = {
  sent: number;
  accepted: number;
  refused: number;
  seconds: number;
  /** Only where the events were taken in this process: how they ended. */
  added?: number;
  repeated?: number;
  quarantined?: number;
};

type Send = (events: SalesEvent[]) => Promise<Acceptance>;

const AT_ONCE = 1_000;
const ATTEMPTS = 8;
const TELL_EVERY_MS = 5_000;

/**
 * Sends the rows of a CSV as events, to `--url`, else to the running server of this home, else into this process,
 * which then stores them and brings them to the warehouse before it ends. A row has the same event id each time:
 * a replay that was killed is simply started again.
 */
export async function replayCommand(file: string, options: ReplayOptions, config: Config): Promise<void> {
  const url = options.url ?? (await runningDoor(config));
  const result = url
    ? await sendTo(eventsAddress(url), file, options, config)
    : await takeHere(file, options, config);
  if (options.json) printJson(result);
  else say(inWords(result));
}

async function sendTo(url: string, file: string, options: ReplayOptions, config: Config): Promise<Replayed> {
  const feeds = await localFeeds(options.feeds ? await loadFeeds([options.feeds]) : []);
  progress(`Sending to ${url} ...`);
  return sendAll(file, options, feeds, async (events) => post(url, events, config.events.apiKey));
}

async function takeHere(file: string, options: ReplayOptions, config: Config): Promise<Replayed> {
  const startedMs = performance.now();
  const plumbline = await openPlumbline(config);
  try {
    const pipeline = await plumbline.pipeline({ feedsFile: options.feeds });
    const events = await openLocalEvents(plumbline, pipeline);
    try {
      const sent = await sendAll(file, options, events.needs.feeds, (some) =>
        acceptEvents(some, events.needs),
      );
      progress(`Accepted ${sent.accepted}; bringing them to the warehouse ...`);
      await events.drained();
      const { added, repeated, quarantined } = events.counts();
      return { ...sent, seconds: secondsSince(startedMs), added, repeated, quarantined };
    } finally {
      await events.close();
    }
  } finally {
    await plumbline.close();
  }
}

async function sendAll(
  file: string,
  options: ReplayOptions,
  feeds: Parameters<typeof eventsOfFile>[2],
  send: Send,
): Promise<Replayed> {
  const rate = rateOf(options.rate);
  const atOnce = Math.min(AT_ONCE, MOST_EVENTS, Math.max(1, Math.ceil((rate ?? Infinity) / 10)));
  const result: Replayed = { sent: 0, accepted: 0, refused: 0, seconds: 0 };
  const startedMs = performance.now();
  let toldMs = startedMs;
  const sendSome = async (events: SalesEvent[]): Promise<void> => {
    if (events.length === 0) return;
    const dueMs = rate === undefined ? 0 : startedMs + (1_000 * result.sent) / rate - performance.now();
    if (dueMs > 1) await pause(dueMs);
    const { accepted, refused } = await send(events);
    result.sent += events.length;
    result.accepted += accepted;
    result.refused += refused.length;
    if (refused[0] && result.refused === refused.length) progress(`Refused: ${refused[0].reason}`);
    if (performance.now() - toldMs > TELL_EVERY_MS) {
      toldMs = performance.now();
      progress(`Sent ${result.sent} events ...`);
    }
  };
  let batch: SalesEvent[] = [];
  for await (const event of eventsOfFile(file, options.feed, feeds)) {
    batch.push(event);
    if (batch.length < atOnce) continue;
    await sendSome(batch);
    batch = [];
  }
  await sendSome(batch);
  return { ...result, seconds: secondsSince(startedMs) };
}

/** One after another, so that lines keep their order; sent again when the server is busy or gone for a moment. */
async function post(url: string, events: SalesEvent[], apiKey: string | undefined): Promise<Acceptance> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(apiKey ? { 'x-api-key': apiKey } : {}) },
        body: JSON.stringify(events),
        signal: AbortSignal.timeout(60_000),
      });
      const body = (await reply.json()) as Acceptance & { error?: string };
      if (reply.status < 500 && Array.isArray(body.refused)) return body;
      if (reply.status < 500)
        throw new AppError('usage.wrong', {
          detail: `The server answered ${reply.status}: ${body.error ?? ''}`,
        });
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      if (attempt >= ATTEMPTS)
        throw new AppError('events.unavailable', { cause: thrown, detail: `${url} does not answer.` });
    }
    if (attempt >= ATTEMPTS) throw new AppError('events.unavailable', { detail: `${url} is too busy.` });
    await pause(Math.min(5_000, 100 * 2 ** attempt));
  }
}

function eventsAddress(url: string): string {
  try {
    const address = new URL(url);
    if (address.pathname === '/') address.pathname = '/events';
    return address.href;
  } catch (cause) {
    throw new AppError('usage.wrong', { detail: `'${url}' is not an address.`, cause });
  }
}

function rateOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (!(rate > 0)) throw new AppError('usage.wrong', { detail: '--rate is events a second, above 0.' });
  return rate;
}

function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1_000;
}

function inWords(result: Replayed): string {
  const { sent, accepted, refused, seconds, added, repeated, quarantined } = result;
  const ends =
    added === undefined
      ? ''
      : ` New lines: ${added}; counted before: ${repeated}; in quarantine: ${quarantined}.`;
  return `Sent ${sent} events in ${seconds} s: ${accepted} accepted, ${refused} refused.${ends}`;
}
