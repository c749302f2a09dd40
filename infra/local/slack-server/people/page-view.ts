import type { PageFile, PageMessage, PagePush, PageSnapshot, PageView } from '../page-contract.ts';
import type { ServerParts } from '../server-parts.ts';
import { BOT, TEAM } from '../workspace-data.ts';
import type { Message, Person, WorkspaceChange } from '../workspace-types.ts';

/** Everything that one person sees when the page opens. */
export function snapshotFor(
  parts: ServerParts,
  person: Person,
  offer: Pick<PageSnapshot, 'commands' | 'shortcuts'> & { connected: boolean },
): PageSnapshot {
  const { workspace } = parts;
  const channels = [...workspace.channels.values()].filter((channel) => channel.members.includes(person.id));
  return {
    type: 'snapshot',
    me: person,
    team: { id: TEAM.id, name: TEAM.name },
    bot: { userId: BOT.userId, connected: offer.connected },
    people: [...workspace.people.values()],
    userGroups: [...workspace.userGroups.values()],
    channels,
    messages: channels.flatMap((channel) =>
      workspace
        .messagesIn(channel.id)
        .filter((message) => maySee(message, person.id))
        .map((message) => pageMessage(parts, message)),
    ),
    views: viewsOf(parts, person.id),
    home: homeOf(parts, person.id),
    assistantThreads: [...workspace.assistantThreads.values()].filter((thread) =>
      channels.some((channel) => channel.id === thread.channel),
    ),
    commands: offer.commands,
    shortcuts: offer.shortcuts,
  };
}

/** What a change means for this person's page; undefined when it is none of their business. */
export function pushFor(parts: ServerParts, person: string, change: WorkspaceChange): PagePush | undefined {
  const inChannel = (id: string) => parts.workspace.channels.get(id)?.members.includes(person) === true;
  switch (change.type) {
    case 'message':
      return inChannel(change.message.channel) && maySee(change.message, person)
        ? { type: 'message', message: pageMessage(parts, change.message) }
        : undefined;
    case 'message-removed':
      return inChannel(change.channel)
        ? { type: 'message-removed', channel: change.channel, ts: change.ts }
        : undefined;
    case 'channel':
      return { type: 'channel', channel: change.channel, member: change.channel.members.includes(person) };
    case 'views':
      return change.person === person ? { type: 'views', views: viewsOf(parts, person) } : undefined;
    case 'home':
      return change.person === person ? { type: 'home', home: homeOf(parts, person) } : undefined;
    case 'assistant':
      return inChannel(change.thread.channel) ? { type: 'assistant', thread: change.thread } : undefined;
  }
}

function maySee(message: Message, person: string): boolean {
  return message.ephemeralFor === undefined || message.ephemeralFor === person;
}

function pageMessage(parts: ServerParts, message: Message): PageMessage {
  const { files, ...rest } = message;
  return files ? { ...rest, files: files.flatMap((id) => pageFile(parts, id)) } : rest;
}

function pageFile(parts: ServerParts, id: string): PageFile[] {
  const file = parts.workspace.files.get(id);
  if (!file) return [];
  const { name, title, mimetype, sizeBytes, altText } = file;
  return [{ id, name, title, mimetype, sizeBytes, ...(altText ? { altText } : {}) }];
}

function viewsOf(parts: ServerParts, person: string): PageView[] {
  return (parts.workspace.viewStacks.get(person) ?? []).flatMap((id) => {
    const open = parts.workspace.views.get(id);
    return open ? [{ id, view: open.view }] : [];
  });
}

function homeOf(parts: ServerParts, person: string): PageView | null {
  const home = parts.workspace.homes.get(person);
  return home ? { id: home.id, view: home.view } : null;
}
