/** Any JSON object, as it comes over the wire. */
export type Json = Record<string, unknown>;

export type Person = {
  id: string;
  /** Handle, as in @mara. */
  name: string;
  realName: string;
  title: string;
  email: string;
  timeZone: string;
  /** Circle behind the initials, '#rrggbb'. */
  colour: string;
  kind: 'owner' | 'member' | 'guest' | 'external' | 'bot';
};

/** mpim: a direct message of several people, of which the app may be one. */
type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export type Channel = {
  id: string;
  /** Without '#'; empty for a direct message. */
  name: string;
  kind: ChannelKind;
  topic: string;
  members: string[];
  /** Shared with another company (Slack Connect). */
  shared: boolean;
  createdAt: number;
};

export type UserGroup = { id: string; handle: string; name: string; users: string[] };

type Reaction = { name: string; users: string[] };

/** A task line of a streamed answer. */
export type StreamTask = {
  id: string;
  title: string;
  status: string;
  details?: string;
  output?: string;
  sources?: unknown[];
};

export type Message = {
  channel: string;
  ts: string;
  user: string;
  text: string;
  botId?: string;
  blocks?: Json[];
  /** Classic coloured side notes; shown plainly. */
  attachments?: Json[];
  threadTs?: string;
  subtype?: string;
  editedAt?: string;
  reactions?: Reaction[];
  files?: string[];
  metadata?: Json;
  /** Only this person sees it, and only until the server stops. */
  ephemeralFor?: string;
  /** Present while an answer is being streamed, and after it when tasks are to be shown. */
  stream?: { open: boolean; plan?: string; tasks: StreamTask[]; mode: string };
  broadcast?: boolean;
};

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  sizeBytes: number;
  user: string;
  createdAt: number;
  altText?: string;
  /** Channels (and the message there) in which it was shared. */
  /** In a form of the app's. */
  givenToApp?: boolean;
  shares: { channel: string; ts: string; threadTs?: string }[];
};

/** A form on somebody's screen, or a Home tab. */
export type OpenView = {
  id: string;
  person: string;
  view: Json;
  hash: string;
  rootId: string;
  previousId: string | null;
  externalId: string | null;
};

type SuggestedPrompt = { title: string; message: string };

/** What the assistant pane shows beside the messages of one thread. */
export type AssistantThread = {
  channel: string;
  threadTs: string;
  title: string;
  status: string;
  loadingMessages: string[];
  promptsTitle: string;
  prompts: SuggestedPrompt[];
};

export type WorkspaceChange =
  | { type: 'message'; message: Message; isNew: boolean }
  | { type: 'message-removed'; channel: string; ts: string }
  | { type: 'channel'; channel: Channel }
  | { type: 'views'; person: string }
  | { type: 'home'; person: string }
  | { type: 'assistant'; thread: AssistantThread };
