import type { PlainScan } from './plain-scan.ts';
import { noticedGzip, type PlainText } from './plain-text.ts';
import { unpacked } from './validate-unit.ts';

const LF = 10;
const SPACE = 32;
const DELETE = 127;
const MOST_HEADER_BYTES = 64 * 1024;

/**
 * Reads a file once and says of it what scanPlainText would, when each line has just the header's cells and each cell is of its
 * column's kind; null as soon as anything is otherwise. `scanFor` makes the automaton that the header asks for.
 */
export async function scanTypedText(
  chunks: AsyncIterable<Uint8Array>,
  options: { scanFor: (header: string) => PlainScan | null; mostBytes: number },
): Promise<PlainText | null> {
  const file = noticedGzip(chunks);
  let head: Buffer = Buffer.alloc(0);
  let scanning: { header: string; scan: Scanning } | undefined;
  let bytes = 0;
  for await (const chunk of unpacked(file.chunks)) {
    bytes += chunk.length;
    if (bytes > options.mostBytes) return null;
    let part = chunk;
    if (!scanning) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf(LF);
      if (end < 0 && head.length < MOST_HEADER_BYTES) continue;
      const header = plainHeader(head, end);
      const scan = header === null ? null : options.scanFor(header);
      if (header === null || !scan) return null;
      scanning = { header, scan: { ...scan, state: scan.first, lines: 1 } };
      part = head.subarray(end + 1);
    }
    if (!goOn(scanning.scan, part)) return null;
  }
  if (!scanning) return null;
  const { header, scan } = scanning;
  if (!scan.ends.has(scan.state)) return null;
  const lines = scan.lines + (scan.state === scan.first ? 0 : 1);
  return { header, lines, bytes, gzip: file.gzip(), quotes: false, outerSpaces: false };
}

type Scanning = PlainScan & { state: number; lines: number };

function goOn(scanning: Scanning, chunk: Uint8Array): boolean {
  const { next, first } = scanning;
  let { state, lines } = scanning;
  for (let i = 0; i < chunk.length; i += 1) {
    state = next[(state << 8) | (chunk[i] as number)] as number;
    // Only the end of a line leads there.
    if (state === first) lines += 1;
  }
  scanning.state = state;
  scanning.lines = lines;
  return state !== 0;
}

/** As its text; null when there is more in it than text, or nothing. */
function plainHeader(head: Buffer, end: number): string | null {
  if (end <= 0 || end > MOST_HEADER_BYTES || (head[0] === 0xef && head[1] === 0xbb)) return null;
  const bytes = head.subarray(0, end);
  const isOdd = bytes.some((byte) => byte < SPACE || byte === DELETE || byte === 0xff);
  return isOdd ? null : bytes.toString('utf8');
}
