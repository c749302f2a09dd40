import { z } from 'zod';
import type { SlackNeeds } from './needs.ts';

/** A question that waits for a data owner. */
export const QueueItem = z.object({
  id: z.string(),
  kind: z.enum(['wrong', 'unanswered', 'drafted']),
  question: z.string(),
  asker: z.string(),
  channel: z.string().nullable(),
  receiptId: z.string().nullable(),
  comment: z.string().nullable(),
  at: z.string(),
});
export type QueueItem = z.infer<typeof QueueItem>;

type Store = Pick<SlackNeeds, 'conversations'>;

const ALL = 'slack/queue';

/** Kept with the conversations: one record an item, and the latest twenty in a list. */
export async function keepItem(item: QueueItem, { conversations }: Store): Promise<void> {
  const turn = {
    question: JSON.stringify(item),
    plan: null,
    answerKind: 'needs-detail' as const,
    receiptId: item.receiptId,
    askedAt: item.at,
    asker: item.asker,
  };
  await conversations.addTurn(`${ALL}/${item.id}`, item.channel ?? '', turn);
  await conversations.addTurn(ALL, item.channel ?? '', turn);
}

export async function findItem(id: string, { conversations }: Store): Promise<QueueItem | undefined> {
  const kept = await conversations.find(`${ALL}/${id}`);
  return read(kept?.turns.at(-1)?.question);
}

/** True for the one who closes it; false when it was closed before. */
export async function closeItem(id: string, { conversations }: Store): Promise<boolean> {
  const claim = await conversations.claim(`${ALL}/${id}`, 0);
  if (claim.state === 'done') return false;
  await conversations.finish(`${ALL}/${id}`);
  return true;
}

export async function openItems({ conversations }: Store): Promise<QueueItem[]> {
  const all = await conversations.find(ALL);
  const items = (all?.turns ?? []).flatMap((turn) => read(turn.question) ?? []).reverse();
  const claims = await Promise.all(items.map((item) => conversations.claim(`${ALL}/${item.id}`, 0)));
  return items.filter((_, index) => claims[index]?.state !== 'done');
}

function read(json: string | undefined): QueueItem | undefined {
  return json === undefined ? undefined : QueueItem.safeParse(JSON.parse(json)).data;
}
