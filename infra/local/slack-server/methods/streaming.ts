import { z } from 'zod';
import { apiError } from '../api-error.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { sendMessageEvents } from '../events.ts';
import type { ServerParts } from '../server-parts.ts';
import { wireMessage } from '../wire-shapes.ts';
import type { Json, Message, StreamTask } from '../workspace-types.ts';
import { clearStatus } from './assistant.ts';
import { newBotMessage } from './chat.ts';
import { arg, type Method, method } from './method.ts';
import { ownMessage, threadRoot, writableChannel } from './places.ts';

const MAX_MARKDOWN = 12_000;

const Chunk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown_text'), text: z.string() }),
  z.strictObject({
    type: z.literal('task_update'),
    id: z.string().min(1),
    title: z.string().max(256),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().max(256).optional(),
    output: z.string().max(256).optional(),
    sources: z.array(z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal('plan_update'), title: z.string().max(256) }),
  z.strictObject({ type: z.literal('blocks'), blocks: z.array(z.unknown()) }),
]);
type Chunk = z.infer<typeof Chunk>;

const pieces = { markdown_text: arg.optionalText, chunks: arg.json.optional() };

export const streamingMethods: Record<string, Method> = {
  'chat.startStream': method({
    scopes: ['chat:write'],
    args: {
      channel: arg.text,
      thread_ts: arg.text,
      ...pieces,
      recipient_team_id: arg.optionalText,
      recipient_user_id: arg.optionalText,
      task_display_mode: z.enum(['timeline', 'plan']).optional(),
      icon_emoji: arg.optionalText,
      icon_url: arg.optionalText,
      username: arg.optionalText,
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel);
      const threadTs = threadRoot(parts, channel, args.thread_ts);
      if (channel.kind !== 'im') {
        if (!args.recipient_team_id) throw apiError('missing_recipient_team_id');
        if (!args.recipient_user_id) throw apiError('missing_recipient_user_id');
      }
      const empty: Message = {
        ...newBotMessage(parts, channel.id, { text: '' }),
        threadTs,
        stream: { open: true, tasks: [], mode: args.task_display_mode ?? 'timeline' },
      };
      const message = grown(parts, empty, args);
      clearStatus(parts, channel.id, threadTs);
      parts.workspace.putMessage(message, { remember: false });
      return { channel: channel.id, ts: message.ts };
    },
  }),

  'chat.appendStream': method({
    scopes: ['chat:write'],
    args: { channel: arg.text, ts: arg.text, ...pieces },
    run(args, parts) {
      const message = openStream(parts, args.channel, args.ts);
      if (args.markdown_text === undefined && args.chunks === undefined) throw apiError('no_text');
      parts.workspace.putMessage(grown(parts, message, args), { remember: false });
      return { channel: message.channel, ts: message.ts };
    },
  }),

  'chat.stopStream': method({
    scopes: ['chat:write'],
    args: {
      channel: arg.text,
      ts: arg.text,
      ...pieces,
      blocks: arg.json.optional(),
      metadata: arg.object.optional(),
      session_status: arg.optionalText,
    },
    run(args, parts) {
      const open = grown(parts, openStream(parts, args.channel, args.ts), args);
      const added =
        args.blocks === undefined
          ? []
          : checkBlocks(args.blocks, 'message', () => parts.workspace.newId('b'));
      const blocks = [...(open.blocks ?? []), ...added];
      const message: Message = {
        ...open,
        ...(blocks.length > 0 ? { blocks } : {}),
        ...(args.metadata ? { metadata: args.metadata } : {}),
        stream: { ...(open.stream ?? { tasks: [], mode: 'timeline' }), open: false },
      };
      parts.workspace.putMessage(message);
      void sendMessageEvents(parts, message);
      return {
        channel: message.channel,
        ts: message.ts,
        message: wireMessage(parts.workspace, parts.baseUrl(), message),
      };
    },
  }),
};

function openStream(parts: ServerParts, channelId: string, ts: string): Message {
  const message = ownMessage(parts, writableChannel(parts, channelId), ts, 'message_not_owned_by_app');
  if (!message.stream?.open) throw apiError('message_not_in_streaming_state');
  return message;
}

/** The message with what came: text grows the last piece of Markdown, tasks are replaced by id. */
function grown(
  parts: ServerParts,
  message: Message,
  args: { markdown_text?: string | undefined; chunks?: unknown },
): Message {
  if (args.markdown_text !== undefined && args.chunks !== undefined) throw apiError('markdown_text_conflict');
  const chunks: Chunk[] =
    args.markdown_text !== undefined
      ? [{ type: 'markdown_text', text: args.markdown_text }]
      : readChunks(args.chunks);
  return chunks.reduce((grownMessage, chunk) => withChunk(parts, grownMessage, chunk), message);
}

function readChunks(value: unknown): Chunk[] {
  if (value === undefined) return [];
  const checked = z.array(Chunk).safeParse(value);
  if (checked.success) return checked.data;
  throw apiError(
    'invalid_chunks',
    checked.error.issues.map(
      (issue) => `[ERROR] ${issue.message} [json-pointer:/chunks/${issue.path.join('/')}]`,
    ),
  );
}

function withChunk(parts: ServerParts, message: Message, chunk: Chunk): Message {
  const newBlockId = () => parts.workspace.newId('b');
  const stream = message.stream ?? { open: true, tasks: [], mode: 'timeline' };
  if (chunk.type === 'plan_update') return { ...message, stream: { ...stream, plan: chunk.title } };
  if (chunk.type === 'task_update') {
    const { type: _, ...update } = chunk;
    return { ...message, stream: { ...stream, tasks: withTask(stream.tasks, update as StreamTask) } };
  }
  if (chunk.type === 'blocks')
    return {
      ...message,
      blocks: [...(message.blocks ?? []), ...checkBlocks(chunk.blocks, 'message', newBlockId)],
    };
  if (chunk.text.length > MAX_MARKDOWN) throw apiError('msg_too_long');
  return {
    ...message,
    text: message.text + chunk.text,
    blocks: withText(message.blocks ?? [], chunk.text, newBlockId),
  };
}

function withText(blocks: Json[], text: string, newBlockId: () => string): Json[] {
  if (text === '') return blocks;
  const last = blocks.at(-1);
  if (last?.type !== 'markdown') return [...blocks, { type: 'markdown', text, block_id: newBlockId() }];
  return [...blocks.slice(0, -1), { ...last, text: String(last.text) + text }];
}

function withTask(tasks: StreamTask[], update: StreamTask): StreamTask[] {
  const known = tasks.some((task) => task.id === update.id);
  return known
    ? tasks.map((task) => (task.id === update.id ? { ...task, ...update } : task))
    : [...tasks, update];
}
