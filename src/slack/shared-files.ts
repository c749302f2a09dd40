import type { Bot } from './bot.ts';
import { isDirect, sentence } from './click.ts';
import { aside, endingInASentence } from './ending-in-a-sentence.ts';
import { escapeMrkdwn } from './escape.ts';
import { showCard } from './upload-actions.ts';
import { UPLOAD_WORDS } from './upload-words.ts';
import { WORDS } from './words.ts';

const TAKEN = /\.(xlsx|xlsm|xlsb|xls|ods|csv|tsv|tab|txt|zip|gz)$/i;

/** A spreadsheet was shared: it goes to the uploads. In a channel, files of people who may not upload are their own affair. */
export async function onFileShared(
  event: { file_id?: string; user_id?: string; channel_id?: string },
  bot: Bot,
): Promise<void> {
  const { file_id: id, user_id: user, channel_id: channel } = event;
  if (!id || !user || !channel || user === bot.userId) return;
  if (!isDirect(channel) && !(await isSwitchedOn(channel, bot))) return;
  const claim = await bot.needs.conversations.claim(`file/${channel}/${id}`, 120_000);
  if (claim.state !== 'owned') return;
  await endingInASentence(
    () => take({ id, user, channel }, bot),
    (text) => bot.slack.post({ channel }, sentence(text)),
    bot.needs.log,
  );
  await bot.needs.conversations.finish(`file/${channel}/${id}`);
}

async function isSwitchedOn(channel: string, bot: Bot): Promise<boolean> {
  const wanted = bot.needs.settings.uploadChannels.map((name) => name.replace(/^#/, ''));
  if (wanted.includes(channel)) return true;
  const found = await bot.slack.channel(channel);
  return found !== null && wanted.includes(found.name);
}

async function take(shared: { id: string; user: string; channel: string }, bot: Bot): Promise<void> {
  const { uploads, log } = bot.needs;
  const file = await bot.slack.file(shared.id);
  const direct = isDirect(shared.channel);
  const thread = file.sharedIn[shared.channel];
  const place = { channel: shared.channel, thread };
  const tell = async (text: string) => {
    if (direct) await bot.slack.post(place, sentence(text));
  };
  if (!TAKEN.test(file.name)) return tell(WORDS.uploadKinds);
  if (!uploads) return tell(WORDS.uploadsOff);
  const rights = await bot.who.rightsOf(shared.user);
  if (!rights.mayUpload) return tell(WORDS.uploadNotPermitted);
  await endingInASentence(
    async () => {
      const { name } = await bot.who.person(shared.user);
      const accepted = await uploads.accept({
        key: `${shared.channel}/${shared.id}`,
        name: file.name,
        bytes: await bot.download(file),
        person: shared.user,
        personName: name,
        channel: shared.channel,
        thread: thread ?? '',
      });
      if (accepted.kind === 'refused')
        await bot.slack.post(
          place,
          sentence(escapeMrkdwn(UPLOAD_WORDS.unreadable(file.name, accepted.reason))),
        );
      if (accepted.kind !== 'preview') return;
      await showCard(accepted, bot);
      const { preview, staged, upload } = accepted;
      const isMarked =
        preview.sheets.some(({ used, rowsRefused }) => used && rowsRefused > 0) ||
        (staged.outcome === 'staged' && staged.refused.length > 0);
      if (isMarked) aside(sendMarked(upload.id, bot), log, 'a marked workbook could not be sent');
    },
    (text) => bot.slack.post(place, sentence(text)),
    log,
  );
}

/** The workbook with its bad cells marked, in the thread of the upload. */
async function sendMarked(id: string, bot: Bot): Promise<void> {
  const { uploads } = bot.needs;
  const upload = await uploads?.find(id);
  if (!uploads || !upload) return;
  const name = `${upload.file.name.replace(/\.[a-z0-9]{1,5}$/i, '')} (marked).xlsx`;
  await bot.slack.upload(
    { channel: upload.channel, thread: upload.thread },
    { name, bytes: await uploads.mark(upload), comment: UPLOAD_WORDS.marked },
  );
}
