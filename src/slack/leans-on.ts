import type { Receipt } from '../domain/receipt.ts';
import type { Conversation } from '../ports/conversations.ts';
import { type Asked, type Leaning, messageKey, threadId } from './asked.ts';
import type { SlackNeeds } from './needs.ts';

/** A button's value: the question, and which answer it leans on. */
export function leaningValue(way: Leaning['way'], receiptId: string | null, question: string): string {
  return receiptId ? `${way} ${receiptId} ${question}` : question;
}

export function readLeaningValue(value: string): { text: string; leans?: Leaning } {
  const [, way, receiptId, text] = /^(on|before) (rcp-[a-z0-9-]+) (.+)$/s.exec(value) ?? [];
  if (!receiptId || !text) return { text: value };
  return { text, leans: { way: way === 'on' ? 'on' : 'before', receiptId } };
}

/**
 * What 'and by country?' is about: the answer that its button stands under, else what the thread was last about. It is
 * read once, before any reading of the question: the first of two readings would be what the second leans on.
 */
export async function leansOn(
  asked: Asked & { thread: string },
  { conversations, receipts }: Pick<SlackNeeds, 'conversations' | 'receipts'>,
): Promise<Conversation | null> {
  const here = threadId(asked.channel, asked.thread);
  const receipt = asked.leans && (await receipts.find(asked.leans.receiptId));
  if (!asked.leans && startsThread(asked)) return null;
  if (!asked.leans || !receipt) return (await conversations.find(here)) ?? null;
  if (asked.leans.way === 'on') return { thread: here, channel: asked.channel, turns: [turnOf(receipt)] };
  const earlier = await conversations.find(receipt.thread ?? here);
  const at = earlier?.turns.findIndex((turn) => turn.receiptId === receipt.id) ?? -1;
  return earlier && at >= 0 ? { ...earlier, turns: earlier.turns.slice(0, at) } : null;
}

/** A thread that begins with this very question was about nothing before. */
function startsThread({ key, channel, thread }: Asked): boolean {
  return key === messageKey(channel, thread ?? '');
}

function turnOf(receipt: Receipt): Conversation['turns'][number] {
  return {
    question: receipt.question,
    plan: receipt.plan,
    answerKind: 'answered',
    receiptId: receipt.id,
    askedAt: receipt.askedAt,
    asker: receipt.asker,
  };
}
