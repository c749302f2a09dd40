import type { Units } from '../feeds/units.ts';
import type { RawRow } from './read-rows.ts';

/** The judged cells of one row, reused for every row: each value is a place in a buffer, numbers also as Units. */
export type JudgedRow = {
  raw: RawRow;
  buffers: Buffer[];
  start: Int32Array;
  end: Int32Array;
  /** 1 where the cell says nothing. */
  empty: Uint8Array;
  units: Units[];
  scratch: Buffer;
  scratchAt: number;
};

/** Judges one cell and leaves its value in the row; gives the reason when it is refused. */
export type CellJudge = (row: JudgedRow) => string | null;

export function createJudgedRow(columns: number, maxLineBytes: number): JudgedRow {
  return {
    raw: undefined as unknown as RawRow,
    buffers: Array.from({ length: columns }, () => Buffer.alloc(0)),
    start: new Int32Array(columns),
    end: new Int32Array(columns),
    empty: new Uint8Array(columns),
    units: Array.from<Units>({ length: columns }).fill(0),
    // Every cell can be rewritten once, and times and numbers grow by a few bytes.
    scratch: Buffer.allocUnsafe(2 * maxLineBytes + columns * 64),
    scratchAt: 0,
  };
}

export function judgedText(row: JudgedRow, column: number): string | null {
  if (row.empty[column] === 1) return null;
  return (row.buffers[column] as Buffer).utf8Slice(row.start[column] as number, row.end[column] as number);
}

declare global {
  interface Buffer {
    /** Node's own fast paths of toString(encoding, start, end); present in every release. */
    utf8Slice(start: number, end: number): string;
    latin1Slice(start: number, end: number): string;
  }
}

/** Puts a rewritten value in place of the cell's bytes. */
export function setText(row: JudgedRow, index: number, text: string): void {
  const at = row.scratchAt;
  const written = row.scratch.write(text, at, 'utf8');
  place(row, index, row.scratch, at, at + written);
  row.scratchAt = at + written;
}

export function place(row: JudgedRow, index: number, buffer: Buffer, from: number, to: number): void {
  row.buffers[index] = buffer;
  row.start[index] = from;
  row.end[index] = to;
}
