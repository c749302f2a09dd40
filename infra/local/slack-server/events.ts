import type { ServerParts } from './server-parts.ts';
import { wireFile, wireMessage } from './wire-shapes.ts';
import { BOT, TEAM } from './workspace-data.ts';
import type { Channel, Json, Message, StoredFile } from './workspace-types.ts';

type Needs = Pick<ServerParts, 'workspace' | 'app' | 'baseUrl'>;

/** Sends one event of the Events API to the app, wrapped as Slack wraps it. */
export async function sendEvent(needs: Needs, event: Json, channel?: Channel): Promise<void> {
  await needs.app.event({
    token: 'local-verification-token',
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    api_app_id: BOT.appId,
    event,
    type: 'event_callback',
    event_id: needs.workspace.newId('Ev'),
    event_time: Math.floor(needs.workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: BOT.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.shared ?? false,
    event_context: `4-${needs.workspace.newId('CTX')}`,
  });
}

/** `message` to an app in the channel, and `app_mention` beside it when it is named. */
export async function sendMessageEvents(needs: Needs, message: Message): Promise<void> {
  const channel = needs.workspace.channels.get(message.channel);
  if (!channel?.members.includes(BOT.userId) || message.ephemeralFor) return;
  const place = {
    channel: message.channel,
    event_ts: message.ts,
    channel_type: channelType(channel),
  };
  const shape = wireMessage(needs.workspace, needs.baseUrl(), message);
  const sending = [sendEvent(needs, { ...shape, ...place }, channel)];
  const named = message.text.includes(`<@${BOT.userId}>`);
  // Slack does not say whether a mention in a group message comes as a mention, too: here it does not.
  if (named && message.user !== BOT.userId && channel.kind !== 'im' && channel.kind !== 'mpim') {
    const { subtype: _, ...plain } = shape;
    sending.push(
      sendEvent(
        needs,
        { ...plain, type: 'app_mention', channel: message.channel, event_ts: message.ts },
        channel,
      ),
    );
  }
  await Promise.all(sending);
}

export async function sendMessageChanged(needs: Needs, message: Message, previous: Message): Promise<void> {
  const channel = needs.workspace.channels.get(message.channel);
  if (!channel?.members.includes(BOT.userId)) return;
  const eventTs = needs.workspace.nextTs();
  await sendEvent(
    needs,
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: message.channel,
      channel_type: channelType(channel),
      ts: eventTs,
      event_ts: eventTs,
      message: wireMessage(needs.workspace, needs.baseUrl(), message),
      previous_message: wireMessage(needs.workspace, needs.baseUrl(), previous),
    },
    channel,
  );
}

export async function sendMessageDeleted(needs: Needs, previous: Message): Promise<void> {
  const channel = needs.workspace.channels.get(previous.channel);
  if (!channel?.members.includes(BOT.userId)) return;
  const eventTs = needs.workspace.nextTs();
  await sendEvent(
    needs,
    {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      channel: previous.channel,
      channel_type: channelType(channel),
      ts: eventTs,
      event_ts: eventTs,
      deleted_ts: previous.ts,
      previous_message: wireMessage(needs.workspace, needs.baseUrl(), previous),
    },
    channel,
  );
}

export async function sendFileShared(
  needs: Needs,
  file: StoredFile,
  channelId: string,
  eventTs: string,
): Promise<void> {
  const channel = needs.workspace.channels.get(channelId);
  if (!channel?.members.includes(BOT.userId)) return;
  await sendEvent(
    needs,
    {
      type: 'file_shared',
      channel_id: channelId,
      file_id: file.id,
      user_id: file.user,
      file: { id: String(wireFile(needs.baseUrl(), file).id) },
      event_ts: eventTs,
    },
    channel,
  );
}

function channelType(channel: Channel): 'channel' | 'group' | 'im' | 'mpim' {
  if (channel.kind === 'im' || channel.kind === 'mpim') return channel.kind;
  return channel.kind === 'private' ? 'group' : 'channel';
}
