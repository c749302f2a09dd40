import type { Bot } from './bot.ts';
import { isDirect, sentence } from './click.ts';
import { aside, endingInASentence } from './ending-in-a-sentence.ts';
import { escapeMrkdwn } from './escape.ts';
import { showCard } from './upload-actions.ts';
import { UPLOAD_WORDS } from './upload-words.ts';
import { WORDS } from './words.ts';

const TAKEN = /\.(xlsx|xlsm|xlsb|xls|ods|csv|tsv|tab|txt|zip|gz)$/i;

const SPREADSHEET = /\.(xlsx|xlsm|xlsb|xls|ods|csv)$/i;

/** A spreadsheet was shared: it goes to the uploads. In a channel, files of people who may not upload are their own affair. */
export async function onFileShared(
  event: { file_id?: string; user_id?: string; channel_id?: string },
  bot: Bot,
): Promise<void> {
  const { file_id: id, user_id: user, channel_id: channel } = event;
  if (!id || !user || !channel || user === bot.userId) return;
  if (!isDirect(channel) && !(await isSwitchedOn(channel, bot))) return sayWhere({ id, user, channel }, bot);
  const claim = await bot.needs.conversations.claim(`file/${channel}/${id}`, 120_000);
  if (claim.state !== 'owned') return;
  await endingInASentence(
    () => take({ id, user, channel }, bot),
    (text) => bot.slack.post({ channel }, sentence(text)),
    bot.needs.log,
  );
  await bot.needs.conversations.finish(`file/${channel}/${id}`);
}

/** In a channel that takes none: one who may upload is told where, alone and once. Text files there are anybody's. */
async function sayWhere(shared: { id: string; user: string; channel: string }, bot: Bot): Promise<void> {
  const { uploads, settings, conversations } = bot.needs;
  if (!uploads || !(await bot.who.rightsOf(shared.user)).mayUpload) return;
  if (!SPREADSHEET.test((await bot.slack.file(shared.id)).name)) return;
  const key = `uploads-elsewhere/${shared.channel}/${shared.user}`;
  if ((await conversations.claim(key, 120_000)).state !== 'owned') return;
  const text = UPLOAD_WORDS.elsewhere(settings.uploadChannels.map((name) => name.replace(/^#/, '')));
  await bot.slack.whisper({ channel: shared.channel }, shared.user, sentence(text));
  await conversations.finish(key);
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
