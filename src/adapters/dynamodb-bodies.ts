import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { deleteAll, getAll, type Item, putAll } from './dynamodb-batches.ts';
import type { Records } from './dynamodb-records.ts';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** An item may have 400 KB; below this, a body stands in its item. */
const INLINE_BYTES = 300_000;
/** Shorter text is kept readable. */
const COMPRESS_FROM = 4_000;

/**
 * A record's JSON as attributes of its item: readable when short, compressed when long, and in pieces of the
 * `record_parts` table when even that is too large. Pieces are written before the item that names them (`owner`
 * must be new for each version), so that the item never names what is not there.
 */
export async function packBody(records: Records, owner: string, value: unknown): Promise<Item> {
  const text = JSON.stringify(value);
  if (text.length < COMPRESS_FROM) return { body: text };
  const bytes = await deflated(text);
  if (bytes.length <= INLINE_BYTES) return { body: new Uint8Array(bytes) };
  const parts: Item[] = [];
  for (let from = 0; from < bytes.length; from += INLINE_BYTES) {
    const piece = new Uint8Array(bytes.subarray(from, from + INLINE_BYTES));
    parts.push({ owner, part: partName(parts.length), body: piece });
  }
  await putAll(records, 'record_parts', parts);
  return { parts: parts.length, parts_owner: owner };
}

export async function unpackBody(records: Records, item: Item): Promise<unknown> {
  if (typeof item.body === 'string') return JSON.parse(item.body);
  const bytes = item.body instanceof Uint8Array ? item.body : await joinedParts(records, item);
  return JSON.parse((await inflated(bytes)).toString('utf8'));
}

/** Removes the pieces of a version that was replaced. */
export async function dropParts(records: Records, item: Item | undefined): Promise<void> {
  if (item?.parts_owner) await deleteAll(records, 'record_parts', partKeys(item));
}

async function joinedParts(records: Records, item: Item): Promise<Uint8Array> {
  const parts = await getAll(records, 'record_parts', partKeys(item));
  if (parts.length !== Number(item.parts))
    throw new Error(`pieces of ${String(item.parts_owner)} are missing`);
  parts.sort((a, b) => (String(a.part) < String(b.part) ? -1 : 1));
  return Buffer.concat(parts.map((part) => part.body as Uint8Array));
}

function partKeys(item: Item): Item[] {
  return Array.from({ length: Number(item.parts) }, (_, at) => ({
    owner: item.parts_owner,
    part: partName(at),
  }));
}

function partName(at: number): string {
  return String(at).padStart(5, '0');
}
