import type { ServerParts } from '../server-parts.ts';
import { wireMessage } from '../wire-shapes.ts';
import { BOT, TEAM } from '../workspace-data.ts';
import type { Channel, Json, Message, Person } from '../workspace-types.ts';

/** A thing that a person may not do, or that the app did not answer: said to the person as it is. */
export type PersonOutcome = { ok: true } | { ok: false; reason: string };

export const DONE: PersonOutcome = { ok: true };
export const NO_ANSWER: PersonOutcome = {
  ok: false,
  reason: 'Plumbline did not answer. Is it running? Try again in a moment.',
};

export function refuse(reason: string): PersonOutcome {
  return { ok: false, reason };
}

export function personById(parts: ServerParts, id: string): Person | undefined {
  const person = parts.workspace.people.get(id);
  return person?.kind === 'bot' ? undefined : person;
}

/** The channel, when the person is in it. */
export function channelOf(parts: ServerParts, channelId: string, personId: string): Channel | undefined {
  const channel = parts.workspace.channels.get(channelId);
  return channel?.members.includes(personId) ? channel : undefined;
}

/** What every interactive payload begins with. */
export function interactionBase(parts: ServerParts, person: Person): Json {
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: TEAM.id },
    api_app_id: BOT.appId,
    token: 'local-verification-token',
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: parts.triggers.issue(person.id),
  };
}

export function channelName(channel: Channel): { id: string; name: string } {
  return { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name };
}

/** The place and message that a click happened on. */
export function messageInteraction(
  parts: ServerParts,
  channel: Channel,
  message: Message,
  person: Person,
): Json {
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeralFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: channelName(channel),
    message: wireMessage(parts.workspace, parts.baseUrl(), message),
    response_url: parts.responseUrls.issue({
      channel: channel.id,
      person: person.id,
      messageTs: message.ts,
      ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    }),
  };
}
