import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import type { ObjectInfo } from '../../src/ports/object-store.ts';
import type { EventNeeds } from './event-needs.ts';

type Store = Pick<EventNeeds, 'objects' | 'bucket'>;

const RAW = 'raw/events/';
const QUARANTINE = 'quarantine/events/';
const PENDING = 'events/pending/';

export type Poison = { reason: string; record: StreamRecord };

const QuarantinedLine = z.object({ reason: z.string(), sequence: z.string(), data: z.string() });
type QuarantinedLine = z.infer<typeof QuarantinedLine>;

/** An object of events as they came: its day, and how many there are. */
export const RawObject = z.object({ key: z.string(), day: z.string(), lines: z.number().int() });
export type RawObject = z.infer<typeof RawObject>;

/** Names of invoices that changed, until the warehouse has them, and where their events lie raw. */
export const PendingNote = z.object({
  feed: z.string(),
  events: z.number(),
  invoices: z.array(z.string()),
  raw: RawObject.nullable().default(null),
});
export type PendingNote = z.infer<typeof PendingNote>;

/** The accepted events as they came, one JSON object a line. */
export async function putRaw(
  records: readonly StreamRecord[],
  day: string,
  store: Store,
): Promise<RawObject | null> {
  if (records.length === 0) return null;
  const lines = records.map(({ sequence, data }) => `{"sequence":"${sequence}","event":${data}}\n`);
  const key = await putOnce(`${RAW}${day}/`, records, 'jsonl', lines.join(''), store);
  return { key, day, lines: records.length };
}

export async function putQuarantine(poison: readonly Poison[], day: string, store: Store): Promise<void> {
  if (poison.length === 0) return;
  const lines = poison.map(({ reason, record }) =>
    JSON.stringify({ reason, sequence: record.sequence, data: record.data } satisfies QuarantinedLine),
  );
  const records = poison.map(({ record }) => record);
  await putOnce(`${QUARANTINE}${day}/`, records, 'jsonl', `${lines.join('\n')}\n`, store);
}

export async function putPending(
  note: PendingNote,
  records: readonly StreamRecord[],
  store: Store,
): Promise<void> {
  await putOnce(`${PENDING}${note.feed}/`, records, 'json', JSON.stringify(note), store);
}

export async function* pendingNotes(store: Store): AsyncIterable<{ key: string; note: PendingNote }> {
  for await (const info of store.objects.list(store.bucket, PENDING)) {
    const { body } = await store.objects.get(info.ref);
    yield { key: info.ref.key, note: PendingNote.parse(JSON.parse(await text(body))) };
  }
}

export async function* quarantined(store: Store): AsyncIterable<{ key: string; lines: QuarantinedLine[] }> {
  for await (const info of store.objects.list(store.bucket, QUARANTINE)) {
    const { body } = await store.objects.get(info.ref);
    const lines = (await text(body)).split('\n').filter((line) => line.trim() !== '');
    yield { key: info.ref.key, lines: lines.map((line) => QuarantinedLine.parse(JSON.parse(line))) };
  }
}

/** Ids of the events that are put aside: they were accepted, and are counted when they are put right. */
export async function quarantinedIds(store: Store): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { lines } of quarantined(store))
    for (const { data } of lines) {
      const id = /"id"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(data)?.[1];
      if (id) ids.add(JSON.parse(id) as string);
    }
  return ids;
}

/** Where the raw objects of a day lie; of all days when none is named. */
export async function* rawObjects(day: string | null, { objects, bucket }: Store): AsyncIterable<ObjectInfo> {
  yield* objects.list(bucket, day === null ? RAW : `${RAW}${day}/`);
}

/** The lines that are still wrong, in a new object; the old one goes. */
export async function replaceQuarantined(
  key: string,
  left: readonly QuarantinedLine[],
  store: Store,
): Promise<void> {
  const { objects, bucket } = store;
  if (left.length > 0) {
    const body = `${left.map((line) => JSON.stringify(line)).join('\n')}\n`;
    const next = key.replace(/[0-9a-f]{12}\.jsonl$/, `${hashOf(body)}.jsonl`);
    if (next === key) return;
    await objects.put({ bucket, key: next }, body, { contentType: 'application/x-ndjson' });
  }
  await objects.delete({ bucket, key });
}

/**
 * The name says shard, first and last place and what is inside: no two objects can meet, and the same records
 * written again after a crash are the same object.
 */
async function putOnce(
  prefix: string,
  records: readonly StreamRecord[],
  ending: 'json' | 'jsonl',
  body: string,
  { objects, bucket }: Store,
): Promise<string> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new AppError('internal', { detail: 'An object of no records.' });
  const shard = first.shard.replace(/[^A-Za-z0-9]+/g, '_');
  const key = `${prefix}${shard}-${first.sequence}-${last.sequence}-${hashOf(body)}.${ending}`;
  await objects.put({ bucket, key }, body, {
    contentType: ending === 'json' ? 'application/json' : 'application/x-ndjson',
  });
  return key;
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 12);
}
