import type { Role } from '../domain/rights.ts';
import { section } from './block.ts';
import type { Bot } from './bot.ts';
import { GREETINGS, PROMPTS, ROLE_ORDER } from './greeting-words.ts';

/** Somebody opened a new conversation in the assistant pane: a greeting for their role, and four questions to start with. */
export async function onThreadStarted(
  event: { assistant_thread?: { user_id?: string; channel_id?: string; thread_ts?: string } },
  bot: Bot,
): Promise<void> {
  const { user_id: user, channel_id: channel, thread_ts: thread } = event.assistant_thread ?? {};
  if (!user || !channel || !thread) return;
  const claim = await bot.needs.conversations.claim(`assistant/${channel}/${thread}`, 60_000);
  if (claim.state !== 'owned') return;
  const role = greetedAs((await bot.who.rightsOf(user)).roles);
  await bot.slack.post(
    { channel, thread },
    { text: GREETINGS[role], blocks: [section('greeting', GREETINGS[role])] },
  );
  await bot.slack.prompts(channel, thread, PROMPTS[role]);
  await bot.needs.conversations.finish(`assistant/${channel}/${thread}`);
}

export function greetedAs(roles: Role[]): Role {
  return ROLE_ORDER.find((role) => roles.includes(role)) ?? 'guest';
}
