import type { Bot } from './bot.ts';
import { noteStop, questionOfStream } from './stop-elsewhere.ts';

/** Slack's own stop button, in a thread where an answer is coming, here or in another instance. */
export async function onSessionStopped(
  event: { channel?: string; user?: string; thread_ts?: string; streaming_message_ts?: string[] },
  bot: Bot,
): Promise<void> {
  const { channel, user, thread_ts: thread, streaming_message_ts: messages = [] } = event;
  if (!channel || !user || !thread) return;
  if (bot.running.stopIn({ channel, thread, asker: user }) > 0) return;
  for (const ts of messages) {
    const key = await questionOfStream(channel, ts, bot.needs);
    if (key) await noteStop(key, bot.needs);
  }
}

/** Who listens in a channel has changed: the next answer there asks anew. */
export async function onMembershipChanged(event: { channel?: string }, bot: Bot): Promise<void> {
  if (event.channel) bot.who.forget(event.channel);
}
