import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { AppError } from '../domain/app-error.ts';
import type { Block, SlackForm, SlackMessage } from './block.ts';
import { fitMessage } from './limits.ts';

export type Place = { channel: string; thread?: string | undefined };

export type SlackPerson = {
  id: string;
  name: string;
  outsider: boolean;
  isBot: boolean;
  timeZone: string | null;
};

/** A message that grows while an answer is made. */
export type AnswerStream = {
  ts(): string | null;
  task(title: string, done: boolean): Promise<void>;
  /** Adds to the running text. */
  say(markdown: string): Promise<void>;
  /** `done` is the last line of what is being done. */
  end(markdown: string, blocks: Block[], done?: string): Promise<string>;
};

/** What Plumbline does in Slack. Messages are made to fit first. Errors: slack.unavailable, slack.rejected. */
export type SlackClient = {
  post(place: Place, message: SlackMessage): Promise<string>;
  /** False when the message is gone. A stream that a dead process left open is ended first. */
  update(channel: string, ts: string, message: SlackMessage): Promise<boolean>;
  /** Only this person sees it. */
  whisper(place: Place, person: string, message: SlackMessage): Promise<void>;
  remove(channel: string, ts: string): Promise<void>;
  stream(place: { channel: string; thread: string; person: string; team: string }): AnswerStream;
  status(channel: string, thread: string, status: string): Promise<void>;
  title(channel: string, thread: string, title: string): Promise<void>;
  prompts(channel: string, thread: string, prompts: { title: string; message: string }[]): Promise<void>;
  /** Gives the form's id. */
  openForm(trigger: string, form: SlackForm): Promise<string>;
  /** Puts another content into a form that is open. */
  updateForm(id: string, form: SlackForm): Promise<void>;
  /** On top of the form that is open. */
  pushForm(trigger: string, form: SlackForm): Promise<void>;
  publishHome(person: string, blocks: Block[]): Promise<void>;
  upload(
    place: Place,
    file: { name: string; bytes: Uint8Array; altText?: string; comment?: string },
  ): Promise<void>;
  /** Gives Slack a file that stands in no channel, for a view; its id. */
  keepFile(file: { name: string; bytes: Uint8Array; altText: string }): Promise<string>;
  /** Whether Slack has looked at it, so that a view may show it. */
  canBeShown(file: string): Promise<boolean>;
  deleteFile(file: string): Promise<void>;
  directMessage(person: string): Promise<string>;
  permalink(channel: string, ts: string): Promise<string | null>;
  person(id: string): Promise<SlackPerson>;
  groupMembers(group: string): Promise<string[]>;
  /** Null when the bot does not know it. */
  channel(id: string): Promise<{ name: string; shared: boolean; isMember: boolean } | null>;
  /** At most `most` of them, and whether there are more. */
  members(channel: string, most: number): Promise<{ people: string[]; more: boolean }>;
  channelNamed(name: string): Promise<string | null>;
  message(channel: string, ts: string): Promise<(SlackMessage & { user: string | null }) | null>;
  /** Of the newest hundred messages (or a thread's first) the one with a block of this id; null when there is none. */
  messageWithBlock(channel: string, blockId: string, thread?: string): Promise<string | null>;
  file(id: string): Promise<SlackFile>;
};

export type SlackFile = {
  id: string;
  name: string;
  sizeBytes: number;
  mode: string;
  isExternal: boolean;
  url: string | null;
  /** The messages that it was shared with, by channel. */
  sharedIn: Record<string, string>;
};

/** The bot's side of Slack's Web API, spoken by Slack's own client. */
export function slackClient(web: WebClient, bot: { teamId: string }): SlackClient {
  return {
    async post(place, message) {
      const { text, blocks: all } = fitMessage(message);
      const reply = await withBlocks(all, (blocks) =>
        web.chat.postMessage({
          channel: place.channel,
          text,
          ...(blocks.length > 0 ? { blocks } : {}),
          ...(place.thread ? { thread_ts: place.thread } : {}),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      return reply.ts ?? '';
    },
    async update(channel, ts, message) {
      const { text, blocks: all } = fitMessage(message);
      const change = () => withBlocks(all, (blocks) => web.chat.update({ channel, ts, text, blocks }));
      return unless('message_not_found', () =>
        change().catch(async (error: unknown) => {
          if (slackErrorName(error) !== 'streaming_state_conflict') throw error;
          await calling(() => web.chat.stopStream({ channel, ts }));
          return change();
        }),
      );
    },
    async whisper(place, person, message) {
      const { text, blocks: all } = fitMessage(message);
      await withBlocks(all, (blocks) =>
        web.chat.postEphemeral({
          channel: place.channel,
          user: person,
          text,
          ...(blocks.length > 0 ? { blocks } : {}),
          ...(place.thread ? { thread_ts: place.thread } : {}),
        }),
      );
    },
    async remove(channel, ts) {
      await calling(() => web.chat.delete({ channel, ts }));
    },
    stream: (place) => answerStream(web, place),
    async status(channel, thread, status) {
      await calling(() =>
        web.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status }),
      );
    },
    async title(channel, thread, title) {
      await calling(() => web.assistant.threads.setTitle({ channel_id: channel, thread_ts: thread, title }));
    },
    async prompts(channel, thread, prompts) {
      const [first, ...others] = prompts;
      if (!first) return;
      await calling(() =>
        web.assistant.threads.setSuggestedPrompts({
          channel_id: channel,
          thread_ts: thread,
          prompts: [first, ...others],
        }),
      );
    },
    async openForm(trigger, form) {
      const reply = await calling(() => web.views.open({ trigger_id: trigger, view: form as never }));
      return reply.view?.id ?? '';
    },
    async updateForm(id, form) {
      await calling(() => web.views.update({ view_id: id, view: form as never }));
    },
    async pushForm(trigger, form) {
      await calling(() => web.views.push({ trigger_id: trigger, view: form as never }));
    },
    async publishHome(person, blocks) {
      await calling(() =>
        web.views.publish({ user_id: person, view: { type: 'home', blocks: blocks.slice(0, 100) } }),
      );
    },
    async upload(place, file) {
      const target = place.thread
        ? { channel_id: place.channel, thread_ts: place.thread }
        : { channel_id: place.channel };
      await calling(() =>
        web.files.uploadV2({
          ...target,
          file: Buffer.from(file.bytes),
          filename: file.name,
          title: file.name,
          ...(file.altText ? { alt_text: file.altText } : {}),
          ...(file.comment ? { initial_comment: file.comment } : {}),
        }),
      );
    },
    async keepFile(file) {
      const reply = await calling(() =>
        web.files.uploadV2({
          file: Buffer.from(file.bytes),
          filename: file.name,
          title: file.name,
          alt_text: file.altText,
        }),
      );
      const [upload] = (reply as { files?: { files?: { id?: string }[] }[] }).files ?? [];
      return upload?.files?.[0]?.id ?? '';
    },
    async canBeShown(file) {
      return Boolean((await calling(() => web.files.info({ file }))).file?.mimetype);
    },
    async deleteFile(file) {
      await unless('file_not_found', () => calling(() => web.files.delete({ file })));
    },
    async directMessage(person) {
      const reply = await calling(() => web.conversations.open({ users: person }));
      return reply.channel?.id ?? person;
    },
    async permalink(channel, ts) {
      const reply = await calling(() => web.chat.getPermalink({ channel, message_ts: ts }));
      return reply.permalink ?? null;
    },
    async person(id) {
      const { user } = await calling(() => web.users.info({ user: id }));
      const facts = (user ?? {}) as Record<string, unknown>;
      const foreign = user?.team_id !== undefined && user.team_id !== bot.teamId;
      return {
        id,
        name: user?.real_name ?? user?.name ?? id,
        outsider: Boolean(
          user?.is_restricted || user?.is_ultra_restricted || user?.deleted || facts.is_stranger || foreign,
        ),
        isBot: user?.is_bot === true,
        timeZone: user?.tz ?? null,
      };
    },
    async groupMembers(group) {
      return (await calling(() => web.usergroups.users.list({ usergroup: group }))).users ?? [];
    },
    async channel(id) {
      let found: Awaited<ReturnType<typeof web.conversations.info>>['channel'];
      const known = await unless('channel_not_found', async () => {
        found = (await calling(() => web.conversations.info({ channel: id }))).channel;
      });
      if (!known || !found) return null;
      return {
        name: found.name ?? '',
        shared: found.is_ext_shared === true || found.is_pending_ext_shared === true,
        isMember: found.is_member === true || found.is_im === true || found.is_mpim === true,
      };
    },
    async members(channel, most) {
      const people: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await calling(() =>
          web.conversations.members({ channel, limit: 200, ...(cursor ? { cursor } : {}) }),
        );
        people.push(...(page.members ?? []));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor && people.length <= most);
      return { people: people.slice(0, most), more: people.length > most };
    },
    async channelNamed(name) {
      let cursor: string | undefined;
      do {
        const page = await calling(() =>
          web.conversations.list({
            limit: 200,
            exclude_archived: true,
            types: 'public_channel,private_channel',
            ...(cursor ? { cursor } : {}),
          }),
        );
        const found = page.channels?.find((channel) => channel.id === name || channel.name === name);
        if (found?.id) return found.id;
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return null;
    },
    async message(channel, ts) {
      const page = await calling(() => web.conversations.replies({ channel, ts, limit: 1 }));
      const found = page.messages?.find((message) => message.ts === ts);
      const blocks = (found?.blocks ?? []) as Block[];
      return found ? { text: found.text ?? '', blocks, user: found.user ?? null } : null;
    },
    async messageWithBlock(channel, blockId, thread) {
      const page = await calling(() =>
        thread
          ? web.conversations.replies({ channel, ts: thread, limit: 100 })
          : web.conversations.history({ channel, limit: 100 }),
      );
      const found = page.messages?.find((message) =>
        ((message.blocks ?? []) as Block[]).some((block) => block.block_id === blockId),
      );
      return found?.ts ?? null;
    },
    async file(id) {
      const { file } = await calling(() => web.files.info({ file: id }));
      return {
        id,
        name: file?.name ?? id,
        sizeBytes: file?.size ?? 0,
        mode: file?.mode ?? '',
        isExternal: file?.is_external === true,
        url: file?.url_private_download ?? null,
        sharedIn: sharesOf(file?.shares),
      };
    },
  };
}

function sharesOf(shares: unknown): Record<string, string> {
  const { public: open = {}, private: closed = {} } = (shares ?? {}) as Record<
    string,
    Record<string, { ts?: string; thread_ts?: string }[]>
  >;
  return Object.fromEntries(
    Object.entries({ ...open, ...closed }).flatMap(([channel, places]) => {
      const place = places.at(-1);
      const ts = place?.thread_ts ?? place?.ts;
      return ts ? [[channel, ts]] : [];
    }),
  );
}

function answerStream(
  web: WebClient,
  place: { channel: string; thread: string; person: string; team: string },
): AnswerStream {
  const stream = web.chatStream({
    channel: place.channel,
    thread_ts: place.thread,
    recipient_team_id: place.team,
    recipient_user_id: place.person,
  });
  return {
    ts: () => stream.ts ?? null,
    async task(title, done) {
      await calling(() => stream.append({ chunks: [taskLine(title, done)] }));
    },
    async say(markdown) {
      // As a chunk: text alone waits until there is more of it.
      await calling(() => stream.append({ chunks: [{ type: 'markdown_text', text: markdown }] }));
    },
    async end(markdown, blocks, done) {
      // The client keeps the text of a stop that was refused, so it is given once.
      let text: string | undefined = markdown;
      await withBlocks(blocks, (fewer) => {
        const given = {
          ...(text ? { markdown_text: text } : {}),
          ...(done ? { chunks: [taskLine(done, true)] } : {}),
          blocks: fewer,
        };
        text = undefined;
        return stream.stop(given);
      });
      return stream.ts ?? '';
    },
  };
}

function taskLine(title: string, done: boolean) {
  return {
    type: 'task_update' as const,
    id: 'answer',
    title,
    status: done ? ('complete' as const) : ('in_progress' as const),
  };
}

const REFUSED_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'invalid_attachments',
]);
const NEWER_BLOCKS = new Set(['data_table', 'data_visualization', 'context_actions']);

/**
 * A workspace that does not know the newer blocks gets the message without them, and one that refuses the others, too,
 * gets the text alone: an answer that is plain is better than none.
 */
async function withBlocks<T>(blocks: Block[], send: (blocks: Block[]) => Promise<T>): Promise<T> {
  const older = blocks.filter((block) => !NEWER_BLOCKS.has(block.type));
  for (const fewer of [blocks, older])
    try {
      return await calling(() => send(fewer));
    } catch (error) {
      if (!REFUSED_BLOCKS.has(slackErrorName(error) ?? '')) throw error;
    }
  return calling(() => send([]));
}

/** No error of Slack's client leaves as itself. */
async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      const messages = error.data.response_metadata?.messages ?? [];
      throw new AppError('slack.rejected', {
        context: { error: error.data.error, messages: messages.slice(0, 5) },
        cause: error,
      });
    }
    const status = error instanceof WebAPIHTTPError ? error.statusCode : undefined;
    throw new AppError('slack.unavailable', {
      context: { status },
      cause: error,
      ...(error instanceof WebAPIRateLimitedError ? { retryAfterMs: error.retryAfter * 1000 } : {}),
    });
  }
}

/** False when Slack refuses for this one reason. */
async function unless(reason: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (slackErrorName(error) === reason) return false;
    throw error;
  }
}

/** Slack's own name for why it refused; undefined when it did not. */
export function slackErrorName(thrown: unknown): string | undefined {
  if (!(thrown instanceof AppError) || thrown.code !== 'slack.rejected') return undefined;
  return typeof thrown.context.error === 'string' ? thrown.context.error : undefined;
}
