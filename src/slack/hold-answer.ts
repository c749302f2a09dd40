import type { Told } from './answer-in-place.ts';
import type { Asked } from './asked.ts';
import type { Bot } from './bot.ts';
import { sendToQueue } from './feedback.ts';
import { WORDS } from './words.ts';

/**
 * Where so set, an answer of which the planner was not sure waits for a data owner. True when it does; false when it
 * was sure enough, nobody has set this, the asker is a data owner, or there is no channel to wait in.
 */
export async function holdIfUnsure(
  told: Extract<Told, { kind: 'answer' }>,
  asked: Asked & { thread: string },
  holdBelow: number,
  bot: Bot,
): Promise<boolean> {
  const held = [told.answer, told.private?.answer].find((answer) => answer?.kind === 'answered');
  const { confidence } = told;
  if (asked.released || held?.kind !== 'answered' || confidence === null || confidence >= holdBelow)
    return false;
  if ((await bot.who.rightsOf(asked.asker)).roles.includes('data-owner')) return false;
  const sent = await sendToQueue(
    {
      kind: 'held',
      question: asked.text,
      receiptId: held.receiptId,
      comment: null,
      thread: asked.thread,
      confidence,
    },
    asked.asker,
    asked.channel,
    bot,
  );
  if (sent === WORDS.noQueue)
    bot.needs.log.warn({ holdBelow }, 'an answer could not be held: no queue channel');
  return sent !== WORDS.noQueue;
}
