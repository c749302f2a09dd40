import type { Bot } from './bot.ts';

/** Slack's own stop button, in a thread where an answer is coming. */
export async function onSessionStopped(
  event: { channel?: string; user?: string; thread_ts?: string },
  bot: Bot,
): Promise<void> {
  const { channel, user, thread_ts: thread } = event;
  if (channel && user && thread) bot.running.stopIn({ channel, thread, asker: user });
}

/** Who listens in a channel has changed: the next answer there asks anew. */
export async function onMembershipChanged(event: { channel?: string }, bot: Bot): Promise<void> {
  if (event.channel) bot.who.forget(event.channel);
}
