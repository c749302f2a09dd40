import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { EventNeeds } from './event-needs.ts';
import { RawObject } from './event-objects.ts';
import { SaidSums } from './line-sums.ts';

type Store = Pick<EventNeeds, 'objects' | 'bucket'>;

const OPEN = 'events/windows/';
const TOLD = 'events/told/';

/** What one file of events for the warehouse holds; kept from before its load until the load is reconciled. */
export const EventWindow = z.object({
  feed: z.string(),
  file: z.string(),
  madeAt: z.string(),
  /** Of each micro-batch: the raw object that its events lie in, and those of its invoices that it changed. */
  batches: z.array(z.object({ raw: RawObject.nullable(), invoices: z.array(z.string()) })),
  /** In the order of the file: where each begins, and what its lines come to. */
  invoices: z.array(SaidSums.extend({ invoice: z.string(), firstLine: z.number().int() })),
  /** How many lines of an invoice the feed's rules refused, known once the file is loaded. */
  refused: z.record(z.string(), z.number()).default({}),
});
export type EventWindow = z.infer<typeof EventWindow>;

/** The raw objects of a day that a window stood for, and what was refused of its invoices. */
const ToldOfDay = z.object({ raw: z.array(RawObject), refused: z.record(z.string(), z.number()) });
export type ToldOfDay = z.infer<typeof ToldOfDay>;

function windowRef(file: string, { bucket }: Pick<Store, 'bucket'>): ObjectRef {
  return { bucket, key: `${OPEN}${file}.json` };
}

/** Written before the load and, when more is known of it, again. */
export async function keepWindow(window: EventWindow, store: Store): Promise<void> {
  await store.objects.put(windowRef(window.file, store), JSON.stringify(window), {
    contentType: 'application/json',
  });
}

export async function findWindow(file: string, store: Store): Promise<EventWindow | null> {
  const ref = windowRef(file, store);
  if (!(await store.objects.head(ref))) return null;
  return EventWindow.parse(await readJson(ref, store));
}

/** Files that are on their way to the warehouse, or whose run failed. */
export async function* openWindows(store: Store): AsyncIterable<EventWindow> {
  for await (const { ref } of store.objects.list(store.bucket, OPEN))
    yield EventWindow.parse(await readJson(ref, store));
}

/** The window is in the warehouse: what it stood for is kept by day, so that a raw object that is lost later is missed. */
export async function closeWindow(file: string, store: Store): Promise<void> {
  const window = await findWindow(file, store);
  if (!window) return;
  const byDay = new Map<string, Map<string, RawObject>>();
  for (const { raw } of window.batches) {
    if (!raw) continue;
    const ofDay = byDay.get(raw.day) ?? new Map<string, RawObject>();
    byDay.set(raw.day, ofDay.set(raw.key, raw));
  }
  for (const [day, raw] of byDay) {
    const told: ToldOfDay = { raw: [...raw.values()], refused: window.refused };
    await store.objects.put(
      { bucket: store.bucket, key: `${TOLD}${day}/${file}.json` },
      JSON.stringify(told),
      {
        contentType: 'application/json',
      },
    );
  }
  await dropWindow(file, store);
}

/** Of a file that was not loaded and will be made anew. */
export async function dropWindow(file: string, store: Store): Promise<void> {
  await store.objects.delete(windowRef(file, store));
}

/** What windows stood for, of one day or, when none is named, of all; of one file after the other, oldest first. */
export async function* toldOf(day: string | null, store: Store): AsyncIterable<ToldOfDay> {
  for await (const { ref } of store.objects.list(store.bucket, day === null ? TOLD : `${TOLD}${day}/`))
    yield ToldOfDay.parse(await readJson(ref, store));
}

async function readJson(ref: ObjectRef, { objects }: Store): Promise<unknown> {
  return JSON.parse(await text((await objects.get(ref)).body)) as unknown;
}
