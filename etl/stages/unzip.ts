import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { AppError } from '../../src/domain/app-error.ts';

export type Unzipped = (
  | { files: AsyncIterable<{ name: string; body: Readable }>; workbook: null }
  /** Where it lies on this machine; what a workbook is made of are no files of ours. */
  | { files: null; workbook: string }
) & { close(): Promise<void> };

const ZIP = 0x504b0304;
const OLD_OFFICE = 0xd0cf11e0;

const MOST_MEMBERS = 1_000;
const MOST_BYTES = 64 * 1024 ** 3;
/** Members that belong to how an archive was made, not to what is in it. */
const NOT_DATA = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)/;

/**
 * The members of a zip archive, or where a workbook lies; undefined for any other file (then nothing of `body` is kept).
 * Errors: file.unreadable for damaged or locked archives, file.too-large.
 */
export async function unzipped(name: string, body: Readable): Promise<Unzipped | undefined> {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const isOld = head.length >= 4 && head.readUInt32BE(0) === OLD_OFFICE;
  if (!isOld && (head.length < 4 || head.readUInt32BE(0) !== ZIP)) {
    body.destroy();
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-zip-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'archive.zip');
    await pipeline(Readable.from(all(head, iterator)), createWriteStream(path));
    if (isOld || (await isWorkbook(path, name))) return { files: null, workbook: path, close };
    const zip = await openZip(path, name);
    return { files: members(zip, name), workbook: null, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function* all(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function openZip(path: string, name: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, validateEntrySizes: true, autoClose: true }, (error, zip) => {
      if (error || !zip)
        reject(new AppError('file.unreadable', { detail: `${name} is a damaged archive.`, cause: error }));
      else resolve(zip);
    });
  });
}

async function* members(zip: yauzl.ZipFile, name: string): AsyncGenerator<{ name: string; body: Readable }> {
  if (zip.entryCount > MOST_MEMBERS)
    throw new AppError('file.too-large', { detail: `${name} has more than ${MOST_MEMBERS} members.` });
  let bytes = 0;
  try {
    for (let entry = await nextEntry(zip, name); entry; entry = await nextEntry(zip, name)) {
      const member = entry.fileName;
      if (member.endsWith('/') || NOT_DATA.test(member)) continue;
      if (entry.isEncrypted())
        throw new AppError('file.unreadable', { detail: `${name} is locked with a password.` });
      bytes += entry.uncompressedSize;
      if (bytes > MOST_BYTES)
        throw new AppError('file.too-large', { detail: `${name} unpacks to more than 64 GiB.` });
      yield { name: basename(member), body: await openMember(zip, entry, name) };
    }
  } finally {
    zip.close();
  }
}

/** By what its directory names, wherever it stands there. */
async function isWorkbook(path: string, name: string): Promise<boolean> {
  const zip = await openZip(path, name);
  try {
    if (zip.entryCount > MOST_MEMBERS) return false;
    for (let entry = await nextEntry(zip, name); entry; entry = await nextEntry(zip, name))
      if (/^(\[Content_Types\]\.xml|mimetype|xl\/workbook\.(xml|bin))$/i.test(entry.fileName)) return true;
    return false;
  } finally {
    zip.close();
  }
}

function nextEntry(zip: yauzl.ZipFile, name: string): Promise<yauzl.Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = () => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
    };
    const onEntry = (entry: yauzl.Entry) => {
      done();
      resolve(entry);
    };
    const onEnd = () => {
      done();
      resolve(undefined);
    };
    const onError = (cause: Error) => {
      done();
      reject(new AppError('file.unreadable', { detail: `${name} is a damaged archive.`, cause }));
    };
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });
}

function openMember(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      if (cause || !stream)
        reject(
          new AppError('file.unreadable', {
            detail: `${name}: ${basename(entry.fileName)} is damaged.`,
            cause,
          }),
        );
      else resolve(stream);
    });
  });
}
