import { UNITS_PER_ONE, type Units, unitsToText } from '../feeds/units.ts';

/** Writes CSV bytes into pieces of about a megabyte. A row can be taken back until it is committed. */
export type CsvWriter = {
  /** A value that may need quotes. */
  cell(buffer: Buffer, from: number, to: number): void;
  /** A value that never needs quotes: numbers, days, timestamps. */
  plain(buffer: Buffer, from: number, to: number): void;
  text(text: string): void;
  units(units: Units): void;
  whole(value: number): void;
  comma(): void;
  /** Begins a row; whatever was not committed is forgotten. */
  begin(): void;
  commit(): void;
  flush(): void;
};

const PIECE_BYTES = 1 << 20;
const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;
const MINUS = 45;
const ZERO = 48;
const POINT = 46;

/** `put` takes over the buffer; it is not written again. `rowBytes` is more than any row needs. */
export function createCsvWriter(put: (bytes: Buffer) => void, rowBytes: number): CsvWriter {
  const size = PIECE_BYTES + rowBytes;
  let out = Buffer.allocUnsafeSlow(size);
  let at = 0;
  let committed = 0;
  const digits = new Uint8Array(20);

  function room(bytes: number): void {
    if (at + bytes <= out.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, at + bytes));
    out.copy(larger, 0, 0, at);
    out = larger;
  }

  function whole(value: number): void {
    let rest = value;
    let count = 0;
    do {
      const next = Math.floor(rest / 10);
      digits[count++] = rest - next * 10;
      rest = next;
    } while (rest > 0);
    while (count > 0) out[at++] = ZERO + (digits[--count] as number);
  }

  const writer: CsvWriter = {
    cell(buffer, from, to) {
      room(2 * (to - from) + 2);
      const begin = at;
      for (let i = from; i < to; i += 1) {
        const byte = buffer[i] as number;
        if (byte === COMMA || byte === QUOTE || byte === LF || byte === CR) {
          at = begin;
          quoted(buffer, from, to);
          return;
        }
        out[at++] = byte;
      }
    },
    plain(buffer, from, to) {
      room(to - from);
      for (let i = from; i < to; i += 1) out[at++] = buffer[i] as number;
    },
    text(text) {
      room(3 * text.length + 2);
      if (/[",\r\n]/.test(text)) {
        room(6 * text.length + 2);
        at += out.write(`"${text.replaceAll('"', '""')}"`, at, 'utf8');
      } else at += out.write(text, at, 'utf8');
    },
    units(units) {
      room(32);
      if (typeof units !== 'number') {
        at += out.write(unitsToText(units), at, 'latin1');
        return;
      }
      let value = units;
      if (value < 0) {
        out[at++] = MINUS;
        value = -value;
      }
      let rest = value % UNITS_PER_ONE;
      whole((value - rest) / UNITS_PER_ONE);
      if (rest === 0) return;
      out[at++] = POINT;
      for (let power = 1000; rest > 0; power /= 10) {
        const digit = Math.floor(rest / power);
        out[at++] = ZERO + digit;
        rest -= digit * power;
      }
    },
    whole(value) {
      room(20);
      whole(value);
    },
    comma() {
      room(1);
      out[at++] = COMMA;
    },
    begin() {
      at = committed;
    },
    commit() {
      room(1);
      out[at++] = LF;
      committed = at;
      if (at >= PIECE_BYTES) writer.flush();
    },
    flush() {
      if (committed === 0) return;
      put(out.subarray(0, committed));
      out = Buffer.allocUnsafeSlow(size);
      at = 0;
      committed = 0;
    },
  };
  return writer;

  function quoted(buffer: Buffer, from: number, to: number): void {
    out[at++] = QUOTE;
    for (let i = from; i < to; i += 1) {
      const byte = buffer[i] as number;
      if (byte === QUOTE) out[at++] = QUOTE;
      out[at++] = byte;
    }
    out[at++] = QUOTE;
  }
}
