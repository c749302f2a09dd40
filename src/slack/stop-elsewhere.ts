import { aside } from './ending-in-a-sentence.ts';
import type { SlackNeeds } from './needs.ts';

/** Of two instances, the one that hears of a stop may not be the one that is at work: they meet in the record store. */

type Store = Pick<SlackNeeds, 'conversations' | 'log'>;

const LOOK_EVERY_MS = 1000;

/** Aborts when another instance was asked to stop this question. Ends with the function it gives back. */
export function watchForStop(
  key: string,
  controller: AbortController,
  { conversations, log }: Store,
): () => void {
  const look = async () => {
    if ((await conversations.claim(stopKey(key), 0)).state === 'done') controller.abort();
  };
  const timer = setInterval(() => aside(look(), log, 'a stop could not be looked for'), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export async function noteStop(key: string, { conversations }: Store): Promise<void> {
  await conversations.finish(stopKey(key));
}

/** Slack's own stop event names the message, not the question. */
export async function noteStream(
  channel: string,
  ts: string,
  key: string,
  { conversations }: Store,
): Promise<void> {
  await conversations.notePosted(streamKey(channel, ts), key);
}

export async function questionOfStream(
  channel: string,
  ts: string,
  { conversations }: Store,
): Promise<string | null> {
  const claim = await conversations.claim(streamKey(channel, ts), 0);
  return claim.state === 'owned' ? claim.postedTs : null;
}

function stopKey(key: string): string {
  return `stop/${key}`;
}

function streamKey(channel: string, ts: string): string {
  return `stream/${channel}/${ts}`;
}
