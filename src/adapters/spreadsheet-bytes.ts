import { gunzipSync } from 'node:zlib';
import type { SpreadsheetFile } from '../uploads/needs.ts';
import type { Workbook } from '../uploads/workbook.ts';
import { readLegacy } from './spreadsheet-legacy.ts';
import { SPREADSHEET_LIMITS as LIMITS, tooLarge, unreadable } from './spreadsheet-limits.ts';
import { readText } from './spreadsheet-text.ts';
import { readXlsx } from './spreadsheet-xlsx.ts';
import { openZip, refuseBomb, type ZipParts } from './spreadsheet-zip.ts';

/** A workbook from the bytes of a file, by what they are and not by the file's name. */
export async function readWorkbook(file: SpreadsheetFile, depth = 0): Promise<Workbook> {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  if (bytes.length === 0) throw unreadable('The file is empty.');
  if (bytes.length > LIMITS.fileBytes)
    throw tooLarge(`It is larger than ${LIMITS.fileBytes / 2 ** 20} MB. Send it in parts.`);
  if (depth > LIMITS.nesting) throw tooLarge('It is an archive within archives, too deep to open.');
  const start = bytes.toString('latin1', 0, 512);
  if (start.startsWith('PK')) return readArchive(bytes, file.name, depth);
  if (start.startsWith('\x1f\x8b'))
    return readWorkbook({ name: withoutGz(file.name), bytes: gunzip(bytes) }, depth + 1);
  if (start.startsWith('\xd0\xcf\x11\xe0')) return readCompound(bytes);
  refuseOthers(start);
  if (bytes[0] === 9 && [0, 2, 4, 8].includes(bytes[1] ?? -1)) return readLegacy(bytes, 'xls');
  return readMarkupOrText(bytes, file.name, start);
}

async function readArchive(bytes: Buffer, name: string, depth: number): Promise<Workbook> {
  const zip = openZip(bytes);
  const has = (pattern: RegExp) => zip.names.some((part) => pattern.test(part));
  if (has(/^xl\/workbook\.bin$/i)) return readWholeArchive(zip, bytes, 'xlsb');
  if (has(/(^|\/)workbook\.xml$/i) || has(/^\[Content_Types\]\.xml$/i)) {
    if (has(/^word\//)) throw unreadable('It is a Word document. Send the table as xlsx or csv.');
    if (has(/^ppt\//)) throw unreadable('It is a presentation. Send the table as xlsx or csv.');
    return readXlsx(zip);
  }
  if (has(/^content\.xml$/i)) return readOds(zip, bytes);
  if (has(/^Index\/|\.iwa$/i)) throw unreadable('It is a Numbers document. Export it as xlsx or csv.');
  return readPacked(zip, name, depth);
}

async function readOds(zip: ZipParts, bytes: Buffer): Promise<Workbook> {
  if (/encryption-data/.test(zip.read('META-INF/manifest.xml')?.toString('utf8') ?? ''))
    throw unreadable('It is protected by a password. Send it without one.');
  const workbook = await readWholeArchive(zip, bytes, 'ods');
  if (zip.names.some((part) => /^(Basic|Scripts)\//.test(part)))
    workbook.warnings.push('The workbook holds macros. They were not run.');
  return workbook;
}

/** Every part is unpacked here once, counted, before a reader that does not count is let at it. */
async function readWholeArchive(zip: ZipParts, bytes: Buffer, kind: 'xlsb' | 'ods'): Promise<Workbook> {
  for (const part of zip.names) zip.read(part);
  return readLegacy(bytes, kind);
}

/** A zip of spreadsheets: the sheets of all of them, one after the other. */
async function readPacked(zip: ZipParts, name: string, depth: number): Promise<Workbook> {
  const parts = zip.names.filter((part) => !/\/$|(^|\/)(\.|__MACOSX)/.test(part)).slice(0, LIMITS.sheets);
  const [first] = parts;
  if (first === undefined) throw unreadable('The archive is empty.');
  const books: Workbook[] = [];
  for (const part of parts) {
    const bytes = zip.read(part);
    if (bytes) books.push(await readWorkbook({ name: part, bytes }, depth + 1));
  }
  const [only] = books;
  if (!only) throw unreadable('The archive is empty.');
  if (books.length === 1)
    return { ...only, warnings: [...only.warnings, `'${name}' was unpacked: '${first}'.`] };
  return {
    kind: only.kind,
    sheets: books.flatMap((book, at) =>
      book.sheets.map((sheet) => ({
        ...sheet,
        name: book.kind === 'text' ? sheet.name : `${parts[at]} / ${sheet.name}`,
      })),
    ),
    warnings: [`'${name}' holds ${books.length} files.`, ...new Set(books.flatMap((book) => book.warnings))],
  };
}

function gunzip(bytes: Buffer): Buffer {
  refuseBomb(bytes.readUInt32LE(Math.max(0, bytes.length - 4)), bytes.length);
  try {
    const maxOutputLength = Math.min(
      LIMITS.inflatedBytes,
      Math.max(LIMITS.ratioFreeBytes, bytes.length * LIMITS.inflateRatio),
    );
    return gunzipSync(bytes, { maxOutputLength });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge('It unpacks to more than any honest file of its size. It was not opened.');
    throw unreadable('The gzip is damaged or cut off.', cause);
  }
}

/** The container of xls, and of every encrypted workbook. */
async function readCompound(bytes: Buffer): Promise<Workbook> {
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) throw unreadable('It is protected by a password. Send it without one.');
  if (!holds('Workbook') && !holds('Book')) throw unreadable('It is an old Office file, but not a workbook.');
  const workbook = await readLegacy(bytes, 'xls');
  if (holds('_VBA_PROJECT') && workbook.warnings.length === 0)
    workbook.warnings.push('The workbook holds macros. They were not run.');
  return workbook;
}

function refuseOthers(start: string): void {
  const kinds: [RegExp, string][] = [
    [/^%PDF/, 'a PDF'],
    [/^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0\0\0\0|^RIFF|^II\*\0|^MM\0\*/s, 'a picture'],
    [/^\{\\rtf/, 'a text document (RTF)'],
    [/^7z\xbc\xaf|^Rar!|^\xfd7zXZ|^BZh/s, 'an archive of a kind that is not opened here'],
    [/^MZ|^\x7fELF/, 'a program'],
    [/^SQLite format 3/, 'a database'],
    [/^PAR1/, 'a Parquet file'],
  ];
  const found = kinds.find(([pattern]) => pattern.test(start));
  if (found) throw unreadable(`It is ${found[1]}, not a spreadsheet. Send it as xlsx or csv.`);
}

async function readMarkupOrText(bytes: Buffer, name: string, start: string): Promise<Workbook> {
  const plain = start
    .replaceAll('\0', '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  if (
    /^<\?xml/i.test(plain) &&
    /schemas-microsoft-com:office:spreadsheet|<(\w+:)?Workbook/i.test(bytes.toString('latin1', 0, 4_000))
  )
    return readLegacy(bytes, 'xml');
  if (/^<\?xml/i.test(plain) && /<office:document\b/.test(bytes.toString('latin1', 0, 4_000)))
    return readLegacy(bytes, 'ods');
  if (
    /^(<!doctype html|<html|<table|<meta|<head|<body|<style|<!--)/i.test(plain) ||
    (/^</.test(plain) && /<table/i.test(bytes.toString('latin1', 0, 20_000)))
  ) {
    const { decodeText } = await import('./spreadsheet-decode.ts');
    return readHtml(decodeText(bytes).text);
  }
  return readText(bytes, name);
}

async function readHtml(text: string): Promise<Workbook> {
  if (!/<t[dr]\b/i.test(text))
    throw unreadable('It is a web page without a table, perhaps a page asking to log in.');
  const workbook = await readLegacy(Buffer.alloc(0), 'html', text);
  workbook.warnings.push('The file is a web page, not a workbook. Its tables were read.');
  return workbook;
}

function withoutGz(name: string): string {
  return name.replace(/\.gz$/i, '');
}
