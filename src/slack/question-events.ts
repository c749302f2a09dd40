import { type Asked, messageKey, threadId } from './asked.ts';
import type { Bot } from './bot.ts';
import { readChannelSettings } from './channel-settings.ts';
import { aside } from './ending-in-a-sentence.ts';
import { handleQuestion } from './handle-question.ts';

/** What of Slack's `message` and `app_mention` events matters. */
export type MessageEvent = {
  type: string;
  subtype?: string;
  channel?: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts?: string;
  thread_ts?: string;
  team?: string;
  files?: unknown[];
};

/** What a person may do besides writing: their words count as a question all the same. */
const PEOPLE_WRITE: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
]);

const SMALL_TALK =
  /^(thanks?( you)?( very much| a lot)?|thx|ty|cheers|ok(ay)?|great|perfect|nice|cool|good|got it|noted|super|yes|no|lol|👍|🙏|❤️|[\p{Extended_Pictographic}\s]+|:[a-z0-9_+-]+:)[\s.!]*$/iu;

/** A direct message, or a reply in a thread that Plumbline is in. Mentions come as `app_mention` as well: one answer. */
export async function onMessage(event: MessageEvent, bot: Bot): Promise<void> {
  if (!isFromPerson(event, bot)) return;
  const asked = askedBy(event, bot);
  if (!asked) return;
  if (asked.direct) {
    if (event.thread_ts) nameThread(asked, bot);
    return handleQuestion({ ...asked, door: event.thread_ts ? 'assistant' : 'dm' }, bot);
  }
  if (mentions(event.text ?? '', bot.userId)) return handleQuestion({ ...asked, door: 'mention' }, bot);
  if (event.thread_ts && (await isOurThread(asked, event, bot)))
    return handleQuestion({ ...asked, door: 'thread' }, bot);
}

export async function onMention(event: MessageEvent, bot: Bot): Promise<void> {
  if (!isFromPerson(event, bot)) return;
  const asked = askedBy(event, bot);
  if (asked) await handleQuestion({ ...asked, door: 'mention' }, bot);
}

function isFromPerson(event: MessageEvent, bot: Bot): boolean {
  return (
    PEOPLE_WRITE.has(event.subtype) && !event.bot_id && event.user !== undefined && event.user !== bot.userId
  );
}

/** Undefined for a file: what is written beside it in a direct message is about the file. */
function askedBy(event: MessageEvent, bot: Bot): Asked | undefined {
  const { channel, ts, user } = event;
  if (!channel || !ts || !user) return undefined;
  const text = questionIn(event.text ?? '', bot.userId);
  if (event.files?.length && (text === '' || channel.startsWith('D'))) return undefined;
  return {
    key: messageKey(channel, ts),
    door: 'dm',
    text,
    asker: user,
    team: event.team ?? bot.teamId,
    channel,
    thread: event.thread_ts ?? ts,
    direct: channel.startsWith('D'),
  };
}

/** Slack's marks become words again: our own mention goes, people and channels become names, entities characters. */
export function questionIn(text: string, botUserId: string): string {
  return text
    .replaceAll(new RegExp(`<@${botUserId}(\\|[^>]*)?>`, 'g'), ' ')
    .replaceAll(/<[@#!][^>|]*\|([^>]*)>/g, '$1')
    .replaceAll(/<[@#!]([^>]*)>/g, '$1')
    .replaceAll(/<(?:https?:\/\/|mailto:|tel:)[^>|]*\|([^>]*)>/g, '$1')
    .replaceAll(/<((?:https?:\/\/|mailto:|tel:)[^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}

/**
 * A reply without a mention is for us when we have answered in the thread, it names nobody else, is not just thanks,
 * and the channel does not want us to wait for a mention.
 */
async function isOurThread(asked: Asked, event: MessageEvent, bot: Bot): Promise<boolean> {
  if (SMALL_TALK.test(asked.text) || /<@[UW]/.test(event.text ?? '')) return false;
  const { conversations } = bot.needs;
  const conversation = await conversations.find(threadId(asked.channel, event.thread_ts ?? ''));
  if (!conversation) return false;
  const { onlyWhenMentioned } = await readChannelSettings(bot.needs);
  if (onlyWhenMentioned.length === 0) return true;
  const name = (await bot.slack.channel(asked.channel))?.name;
  return !onlyWhenMentioned.some((quiet) => quiet === asked.channel || quiet.replace(/^#/, '') === name);
}

function mentions(text: string, userId: string): boolean {
  return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}

/** The assistant pane lists its conversations by title. */
function nameThread(asked: Asked, bot: Bot): void {
  if (asked.text === '' || asked.thread === null) return;
  aside(
    bot.slack.title(asked.channel, asked.thread, asked.text.slice(0, 80)),
    bot.needs.log,
    'a thread was not named',
  );
}
