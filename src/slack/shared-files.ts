import type { Bot } from './bot.ts';
import { sentence } from './click.ts';
import { endingInASentence } from './ending-in-a-sentence.ts';
import { WORDS } from './words.ts';

const TAKEN = /\.(xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|zip|gz)$/i;

/** A spreadsheet was shared: it goes to the uploads. In a channel, files of people who may not upload are their own affair. */
export async function onFileShared(
  event: { file_id?: string; user_id?: string; channel_id?: string },
  bot: Bot,
): Promise<void> {
  const { file_id: id, user_id: user, channel_id: channel } = event;
  if (!id || !user || !channel || user === bot.userId) return;
  const claim = await bot.needs.conversations.claim(`file/${channel}/${id}`, 120_000);
  if (claim.state !== 'owned') return;
  await endingInASentence(
    () => take({ id, user, channel }, bot),
    (text) => bot.slack.post({ channel }, sentence(text)),
    bot.needs.log,
  );
  await bot.needs.conversations.finish(`file/${channel}/${id}`);
}

async function take(shared: { id: string; user: string; channel: string }, bot: Bot): Promise<void> {
  const { acceptUpload, log } = bot.needs;
  const file = await bot.slack.file(shared.id);
  const direct = shared.channel.startsWith('D');
  const thread = file.sharedIn[shared.channel];
  const place = { channel: shared.channel, thread };
  const tell = async (text: string) => {
    if (direct) await bot.slack.post(place, sentence(text));
  };
  if (!TAKEN.test(file.name)) return tell(WORDS.uploadKinds);
  if (!acceptUpload) return tell(WORDS.uploadsOff);
  const rights = await bot.who.rightsOf(shared.user);
  if (!rights.mayUpload) return tell(WORDS.uploadNotPermitted);
  await endingInASentence(
    async () =>
      acceptUpload({
        name: file.name,
        bytes: await bot.download(file),
        sharedBy: shared.user,
        rights,
        channel: shared.channel,
        thread: thread ?? '',
      }),
    (text) => bot.slack.post(place, sentence(text)),
    log,
  );
}
