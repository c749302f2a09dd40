import { z } from 'zod';
import { hasCode } from '../domain/app-error.ts';
import type { SlackNeeds } from './needs.ts';

/** A question that waits for a data owner. */
export const QueueItem = z.object({
  id: z.string(),
  kind: z.enum(['wrong', 'unanswered', 'drafted', 'held']),
  question: z.string(),
  asker: z.string(),
  channel: z.string().nullable(),
  /** Where the answer goes, for one that is held; its place is not in every item that was kept. */
  thread: z.string().nullable().default(null),
  /** 0 to 1, for one that is held. */
  confidence: z.number().nullable().default(null),
  receiptId: z.string().nullable(),
  comment: z.string().nullable(),
  at: z.string(),
});
export type QueueItem = z.infer<typeof QueueItem>;

/** What is known of an item before it is queued. */
export type NewItem = Pick<QueueItem, 'kind' | 'question' | 'receiptId' | 'comment'> &
  Partial<Pick<QueueItem, 'thread' | 'confidence'>>;

type Store = Pick<SlackNeeds, 'smallRecords'>;

/** Open items are few and listed; closed ones are kept apart, so that the list stays short for ever. */
const [OPEN, CLOSED] = ['queue', 'queue-closed'];

export async function keepItem(item: QueueItem, { smallRecords }: Store): Promise<void> {
  await smallRecords.save(OPEN, { id: item.id, version: 0, value: item });
}

export async function findItem(id: string, { smallRecords }: Store): Promise<QueueItem | undefined> {
  const found = (await smallRecords.find(OPEN, id)) ?? (await smallRecords.find(CLOSED, id));
  return read(found?.value);
}

/** True for the one who closes it; false when it was closed before. */
export async function closeItem(id: string, { smallRecords }: Store): Promise<boolean> {
  const open = await smallRecords.find(OPEN, id);
  if (!open) return false;
  try {
    await smallRecords.save(CLOSED, { id, version: 0, value: open.value });
  } catch (thrown) {
    if (!hasCode(thrown, 'records.conflict')) throw thrown;
    await smallRecords.remove(OPEN, id);
    return false;
  }
  await smallRecords.remove(OPEN, id);
  return true;
}

/** Newest first. */
export async function openItems({ smallRecords }: Store): Promise<QueueItem[]> {
  const items = (await smallRecords.list(OPEN)).flatMap(({ value }) => read(value) ?? []);
  return items.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function read(value: unknown): QueueItem | undefined {
  return QueueItem.safeParse(value).data;
}
