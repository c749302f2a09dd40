import { z } from 'zod';
import type { UploadView } from '../uploads/accept-upload.ts';
import type { Upload } from '../uploads/upload.ts';
import type { Bot } from './bot.ts';
import { type Click, sentence, tellClicker, tellThread } from './click.ts';
import { escapeMrkdwn } from './escape.ts';
import type { FormErrors } from './queue-actions.ts';
import { saidIn } from './said-in.ts';
import type { Submission } from './submission.ts';
import { type CardOptions, closedCard, uploadCard } from './upload-card.ts';
import { answersOfForm, mappingForm, waitingForm } from './upload-form.ts';
import { UPLOAD_WORDS as SAY, UPLOAD_STATES } from './upload-words.ts';
import type { Uploads } from './uploads.ts';
import { WORDS } from './words.ts';

export async function loadUpload(click: Click, bot: Bot): Promise<void> {
  await confirm(click, click.value, null, bot);
}

export async function replaceUpload(click: Click, bot: Bot): Promise<void> {
  const [id = '', earlier = ''] = JSON.parse(click.value) as string[];
  await confirm(click, id, earlier, bot);
}

/** Slack carries 3,000 signs in a form; with more, the columns follow when the form is sent. */
const MOST_CARRIED = 2_000;

const Draft = z.record(z.string(), z.string());

/** Of several people who press at once, one starts the load, and the others are told who it was. */
async function confirm(click: Click, id: string, replaces: string | null, bot: Bot): Promise<void> {
  await withUploads(click, bot, async (uploads) => {
    const { name } = await bot.who.person(click.user);
    const confirmed = await uploads.confirm({ id, by: click.user, byName: name, replaces });
    if (confirmed.kind === 'not-ready') return tellClicker(click, sentence(confirmed.why), bot);
    if (confirmed.kind === 'too-late')
      return tellClicker(click, sentence(await tooLate(confirmed.upload, bot)), bot);
    await closeCard(withCard(confirmed.upload, click), SAY.loading(name), bot);
  });
}

async function tooLate(upload: Upload | null, bot: Bot): Promise<string> {
  if (!upload) return SAY.gone;
  const who = upload.confirmedBy ? (await bot.who.person(upload.confirmedBy)).name : upload.personName;
  if (upload.state === 'loading') return SAY.isLoading(escapeMrkdwn(who));
  if (upload.state === 'loaded') return SAY.isLoaded(escapeMrkdwn(who));
  return SAY.isOver(UPLOAD_STATES[upload.state].words);
}

export async function cancelUpload(click: Click, bot: Bot): Promise<void> {
  await withUploads(click, bot, async (uploads) => {
    const cancelled = await uploads.cancel(click.value);
    if (!cancelled)
      return tellClicker(click, sentence(await tooLate((await uploads.find(click.value)) ?? null, bot)), bot);
    const { name } = await bot.who.person(click.user);
    await closeCard(withCard(cancelled, click), SAY.cancelled(name), bot);
  });
}

/** Slack opens a form only within seconds of the click, so it opens first and is filled once the file is read. */
export async function openMapping(click: Click, bot: Bot): Promise<void> {
  await withUploads(click, bot, async (uploads) => {
    const upload = await uploads.find(click.value);
    if (upload?.state !== 'waiting')
      return tellClicker(click, sentence(await tooLate(upload ?? null, bot)), bot);
    const form = await bot.slack.openForm(click.trigger, waitingForm(upload.file.name));
    await bot.slack.updateForm(form, mappingForm(await uploads.view(upload)));
  });
}

/** Another kind of file has other columns: the open form is filled anew, and nothing is kept before it is sent. */
export async function changeFeedInForm(click: Click, bot: Bot): Promise<void> {
  await withUploads(click, bot, async (uploads) => {
    const { form } = click;
    const upload = form && (await uploads.find(form.carried['upload'] ?? ''));
    if (!form || upload?.state !== 'waiting') return;
    const values = { ...form.values, [click.actionId]: click.value };
    const draft = await draftOf({ ...form, values }, upload, uploads);
    if (JSON.stringify(draft).length > MOST_CARRIED) return;
    await bot.slack.updateForm(
      form.viewId,
      mappingForm(await uploads.view(withAnswers(upload, draft)), draft),
    );
  });
}

/** All that was chosen in the form so far. */
async function draftOf(form: Submission, upload: Upload, uploads: Uploads): Promise<Record<string, string>> {
  const before = Draft.parse(JSON.parse(form.carried['draft'] ?? '{}'));
  const shown = await uploads.view(withAnswers(upload, before));
  return { ...before, ...answersOfForm(shown, form.values) };
}

/** An empty answer takes its question back. */
function withAnswers(upload: Upload, draft: Record<string, string>): Upload {
  const merged = Object.entries({ ...upload.answers, ...draft });
  return { ...upload, answers: Object.fromEntries(merged.filter(([, value]) => value !== '')) };
}

/** A day must be one; everything else is a choice. */
export async function checkMapping(submission: Submission): Promise<FormErrors> {
  const errors: FormErrors = {};
  for (const [id, value] of Object.entries(submission.values))
    if (
      id.startsWith('question.') &&
      /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(value) &&
      !/^\d{4}-\d{2}-\d{2}$/.test(value)
    )
      errors[id] = SAY.dayAsIso;
  return errors;
}

export async function onMapping(submission: Submission, bot: Bot): Promise<void> {
  const { uploads } = bot.needs;
  const upload = uploads && (await uploads.find(submission.carried['upload'] ?? ''));
  const direct = async () => ({ channel: await bot.slack.directMessage(submission.user) });
  if (!uploads || !upload) return void (await bot.slack.post(await direct(), sentence(SAY.gone)));
  const rights = await bot.who.rightsOf(submission.user);
  if (!rights.mayUpload) return void (await bot.slack.post(await direct(), sentence(SAY.onlyUploaders)));
  const view = await uploads.remap(upload.id, await draftOf(submission, upload, uploads));
  if (!view) {
    const now = await uploads.find(upload.id);
    return void (await bot.slack.post(await direct(), sentence(await tooLate(now ?? null, bot))));
  }
  await showCard(view, bot);
}

/** The card in the thread: posted once, then edited. */
export async function showCard(view: UploadView, bot: Bot): Promise<void> {
  const { upload } = view;
  const card = uploadCard(view, await cardOptions(upload.person, bot));
  if (upload.card !== null && (await bot.slack.update(upload.channel, upload.card, card))) return;
  const ts = await bot.slack.post({ channel: upload.channel, thread: upload.thread }, card);
  await bot.needs.uploads?.notePosted(upload.id, ts);
}

/** A click may come before it is noted which message the card is. */
function withCard(upload: Upload, click: Click): Upload {
  return { ...upload, card: upload.card ?? click.messageTs };
}

export async function closeCard(upload: Upload, what: string, bot: Bot): Promise<void> {
  if (upload.card === null) return;
  await bot.slack.update(upload.channel, upload.card, closedCard(upload.file.name, [what]));
}

async function cardOptions(person: string, bot: Bot): Promise<CardOptions> {
  const [locale, { timeZone }] = await Promise.all([bot.needs.locale(), bot.who.person(person)]);
  return { locale, at: saidIn(timeZone ?? bot.needs.clock.timeZone, locale).at };
}

/** Who may upload may take an upload back; the run's end is told in its thread. */
export async function undoUpload(click: Click, bot: Bot): Promise<void> {
  await withUploads(click, bot, async () => {
    if (!bot.needs.undoBatch) return tellClicker(click, sentence(WORDS.switchedOff), bot);
    await tellClicker(click, sentence(WORDS.working), bot);
    const done = await bot.needs.undoBatch(click.value, click.user);
    await tellThread(click, WORDS.doneBy(click.user, escapeMrkdwn(done)), bot);
  });
}

/** An upload that was taken back is shown again, to be loaded again. */
export async function reopenUpload(click: Click, bot: Bot): Promise<void> {
  await withUploads(click, bot, async (uploads) => {
    const view = await uploads.reopen(click.value);
    if (view) return showCard(view, bot);
    await tellClicker(click, sentence(await tooLate((await uploads.find(click.value)) ?? null, bot)), bot);
  });
}

async function withUploads(click: Click, bot: Bot, work: (uploads: Uploads) => Promise<void>): Promise<void> {
  const { uploads } = bot.needs;
  if (!uploads) return tellClicker(click, sentence(WORDS.uploadsOff), bot);
  const rights = await bot.who.rightsOf(click.user);
  if (!rights.mayUpload) return tellClicker(click, sentence(SAY.onlyUploaders), bot);
  await work(uploads);
}
