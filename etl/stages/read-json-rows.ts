import { AppError } from '../../src/domain/app-error.ts';
import { type FeedColumn, plainName } from '../feeds/feed.ts';
import { CELL, type RawRow, type RowReader } from './read-rows.ts';

type JsonColumn = Pick<FeedColumn, 'header' | 'synonyms' | 'decimalComma'>;

export type JsonRowReader<C extends JsonColumn = FeedColumn> = RowReader & {
  /** Columns that no line has named so far. */
  unseen(): C[];
  /** Names in the lines that no column takes. */
  ignored(): string[];
};

const LF = 10;
const CR = 13;
const MOST_DEPTH = 8;
const MOST_IGNORED = 200;
/** A text in JSON, or a number outside of one. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g;
/** Stands before a number, which is read as text so that it stays as it is written, to the last digit. */
const NUMBER = '\u0001';

/** Whether a text begins as JSON lines do. */
export function looksLikeJson(head: string): boolean {
  return /^\s*\{/.test(head);
}

/**
 * Reads one JSON object a line, as rows whose cells are the feed's columns in order. A value inside an object is named
 * `outer.inner`; a list is its JSON. Names are compared as headers are. A line that is no object is a row with a fault.
 * Errors: file.line-too-long.
 */
export function createJsonRowReader<C extends JsonColumn>(
  columns: readonly C[],
  { maxLineBytes }: { maxLineBytes: number },
  onRow: (row: RawRow) => void,
): JsonRowReader<C> {
  const places = placesOf(columns);
  const known = new Map<string, number>();
  const seen = new Uint8Array(columns.length);
  const ignored = new Set<string>();
  const values: string[] = [];
  const row: RawRow = {
    buffer: Buffer.alloc(0),
    cells: columns.length,
    start: new Int32Array(columns.length),
    end: new Int32Array(columns.length),
    written: new Uint8Array(columns.length).fill(CELL.plain),
    line: 0,
    rowStart: 0,
    rowEnd: 0,
  };
  let carry: Buffer[] = [];
  let carryBytes = 0;

  return {
    push(chunk) {
      let from = 0;
      for (let to = chunk.indexOf(LF); to >= 0; to = chunk.indexOf(LF, from)) {
        takeLine(chunk.subarray(from, to));
        from = to + 1;
      }
      if (from === chunk.length) return;
      carry.push(Buffer.from(chunk.subarray(from)));
      carryBytes += chunk.length - from;
      if (carryBytes > maxLineBytes) tooLong();
    },
    end() {
      if (carryBytes > 0) takeLine(Buffer.alloc(0));
    },
    unseen: () => columns.filter((_, i) => seen[i] === 0),
    ignored: () => [...ignored],
  };

  function takeLine(rest: Buffer): void {
    row.line += 1;
    let line = carryBytes > 0 ? Buffer.concat([...carry, rest]) : rest;
    carry = [];
    carryBytes = 0;
    if (line.length > maxLineBytes) tooLong();
    if (line[line.length - 1] === CR) line = line.subarray(0, -1);
    const text = line.toString('utf8');
    if (text.trim() === '') return;
    const fault = readLine(text);
    if (fault === undefined) delete row.fault;
    else row.fault = fault;
    place(line, fault === undefined ? values : values.fill(''));
    onRow(row);
  }

  function tooLong(): never {
    throw new AppError('file.line-too-long', {
      detail: `Line ${row.line + 1} is longer than ${maxLineBytes} bytes.`,
    });
  }

  /** Fills `values`; gives what is wrong with the line. */
  function readLine(text: string): string | undefined {
    values.length = columns.length;
    values.fill('');
    let found: unknown;
    try {
      found = JSON.parse(
        text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"\\u0001${token}"`)),
      );
    } catch {
      return 'The line is not JSON.';
    }
    if (typeof found !== 'object' || found === null || Array.isArray(found))
      return 'The line is not a JSON object.';
    const filled = new Set<number>();
    return takeObject(found, '', filled, 0);
  }

  function takeObject(object: object, path: string, filled: Set<number>, depth: number): string | undefined {
    for (const [key, value] of Object.entries(object)) {
      const name = path === '' ? key : `${path}.${key}`;
      const at = placeOf(name);
      if (
        at < 0 &&
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        depth < MOST_DEPTH
      ) {
        const fault = takeObject(value, name, filled, depth + 1);
        if (fault !== undefined) return fault;
        continue;
      }
      if (at < 0) {
        if (ignored.size < MOST_IGNORED) ignored.add(name);
        continue;
      }
      if (filled.has(at)) return `The line names '${columns[at]?.header ?? name}' twice.`;
      filled.add(at);
      seen[at] = 1;
      const said = textOf(value, columns[at]?.decimalComma ?? false);
      if (said.includes('\u0000')) return `'${name}' holds a NUL character, as no text does.`;
      values[at] = said;
    }
    return undefined;
  }

  function placeOf(name: string): number {
    let at = known.get(name);
    if (at === undefined) {
      at = places.get(plainName(name)) ?? -1;
      if (known.size < 10_000) known.set(name, at);
    }
    return at;
  }

  /** The line itself comes first in the buffer, so that a refused row shows what came. */
  function place(line: Buffer, cells: readonly string[]): void {
    const written = Buffer.from(cells.join(''), 'utf8');
    row.buffer = Buffer.concat([line, written]);
    row.rowStart = 0;
    row.rowEnd = line.length;
    let at = line.length;
    cells.forEach((cell, i) => {
      row.start[i] = at;
      at += Buffer.byteLength(cell, 'utf8');
      row.end[i] = at;
    });
  }
}

function placesOf(columns: readonly JsonColumn[]): Map<string, number> {
  const places = new Map<string, number>();
  columns.forEach((column, i) => {
    for (const name of [column.header, ...column.synonyms]) places.set(plainName(name), i);
  });
  return places;
}

function textOf(value: unknown, decimalComma: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value).replace(/"\\u0001([^"]*)"/g, '$1');
  if (!value.startsWith(NUMBER)) return value;
  return decimalComma ? value.slice(1).replace('.', ',') : value.slice(1);
}

/** The names in the first lines of a text, as a header would list them; none when it is not of this kind. */
export function jsonHeaders(head: string): string[] {
  if (!looksLikeJson(head)) return [];
  const names = new Set<string>();
  const add = (object: object, path: string, depth: number): void => {
    for (const [key, value] of Object.entries(object)) {
      const name = path === '' ? key : `${path}.${key}`;
      names.add(name);
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MOST_DEPTH)
        add(value as object, name, depth + 1);
    }
  };
  for (const line of head.split('\n').slice(0, 1_000)) {
    try {
      const found: unknown = JSON.parse(line);
      if (typeof found === 'object' && found !== null && !Array.isArray(found)) add(found, '', 0);
    } catch {
      // The last line of a beginning is cut off; others are told of when the rows are judged.
    }
  }
  return [...names];
}
