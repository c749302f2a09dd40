import { apiError } from '../api-error.ts';
import type { ServerParts } from '../server-parts.ts';
import { BOT } from '../workspace-data.ts';
import type { Message } from '../workspace-types.ts';
import { arg, type Method, method } from './method.ts';
import { visibleChannel } from './places.ts';

const args = { channel: arg.text, timestamp: arg.text, name: arg.text };

export const reactionMethods: Record<string, Method> = {
  'reactions.add': method({
    scopes: ['reactions:write'],
    args,
    run(given, parts) {
      const message = messageAt(parts, given.channel, given.timestamp);
      if (reactionUsers(message, given.name).includes(BOT.userId)) throw apiError('already_reacted');
      parts.workspace.putMessage(withReaction(message, given.name, BOT.userId, true));
      return {};
    },
  }),
  'reactions.remove': method({
    scopes: ['reactions:write'],
    args,
    run(given, parts) {
      const message = messageAt(parts, given.channel, given.timestamp);
      if (!reactionUsers(message, given.name).includes(BOT.userId)) throw apiError('no_reaction');
      parts.workspace.putMessage(withReaction(message, given.name, BOT.userId, false));
      return {};
    },
  }),
};

export function withReaction(message: Message, name: string, user: string, on: boolean): Message {
  const others = reactionUsers(message, name).filter((id) => id !== user);
  const users = on ? [...others, user] : others;
  const rest = (message.reactions ?? []).filter((reaction) => reaction.name !== name);
  return { ...message, reactions: users.length > 0 ? [...rest, { name, users }] : rest };
}

export function reactionUsers(message: Message, name: string): string[] {
  return message.reactions?.find((reaction) => reaction.name === name)?.users ?? [];
}

function messageAt(parts: ServerParts, channelId: string, ts: string): Message {
  const channel = visibleChannel(parts, channelId);
  const message = parts.workspace.findMessage(channel.id, ts);
  if (!message || message.ephemeralFor) throw apiError('message_not_found');
  return message;
}
