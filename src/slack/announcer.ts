import { AppError } from '../domain/app-error.ts';
import {
  createNoticeDesk,
  type DeskNeeds,
  type NoticePlace,
  type NoticePoster,
} from '../runs/notice-desk.ts';
import type { RunNotice } from '../runs/run-notice.ts';
import { blockKey } from './block.ts';
import type { SlackNeeds } from './needs.ts';
import { type Poster, postOnce } from './post-once.ts';
import { noticeMessage, ownerMention, runMessage } from './run-blocks.ts';
import type { SlackClient } from './slack-client.ts';
import { uploadReceiptMessage } from './upload-receipt-message.ts';

/** Messages that nobody asked for. */
export type Announcer = {
  /**
   * How a run went, in the notice channel: one message a run, edited as it goes, and also in the thread of whoever put
   * the file there. Gives the place of the notice. Errors: slack.unavailable, slack.rejected.
   */
  announce(notice: RunNotice): Promise<NoticePlace | null>;
};

/** As much of the bot as telling takes, so that a function can tell without being the bot. */
export type Telling = Poster & {
  slack: Pick<SlackClient, 'channelNamed' | 'messageWithBlock'>;
  needs: { settings: Pick<SlackNeeds['settings'], 'noticeChannel' | 'runLogLink'> } & Pick<
    SlackNeeds,
    'uploads' | 'locale' | 'dataLine'
  >;
};

export function createAnnouncer(bot: () => Telling | undefined, needs: Omit<DeskNeeds, 'poster'>): Announcer {
  const connected = (): Telling => {
    const found = bot();
    if (!found) throw new AppError('slack.unavailable', { detail: 'Plumbline is not connected to Slack.' });
    return found;
  };
  const desk = createNoticeDesk({ ...needs, poster: noticePoster(connected) });
  return {
    async announce(notice) {
      const found = connected();
      const place = await desk.announce(notice);
      if (notice.run.outcome !== 'running') await replyOnce(notice, found);
      return place;
    },
  };
}

function noticePoster(connected: () => Telling): NoticePoster {
  const channelIds = new Map<string, string>();
  const named = async (name: string, { slack }: Telling): Promise<string | null> => {
    const known = channelIds.get(name) ?? (await slack.channelNamed(name.replace(/^#/, '')));
    if (known) channelIds.set(name, known);
    return known;
  };
  const channelOf = async (own: string | null, bot: Telling): Promise<string | null> =>
    (own ? await named(own, bot) : null) ?? (await named(bot.needs.settings.noticeChannel, bot));
  const made = async (message: Parameters<NoticePoster['post']>[0], key: string, { needs }: Telling) =>
    noticeMessage(message, { key, dataLine: await needs.dataLine?.(), logLink: needs.settings.runLogLink });

  return {
    async post(message, key, thread) {
      const bot = connected();
      const own = message.kind === 'run' ? message.notice.channel : null;
      const channel = thread?.channel ?? (await channelOf(own, bot));
      if (!channel) return null;
      const ts = await bot.slack.post({ channel, thread: thread?.ts }, await made(message, key, bot));
      return { channel, ts };
    },
    async update(place, message, key) {
      const bot = connected();
      const isThere = await bot.slack.update(place.channel, place.ts, await made(message, key, bot));
      // An edit calls nobody: a long run that fails at last calls its owner in the thread.
      const mention = message.kind === 'run' && message.series?.count === 1 ? ownerMention(message) : null;
      if (isThere && mention) await bot.slack.post({ channel: place.channel, thread: place.ts }, mention);
      return isThere;
    },
    async findPosted(key) {
      const bot = connected();
      const channel = await channelOf(null, bot);
      const ts = channel && (await bot.slack.messageWithBlock(channel, blockKey(key)));
      return channel && ts ? { channel, ts } : null;
    },
  };
}

/** Of an upload, its people get a receipt in its thread instead of the notice. */
async function replyOnce(notice: RunNotice, bot: Telling): Promise<void> {
  const { run } = notice;
  const { uploads } = bot.needs;
  const key = `run-reply/${run.id}`;
  const receipt = run.upload && uploads ? await uploads.receiptOf(run) : undefined;
  if (receipt) {
    const { channel, thread } = receipt.upload;
    await postOnce(key, { channel, thread }, uploadReceiptMessage(receipt, await bot.needs.locale()), bot);
  } else if (run.replyTo) {
    const message = runMessage(notice, { key, dataLine: await bot.needs.dataLine?.() });
    await postOnce(key, { channel: run.replyTo.channel, thread: run.replyTo.thread }, message, bot);
  }
}
