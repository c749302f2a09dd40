import type { WebClient } from '@slack/web-api';
import type { Block } from './block.ts';
import { calling, unless } from './slack-calls.ts';
import type { SlackClient } from './slack-client.ts';

export type SlackIdentity = {
  teamId: string;
  /** As Slack tells it, with a slash at its end; null: links are asked for. */
  workspaceUrl: string | null;
};

type Reads = Pick<
  SlackClient,
  | 'canBeShown'
  | 'permalink'
  | 'person'
  | 'groupMembers'
  | 'channel'
  | 'members'
  | 'channelNamed'
  | 'message'
  | 'messageWithBlock'
  | 'file'
>;

/** What is only looked up in Slack. */
export function slackReads(web: WebClient, bot: SlackIdentity): Reads {
  return {
    async canBeShown(file) {
      return Boolean((await calling(() => web.files.info({ file }))).file?.mimetype);
    },

    async permalink(channel, ts) {
      // What chat.getPermalink gives for a message that is no reply, without asking.
      if (bot.workspaceUrl) return `${bot.workspaceUrl}archives/${channel}/p${ts.replace('.', '')}`;
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
