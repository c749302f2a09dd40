import { sendEvent, sendMessageEvents } from '../events.ts';
import { shareFiles } from '../file-sharing.ts';
import { threadOf } from '../methods/assistant.ts';
import { mimetypeOf } from '../methods/files.ts';
import { reactionUsers, withReaction } from '../methods/reactions.ts';
import type { ServerParts } from '../server-parts.ts';
import { BOT, directMessageId, TEAM } from '../workspace-data.ts';
import type { Message } from '../workspace-types.ts';
import { channelOf, DONE, type PersonOutcome, refuse } from './interaction.ts';

export type Saying = { person: string; channel: string; text: string; threadTs?: string };

/** A person writes a message. `@plumbline` and '#sales' become Slack's marks. */
export function say(parts: ServerParts, saying: Saying): Message | PersonOutcome {
  const channel = channelOf(parts, saying.channel, saying.person);
  if (!channel) return refuse('You are not in this channel.');
  const text = withMarks(parts, saying.text);
  if (text.trim() === '') return refuse('Write something first.');
  const message: Message = {
    channel: channel.id,
    ts: parts.workspace.nextTs(),
    user: saying.person,
    text,
    blocks: [
      {
        type: 'rich_text',
        block_id: parts.workspace.newId('b'),
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
      },
    ],
    ...(saying.threadTs ? { threadTs: saying.threadTs } : {}),
  };
  parts.workspace.putMessage(message);
  void sendMessageEvents(parts, message);
  return message;
}

/** A person drops files into a channel or thread. */
export async function upload(
  parts: ServerParts,
  dropping: {
    person: string;
    channel: string;
    files: { name: string; bytes: Uint8Array }[];
    text: string;
    threadTs?: string;
  },
): Promise<Message | PersonOutcome> {
  const channel = channelOf(parts, dropping.channel, dropping.person);
  if (!channel) return refuse('You are not in this channel.');
  const ids: string[] = [];
  for (const file of dropping.files) ids.push(await keepFile(parts, dropping.person, file));
  return shareFiles(parts, {
    ids,
    channel: channel.id,
    user: dropping.person,
    text: withMarks(parts, dropping.text),
    ...(dropping.threadTs ? { threadTs: dropping.threadTs } : {}),
  });
}

/** Keeps a person's file; it is seen by nobody else until it is shared. */
export async function keepFile(
  parts: ServerParts,
  person: string,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const id = parts.workspace.newId('F');
  await parts.workspace.storage.writeFile(id, file.bytes);
  parts.workspace.putFile({
    id,
    name: file.name,
    title: file.name,
    mimetype: mimetypeOf(file.name),
    sizeBytes: file.bytes.byteLength,
    user: person,
    createdAt: Math.floor(parts.workspace.now().getTime() / 1000),
    shares: [],
  });
  return id;
}

export function react(
  parts: ServerParts,
  reacting: { person: string; channel: string; ts: string; name: string },
): PersonOutcome {
  const channel = channelOf(parts, reacting.channel, reacting.person);
  const message = channel && parts.workspace.findMessage(channel.id, reacting.ts);
  if (!channel || !message) return refuse('This message is gone.');
  const on = !reactionUsers(message, reacting.name).includes(reacting.person);
  parts.workspace.putMessage(withReaction(message, reacting.name, reacting.person, on));
  void sendEvent(
    parts,
    {
      type: on ? 'reaction_added' : 'reaction_removed',
      user: reacting.person,
      reaction: reacting.name,
      item_user: message.user,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      event_ts: parts.workspace.nextTs(),
    },
    channel,
  );
  return DONE;
}

/** The person opens the Home tab, or the messages, of the app. */
export function openAppHome(parts: ServerParts, person: string, tab: 'home' | 'messages'): PersonOutcome {
  const home = parts.workspace.homes.get(person);
  void sendEvent(parts, {
    type: 'app_home_opened',
    user: person,
    channel: directMessageId(person),
    tab,
    event_ts: parts.workspace.nextTs(),
    ...(home ? { view: { id: home.id, hash: home.hash, type: 'home', blocks: home.view.blocks } } : {}),
  });
  return DONE;
}

/** The person opens a new conversation in the assistant pane, beside a channel that they look at. */
export function openAssistant(parts: ServerParts, person: string, besideChannel: string | null): Message {
  const message: Message = {
    channel: directMessageId(person),
    ts: parts.workspace.nextTs(),
    user: BOT.userId,
    botId: BOT.botId,
    text: 'New Assistant Thread',
    subtype: 'assistant_app_thread',
  };
  parts.workspace.putMessage(message);
  parts.workspace.putAssistantThread(threadOf(parts, message.channel, message.ts));
  void sendEvent(parts, {
    type: 'assistant_thread_started',
    assistant_thread: assistantThread(person, message.ts, besideChannel),
    event_ts: parts.workspace.nextTs(),
  });
  return message;
}

/** The person looks at another channel while the assistant pane is open. */
export function moveAssistant(
  parts: ServerParts,
  person: string,
  threadTs: string,
  channel: string | null,
): void {
  void sendEvent(parts, {
    type: 'assistant_thread_context_changed',
    assistant_thread: assistantThread(person, threadTs, channel),
    event_ts: parts.workspace.nextTs(),
  });
}

/** The person presses Slack's own stop button while an answer is coming. */
export function stopAnswer(
  parts: ServerParts,
  person: string,
  channelId: string,
  threadTs: string,
): PersonOutcome {
  const channel = channelOf(parts, channelId, person);
  if (!channel) return refuse('You are not in this channel.');
  const streaming = parts.workspace
    .messagesIn(channelId)
    .filter((message) => message.threadTs === threadTs && message.stream?.open)
    .map((message) => message.ts);
  void sendEvent(
    parts,
    {
      type: 'agent_session_stopped',
      channel: channelId,
      user: person,
      thread_ts: threadTs,
      streaming_message_ts: streaming,
      event_ts: parts.workspace.nextTs(),
    },
    channel,
  );
  return DONE;
}

/** A person joins or leaves a channel. */
export function changeMembership(
  parts: ServerParts,
  change: { person: string; channel: string; joins: boolean },
): PersonOutcome {
  const channel = parts.workspace.channels.get(change.channel);
  if (!channel || channel.kind === 'im') return refuse('There is no such channel.');
  const others = channel.members.filter((id) => id !== change.person);
  parts.workspace.putChannel({ ...channel, members: change.joins ? [...others, change.person] : others });
  void sendEvent(
    parts,
    {
      type: change.joins ? 'member_joined_channel' : 'member_left_channel',
      user: change.person,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: TEAM.id,
      event_ts: parts.workspace.nextTs(),
    },
    channel,
  );
  return DONE;
}

function assistantThread(person: string, threadTs: string, channel: string | null) {
  return {
    user_id: person,
    context: channel ? { channel_id: channel, team_id: TEAM.id, enterprise_id: null } : {},
    channel_id: directMessageId(person),
    thread_ts: threadTs,
  };
}

function withMarks(parts: ServerParts, text: string): string {
  const people = new Map([...parts.workspace.people.values()].map((person) => [person.name, person.id]));
  const channels = new Map(
    [...parts.workspace.channels.values()]
      .filter((channel) => channel.name !== '')
      .map((channel) => [channel.name, channel.id]),
  );
  return text
    .replaceAll('&', '&amp;')
    .replaceAll(/<(?![@#!])/g, '&lt;')
    .replaceAll(/(?<!<[^>\s]*)(?<=^|\s)@([a-z0-9._-]+)/gi, (whole, name: string) => {
      const id = people.get(name.toLowerCase());
      return id ? `<@${id}>` : whole;
    })
    .replaceAll(/(?<=^|\s)#([a-z0-9_-]+)/g, (whole, name: string) => {
      const id = channels.get(name);
      return id ? `<#${id}|${name}>` : whole;
    });
}
