import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import type { Found } from '../../src/forgetting/forgetting.ts';
import { sumUp } from '../../src/forgetting/forgetting.ts';
import type { Subject } from '../../src/forgetting/subject.ts';
import type { ObjectInfo, ObjectStore } from '../../src/ports/object-store.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { peopleColumns } from './people-columns.ts';
import {
  asBytes,
  type BlankedColumns,
  delimiterOf,
  inBytes,
  redactDelimited,
  redactJsonText,
} from './redact-record.ts';

export type ObjectNeeds = { objects: ObjectStore; feeds: readonly FeedSet[]; buckets: readonly string[] };

/** Our own notes, in which nobody is named; and what is still on its way, which the load itself redacts. */
const NOT_LOOKED_INTO = /^(?:forgotten|journal|manifests|incoming|doctor)\//;
/** Archives and workbooks up to this size are opened to say whether the person is in them. */
const MOST_ARCHIVE_BYTES = 100 * 1024 ** 2;
const LONGEST_RECORD = 1_000_000;

/**
 * Rewrites each file of the buckets in which the person is: the names become others, and what stands beside them in a
 * file of customers becomes empty, so that a rebuild gives what the warehouse has. Memory does not grow with the file.
 */
export async function redactObjects(
  subject: Subject,
  needs: ObjectNeeds,
  carryOut: boolean,
): Promise<{ found: Found[]; byHand: string[] }> {
  const byHand: string[] = [];
  let files = 0;
  let records = 0;
  for (const bucket of needs.buckets)
    for await (const info of needs.objects.list(bucket, '')) {
      if (NOT_LOOKED_INTO.test(info.ref.key)) continue;
      const where = `${bucket}/${info.ref.key}`;
      const head = await firstBytes(info, needs.objects);
      if (head.subarray(0, 2).toString('latin1') === 'PK') {
        const why = await inArchive(info, subject, needs.objects);
        if (why) byHand.push(`${where}: ${why}`);
        continue;
      }
      const packed = head[0] === 0x1f && head[1] === 0x8b;
      const touched = await countRecords(info, packed, subject, needs);
      if (touched === 0) continue;
      files += 1;
      records += touched;
      if (carryOut) await rewrite(info, packed, subject, needs);
    }
  return {
    found: sumUp([
      { where: 'files in the buckets', count: files, what: 'written again without the person' },
      { where: 'rows of these files', count: records, what: 'another name, personal cells empty' },
    ]),
    byHand,
  };
}

async function firstBytes({ ref }: ObjectInfo, objects: ObjectStore): Promise<Buffer> {
  const { body } = await objects.get(ref);
  for await (const chunk of body) return Buffer.from(chunk as Uint8Array);
  return Buffer.alloc(0);
}

/** Most files do not hold the person, and those are read once, as bytes. */
async function countRecords(
  info: ObjectInfo,
  packed: boolean,
  subject: Subject,
  needs: ObjectNeeds,
): Promise<number> {
  if (!(await hasBytes(await open(info, packed, needs), subject))) return 0;
  let count = 0;
  for await (const { changed } of redacted(await open(info, packed, needs), subject, needs.feeds))
    if (changed) count += 1;
  return count;
}

async function rewrite(
  info: ObjectInfo,
  packed: boolean,
  subject: Subject,
  needs: ObjectNeeds,
): Promise<void> {
  const source = await open(info, packed, needs);
  const text = Readable.from(lines(redacted(source, subject, needs.feeds)));
  const { metadata } = (await needs.objects.head(info.ref)) ?? { metadata: {} };
  await needs.objects.put(info.ref, packed ? text.pipe(createGzip()) : text, { metadata });
}

async function* lines(records: AsyncIterable<{ text: string }>): AsyncIterable<Buffer> {
  for await (const { text } of records) yield Buffer.from(text, 'latin1');
}

async function open({ ref }: ObjectInfo, packed: boolean, { objects }: ObjectNeeds): Promise<Readable> {
  const { body } = await objects.get(ref);
  if (!packed) return body;
  const unpacked = body.pipe(createGunzip());
  body.once('error', (fault) => unpacked.destroy(fault));
  return unpacked.once('close', () => body.destroy());
}

async function hasBytes(body: Readable, { pseudonyms }: Subject): Promise<boolean> {
  const wanted = [...pseudonyms.keys()].flatMap((name) => [asBytes(name), name]);
  const longest = Math.max(...wanted.map((name) => name.length));
  let end = '';
  for await (const chunk of body) {
    const text = end + Buffer.from(chunk as Uint8Array).toString('latin1');
    if (wanted.some((name) => text.includes(name))) {
      body.destroy();
      return true;
    }
    end = text.slice(-longest);
  }
  return false;
}

/** Record by record, with the line's end; a line break within quotes ends no record. */
async function* redacted(
  body: Readable,
  subject: Subject,
  feeds: readonly FeedSet[],
): AsyncIterable<{ text: string; changed: boolean }> {
  const person = inBytes(subject);
  let shape: { delimiter: string; blanked: BlankedColumns } | undefined;
  for await (const record of recordsOf(body)) {
    const [, text = '', end = ''] = /^([^]*?)(\r?\n)?$/.exec(record) ?? [];
    if (!shape) {
      const header = text.replace(/^\u00ef\u00bb\u00bf/, '');
      shape = { delimiter: delimiterOf(header), blanked: peopleColumns(header, feeds) };
    }
    const other = /^\s*[{[]/.test(text)
      ? redactedJson(text, subject)
      : redactDelimited(text, shape.delimiter, person, shape.blanked);
    yield { text: (other ?? text) + end, changed: other !== undefined };
  }
}

function redactedJson(bytes: string, subject: Subject): string | undefined {
  const text = redactJsonText(Buffer.from(bytes, 'latin1').toString('utf8'), subject);
  return text === undefined ? undefined : asBytes(text);
}

async function* recordsOf(body: Readable): AsyncIterable<string> {
  let record = '';
  let rest = '';
  for await (const chunk of body) {
    const parts = (rest + Buffer.from(chunk as Uint8Array).toString('latin1')).split(/(?<=\n)/);
    rest = parts.at(-1)?.endsWith('\n') ? '' : (parts.pop() ?? '');
    for (const part of parts) {
      record += part;
      if (hasOpenQuote(record) && record.length < LONGEST_RECORD && !/^\s*[{[]/.test(record)) continue;
      yield record;
      record = '';
    }
  }
  if (record + rest !== '') yield record + rest;
}

function hasOpenQuote(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

/** A workbook or archive is not rewritten; whether the person is in it is said. */
async function inArchive(
  info: ObjectInfo,
  { pseudonyms }: Subject,
  objects: ObjectStore,
): Promise<string | undefined> {
  if (info.sizeBytes > MOST_ARCHIVE_BYTES) return 'an archive too large to look into';
  const bytes = await buffer((await objects.get(info.ref)).body);
  try {
    let size = 0;
    const members = unzipSync(bytes, {
      filter: ({ originalSize }) => (size += originalSize) < 10 * MOST_ARCHIVE_BYTES,
    });
    const isIn = Object.values(members).some((member) =>
      [...pseudonyms.keys()].some((name) => Buffer.from(member).includes(name)),
    );
    return isIn ? 'an archive or workbook in which the person may be; delete or replace it' : undefined;
  } catch {
    return 'an archive that cannot be opened';
  }
}
