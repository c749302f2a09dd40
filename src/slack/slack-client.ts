import type { WebClient } from '@slack/web-api';
import { type AnswerStream, answerStream } from './answer-stream.ts';
import type { Block, SlackForm, SlackMessage } from './block.ts';
import { fitMessage } from './limits.ts';
import { calling, slackErrorName, unless, withBlocks } from './slack-calls.ts';
import { type SlackIdentity, slackReads } from './slack-reads.ts';

export type Place = { channel: string; thread?: string | undefined };

export type SlackPerson = {
  id: string;
  name: string;
  outsider: boolean;
  isBot: boolean;
  timeZone: string | null;
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
export function slackClient(web: WebClient, bot: SlackIdentity): SlackClient {
  return {
    ...slackReads(web, bot),
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
    async deleteFile(file) {
      await unless('file_not_found', () => calling(() => web.files.delete({ file })));
    },
    async directMessage(person) {
      const reply = await calling(() => web.conversations.open({ users: person }));
      return reply.channel?.id ?? person;
    },
  };
}
