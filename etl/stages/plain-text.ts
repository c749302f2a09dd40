import { unpacked } from './validate-unit.ts';

/** What a whole text says about itself, without looking at any cell. */
export type PlainText = {
  /** The first line, without its end. */
  header: string;
  lines: number;
  bytes: number;
  gzip: boolean;
  quotes: boolean;
  outerSpaces: boolean;
};

const LF = 10;
const SPACE = 32;
const DELETE = 127;
const MOST_HEADER_BYTES = 64 * 1024;

/**
 * Reads a file once for what makes lines rows: no control characters but LF, no byte-order mark. Null when it is not of
 * that kind, or longer than `mostBytes`. Whether the bytes are UTF-8 is for the reader of the cells to say.
 */
export async function scanPlainText(
  chunks: AsyncIterable<Uint8Array>,
  options: { quote: string | null; delimiters: readonly string[]; mostBytes: number },
): Promise<PlainText | null> {
  const quote = options.quote === null ? -1 : options.quote.charCodeAt(0);
  /** Bytes beside which a space is at a cell's end. */
  const edges = new Uint8Array(256);
  for (const mark of [...options.delimiters, '\n']) edges[mark.charCodeAt(0)] = 1;
  const head: Buffer[] = [];
  let headBytes = 0;
  let bytes = 0;
  let lines = 0;
  let quotes = false;
  let outerSpaces = false;
  let before = LF;
  const file = noticedGzip(chunks);
  for await (const chunk of unpacked(file.chunks)) {
    if (bytes === 0 && chunk[0] === 0xef && chunk[1] === 0xbb) return null;
    bytes += chunk.length;
    if (bytes > options.mostBytes) return null;
    if (lines === 0 && headBytes < MOST_HEADER_BYTES) {
      head.push(chunk);
      headBytes += chunk.length;
    }
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i] as number;
      if (byte <= SPACE) {
        if (byte === LF) {
          lines += 1;
          if (before === SPACE) outerSpaces = true;
        } else if (byte !== SPACE) return null;
        else if (edges[before] === 1) outerSpaces = true;
      } else if (byte === quote) quotes = true;
      else if (byte === DELETE) return null;
      else if (before === SPACE && edges[byte] === 1) outerSpaces = true;
      before = byte;
    }
  }
  if (before === SPACE) outerSpaces = true;
  const text = Buffer.concat(head);
  const end = text.indexOf(LF);
  if (end <= 0 || text.indexOf(0xff) >= 0) return null;
  return {
    header: text.toString('utf8', 0, end),
    lines: lines + (before === LF ? 0 : 1),
    bytes,
    gzip: file.gzip(),
    quotes,
    outerSpaces,
  };
}

/** The same bytes, of which one knows afterwards whether they began as gzip does. */
export function noticedGzip(chunks: AsyncIterable<Uint8Array>): {
  chunks: AsyncIterable<Uint8Array>;
  gzip: () => boolean;
} {
  let first: Uint8Array | undefined;
  const noticing = async function* () {
    for await (const chunk of chunks) {
      first ??= chunk;
      yield chunk;
    }
  };
  return { chunks: noticing(), gzip: () => first?.[0] === 0x1f && first[1] === 0x8b };
}

/** The lines with these numbers, counted from 1 and in rising order; null when they are more than `mostBytes`. */
export async function linesAt(
  chunks: AsyncIterable<Uint8Array>,
  numbers: readonly number[],
  mostBytes: number,
): Promise<Buffer[] | null> {
  const found: Buffer[] = [];
  if (numbers.length === 0) return found;
  let parts: Buffer[] = [];
  let line = 1;
  let at = 0;
  let kept = 0;
  for await (const chunk of unpacked(chunks)) {
    for (let from = 0; from < chunk.length && at < numbers.length; ) {
      const end = chunk.indexOf(LF, from);
      const to = end < 0 ? chunk.length : end;
      if (line === numbers[at]) {
        kept += to - from;
        if (kept > mostBytes) return null;
        parts.push(Buffer.from(chunk.subarray(from, to)));
        if (end >= 0) {
          found.push(Buffer.concat(parts));
          parts = [];
          at += 1;
        }
      }
      if (end >= 0) line += 1;
      from = to + 1;
    }
    if (at === numbers.length) break;
  }
  if (parts.length > 0) found.push(Buffer.concat(parts));
  return found;
}

/** A text with these lines at their places and nothing on all others, so that rows keep their numbers. */
export function* onlyLines(
  header: string,
  numbers: readonly number[],
  lines: readonly Buffer[],
): Generator<Buffer> {
  yield Buffer.from(`${header}\n`);
  let line = 2;
  for (const [i, number] of numbers.entries()) {
    yield* blankLines(number - line);
    yield Buffer.concat([lines[i] as Buffer, Buffer.from('\n')]);
    line = number + 1;
  }
}

const BLANK = Buffer.alloc(64 * 1024, '\n');

function* blankLines(count: number): Generator<Buffer> {
  for (let left = count; left > 0; left -= BLANK.length)
    yield BLANK.subarray(0, Math.min(left, BLANK.length));
}
