import type { Workspace } from './workspace.ts';
import { BOT, TEAM } from './workspace-data.ts';
import type { Channel, Json, Message, Person, StoredFile } from './workspace-types.ts';

/** How the workspace's things look on Slack's wire. */
export function wireMessage(workspace: Workspace, baseUrl: string, message: Message): Json {
  const replies = message.threadTs === undefined ? repliesTo(workspace, message) : [];
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: TEAM.id,
    ...(message.botId
      ? { bot_id: message.botId, app_id: BOT.appId, bot_profile: { id: message.botId, name: 'Plumbline' } }
      : {}),
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.threadTs
      ? { thread_ts: message.threadTs, parent_user_id: parentUser(workspace, message) }
      : {}),
    ...(message.editedAt ? { edited: { user: message.user, ts: message.editedAt } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.ephemeralFor ? { is_ephemeral: true } : {}),
    ...(message.reactions?.length
      ? { reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })) }
      : {}),
    ...(message.files?.length
      ? { files: message.files.flatMap((id) => wireFileOf(workspace, baseUrl, id)), upload: true }
      : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
  };
}

export function repliesTo(workspace: Workspace, root: Message): Message[] {
  return workspace
    .messagesIn(root.channel)
    .filter((message) => message.threadTs === root.ts && message.ts !== root.ts && !message.ephemeralFor);
}

export function wirePerson(person: Person): Json {
  const isBot = person.kind === 'bot';
  const isGuest = person.kind === 'guest';
  const isExternal = person.kind === 'external';
  return {
    id: person.id,
    team_id: isExternal ? 'T0OTHER001' : TEAM.id,
    name: person.name,
    deleted: false,
    color: person.colour.slice(1),
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: 0,
    locale: 'en-GB',
    profile: wireProfile(person),
    is_admin: person.kind === 'owner',
    is_owner: person.kind === 'owner',
    is_primary_owner: person.kind === 'owner',
    is_restricted: isGuest,
    is_ultra_restricted: isGuest,
    is_stranger: isExternal,
    is_bot: isBot,
    is_app_user: false,
    updated: 1_735_689_600,
  };
}

export function wireProfile(person: Person): Json {
  return {
    title: person.title,
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.name,
    display_name_normalized: person.name,
    email: person.email,
    ...(person.kind === 'bot' ? { bot_id: BOT.botId, api_app_id: BOT.appId } : {}),
  };
}

export function wireChannel(workspace: Workspace, channel: Channel): Json {
  const isIm = channel.kind === 'im';
  return {
    id: channel.id,
    created: channel.createdAt,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: isIm,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: false,
    is_general: channel.name === 'general',
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_member: channel.members.includes(BOT.userId),
    context_team_id: TEAM.id,
    ...(isIm
      ? { user: channel.members.find((id) => id !== BOT.userId) }
      : {
          name: channel.name,
          name_normalized: channel.name,
          num_members: channel.members.filter((id) => workspace.people.get(id)?.kind !== 'bot').length,
          topic: { value: channel.topic, creator: '', last_set: 0 },
          purpose: { value: channel.topic, creator: '', last_set: 0 },
        }),
  };
}

export function wireFile(baseUrl: string, file: StoredFile): Json {
  const path = `${TEAM.id}-${file.id}`;
  const inPublic = file.shares.filter((share) => share.channel.startsWith('C')).map((share) => share.channel);
  return {
    id: file.id,
    created: file.createdAt,
    timestamp: file.createdAt,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.includes('.') ? file.name.split('.').pop()?.toLowerCase() : 'binary',
    pretty_type: file.mimetype,
    user: file.user,
    user_team: TEAM.id,
    editable: false,
    size: file.sizeBytes,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: inPublic.length > 0,
    file_access: 'visible',
    url_private: `${baseUrl}/files-pri/${path}/${encodeURIComponent(file.name)}`,
    url_private_download: `${baseUrl}/files-pri/${path}/download/${encodeURIComponent(file.name)}`,
    permalink: `${baseUrl}/files/${file.user}/${file.id}`,
    ...(file.altText ? { alt_txt: file.altText } : {}),
    channels: inPublic,
    groups: [],
    ims: file.shares.filter((share) => share.channel.startsWith('D')).map((share) => share.channel),
    shares: {
      public: Object.fromEntries(
        file.shares.map((share) => [
          share.channel,
          [{ ts: share.ts, ...(share.threadTs ? { thread_ts: share.threadTs } : {}) }],
        ]),
      ),
    },
  };
}

function wireFileOf(workspace: Workspace, baseUrl: string, id: string): Json[] {
  const file = workspace.files.get(id);
  return file ? [wireFile(baseUrl, file)] : [];
}

function parentUser(workspace: Workspace, message: Message): string | undefined {
  return message.threadTs ? workspace.findMessage(message.channel, message.threadTs)?.user : undefined;
}
