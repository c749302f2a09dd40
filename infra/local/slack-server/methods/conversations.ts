import { apiError } from '../api-error.ts';
import { repliesTo, wireChannel, wireMessage } from '../wire-shapes.ts';
import { BOT, directMessageId } from '../workspace-data.ts';
import type { Channel, Message } from '../workspace-types.ts';
import { arg, type Method, method } from './method.ts';
import { page, visibleChannel } from './places.ts';

const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const paging = { limit: arg.number.optional(), cursor: arg.optionalText };
const timeline = {
  ...paging,
  oldest: arg.optionalText,
  latest: arg.optionalText,
  inclusive: arg.flag.optional(),
  include_all_metadata: arg.flag.optional(),
};

export const conversationMethods: Record<string, Method> = {
  'conversations.info': method({
    scopes: readScopes,
    args: {
      channel: arg.text,
      include_locale: arg.flag.optional(),
      include_num_members: arg.flag.optional(),
    },
    run: (args, parts) => ({ channel: wireChannel(parts.workspace, visibleChannel(parts, args.channel)) }),
  }),

  'conversations.members': method({
    scopes: readScopes,
    args: { channel: arg.text, ...paging },
    run(args, parts) {
      const members = page(visibleChannel(parts, args.channel).members, args.limit, args.cursor);
      return { members: members.items, response_metadata: { next_cursor: members.next } };
    },
  }),

  'conversations.list': method({
    scopes: readScopes,
    args: {
      ...paging,
      types: arg.optionalText,
      exclude_archived: arg.flag.optional(),
    },
    run(args, parts) {
      const types = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
      const visible = [...parts.workspace.channels.values()].filter(
        (channel) =>
          types.includes(typeName(channel)) &&
          (channel.kind === 'public' || channel.members.includes(BOT.userId)),
      );
      const channels = page(visible, args.limit, args.cursor);
      return {
        channels: channels.items.map((channel) => wireChannel(parts.workspace, channel)),
        response_metadata: { next_cursor: channels.next },
      };
    },
  }),

  'conversations.open': method({
    scopes: ['im:write', 'channels:manage', 'groups:write', 'mpim:write'],
    args: {
      users: arg.optionalText,
      channel: arg.optionalText,
      return_im: arg.flag.optional(),
      prevent_creation: arg.flag.optional(),
    },
    run(args, parts) {
      if (args.users?.includes(',')) throw apiError('method_not_supported_for_channel_type');
      if (args.users !== undefined && !parts.workspace.people.has(args.users))
        throw apiError('user_not_found');
      const id = args.channel ?? (args.users ? directMessageId(args.users) : '');
      const channel = visibleChannel(parts, id);
      return {
        no_op: true,
        already_open: true,
        channel: args.return_im ? wireChannel(parts.workspace, channel) : { id: channel.id },
      };
    },
  }),

  'conversations.join': method({
    scopes: ['channels:join'],
    args: { channel: arg.text },
    run(args, parts) {
      const channel = visibleChannel(parts, args.channel);
      if (channel.kind !== 'public') throw apiError('method_not_supported_for_channel_type');
      if (!channel.members.includes(BOT.userId))
        parts.workspace.putChannel({ ...channel, members: [...channel.members, BOT.userId] });
      return { channel: wireChannel(parts.workspace, visibleChannel(parts, args.channel)) };
    },
  }),

  'conversations.history': method({
    scopes: historyScopes,
    args: { channel: arg.text, ...timeline },
    run(args, parts) {
      const channel = readableChannel(visibleChannel(parts, args.channel));
      const roots = parts.workspace
        .messagesIn(channel.id)
        .filter((message) => !message.ephemeralFor && (!message.threadTs || message.broadcast === true))
        .filter((message) => inTime(message, args))
        .reverse();
      const found = page(roots, args.limit, args.cursor);
      return {
        messages: found.items.map((message) => wireMessage(parts.workspace, parts.baseUrl(), message)),
        has_more: found.next !== '',
        pin_count: 0,
        response_metadata: { next_cursor: found.next },
      };
    },
  }),

  'conversations.replies': method({
    scopes: historyScopes,
    args: { channel: arg.text, ts: arg.text, ...timeline },
    run(args, parts) {
      const channel = readableChannel(visibleChannel(parts, args.channel));
      const asked = parts.workspace.findMessage(channel.id, args.ts);
      const root = asked?.threadTs ? parts.workspace.findMessage(channel.id, asked.threadTs) : asked;
      if (!root) throw apiError('thread_not_found');
      const thread = [root, ...repliesTo(parts.workspace, root).filter((message) => inTime(message, args))];
      const found = page(thread, args.limit, args.cursor);
      return {
        messages: found.items.map((message) => wireMessage(parts.workspace, parts.baseUrl(), message)),
        has_more: found.next !== '',
        response_metadata: { next_cursor: found.next },
      };
    },
  }),
};

function readableChannel(channel: Channel): Channel {
  if (!channel.members.includes(BOT.userId)) throw apiError('not_in_channel');
  return channel;
}

function typeName(channel: Channel): string {
  if (channel.kind === 'im' || channel.kind === 'mpim') return channel.kind;
  return channel.kind === 'private' ? 'private_channel' : 'public_channel';
}

/** Slack's times are texts of the same length and order as numbers. Bounds are outside unless `inclusive`. */
function inTime(
  message: Message,
  range: { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined },
): boolean {
  const ts = Number(message.ts);
  const oldest = range.oldest ? Number(range.oldest) : 0;
  const latest = range.latest ? Number(range.latest) : Number.POSITIVE_INFINITY;
  return range.inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
}
