import { Readable } from 'node:stream';
import { AppError } from '../../src/domain/app-error.ts';
import type { LandedRecord, LandingRecords } from '../../src/ports/landing-records.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { Feed } from '../feeds/feed.ts';
import { findDelimiter } from './read-header.ts';
import { createJsonRowReader, looksLikeJson } from './read-json-rows.ts';
import { createRowReader, type RawRow, type RowReader } from './read-rows.ts';
import { createTextReader } from './read-text.ts';
import type { ValidateInput } from './validate-file.ts';
import { unpacked } from './validate-unit.ts';

type Needs = { objects: ObjectStore; landingRecords: LandingRecords };
type Row = { line: number; raw: string };

const ROWS_AT_ONCE = 500;
/** An item may have 400 KB. */
const MOST_BYTES = 350_000;

/**
 * Puts every record of a unit's files into the landing table as it came, before it is judged. Done again it writes the
 * same items; a file whose records are all there, or that was made of them, is passed over. Errors: file.line-too-long, file.not-text,
 * file.unreadable, records.unavailable, records.throttled.
 */
export async function landRecords(unit: ValidateInput, feed: Feed, day: string, needs: Needs): Promise<void> {
  for (const file of unit.files) {
    if (file.recordsOf || (await needs.landingRecords.find(feed.name, file.sha256))) continue;
    const about = { sha256: file.sha256, feed: feed.name, name: file.name, uploadedOn: day, run: unit.run };
    let records = 0;
    let lastLine = 0;
    const { body } = await needs.objects.get(file.object);
    for await (const rows of rowsOf(body, feed, file.name)) {
      await needs.landingRecords.put(about, rows);
      records += rows.length;
      lastLine = rows.at(-1)?.line ?? lastLine;
    }
    await needs.landingRecords.complete({ ...about, records }, lastLine);
  }
}

/** The file again from its records, each on its own line. */
export function fileOfRecords(records: AsyncIterable<LandedRecord>): Readable {
  return Readable.from(textOf(records));
}

async function* textOf(records: AsyncIterable<LandedRecord>): AsyncGenerator<string> {
  let line = 1;
  // The mark says UTF-8, whatever encoding the feed's files have.
  yield '\uFEFF';
  for await (const record of records) {
    if (record.line > line) yield '\n'.repeat(record.line - line);
    yield `${record.raw}\n`;
    line = record.line + record.raw.split(/\r\n|\n|\r/).length;
  }
}

async function* rowsOf(body: AsyncIterable<Uint8Array>, feed: Feed, name: string): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  const onRow = (row: RawRow): void => {
    if (row.rowEnd - row.rowStart > MOST_BYTES)
      throw new AppError('file.line-too-long', {
        detail: `${name}: line ${row.line} is longer than ${MOST_BYTES} bytes, which a record in landing may have.`,
      });
    rows.push({ line: row.line, raw: row.buffer.toString('utf8', row.rowStart, row.rowEnd) });
  };
  const text = createTextReader(feed.format.encoding);
  let reader: RowReader | undefined;
  const take = (bytes: Buffer): void => {
    reader ??= bytes.length > 0 ? readerFor(feed, bytes, onRow) : undefined;
    reader?.push(bytes);
  };
  for await (const chunk of unpacked(body)) {
    take(text.push(chunk));
    while (rows.length >= ROWS_AT_ONCE) {
      yield rows.slice(0, ROWS_AT_ONCE);
      rows = rows.slice(ROWS_AT_ONCE);
    }
  }
  take(text.end());
  reader?.end();
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

/** Only where rows begin and end matters here; a cell may hold line breaks. */
function readerFor(feed: Feed, head: Buffer, onRow: (row: RawRow) => void): RowReader {
  const { type, delimiter, quote, maxLineBytes, skipLines } = feed.format;
  const lines = head.toString('utf8', 0, 65_536).split(/\r\n|\n|\r/);
  const header = lines.slice(skipLines).find((line) => line.trim() !== '') ?? '';
  if (type === 'json-lines' || (type === 'auto' && looksLikeJson(header)))
    return createJsonRowReader([], { maxLineBytes }, onRow);
  const known = feed.columns.flatMap((column) => [column.header, ...column.synonyms]);
  const mark = quote === 'none' ? null : quote;
  return createRowReader(
    {
      delimiter: delimiter === 'auto' ? findDelimiter(header, known, mark ?? '') : delimiter,
      quote: mark,
      maxLineBytes,
    },
    onRow,
  );
}
