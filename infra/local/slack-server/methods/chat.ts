import { apiError } from '../api-error.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { sendMessageChanged, sendMessageDeleted, sendMessageEvents } from '../events.ts';
import type { ServerParts } from '../server-parts.ts';
import { wireMessage } from '../wire-shapes.ts';
import { BOT } from '../workspace-data.ts';
import type { Json, Message } from '../workspace-types.ts';
import { clearStatus } from './assistant.ts';
import { arg, type Method, method } from './method.ts';
import { ownMessage, threadRoot, visibleChannel, writableChannel } from './places.ts';

const MAX_TEXT = 40_000;
const MAX_UPDATED_TEXT = 4000;
const MAX_MARKDOWN = 12_000;

const contents = {
  text: arg.optionalText,
  blocks: arg.json.optional(),
  attachments: arg.list.optional(),
  markdown_text: arg.optionalText,
  metadata: arg.object.optional(),
  parse: arg.optionalText,
  link_names: arg.flag.optional(),
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': method({
    scopes: ['chat:write'],
    args: {
      channel: arg.text,
      ...contents,
      thread_ts: arg.optionalText,
      reply_broadcast: arg.flag.optional(),
      unfurl_links: arg.flag.optional(),
      unfurl_media: arg.flag.optional(),
      mrkdwn: arg.flag.optional(),
      username: arg.optionalText,
      icon_emoji: arg.optionalText,
      icon_url: arg.optionalText,
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel);
      const message: Message = {
        ...newBotMessage(parts, channel.id, contentsOf(args, parts, MAX_TEXT)),
        ...(args.thread_ts ? { threadTs: threadRoot(parts, channel, args.thread_ts) } : {}),
        ...(args.reply_broadcast && args.thread_ts ? { broadcast: true } : {}),
        ...(args.metadata ? { metadata: args.metadata } : {}),
      };
      return posted(parts, message);
    },
  }),

  'chat.postEphemeral': method({
    scopes: ['chat:write'],
    args: {
      channel: arg.text,
      user: arg.text,
      ...contents,
      thread_ts: arg.optionalText,
      username: arg.optionalText,
      icon_emoji: arg.optionalText,
      icon_url: arg.optionalText,
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel);
      if (!channel.members.includes(args.user)) throw apiError('user_not_in_channel');
      const message: Message = {
        ...newBotMessage(parts, channel.id, contentsOf(args, parts, MAX_TEXT)),
        ...(args.thread_ts ? { threadTs: threadRoot(parts, channel, args.thread_ts) } : {}),
        ephemeralFor: args.user,
      };
      parts.workspace.putMessage(message);
      return { message_ts: message.ts };
    },
  }),

  'chat.update': method({
    scopes: ['chat:write'],
    args: {
      channel: arg.text,
      ts: arg.text,
      ...contents,
      reply_broadcast: arg.flag.optional(),
      file_ids: arg.list.optional(),
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel);
      const previous = ownMessage(parts, channel, args.ts, 'cant_update_message');
      if (previous.stream?.open) throw apiError('streaming_state_conflict');
      const content = contentsOf(args, parts, MAX_UPDATED_TEXT);
      const { blocks: _, ...kept } = previous;
      const message: Message = {
        ...(args.blocks === undefined && args.text === undefined ? previous : kept),
        ...content,
        ...(args.metadata ? { metadata: args.metadata } : {}),
        editedAt: parts.workspace.nextTs(),
      };
      parts.workspace.putMessage(message);
      void sendMessageChanged(parts, message, previous);
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: wireMessage(parts.workspace, parts.baseUrl(), message),
      };
    },
  }),

  'chat.delete': method({
    scopes: ['chat:write'],
    args: { channel: arg.text, ts: arg.text, as_user: arg.flag.optional() },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel);
      const message = ownMessage(parts, channel, args.ts, 'cant_delete_message');
      parts.workspace.removeMessage(channel.id, message.ts);
      void sendMessageDeleted(parts, message);
      return { channel: channel.id, ts: args.ts };
    },
  }),

  'chat.getPermalink': method({
    args: { channel: arg.text, message_ts: arg.text },
    run(args, parts) {
      const channel = visibleChannel(parts, args.channel);
      const message = parts.workspace.findMessage(channel.id, args.message_ts);
      if (!message) throw apiError('message_not_found');
      return { channel: channel.id, permalink: permalink(parts, message) };
    },
  }),
};

/** Where a message can be opened: the local page, which reads the part after '#'. */
function permalink(parts: ServerParts, message: Message): string {
  const thread = message.threadTs ? `?thread=${message.threadTs}` : '';
  return `${parts.baseUrl()}/#/archives/${message.channel}/p${message.ts.replace('.', '')}${thread}`;
}

export function newBotMessage(
  parts: ServerParts,
  channel: string,
  content: { text: string; blocks?: Json[]; attachments?: Json[] },
): Message {
  return { channel, ts: parts.workspace.nextTs(), user: BOT.userId, botId: BOT.botId, ...content };
}

function posted(parts: ServerParts, message: Message): Json {
  clearStatus(parts, message.channel, message.threadTs);
  parts.workspace.putMessage(message);
  void sendMessageEvents(parts, message);
  return {
    channel: message.channel,
    ts: message.ts,
    message: wireMessage(parts.workspace, parts.baseUrl(), message),
  };
}

/** What is to be shown, checked as Slack checks it. */
export function contentsOf(
  args: {
    text?: string | undefined;
    blocks?: unknown;
    attachments?: unknown[] | undefined;
    markdown_text?: string | undefined;
  },
  parts: ServerParts,
  maxText: number,
): { text: string; blocks?: Json[]; attachments?: Json[] } {
  const newBlockId = () => parts.workspace.newId('b');
  if (args.markdown_text !== undefined) {
    if (args.text !== undefined || args.blocks !== undefined) throw apiError('markdown_text_conflict');
    if (args.markdown_text === '') throw apiError('no_text');
    if (args.markdown_text.length > MAX_MARKDOWN) throw apiError('msg_too_long');
    return {
      text: args.markdown_text,
      blocks: [{ type: 'markdown', text: args.markdown_text, block_id: newBlockId() }],
    };
  }
  const blocks = args.blocks === undefined ? undefined : checkBlocks(args.blocks, 'message', newBlockId);
  const text = args.text ?? '';
  if (text.trim() === '' && !blocks?.length && !args.attachments?.length) throw apiError('no_text');
  if (text.length > maxText) throw apiError('msg_too_long');
  return {
    text,
    ...(blocks ? { blocks } : {}),
    ...(args.attachments ? { attachments: args.attachments as Json[] } : {}),
  };
}
