import { apiError } from '../api-error.ts';
import type { ServerParts } from '../server-parts.ts';
import { BOT, directMessageId } from '../workspace-data.ts';
import type { Channel, Message, Person } from '../workspace-types.ts';

/** Finds what an app names, with Slack's error names when it may not or does not exist. */
export function visibleChannel(parts: ServerParts, id: string): Channel {
  const channel = parts.workspace.channels.get(id);
  if (!channel) throw apiError('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.includes(BOT.userId)) throw apiError('channel_not_found');
  return channel;
}

/** A channel that the bot may write in; a user's id means the direct message with that user. */
export function writableChannel(parts: ServerParts, id: string): Channel {
  const channel = visibleChannel(parts, id.startsWith('U') ? directMessageId(id) : id);
  if (!channel.members.includes(BOT.userId)) throw apiError('not_in_channel');
  return channel;
}

export function ownMessage(parts: ServerParts, channel: Channel, ts: string, refusal: string): Message {
  const message = parts.workspace.findMessage(channel.id, ts);
  if (!message || message.ephemeralFor) throw apiError('message_not_found');
  if (message.user !== BOT.userId) throw apiError(refusal);
  return message;
}

/** The first message of a thread; replies to a reply go to its thread. */
export function threadRoot(parts: ServerParts, channel: Channel, threadTs: string): string {
  if (!/^\d{10}\.\d{6}$/.test(threadTs)) throw apiError('invalid_thread_ts');
  const message = parts.workspace.findMessage(channel.id, threadTs);
  if (!message) throw apiError('thread_not_found');
  return message.threadTs ?? message.ts;
}

export function knownPerson(parts: ServerParts, id: string): Person {
  const person = parts.workspace.people.get(id);
  if (!person) throw apiError('user_not_found');
  return person;
}

/** One page of a list, with Slack's cursor. */
export function page<T>(
  items: readonly T[],
  limit: number | undefined,
  cursor: string | undefined,
): { items: T[]; next: string } {
  const size = Math.min(Math.max(limit ?? 100, 1), 1000);
  const start = cursor ? Number(Buffer.from(cursor, 'base64url').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) throw apiError('invalid_cursor');
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString('base64url') : '',
  };
}
