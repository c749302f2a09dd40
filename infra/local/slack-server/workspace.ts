import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { BOT, directMessageId } from './workspace-data.ts';
import type { WorkspaceStorage } from './workspace-storage.ts';
import type {
  AssistantThread,
  Channel,
  Message,
  OpenView,
  Person,
  StoredFile,
  UserGroup,
  WorkspaceChange,
} from './workspace-types.ts';

/** Everything that the workspace holds, in memory, with one way to change each thing. */
export type Workspace = {
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  userGroups: Map<string, UserGroup>;
  files: Map<string, StoredFile>;
  /** Open forms by view id; a person's stack is in `viewStacks`, the topmost last. */
  views: Map<string, OpenView>;
  viewStacks: Map<string, string[]>;
  homes: Map<string, OpenView>;
  assistantThreads: Map<string, AssistantThread>;
  storage: WorkspaceStorage;
  now(): Date;
  nextTs(): string;
  newId(prefix: string): string;
  messagesIn(channel: string): Message[];
  findMessage(channel: string, ts: string): Message | undefined;
  /** Adds or replaces, remembers on disk (unless only one person sees it) and tells the pages. */
  putMessage(message: Message, options?: { remember?: boolean }): void;
  removeMessage(channel: string, ts: string): void;
  putChannel(channel: Channel): void;
  putFile(file: StoredFile): void;
  putAssistantThread(thread: AssistantThread): void;
  tell(change: WorkspaceChange): void;
  onChange(listener: (change: WorkspaceChange) => void): () => void;
};

export type WorkspaceParts = {
  people: readonly Person[];
  channels: readonly Channel[];
  userGroups: readonly UserGroup[];
  storage: WorkspaceStorage;
  now: () => Date;
};

export function createWorkspace(parts: WorkspaceParts): Workspace {
  const changes = new EventEmitter().setMaxListeners(0);
  const messages = new Map<string, Map<string, Message>>();
  const nextTs = timestamps(parts.now, lastTsOf(parts.storage));

  const workspace: Workspace = {
    people: new Map(parts.people.map((person) => [person.id, person])),
    channels: new Map(),
    userGroups: new Map(parts.userGroups.map((group) => [group.id, { ...group, users: [...group.users] }])),
    files: new Map(),
    views: new Map(),
    viewStacks: new Map(),
    homes: new Map(),
    assistantThreads: new Map(),
    storage: parts.storage,
    now: parts.now,
    nextTs,
    newId: (prefix) => prefix + randomBytes(6).toString('hex').slice(0, 10).toUpperCase(),
    messagesIn: (channel) => [...(messages.get(channel)?.values() ?? [])],
    findMessage: (channel, ts) => messages.get(channel)?.get(ts),
    putMessage(message, options = {}) {
      const isNew = put(messages, message);
      if (!message.ephemeralFor && options.remember !== false)
        parts.storage.append({ kind: 'message', message });
      workspace.tell({ type: 'message', message, isNew });
    },
    removeMessage(channel, ts) {
      if (!messages.get(channel)?.delete(ts)) return;
      parts.storage.append({ kind: 'message-removed', channel, ts });
      workspace.tell({ type: 'message-removed', channel, ts });
    },
    putChannel(channel) {
      workspace.channels.set(channel.id, channel);
      parts.storage.append({ kind: 'channel', channel });
      workspace.tell({ type: 'channel', channel });
    },
    putFile(file) {
      workspace.files.set(file.id, file);
      parts.storage.append({ kind: 'file', file });
    },
    putAssistantThread(thread) {
      workspace.assistantThreads.set(assistantKey(thread.channel, thread.threadTs), thread);
      parts.storage.append({ kind: 'assistant', thread: { ...thread, status: '', loadingMessages: [] } });
      workspace.tell({ type: 'assistant', thread });
    },
    tell: (change) => void changes.emit('change', change),
    onChange(listener) {
      changes.on('change', listener);
      return () => void changes.off('change', listener);
    },
  };

  for (const channel of [...parts.channels, ...directMessages(parts.people)])
    workspace.channels.set(channel.id, { ...channel, members: [...channel.members] });
  restore(workspace, messages);
  return workspace;
}

export function assistantKey(channel: string, threadTs: string): string {
  return `${channel} ${threadTs}`;
}

function restore(workspace: Workspace, messages: Map<string, Map<string, Message>>): void {
  for (const entry of workspace.storage.entries) {
    if (entry.kind === 'message') put(messages, closedStream(entry.message));
    if (entry.kind === 'file') workspace.files.set(entry.file.id, entry.file);
    if (entry.kind === 'channel') workspace.channels.set(entry.channel.id, entry.channel);
    if (entry.kind === 'assistant')
      workspace.assistantThreads.set(assistantKey(entry.thread.channel, entry.thread.threadTs), entry.thread);
  }
}

/** A stream that was open when the server stopped will never go on. */
function closedStream(message: Message): Message {
  return message.stream ? { ...message, stream: { ...message.stream, open: false } } : message;
}

function put(messages: Map<string, Map<string, Message>>, message: Message): boolean {
  let inChannel = messages.get(message.channel);
  if (!inChannel) {
    inChannel = new Map();
    messages.set(message.channel, inChannel);
  }
  const isNew = !inChannel.has(message.ts);
  inChannel.set(message.ts, message);
  return isNew;
}

function directMessages(people: readonly Person[]): Channel[] {
  return people
    .filter((person) => person.kind !== 'bot')
    .map((person) => ({
      id: directMessageId(person.id),
      name: '',
      kind: 'im' as const,
      topic: '',
      members: [person.id, BOT.userId],
      shared: false,
      createdAt: 1_735_689_600,
    }));
}

/** The newest message that was kept, so that ids go on growing also when the clock is set or fixed. */
function lastTsOf(storage: WorkspaceStorage): number {
  const kept = storage.entries.map((entry) => (entry.kind === 'message' ? Number(entry.message.ts) : 0));
  return Math.round(kept.reduce((latest, ts) => Math.max(latest, ts), 0) * 1_000_000);
}

/** Slack's message ids: seconds and microseconds, never twice the same, always growing. */
function timestamps(now: () => Date, newest: number): () => string {
  let last = newest;
  return () => {
    last = Math.max(last + 1, now().getTime() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
