import { COMMAND_HANDLERS, EVENT_HANDLERS, SHORTCUT_HANDLERS } from './doors.ts';
import { WORDS } from './words.ts';

/** Why each right of the bot is needed: an administrator reads these before installing. */
export const SCOPES: Record<string, string> = {
  'app_mentions:read': 'To hear when somebody mentions Plumbline.',
  'assistant:write': 'To show status, title and suggested questions in the assistant pane.',
  'channels:history': 'To hear follow-up questions in threads of public channels that it is in.',
  'channels:read': 'To know who is listening in a public channel before something is posted there.',
  'chat:write': 'To answer, and to change or take away its own messages.',
  commands: 'For /ask, /kpi, /plumbline, /record and the message shortcut.',
  'files:read': 'To read spreadsheets that people share for loading, and documents of money records.',
  'files:write': 'To send CSV files and pictures of charts.',
  'groups:history': 'As channels:history, for private channels that it is in.',
  'groups:read': 'As channels:read, for private channels that it is in.',
  'im:history': 'To hear questions in direct messages to it.',
  'im:write': 'To open a direct message for what is not for everyone in a channel.',
  'usergroups:read': 'To give rights by user group.',
  'mpim:history': 'As channels:history, for group direct messages that it is in.',
  'mpim:read': 'As channels:read, for group direct messages that it is in.',
  'users:read': 'To tell members from guests and people of other companies.',
};

/** Slack delivers `message` by kind of place. */
const MESSAGE_EVENTS = ['message.channels', 'message.groups', 'message.im', 'message.mpim'];

const COMMANDS: Record<string, { description: string; usage_hint: string }> = {
  '/ask': { description: 'Ask about the business', usage_hint: 'revenue last week by category' },
  '/kpi': { description: 'The latest figures', usage_hint: '[category or question]' },
  '/plumbline': { description: 'Help, catalog, subscriptions, uploads, runs', usage_hint: 'help' },
  '/record': {
    description: 'Record money: expense, income, transfer, refund',
    usage_hint: '[list, find TEXT, waiting, export, close 2026-10]',
  },
};

export type ManifestOptions =
  | { connection: 'socket' }
  /** The public address that Slack sends to, such as https://plumbline.example.com/slack/events */
  | { connection: 'http'; requestUrl: string };

/** The app manifest for Slack, made from what the code listens to. */
export function appManifest(options: ManifestOptions): Record<string, unknown> {
  const url = options.connection === 'http' ? { url: options.requestUrl } : {};
  const requestUrl = options.connection === 'http' ? { request_url: options.requestUrl } : {};
  return {
    display_information: {
      name: 'Plumbline',
      description: 'Ask about the business and get a number you can check.',
      background_color: '#1f2a44',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      assistant_view: {
        assistant_description:
          'Answers questions about sales, orders, returns and the books, with a receipt.',
      },
      bot_user: { display_name: 'Plumbline', always_online: true },
      shortcuts: Object.keys(SHORTCUT_HANDLERS).map((id) => ({
        name: WORDS.alert.shortcutWhat,
        type: 'message',
        callback_id: id,
        description: 'Ask Plumbline about a message',
      })),
      slash_commands: Object.keys(COMMAND_HANDLERS).map((command) => ({
        command,
        ...url,
        ...(COMMANDS[command] ?? { description: command, usage_hint: '' }),
        should_escape: false,
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES).sort() } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: botEvents() },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: options.connection === 'socket',
      token_rotation_enabled: false,
    },
  };
}

function botEvents(): string[] {
  return Object.keys(EVENT_HANDLERS)
    .flatMap((event) => (event === 'message' ? MESSAGE_EVENTS : [event]))
    .sort();
}

/** What the local workspace's page offers. */
export const PAGE_COMMANDS = Object.keys(COMMAND_HANDLERS).map((command) => ({
  command,
  description: COMMANDS[command]?.description ?? '',
  usage: COMMANDS[command]?.usage_hint ?? '',
}));

export const PAGE_SHORTCUTS = Object.keys(SHORTCUT_HANDLERS).map((callbackId) => ({
  callbackId,
  name: WORDS.alert.shortcutWhat,
}));
