import { inflateRawSync } from 'node:zlib';
import { SPREADSHEET_LIMITS as LIMITS, tooLarge, unreadable } from './spreadsheet-limits.ts';

type Entry = { name: string; method: number; packed: number; size: number; offset: number; locked: boolean };

export type ZipParts = { names: string[]; read(name: string): Buffer | undefined };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * The parts of a zip. Sizes are checked twice: what the directory at its end declares, before anything is unpacked, and what
 * really comes out, which may be neither more than declared nor, all parts together, more than the limit.
 */
export function openZip(bytes: Buffer): ZipParts {
  const entries = readDirectory(bytes);
  const declared = entries.reduce((total, entry) => total + entry.size, 0);
  refuseBomb(declared, bytes.length);
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  let inflated = 0;
  return {
    names: entries.map((entry) => entry.name),
    read(name) {
      const entry = byName.get(name.replace(/^\//, '').toLowerCase());
      if (!entry) return undefined;
      const part = inflate(bytes, entry, LIMITS.inflatedBytes - inflated);
      inflated += part.length;
      return part;
    },
  };
}

export function refuseBomb(inflatedBytes: number, packedBytes: number): void {
  const isBomb =
    inflatedBytes > LIMITS.ratioFreeBytes && inflatedBytes > Math.max(packedBytes, 1) * LIMITS.inflateRatio;
  if (inflatedBytes <= LIMITS.inflatedBytes && !isBomb) return;
  const size = `${Math.round(inflatedBytes / 2 ** 20).toLocaleString('en')} MB`;
  throw tooLarge(`It unpacks to ${size}, which no honest spreadsheet of its size does. It was not opened.`);
}

function readDirectory(bytes: Buffer): Entry[] {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === 0xffffffff) at = zip64Directory(bytes, end);
  const entries: Entry[] = [];
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL) {
    if (entries.length >= LIMITS.zipEntries) throw tooLarge('It is an archive of too many parts.');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const entry: Entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
      locked: (bytes.readUInt16LE(at + 8) & 1) === 1,
    };
    const extraAt = at + 46 + nameLength;
    widen(entry, bytes.subarray(extraAt, extraAt + extraLength));
    entries.push(entry);
    at = extraAt + extraLength + bytes.readUInt16LE(at + 32);
  }
  if (entries.length === 0 || (count !== 0xffff && entries.length < count))
    throw unreadable(
      'The archive is damaged: its directory is not whole. Save the file again and resend it.',
    );
  return entries;
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--)
    if (bytes.readUInt32LE(at) === END) return at;
  throw unreadable('The file is cut off: the end of its archive is missing. Save it again and resend it.');
}

function zip64Directory(bytes: Buffer, end: number): number {
  const locator = end - 20;
  if (locator < 0 || bytes.readUInt32LE(locator) !== 0x07064b50) throw unreadable('The archive is damaged.');
  const record = Number(bytes.readBigUInt64LE(locator + 8));
  if (record + 56 > bytes.length) throw unreadable('The archive is damaged.');
  return Number(bytes.readBigUInt64LE(record + 48));
}

/** Sizes that do not fit in 32 bits stand in an extra field. */
function widen(entry: Entry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (entry[key] !== 0xffffffff || field + 8 > extra.length) continue;
      entry[key] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
}

function inflate(bytes: Buffer, entry: Entry, budget: number): Buffer {
  if (entry.locked) throw unreadable('It is protected by a password. Send it without one.');
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== LOCAL)
    throw unreadable(`The archive is damaged at '${shown(entry.name)}'.`);
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length < entry.packed) throw unreadable('The file is cut off. Save it again and resend it.');
  const limit = Math.min(entry.size, budget);
  if (entry.method === 0 && packed.length <= limit) return packed;
  if (entry.method !== 8 && entry.method !== 0)
    throw unreadable(`'${shown(entry.name)}' is packed in a way that is not read here.`);
  if (entry.method === 0 || limit <= 0) {
    if (entry.size === 0 && entry.method === 8) return Buffer.alloc(0);
    throw tooLarge('It unpacks to more than it declares. It was not opened.');
  }
  try {
    // In one piece, since the size is known: pieces would be copied together.
    return inflateRawSync(packed, { maxOutputLength: limit, chunkSize: Math.max(64, limit + 1) });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(`'${shown(entry.name)}' unpacks to more than it declares. It was not opened.`);
    throw unreadable(`The archive is damaged at '${shown(entry.name)}'. Save the file again.`, cause);
  }
}

function shown(name: string): string {
  return name.slice(0, 80);
}
