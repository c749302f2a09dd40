import { buffer } from 'node:stream/consumers';
import { decideRecord } from '../ledger/decide-record.ts';
import { findRecords, maySeeRecords, recordsTable } from '../ledger/find-records.ts';
import { LEDGER_WORDS } from '../ledger/ledger-words.ts';
import type { Attachment, MoneyRecord } from '../ledger/money-record.ts';
import { type Actor, has, type LedgerNeeds, sees } from '../ledger/needs.ts';
import {
  checkRecord,
  checkReversal,
  type RecordOutcome,
  recordMoney,
  reverseRecord,
} from '../ledger/record-money.ts';
import { findRecord } from '../ledger/record-store.ts';
import type { Bot } from './bot.ts';
import { type Click, sentence, tellClicker } from './click.ts';
import { fileName, toCsv } from './csv.ts';
import { escapeMrkdwn } from './escape.ts';
import type { FormErrors } from './queue-actions.ts';
import { recordForm as detailForm } from './record-blocks.ts';
import { besideInputs, declineForm, fieldsOf, recordForm, reverseForm } from './record-form.ts';
import { actorOf, carryOnRecord, viewFor } from './record-notices.ts';
import { RECORD_WORDS } from './record-words.ts';
import type { Submission } from './submission.ts';

const MOST_EXPORTED = 20_000;

export async function openRecordForm(
  click: Pick<Click, 'user' | 'trigger'>,
  bot: Bot,
): Promise<string | null> {
  const { ledger } = bot.needs;
  if (!ledger) return RECORD_WORDS.off;
  const actor = await actorOf(click.user, bot);
  if (!has(actor, ledger.settings.mayRecord)) return LEDGER_WORDS.mayNotRecord;
  await bot.slack.openForm(click.trigger, await recordForm({ actor }, ledger));
  return null;
}

export async function onNewRecord(click: Click, bot: Bot): Promise<void> {
  const refusal = await openRecordForm(click, bot);
  if (refusal) await tellClicker(click, sentence(refusal), bot);
}

/** Mistakes are told beside the inputs, before the form closes. */
export async function checkRecordForm(submission: Submission, bot: Bot): Promise<FormErrors> {
  const { ledger } = bot.needs;
  if (!ledger) return {};
  const checked = await checkRecord(
    {
      fields: fieldsOf(submission),
      actor: await actorOf(submission.user, bot),
      corrects: submission.carried['corrects'] ?? null,
    },
    ledger,
  );
  if (checked.outcome === 'right') return {};
  // Sent twice: the first time has done it, and its record is told once more.
  if (await findRecord(submission.carried['id'] ?? '', ledger)) return {};
  return besideInputs(checked.outcome === 'wrong' ? checked.problems : { kind: checked.reason }, submission);
}

export async function onRecordForm(submission: Submission, bot: Bot): Promise<void> {
  const { ledger } = bot.needs;
  if (!ledger) return;
  const id = submission.carried['id'] ?? '';
  const attachment = await keepAttachment(id, submission, bot, ledger);
  const outcome = await recordMoney(
    {
      id,
      fields: fieldsOf(submission),
      actor: await actorOf(submission.user, bot),
      corrects: submission.carried['corrects'] ?? null,
      attachment,
    },
    ledger,
  );
  await afterwards(outcome, submission, bot, ledger);
}

export async function checkReverseForm(submission: Submission, bot: Bot): Promise<FormErrors> {
  const { ledger } = bot.needs;
  if (!ledger || (await findRecord(submission.carried['id'] ?? '', ledger))) return {};
  const checked = await checkReversal(await reversalOf(submission, bot), ledger);
  if (checked.outcome === 'right') return {};
  return besideInputs(checked.outcome === 'wrong' ? checked.problems : { text: checked.reason }, submission);
}

export async function onReverseForm(submission: Submission, bot: Bot): Promise<void> {
  const { ledger } = bot.needs;
  if (!ledger) return;
  const outcome = await reverseRecord(
    { id: submission.carried['id'] ?? '', ...(await reversalOf(submission, bot)) },
    ledger,
  );
  await afterwards(outcome, submission, bot, ledger);
}

async function reversalOf(submission: Submission, bot: Bot) {
  return {
    reverses: submission.carried['reverses'] ?? '',
    date: submission.values['date'] ?? '',
    reason: submission.values['text'] ?? '',
    actor: await actorOf(submission.user, bot),
  };
}

async function afterwards(
  outcome: RecordOutcome,
  submission: Submission,
  bot: Bot,
  ledger: LedgerNeeds,
): Promise<void> {
  if (outcome.outcome === 'kept') return carryOnRecord(outcome.record, bot, ledger);
  const text = outcome.outcome === 'refused' ? outcome.reason : Object.values(outcome.problems).join(' ');
  await bot.slack.post(
    { channel: await bot.slack.directMessage(submission.user) },
    sentence(escapeMrkdwn(text)),
  );
}

/** The document is kept beside the record; one that cannot be had does not keep the entry out of the books. */
async function keepAttachment(
  id: string,
  submission: Submission,
  bot: Bot,
  ledger: LedgerNeeds,
): Promise<Attachment | null> {
  const [file] = submission.files['attachment'] ?? [];
  if (!file) return null;
  const { name } = file;
  try {
    const bytes = await bot.download(file);
    const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(-100);
    const object = { bucket: ledger.ingestionBucket, key: `ledger-documents/${id}/${safe}` };
    await ledger.objects.put(object, bytes);
    return { name: name.slice(0, 200), object, sizeBytes: bytes.byteLength };
  } catch (error) {
    bot.needs.log.warn({ err: error, record: id }, 'a document could not be kept');
    const channel = await bot.slack.directMessage(submission.user);
    await bot.slack.post({ channel }, sentence(RECORD_WORDS.fileNotKept(escapeMrkdwn(name))));
    return null;
  }
}

export async function approveRecord(click: Click, bot: Bot): Promise<void> {
  await decide({ id: click.value, approved: true, reason: '' }, click.user, bot, (text) =>
    tellClicker(click, sentence(text), bot),
  );
}

export async function openDecline(click: Click, bot: Bot): Promise<void> {
  await withRecord(click, bot, async (record) => {
    await bot.slack.openForm(click.trigger, declineForm(record));
  });
}

export async function onDeclineForm(submission: Submission, bot: Bot): Promise<void> {
  const channel = await bot.slack.directMessage(submission.user);
  await decide(
    { id: submission.carried['id'] ?? '', approved: false, reason: submission.values['reason'] ?? '' },
    submission.user,
    bot,
    async (text) => void (await bot.slack.post({ channel }, sentence(text))),
  );
}

async function decide(
  what: { id: string; approved: boolean; reason: string },
  user: string,
  bot: Bot,
  tell: (text: string) => Promise<void>,
): Promise<void> {
  const { ledger } = bot.needs;
  if (!ledger) return tell(RECORD_WORDS.off);
  const outcome = await decideRecord({ ...what, actor: await actorOf(user, bot) }, ledger);
  if (outcome.outcome === 'refused') await tell(escapeMrkdwn(outcome.reason));
  if (outcome.record) await carryOnRecord(outcome.record, bot, ledger);
  if (outcome.outcome === 'decided')
    await tell(what.approved ? RECORD_WORDS.approved : RECORD_WORDS.declined);
}

export async function showRecord(click: Click, bot: Bot): Promise<void> {
  await withRecord(click, bot, async (record) => {
    await bot.slack.openForm(click.trigger, detailForm(record, await viewFor(click.user, bot)));
  });
}

export async function openReverse(click: Click, bot: Bot): Promise<void> {
  await withRecord(click, bot, (record, ledger) => openHere(click, reverseForm(record, ledger), bot));
}

export async function openCorrect(click: Click, bot: Bot): Promise<void> {
  await withRecord(click, bot, async (record, ledger, actor) => {
    if (!has(actor, ledger.settings.mayRecord))
      return tellClicker(click, sentence(LEDGER_WORDS.mayNotRecord), bot);
    await openHere(click, await recordForm({ corrects: record, actor }, ledger), bot);
  });
}

/** From within a form it goes on top of it. */
async function openHere(click: Click, form: Awaited<ReturnType<typeof recordForm>>, bot: Bot): Promise<void> {
  if (click.form) await bot.slack.pushForm(click.trigger, form);
  else await bot.slack.openForm(click.trigger, form);
}

export async function sendRecordFile(click: Click, bot: Bot): Promise<void> {
  await withRecord(click, bot, async ({ attachment }, ledger) => {
    if (!attachment) return tellClicker(click, sentence(RECORD_WORDS.noFile), bot);
    const { body } = await ledger.objects.get(attachment.object);
    const channel = await bot.slack.directMessage(click.user);
    await bot.slack.upload({ channel }, { name: attachment.name, bytes: await buffer(body) });
  });
}

export async function exportRecords(click: Click, bot: Bot): Promise<void> {
  await tellClicker(
    click,
    sentence(await sendExport(click.user, click.value === 'all' ? '' : click.value, bot)),
    bot,
  );
}

/** A month's records, or all, as a file in the person's direct messages; says so in a sentence. */
export async function sendExport(user: string, month: string, bot: Bot): Promise<string> {
  const { ledger } = bot.needs;
  if (!ledger) return RECORD_WORDS.off;
  if (month && !/^\d{4}-\d{2}$/.test(month)) return LEDGER_WORDS.notAMonth;
  const actor = await actorOf(user, bot);
  if (!maySeeRecords(actor, ledger)) return RECORD_WORDS.notForYou;
  const records = await findRecords({ actor, limit: MOST_EXPORTED, ...(month ? { month } : {}) }, ledger);
  if (records.length === 0) return month ? RECORD_WORDS.noneFound(month) : RECORD_WORDS.none;
  await bot.slack.upload(
    { channel: await bot.slack.directMessage(user) },
    {
      name: fileName(`money records ${month}`, 'csv'),
      bytes: toCsv(recordsTable(records)),
      comment: RECORD_WORDS.exported(records.length),
    },
  );
  return RECORD_WORDS.sentToYou;
}

async function withRecord(
  click: Click,
  bot: Bot,
  work: (record: MoneyRecord, ledger: LedgerNeeds, actor: Actor) => Promise<void>,
): Promise<void> {
  const { ledger } = bot.needs;
  if (!ledger) return tellClicker(click, sentence(RECORD_WORDS.off), bot);
  const actor = await actorOf(click.user, bot);
  const record = await findRecord(click.value, ledger);
  if (!maySeeRecords(actor, ledger)) return tellClicker(click, sentence(RECORD_WORDS.notForYou), bot);
  if (!record || !sees(actor, record))
    return tellClicker(click, sentence(LEDGER_WORDS.notFound(escapeMrkdwn(click.value))), bot);
  await work(record, ledger, actor);
}
