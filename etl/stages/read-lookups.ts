import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { type LookupDeclaration, plainName } from '../feeds/feed.ts';
import { findDelimiter, shown } from './read-header.ts';
import { createJsonRowReader, looksLikeJson } from './read-json-rows.ts';
import { cellText, createRowReader, type RawRow } from './read-rows.ts';
import { createTextReader } from './read-text.ts';
import { unpacked } from './validate-unit.ts';

const MOST_PAIRS = 1_000_000;
const MOST_BYTES = 256 * 1024 ** 2;

/** The pairs of one look-up file. Errors: file.missing-column, file.too-large, file.not-text, file.empty. */
export async function readLookup(
  declaration: LookupDeclaration,
  file: { name: string; object: ObjectRef },
  objects: ObjectStore,
): Promise<Record<string, string>> {
  const { key = '', value = '', format } = declaration;
  const { body } = await objects.get(file.object);
  const reader = createTextReader(format.encoding);
  const texts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(body)) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      throw new AppError('file.too-large', { detail: `${file.name} is too large for a look-up.` });
    texts.push(reader.push(chunk));
  }
  texts.push(reader.end());
  const text = Buffer.concat(texts);
  if (text.length === 0) throw new AppError('file.empty', { detail: `${file.name} has no content.` });
  const quote = format.quote === 'none' ? null : format.quote;
  const line = text.toString('utf8', 0, 65_536).split(/\r\n|\n|\r/)[format.skipLines] ?? '';
  const delimiter =
    format.delimiter === 'auto' ? findDelimiter(line, [key, value], quote ?? '') : format.delimiter;
  const pairs = new Map<string, string>();
  const isJson = format.type === 'json-lines' || (format.type === 'auto' && looksLikeJson(line));
  let places: { key: number; value: number } | undefined = isJson ? { key: 0, value: 1 } : undefined;
  const onRow = (row: RawRow): void => {
    if (row.line <= format.skipLines || row.fault !== undefined) return;
    if (!places) {
      const headers = Array.from({ length: row.cells }, (_, i) => cellText(row, i));
      const find = (name: string) => headers.findIndex((header) => plainName(header) === plainName(name));
      places = { key: find(key), value: find(value) };
      const lacking = places.key < 0 ? key : places.value < 0 ? value : undefined;
      if (lacking !== undefined)
        throw new AppError('file.missing-column', {
          detail: `${file.name} lacks '${lacking}'. It has: ${headers.map((header) => shown(header)).join(', ')}.`,
        });
      return;
    }
    if (row.cells <= Math.max(places.key, places.value)) return;
    const from = cellText(row, places.key);
    const to = cellText(row, places.value);
    if (from !== '' && to !== '') pairs.set(from, to);
    if (pairs.size > MOST_PAIRS)
      throw new AppError('file.too-large', { detail: `${file.name} has more than a million pairs.` });
  };
  if (isJson) readJson([key, value], text, file.name, format, onRow);
  else {
    const rows = createRowReader({ delimiter, quote, maxLineBytes: format.maxLineBytes }, onRow);
    rows.push(text);
    rows.end();
  }
  return Object.fromEntries(pairs);
}

/** A name that no line has is a column that lacks. */
function readJson(
  names: string[],
  text: Buffer,
  file: string,
  format: { maxLineBytes: number },
  onRow: (row: RawRow) => void,
): void {
  const columns = names.map((header) => ({ header, synonyms: [], decimalComma: false }));
  const rows = createJsonRowReader(columns, format, onRow);
  rows.push(text);
  rows.end();
  const [lacking] = rows.unseen();
  if (lacking)
    throw new AppError('file.missing-column', {
      detail: `${file} lacks '${lacking.header}'. It has: ${rows.ignored().slice(0, 20).join(', ')}.`,
    });
}
