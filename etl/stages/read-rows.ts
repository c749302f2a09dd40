import { AppError } from '../../src/domain/app-error.ts';

/** How a cell was written. */
export const CELL = { plain: 0, quoted: 1, quotedWithDoubles: 2, broken: 3 } as const;

/**
 * One row as places in a buffer. The same object is used for every row: read it before the next one comes.
 * Quotes around a cell are outside its places; doubled quotes inside are still doubled.
 */
export type RawRow = {
  buffer: Buffer;
  cells: number;
  start: Int32Array;
  end: Int32Array;
  written: Uint8Array;
  /** Counted from 1; where the row begins, also when a cell holds line breaks. */
  line: number;
  rowStart: number;
  rowEnd: number;
  /** Why the row cannot be read at all. */
  fault?: string;
};

export type RowFormat = { delimiter: string; quote: string | null; maxLineBytes: number };

export type RowReader = {
  /** Takes UTF-8 bytes; rows that end in them are given to `onRow`. */
  push(chunk: Buffer): void;
  end(): void;
};

const LF = 10;
const CR = 13;
const MOST_CELLS = 4096;

/**
 * Splits separated values into rows without making a text of any cell. Rows end with LF, CRLF or CR;
 * empty lines are passed over but counted. Memory is one chunk and one row.
 * Errors: file.line-too-long.
 */
export function createRowReader(format: RowFormat, onRow: (row: RawRow) => void): RowReader {
  const delimiter = format.delimiter.charCodeAt(0);
  const quote = format.quote === null ? -1 : format.quote.charCodeAt(0);
  const row: RawRow = {
    buffer: Buffer.alloc(0),
    cells: 0,
    start: new Int32Array(MOST_CELLS),
    end: new Int32Array(MOST_CELLS),
    written: new Uint8Array(MOST_CELLS),
    line: 1,
    rowStart: 0,
    rowEnd: 0,
  };
  let carry: Buffer[] = [];
  let carryBytes = 0;
  /** The carried row cannot end before a line break (or a quote, when inside one) comes. */
  let line = 1;
  let insideQuote = false;

  return {
    push(chunk) {
      if (carryBytes > 0 && !insideQuote && chunk.indexOf(LF) < 0 && chunk.indexOf(CR) < 0) {
        keep(chunk);
        return;
      }
      const bytes = carryBytes > 0 ? Buffer.concat([...carry, chunk], carryBytes + chunk.length) : chunk;
      const done = scan(bytes, false);
      carry = [];
      carryBytes = 0;
      if (done < bytes.length) keep(Buffer.from(bytes.subarray(done)));
    },
    end() {
      const bytes = carry.length === 1 ? (carry[0] as Buffer) : Buffer.concat(carry, carryBytes);
      carry = [];
      carryBytes = 0;
      if (bytes.length > 0) scan(bytes, true);
    },
  };

  function keep(bytes: Buffer): void {
    carry.push(bytes);
    carryBytes += bytes.length;
    if (carryBytes > format.maxLineBytes) tooLong();
  }

  function tooLong(): never {
    throw new AppError('file.line-too-long', {
      detail: insideQuote
        ? `A quotation mark opened in the row at line ${line} is not closed within ${format.maxLineBytes} bytes.`
        : `Line ${line} is longer than ${format.maxLineBytes} bytes.`,
    });
  }

  /** Gives all whole rows, and returns where the first unfinished one begins. */
  function scan(buffer: Buffer, final: boolean): number {
    const { start, end, written } = row;
    const length = buffer.length;
    row.buffer = buffer;
    let at = 0;
    insideQuote = false;
    while (at < length) {
      const rowStart = at;
      let linesInside = 0;
      let cells = 0;
      let ended = false;
      while (!ended) {
        if (cells >= MOST_CELLS) cells = MOST_CELLS - 1;
        if (at < length && buffer[at] === quote) {
          // A quoted cell: up to a quote that is not doubled.
          let how: number = CELL.quoted;
          let i = at + 1;
          let closed = false;
          while (i < length) {
            const byte = buffer[i];
            if (byte === quote) {
              if (i + 1 < length && buffer[i + 1] === quote) {
                how = CELL.quotedWithDoubles;
                i += 2;
                continue;
              }
              closed = i + 1 < length || final;
              break;
            }
            if (byte === LF || (byte === CR && i + 1 < length && buffer[i + 1] !== LF)) linesInside += 1;
            i += 1;
          }
          if (!closed) {
            if (!final) {
              insideQuote = i >= length || buffer[i] !== quote;
              return rowStart;
            }
            how = CELL.broken;
          }
          start[cells] = at + 1;
          end[cells] = i;
          at = Math.min(i + 1, length);
          const after = at < length ? buffer[at] : LF;
          if (after !== delimiter && after !== LF && after !== CR) {
            // Text after the closing quote: the cell is taken whole, and refused.
            how = CELL.broken;
            while (at < length && buffer[at] !== delimiter && buffer[at] !== LF && buffer[at] !== CR) at += 1;
            start[cells] = (start[cells] as number) - 1;
            end[cells] = at;
          }
          written[cells] = how;
        } else {
          const from = at;
          let byte = -1;
          while (at < length) {
            byte = buffer[at] as number;
            if (byte === delimiter || byte === LF || byte === CR) break;
            at += 1;
          }
          start[cells] = from;
          end[cells] = at;
          written[cells] = CELL.plain;
        }
        cells += 1;
        if (at >= length) {
          if (!final) return rowStart;
          ended = true;
          row.rowEnd = length;
        } else if (buffer[at] === delimiter) {
          at += 1;
          if (at >= length && final) {
            start[cells] = at;
            end[cells] = at;
            written[cells] = CELL.plain;
            cells += 1;
            ended = true;
            row.rowEnd = length;
          }
        } else {
          row.rowEnd = at;
          if (buffer[at] === CR) {
            if (at + 1 >= length && !final) return rowStart;
            at += at + 1 < length && buffer[at + 1] === LF ? 2 : 1;
          } else at += 1;
          ended = true;
        }
      }
      if (row.rowEnd - rowStart > format.maxLineBytes) tooLong();
      row.cells = cells;
      row.line = line;
      row.rowStart = rowStart;
      line += linesInside + 1;
      const empty = cells === 1 && row.rowEnd === rowStart;
      if (!empty) onRow(row);
    }
    return length;
  }
}

/** The cell's text, quotes undone, spaces at both ends gone. */
export function cellText(row: RawRow, cell: number): string {
  const text = row.buffer.toString('utf8', row.start[cell], row.end[cell]);
  return (row.written[cell] === CELL.quotedWithDoubles ? text.replaceAll('""', '"') : text).trim();
}
