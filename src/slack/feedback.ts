import { sharedRights } from '../access/rights-for.ts';
import { markAnswer } from '../dashboard/answer-marks.ts';
import { FORMS } from './action-ids.ts';
import { form, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { readChannelSettings } from './channel-settings.ts';
import { type Click, isDirect, sentence, tellClicker } from './click.ts';
import { queueMessage } from './queue-message.ts';
import { keepItem, type NewItem, type QueueItem } from './queue-store.ts';
import { receiptFor } from './receipt-for.ts';
import type { Submission } from './submission.ts';
import { BUTTONS, WORDS } from './words.ts';

/** Right is noted; wrong asks what was expected. */
export async function rateAnswer(click: Click, bot: Bot): Promise<void> {
  const [verdict, receiptId = ''] = click.value.split(' ');
  const receipt = await receiptFor(click, receiptId, bot);
  const at = bot.needs.clock.now().toISOString();
  const mark = {
    receipt: receipt.id,
    by: click.user,
    verdict: verdict === 'wrong' ? 'wrong' : 'right',
    at,
  } as const;
  await markAnswer(mark, bot.needs);
  bot.needs.log.info({ receipt: receipt.id, verdict }, 'an answer was rated');
  if (verdict !== 'wrong') return tellClicker(click, sentence(WORDS.thanks), bot);
  await bot.slack.openForm(
    click.trigger,
    form({
      callbackId: FORMS.wrong,
      title: WORDS.wrongTitle,
      submit: BUTTONS.send,
      close: BUTTONS.close,
      carries: JSON.stringify({ receiptId, channel: click.channel, thread: click.thread }),
      blocks: [
        textInput('expected', WORDS.wrongLabel, {
          multiline: true,
          optional: true,
          hint: WORDS.wrongHint,
          max: 1500,
        }),
      ],
    }),
  );
}

export async function onWrongForm(submission: Submission, bot: Bot): Promise<void> {
  const { receiptId = '', channel = null } = submission.carried;
  const receipt = await receiptFor({ user: submission.user, channel }, receiptId ?? '', bot);
  const sent = await sendToQueue(
    {
      kind: 'wrong',
      question: receipt.question,
      receiptId: receipt.id,
      comment: submission.values.expected ?? null,
    },
    submission.user,
    channel,
    bot,
  );
  const place = { channel, thread: submission.carried.thread ?? undefined };
  if (place.channel && !isDirect(place.channel))
    await bot.slack.whisper({ ...place, channel: place.channel }, submission.user, sentence(sent));
  else
    await bot.slack.post(
      { ...place, channel: await bot.slack.directMessage(submission.user) },
      sentence(sent),
    );
}

/** A drafted query is sent to be vetted. */
export async function sendForVetting(click: Click, bot: Bot): Promise<void> {
  const receipt = await receiptFor(click, click.value, bot);
  const sent = await sendToQueue(
    { kind: 'drafted', question: receipt.question, receiptId: receipt.id, comment: null },
    click.user,
    click.channel,
    bot,
  );
  await tellClicker(click, sentence(sent), bot);
}

/** A question that was not answered. */
export async function tellDataOwner(click: Click, bot: Bot): Promise<void> {
  const sent = await sendToQueue(
    { kind: 'unanswered', question: click.value, receiptId: null, comment: null },
    click.user,
    click.channel,
    bot,
  );
  await tellClicker(click, sentence(sent), bot);
}

/** Posts the item in the queue channel, with as much of the result as everyone there may see. Once for each person. */
export async function sendToQueue(
  about: NewItem,
  user: string,
  channel: string | null,
  bot: Bot,
): Promise<string> {
  const { needs } = bot;
  const { queueChannel } = await readChannelSettings(needs);
  const queue = queueChannel ? await bot.slack.channelNamed(queueChannel.replace(/^#/, '')) : null;
  if (!queue) return WORDS.noQueue;
  const claim = await needs.conversations.claim(
    `queued/${about.kind}/${about.receiptId ?? about.question.slice(0, 300)}/${user}`,
    60_000,
  );
  if (claim.state !== 'owned') return WORDS.sentToOwner;
  const item: QueueItem = {
    thread: null,
    confidence: null,
    ...about,
    id: needs.ids.next('que'),
    asker: user,
    channel,
    at: needs.clock.now().toISOString(),
  };
  const receipt = item.receiptId ? await needs.receipts.find(item.receiptId) : undefined;
  const audience = await bot.who.audienceOf(queue);
  const rights = sharedRights([await bot.who.rightsOf(user), audience.rights]);
  const outcome = receipt && (await needs.readAgain(receipt, rights));
  await keepItem(item, needs);
  await bot.slack.post({ channel: queue }, queueMessage(item, receipt, outcome, await needs.locale()));
  await needs.conversations.finish(
    `queued/${about.kind}/${about.receiptId ?? about.question.slice(0, 300)}/${user}`,
  );
  return WORDS.sentToOwner;
}
