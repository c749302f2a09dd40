import type { SlackMessage } from './block.ts';
import type { SlackNeeds } from './needs.ts';
import type { Place, SlackClient } from './slack-client.ts';

export type Poster = {
  slack: Pick<SlackClient, 'post' | 'update'>;
  needs: Pick<SlackNeeds, 'conversations'>;
};

/** Posts under a key that is remembered, so that a repeat edits the message and makes no second. Gives its time stamp. */
export async function postOnce(
  key: string,
  place: Place,
  message: SlackMessage,
  bot: Poster,
  knownTs: string | null = null,
): Promise<string> {
  const earlier = knownTs ?? (await postedUnder(key, bot));
  if (earlier && (await bot.slack.update(place.channel, earlier, message))) return earlier;
  const ts = await bot.slack.post(place, message);
  await bot.needs.conversations.notePosted(key, ts);
  return ts;
}

/** The message that was posted under this key; null when none was. */
export async function postedUnder(key: string, bot: Poster): Promise<string | null> {
  const claim = await bot.needs.conversations.claim(key, 0);
  return claim.state === 'owned' ? claim.postedTs : null;
}
