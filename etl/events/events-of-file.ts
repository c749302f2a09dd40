import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../src/domain/app-error.ts';
import type { Feed, FeedSet } from '../feeds/feed.ts';
import { findDelimiter, placeColumns } from '../stages/read-header.ts';
import { createJsonRowReader, looksLikeJson } from '../stages/read-json-rows.ts';
import { CELL, createRowReader, type RawRow, type RowReader } from '../stages/read-rows.ts';
import { createTextReader } from '../stages/read-text.ts';
import { unpacked } from '../stages/validate-unit.ts';
import { eventFeed } from './event-feed.ts';
import type { SalesEvent } from './sales-event.ts';

/**
 * The rows of a CSV file, or of one of JSON lines (plain or gzip), as events. An event's id is made from the file's content and the line, so
 * that the same row of the same file is the same event, whenever it is sent and whatever the file is called.
 * Errors: file.vanished, file.unreadable, file.missing-column, file.line-too-long, feed.unknown.
 */
export async function* eventsOfFile(
  path: string,
  feedName: string,
  sets: readonly FeedSet[],
): AsyncGenerator<SalesEvent> {
  const { name, set } = eventFeed(feedName, sets);
  const feed = set.feeds.find((one) => one.name === name) as Feed;
  const file = (await hashOf(path)).slice(0, 16);
  let events: SalesEvent[] = [];
  let places: number[] | undefined = feed.format.header
    ? placeColumns(feed, feed.format.header, basename(path), 1).places
    : undefined;
  const onRow = (row: RawRow): void => {
    if (row.fault !== undefined)
      throw new AppError('file.unreadable', { detail: `${basename(path)}, line ${row.line}: ${row.fault}` });
    const cells = cellsOf(row);
    if (!places) {
      places = placeColumns(feed, cells, basename(path), row.line).places;
      return;
    }
    const data: SalesEvent['data'] = {};
    feed.columns.forEach((column, at) => {
      const value = cells[places?.[at] ?? -1];
      if (value !== undefined) data[column.header] = value;
    });
    events.push({ id: `${file}-${row.line}`, feed: feed.name, type: 'invoice-line', data });
  };
  const text = createTextReader(feed.format.encoding);
  let reader: RowReader | undefined;
  let head: Buffer = Buffer.alloc(0);
  const push = (bytes: Buffer, last: boolean): void => {
    if (!reader) {
      head = Buffer.concat([head, bytes]);
      const [line, rest] = head.toString('utf8').split(/[\r\n]/, 2);
      if (rest === undefined && !last) return;
      if (isJson(feed, line ?? '')) {
        places = feed.columns.map((_, at) => at);
        reader = createJsonRowReader(feed.columns, feed.format, onRow);
      } else reader = createRowReader(rowFormat(feed, line ?? ''), onRow);
      reader.push(head);
    } else reader.push(bytes);
    if (last) reader.end();
  };
  for await (const chunk of unpacked(createReadStream(path))) {
    push(text.push(chunk), false);
    yield* events;
    events = [];
  }
  push(text.end(), true);
  yield* events;
}

function isJson({ format }: Feed, firstLine: string): boolean {
  return format.type === 'json-lines' || (format.type === 'auto' && looksLikeJson(firstLine));
}

function rowFormat(feed: Feed, headerLine: string): Parameters<typeof createRowReader>[0] {
  const { delimiter, quote, maxLineBytes } = feed.format;
  const known = feed.columns.flatMap((column) => [column.header, ...column.synonyms]);
  return {
    delimiter: delimiter === 'auto' ? findDelimiter(headerLine, known, '"') : delimiter,
    quote: quote === 'none' ? null : quote,
    maxLineBytes,
  };
}

function cellsOf(row: RawRow): string[] {
  const cells: string[] = [];
  for (let at = 0; at < row.cells; at += 1) {
    const text = row.buffer.toString('utf8', row.start[at], row.end[at]);
    cells.push(row.written[at] === CELL.quotedWithDoubles ? text.replaceAll('""', '"') : text);
  }
  return cells;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (cause) {
    const gone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(gone ? 'file.vanished' : 'file.unreadable', { cause, detail: `It was ${path}.` });
  }
  return hash.digest('hex');
}
