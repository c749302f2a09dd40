import { readTemplate } from '../model/template.ts';
import { FORMS } from './action-ids.ts';
import { type Block, form, plain, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { type Click, isDirect, sentence, tellClicker } from './click.ts';
import { escapeMrkdwn } from './escape.ts';
import { handleQuestion } from './handle-question.ts';
import { closedMessage } from './queue-message.ts';
import { closeItem, findItem, type QueueItem } from './queue-store.ts';
import { type ReadyPatch, synonymPatch, templatePatch } from './ready-patch.ts';
import type { Submission } from './submission.ts';
import { BUTTONS, WORDS } from './words.ts';

/** Sentences by input, shown in the form; empty when all is well. */
export type FormErrors = Record<string, string>;

type Ending = 'approve' | 'correct' | 'dismiss';

export const openApprove = (click: Click, bot: Bot) => openFor(click, 'approve', bot);
export const openCorrect = (click: Click, bot: Bot) => openFor(click, 'correct', bot);
export const openDismiss = (click: Click, bot: Bot) => openFor(click, 'dismiss', bot);

async function openFor(click: Click, ending: Ending, bot: Bot): Promise<void> {
  if (!(await isDataOwner(click.user, bot))) return tellClicker(click, sentence(WORDS.ownersOnly), bot);
  const item = await findItem(click.value, bot.needs);
  if (!item) return tellClicker(click, sentence(WORDS.movedOn), bot);
  const receipt = item.receiptId ? await bot.needs.receipts.find(item.receiptId) : undefined;
  const of = {
    approve: {
      callbackId: FORMS.approve,
      title: WORDS.approveTitle,
      blocks: approveInputs(item, receipt?.sql ?? null),
    },
    correct: {
      callbackId: FORMS.correct,
      title: WORDS.correctTitle,
      blocks: [textInput('words', WORDS.correctionLabel, { multiline: true })],
    },
    dismiss: {
      callbackId: FORMS.dismiss,
      title: WORDS.dismissTitle,
      blocks: [textInput('words', WORDS.dismissLabel, { multiline: true })],
    },
  }[ending];
  const carries = JSON.stringify({ item: item.id, channel: click.channel, ts: click.messageTs });
  await bot.slack.openForm(
    click.trigger,
    form({ ...of, submit: BUTTONS.send, close: BUTTONS.close, carries }),
  );
}

function approveInputs(item: QueueItem, sql: string | null): Block[] {
  const kinds = [
    { text: plain(WORDS.approveTemplate, 75), value: 'template' },
    { text: plain(WORDS.approveSynonym, 75), value: 'synonym' },
  ];
  const preferred = sql ? kinds[0] : kinds[1];
  return [
    {
      type: 'input',
      block_id: 'kind',
      label: plain(WORDS.approveWhat, 200),
      element: { type: 'static_select', action_id: 'kind', options: kinds, initial_option: preferred },
    },
    textInput('name', WORDS.approveName, {
      optional: true,
      initial: sql ? nameFrom(item.question) : '',
      max: 60,
    }),
    textInput('questions', WORDS.approveQuestions, {
      optional: true,
      multiline: true,
      initial: item.question,
    }),
    textInput('sql', WORDS.approveSql, { optional: true, multiline: true, initial: sql ?? '', max: 3000 }),
    textInput('word', WORDS.synonymWord, { optional: true, max: 60 }),
    textInput('meaning', WORDS.synonymOf, { optional: true, max: 60 }),
  ];
}

/** Checked before the form closes, so that mistakes are told beside the inputs. */
export async function checkApproval(submission: Submission, bot: Bot): Promise<FormErrors> {
  const built = await patchFor(submission, bot);
  return 'errors' in built ? built.errors : {};
}

export async function onApproved(submission: Submission, bot: Bot): Promise<void> {
  const item = await itemToClose(submission, bot);
  if (!item) return;
  const built = await patchFor(submission, bot);
  if ('errors' in built) return;
  await markClosed(submission, WORDS.approvedIn(submission.user), bot);
  const { channel, ts } = submission.carried;
  if (channel && ts)
    await bot.slack.upload(
      { channel, thread: ts },
      {
        name: `${built.patch.name}.patch`,
        bytes: Buffer.from(built.patch.text, 'utf8'),
        comment: WORDS.patchComment,
      },
    );
  const told = submission.values.kind === 'synonym' ? WORDS.tellTaught : WORDS.tellApproved;
  await tellAsker(item, told(escapeMrkdwn(item.question)), bot);
}

export async function onCorrected(submission: Submission, bot: Bot): Promise<void> {
  const item = await itemToClose(submission, bot);
  if (!item) return;
  await markClosed(submission, WORDS.correctedIn(submission.user), bot);
  const correction = escapeMrkdwn(submission.values.words ?? '');
  await tellAsker(item, WORDS.tellCorrected(escapeMrkdwn(item.question), correction), bot);
}

export async function onDismissed(submission: Submission, bot: Bot): Promise<void> {
  const item = await itemToClose(submission, bot);
  if (!item) return;
  await markClosed(submission, WORDS.dismissedIn(submission.user), bot);
  const why = escapeMrkdwn(submission.values.words ?? '');
  await tellAsker(item, WORDS.tellDismissed(escapeMrkdwn(item.question), why), bot);
}

/** A held answer goes to where it was asked, as it was planned, with the rights that hold there now. */
export async function sendHeld(click: Click, bot: Bot): Promise<void> {
  if (!(await isDataOwner(click.user, bot))) return tellClicker(click, sentence(WORDS.ownersOnly), bot);
  const carried = { item: click.value, channel: click.channel, ts: click.messageTs };
  const item = await itemToClose({ user: click.user, carried }, bot);
  if (!item?.channel || !item.receiptId) return tellClicker(click, sentence(WORDS.movedOn), bot);
  await markClosed({ carried }, WORDS.sentBy(click.user), bot);
  await handleQuestion(
    {
      key: `held/${item.id}`,
      door: 'button',
      text: item.question,
      asker: item.asker,
      team: bot.teamId,
      channel: item.channel,
      thread: item.thread,
      direct: isDirect(item.channel),
      released: { receiptId: item.receiptId, by: click.user },
    },
    bot,
  );
}

async function patchFor(
  submission: Submission,
  bot: Bot,
): Promise<{ patch: ReadyPatch } | { errors: FormErrors }> {
  const { kind, name = '', questions = '', sql = '', word = '', meaning = '' } = submission.values;
  const item = await findItem(submission.carried.item ?? '', bot.needs);
  if (!item) return { errors: { kind: WORDS.movedOn } };
  if (kind === 'synonym') {
    if (!word.trim()) return { errors: { word: WORDS.needed } };
    const patch = synonymPatch({ word: word.trim(), of: meaning.trim(), question: item.question });
    return patch ? { patch } : { errors: { meaning: WORDS.notInModel } };
  }
  if (!/^[a-z][a-z0-9-]{2,59}$/.test(name)) return { errors: { name: WORDS.badName } };
  const examples = questions
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 5);
  if (examples.length < 3) return { errors: { questions: WORDS.threeQuestions } };
  if (!/^\s*(select|with)\s/i.test(sql)) return { errors: { sql: WORDS.notOneSelect } };
  const receipt = item.receiptId ? await bot.needs.receipts.find(item.receiptId) : undefined;
  const outcome = receipt && (await bot.needs.readAgain(receipt, await bot.who.rightsOf(submission.user)));
  const patch = templatePatch({
    name,
    examples,
    sql,
    params: receipt?.params ?? {},
    columns: outcome?.kind === 'result' ? outcome.table.columns : [],
    tables: outcome?.kind === 'result' ? outcome.tables : [],
    owner: (await bot.who.person(submission.user)).name,
  });
  const read = readTemplate(`${name}.sql`, patch.template);
  return 'problems' in read ? { errors: { sql: read.problems.join(' ').slice(0, 1000) } } : { patch };
}

async function itemToClose(
  submission: Pick<Submission, 'user' | 'carried'>,
  bot: Bot,
): Promise<QueueItem | undefined> {
  if (!(await isDataOwner(submission.user, bot))) return undefined;
  const item = await findItem(submission.carried.item ?? '', bot.needs);
  return item && (await closeItem(item.id, bot.needs)) ? item : undefined;
}

async function markClosed(submission: Pick<Submission, 'carried'>, ending: string, bot: Bot): Promise<void> {
  const { channel, ts } = submission.carried;
  if (!channel || !ts) return;
  const message = await bot.slack.message(channel, ts);
  if (message) await bot.slack.update(channel, ts, closedMessage(message, ending));
}

/** In the direct message: a correction may hold what not everyone in the asker's channel may see. */
async function tellAsker(item: QueueItem, text: string, bot: Bot): Promise<void> {
  const channel = await bot.slack.directMessage(item.asker);
  await bot.slack.post(
    { channel },
    {
      text,
      blocks: [
        {
          type: 'section',
          block_id: 'told',
          text: { type: 'mrkdwn', text: text.slice(0, 3000), verbatim: true },
        },
      ],
    },
  );
}

async function isDataOwner(user: string, bot: Bot): Promise<boolean> {
  return (await bot.who.rightsOf(user)).roles.includes('data-owner');
}

function nameFrom(question: string): string {
  const name = question
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name.slice(0, 50).replace(/-+$/, '');
}
