import type { Bot } from './bot.ts';
import { sentence } from './click.ts';
import { endingInASentence } from './ending-in-a-sentence.ts';
import { escapeMrkdwn } from './escape.ts';
import { closeCard } from './upload-actions.ts';
import { UPLOAD_WORDS } from './upload-words.ts';

/** People whose uploads nobody confirmed in time are told, each once. */
export async function tellExpiredUploads(bot: Bot): Promise<void> {
  for (const upload of (await bot.needs.uploads?.sweep()) ?? []) {
    const text = UPLOAD_WORDS.expired(upload.file.name);
    await endingInASentence(
      async () => {
        await closeCard(upload, text, bot);
        await bot.slack.post(
          { channel: upload.channel, thread: upload.thread },
          sentence(escapeMrkdwn(text)),
        );
      },
      async () => undefined,
      bot.needs.log,
    );
  }
}
