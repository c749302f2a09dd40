import type { Answer } from '../domain/answer.ts';

import { NO_TRACER } from '../ports/tracer.ts';
import { withoutAgreement } from '../questions/ask-before-costly.ts';
import { ACTIONS } from './action-ids.ts';
import { answerInPlace, type Placed } from './answer-in-place.ts';
import { type AnswerMessage, answerMessage } from './answer-message.ts';
import { type Asked, threadId } from './asked.ts';
import { greetedAs } from './assistant-pane.ts';
import { actions, button, headline, type SlackMessage } from './block.ts';
import type { Bot } from './bot.ts';
import { readChannelSettings } from './channel-settings.ts';
import { endingInASentence } from './ending-in-a-sentence.ts';
import { escapeMrkdwn } from './escape.ts';
import { sendFilesBeside } from './files-beside.ts';
import { holdIfUnsure } from './hold-answer.ts';
import type { SlackSettings } from './needs.ts';
import { receiptFor } from './receipt-for.ts';
import { receiptBlocks } from './receipt-form.ts';
import { type Reply, replyTo, type Step } from './reply.ts';
import { noteAccepted } from './resume-questions.ts';
import { offerInsteadOfAnswer } from './rule-actions.ts';
import { noteStream, watchForStop } from './stop-elsewhere.ts';
import { isToStop, stopTheOthers } from './stop-words.ts';
import { welcomeTo } from './welcome.ts';
import { BUTTONS, WORDS } from './words.ts';

/** Longer than any answer takes; when a process dies, another may take over after it. */
const LEASE_MARGIN_MS = 15_000;

export function leaseMs(settings: SlackSettings): number {
  return settings.answerTimeoutMs + LEASE_MARGIN_MS;
}

/** A question from any door is answered once: one message that ends in an answer, a question or a sentence. */
export async function handleQuestion(asked: Asked, bot: Bot): Promise<void> {
  const { tracer = NO_TRACER, ids } = bot.needs;
  return tracer.follow({ question: ids.next('qst') }, `slack ${asked.door}`, {}, () =>
    handleOnce(asked, bot),
  );
}

async function handleOnce(asked: Asked, bot: Bot): Promise<void> {
  const { conversations, settings } = bot.needs;
  const claim = await conversations.claim(asked.key, leaseMs(settings));
  if (claim.state !== 'owned') return;
  // Beside the first readings, but before anything is said.
  const accepted = claim.postedTs === null ? noteAccepted(asked, bot.needs) : Promise.resolve();
  accepted.catch(() => {});
  if (asked.thread === null) await accepted;
  // Posted above its answer, the question needs no heading there.
  const isPosted = asked.thread === null;
  const placed: Placed = { ...asked, thread: asked.thread ?? (await postQuestion(asked, bot)) };
  const log = bot.needs.log.child({ door: asked.door, channel: asked.channel, thread: placed.thread });
  const answering = tracedReply(replyTo(placed, bot, claim.postedTs), bot);
  const reply = openedMeanwhile(answering, accepted, placed, bot);
  const controller = bot.running.start({ ...placed });
  const stopWatching = watchForStop(asked.key, controller, bot.needs);
  const told = await endingInASentence(
    async () => {
      await answerInto(reply, placed, { stop: controller.signal, isPosted }, bot);
    },
    (sentence) => reply.finish(plainMessage(sentence, asked.text), sentence),
    log,
  );
  log.info({ told }, 'a question was handled');
  stopWatching();
  bot.running.end(asked.key);
  // A person who could not even be told is answered when the claim has run out, as after a crash.
  if (told) await conversations.finish(asked.key);
}

/**
 * Opens the message while the question is worked on, and keeps where it stands before anything is said in it: the next one to
 * take the question up, after a crash, goes on in it.
 */
function openedMeanwhile(reply: Reply, accepted: Promise<void>, asked: Placed, { needs }: Bot): Reply {
  const open = async () => {
    await accepted;
    await reply.open();
    const ts = reply.ts();
    if (!ts) return;
    await Promise.all([
      needs.conversations.notePosted(asked.key, ts),
      asked.direct && noteStream(asked.channel, ts, asked.key, needs),
    ]);
  };
  const opened = open();
  // Told where it is finished, which may be long after.
  opened.catch(() => {});
  const onceOpen = (work: () => void) => void opened.then(work, () => {});
  // Whoever finishes hears what went wrong; the sentence that tells of it is tried all the same.
  let heard = false;
  const ready = () => {
    if (heard) return opened.catch(() => {});
    heard = true;
    return opened;
  };
  return {
    ...reply,
    open: () => opened,
    working: (step) => onceOpen(() => reply.working(step)),
    say: (piece) => onceOpen(() => reply.say(piece)),
    async finish(message, spoken) {
      await ready();
      return reply.finish(message, spoken);
    },
    async withdraw() {
      await ready();
      await reply.withdraw();
    },
  };
}

/** What is said in Slack is a step of the question. */
function tracedReply(reply: Reply, { needs: { tracer = NO_TRACER } }: Bot): Reply {
  return {
    ...reply,
    open: () => tracer.step('slack open', {}, () => reply.open()),
    finish: (message, text) => tracer.step('slack reply', {}, () => reply.finish(message, text)),
  };
}

async function postQuestion(asked: Asked, bot: Bot): Promise<string> {
  const text = WORDS.asked(asked.asker, escapeMrkdwn(asked.text));
  return bot.slack.post(
    { channel: asked.channel },
    {
      text,
      blocks: [{ type: 'section', block_id: 'asked', text: { type: 'mrkdwn', text, verbatim: true } }],
    },
  );
}

async function answerInto(
  reply: Reply,
  asked: Placed,
  { stop, isPosted }: { stop: AbortSignal; isPosted: boolean },
  bot: Bot,
): Promise<void> {
  const receiptId = receiptNamed(asked.text);
  if (receiptId) return showReceipt(receiptId, reply, asked, bot);
  const reading = readChannelSettings(bot.needs);
  reading.catch(() => {});
  const instead = (await saidInstead(asked, bot)) ?? (await offerInsteadOfAnswer(asked, bot));
  if (instead) {
    await reply.finish(instead, instead.text);
    return;
  }
  const work = { stop, working: (step: Step) => reply.working(step) };
  const { holdBelow } = await reading;
  const told = await answerInPlace(
    asked,
    holdBelow > 0 ? work : { ...work, say: (piece) => reply.say(piece) },
    bot,
  );
  if (told.kind === 'stopped') {
    await reply.finish(stoppedMessage(told.sentence, asked.text), told.sentence);
    return;
  }
  if (asked.door === 'thread' && isNotForUs(told.answer)) {
    await reply.withdraw();
    return;
  }
  if (await holdIfUnsure(told, asked, holdBelow, bot)) {
    await reply.finish({ text: WORDS.held, blocks: [headline('headline', `⏳ ${WORDS.held}`)] }, WORDS.held);
    return;
  }
  const locale = await bot.needs.locale();
  const message = answerMessage(told.answer, {
    locale,
    question: asked.text,
    ...(told.note ? { note: told.note } : {}),
    ...(UNSEEN.has(asked.door) && !isPosted ? { heading: await headingOf(asked, bot) } : {}),
  });
  await reply.finish(message, told.answer.text);
  await sendFilesBeside(message, told.answer, asked, bot);
  if (told.private) await tellPrivately(told.private, asked, bot);
}

/** 'Stop', 'hello' and 'help' are no questions about the data. */
async function saidInstead(asked: Placed, bot: Bot): Promise<SlackMessage | null> {
  if (isToStop(asked.text)) {
    const text = (await stopTheOthers(asked, bot)) ? WORDS.stopping : WORDS.nothingToStop;
    return { text, blocks: [headline('headline', text)] };
  }
  const welcome = welcomeTo(asked.text, greetedAs((await bot.who.rightsOf(asked.asker)).roles));
  // Replies in this thread are for us from now on.
  if (welcome)
    await bot.needs.conversations.addTurn(threadId(asked.channel, asked.thread), asked.channel, {
      question: asked.text,
      plan: null,
      answerKind: 'needs-detail',
      receiptId: null,
      askedAt: bot.needs.clock.now().toISOString(),
      asker: asked.asker,
    });
  return welcome;
}

/** What people say to each other in a thread that Plumbline is in: of other things, or in words of which it knows none. */
function isNotForUs(answer: Answer): boolean {
  if (answer.kind === 'refused') return answer.reason === 'off-topic';
  return answer.kind === 'needs-detail' && answer.choices.length === 0 && answer.unknownWords.length > 0;
}

/** 'receipt rcp-01...', or a link that ends in one. */
function receiptNamed(text: string): string | undefined {
  return /^(?:(?:show|open|see)\s+)?(?:(?:the\s+)?receipt\s+)?(?:https?:\/\/\S*[/#=])?(rcp-[a-z0-9-]{3,60})[?.!]*$/i.exec(
    text,
  )?.[1];
}

/** Only where it was given, or to the one who asked. */
async function showReceipt(id: string, reply: Reply, asked: Placed, bot: Bot): Promise<void> {
  const receipt = await receiptFor({ user: asked.asker, channel: asked.channel }, id, bot);
  if (!asked.direct && receipt.channel !== asked.channel) {
    await reply.finish(plainMessage(WORDS.receiptElsewhere, ''), WORDS.receiptElsewhere);
    return;
  }
  const text = WORDS.receipt(receipt.id);
  await reply.finish({ text, blocks: receiptBlocks(receipt) }, text);
}

/** Doors through which a question comes without being seen in the thread. */
const UNSEEN: ReadonlySet<Asked['door']> = new Set(['button', 'shortcut', 'home']);

async function headingOf(asked: Asked, bot: Bot): Promise<string> {
  if (asked.released) return WORDS.heldSent((await bot.who.person(asked.released.by)).name);
  return WORDS.askedBy((await bot.who.person(asked.asker)).name, withoutAgreement(asked.text).text);
}

/** In the thread, seen by the asker alone; in the direct message when they cannot be reached in the channel. */
async function tellPrivately(mine: { answer: Answer; rule: string }, asked: Placed, bot: Bot): Promise<void> {
  const message: AnswerMessage = answerMessage(mine.answer, {
    locale: await bot.needs.locale(),
    question: asked.text,
    note: WORDS.privateIntro(mine.rule),
  });
  await bot.slack.whisper({ channel: asked.channel, thread: asked.thread }, asked.asker, message);
}

function stoppedMessage(sentence: string, question: string): SlackMessage {
  return {
    text: sentence,
    blocks: [
      headline('headline', sentence),
      ...(question ? actions('tools', [button(ACTIONS.askAgain, BUTTONS.askAgain, question)]) : []),
    ],
  };
}

const plainMessage = stoppedMessage;
