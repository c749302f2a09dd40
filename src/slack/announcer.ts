import { AppError } from '../domain/app-error.ts';
import type { RunNotice } from '../runs/run-notice.ts';
import type { SlackNeeds } from './needs.ts';
import { type Poster, postOnce } from './post-once.ts';
import { runMessage } from './run-blocks.ts';
import type { SlackClient } from './slack-client.ts';
import { uploadReceiptMessage } from './upload-receipt-message.ts';

/** Messages that nobody asked for. */
export type Announcer = {
  /**
   * How a run went, in the notice channel: one message a run, edited as it goes, and also in the thread of whoever put
   * the file there. Gives the place of the notice. Errors: slack.unavailable, slack.rejected.
   */
  announce(notice: RunNotice): Promise<{ channel: string; ts: string } | null>;
};

/** As much of the bot as telling takes, so that a function can tell without being the bot. */
export type Telling = Poster & {
  slack: Pick<SlackClient, 'channelNamed'>;
  needs: { settings: Pick<SlackNeeds['settings'], 'noticeChannel'> } & Pick<SlackNeeds, 'uploads' | 'locale'>;
};

export function createAnnouncer(bot: () => Telling | undefined): Announcer {
  const channelIds = new Map<string, string>();

  async function noticeChannel(found: Telling): Promise<string | null> {
    const name = found.needs.settings.noticeChannel.replace(/^#/, '');
    const known = channelIds.get(name) ?? (await found.slack.channelNamed(name));
    if (known) channelIds.set(name, known);
    return known;
  }

  return {
    async announce(notice) {
      const found = bot();
      if (!found) throw new AppError('slack.unavailable', { detail: 'Plumbline is not connected to Slack.' });
      const { run } = notice;
      const channel = run.notice?.channel ?? (await noticeChannel(found));
      const ts = channel
        ? await postOnce(`run/${run.id}`, { channel }, runMessage(notice), found, run.notice?.ts ?? null)
        : null;
      const told = await tellUploader(notice, found);
      if (run.replyTo && run.outcome !== 'running' && !told)
        await postOnce(
          `run-reply/${run.id}`,
          { channel: run.replyTo.channel, thread: run.replyTo.thread },
          runMessage(notice),
          found,
        );
      return channel && ts ? { channel, ts } : null;
    },
  };
}

/** Of an upload, its people get a receipt in its thread instead of the notice. */
async function tellUploader({ run }: RunNotice, bot: Telling): Promise<boolean> {
  const { uploads } = bot.needs;
  const receipt = run.upload && uploads ? await uploads.receiptOf(run) : undefined;
  if (!receipt) return false;
  const { channel, thread } = receipt.upload;
  const message = uploadReceiptMessage(receipt, await bot.needs.locale());
  await postOnce(`run-reply/${run.id}`, { channel, thread }, message, bot);
  return true;
}
