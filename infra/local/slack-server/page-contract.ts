import type { AssistantThread, Channel, Json, Message, Person, UserGroup } from './workspace-types.ts';

/** What the page and the server say to each other. Types only: the page imports nothing else from here. */
export type PageFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  sizeBytes: number;
  altText?: string;
};

/** A message as one person sees it, with its files looked up. */
export type PageMessage = Omit<Message, 'files'> & { files?: PageFile[] };

export type PageView = { id: string; view: Json };

export type PageCommand = { command: string; description: string; usage: string };
export type PageShortcut = { callbackId: string; name: string };

export type PageSnapshot = {
  type: 'snapshot';
  me: Person;
  team: { id: string; name: string };
  bot: { userId: string; connected: boolean };
  people: Person[];
  userGroups: UserGroup[];
  channels: Channel[];
  messages: PageMessage[];
  views: PageView[];
  home: PageView | null;
  assistantThreads: AssistantThread[];
  commands: PageCommand[];
  shortcuts: PageShortcut[];
};

/** What the server pushes to a page. */
export type PagePush =
  | PageSnapshot
  | { type: 'message'; message: PageMessage }
  | { type: 'message-removed'; channel: string; ts: string }
  | { type: 'channel'; channel: Channel; member: boolean }
  | { type: 'views'; views: PageView[] }
  | { type: 'home'; home: PageView | null }
  | { type: 'assistant'; thread: AssistantThread }
  | { type: 'connected'; connected: boolean };

/** What the page may ask, as POST /page/<name> with `as` (the person) in every body. */
export type PageRequests = {
  say: { channel: string; text: string; threadTs?: string };
  command: { channel: string; command: string; text: string };
  shortcut: { channel: string; ts: string; callbackId: string };
  click: {
    on: { channel: string; ts: string } | { view: string };
    blockId: string;
    actionId: string;
    chosen?: Json;
    values?: Record<string, Record<string, Json>>;
  };
  submit: { view: string; values: Record<string, Record<string, Json>> };
  close: { view: string; all?: boolean };
  react: { channel: string; ts: string; name: string };
  'open-home': { tab: 'home' | 'messages' };
  'open-assistant': { besideChannel: string | null };
  'move-assistant': { threadTs: string; channel: string | null };
  stop: { channel: string; threadTs: string };
  'dismiss-ephemeral': { channel: string; ts: string };
};

export type PageReply = {
  ok: boolean;
  reason?: string;
  errors?: Record<string, string>;
  /** The message that a request made. */
  ts?: string;
  channel?: string;
  fileIds?: string[];
};
