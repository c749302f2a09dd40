import { cellText, createRowReader } from '../stages/read-rows.ts';

export type Sample = {
  delimiter: string;
  /** Lines before the header. */
  skipLines: number;
  /** Null: the first line is a row like the others. */
  header: string[] | null;
  rows: string[][];
};

const DELIMITERS = [',', ';', '\t', '|'];
const MOST_ROWS = 60_000;

/** The table in the beginning of a text: its delimiter is the one by which most lines have equally many cells. */
export function readSample(text: string): Sample {
  const candidates = DELIMITERS.map((delimiter) => {
    const lines = split(text, delimiter, 300);
    const widths = new Map<number, number>();
    for (const { cells } of lines) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    const [width, count] = [...widths]
      .filter(([cells]) => cells > 1)
      .sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    return { delimiter, width, share: count / Math.max(1, lines.length) };
  });
  const best = candidates.sort((a, b) => b.share - a.share || b.width - a.width)[0];
  const delimiter = best && best.share > 0.5 ? best.delimiter : ',';
  const width = best && best.share > 0.5 ? best.width : 1;
  const lines = split(text, delimiter, MOST_ROWS);
  // A title has one filled cell, whatever the number of its delimiters.
  const isFull = (cells: string[]) =>
    cells.length === width && cells.filter((cell) => cell !== '').length >= 0.6 * width;
  const at = Math.max(
    0,
    lines.findIndex(({ cells }) => isFull(cells)),
  );
  const first = lines[at]?.cells ?? [];
  const isHeader =
    first.every((cell) => cell === '' || !/^[-+]?[\d.,/:\s-]+$/.test(cell)) &&
    new Set(first.filter((cell) => cell !== '')).size === first.filter((cell) => cell !== '').length;
  const rows = lines
    .slice(at + (isHeader ? 1 : 0))
    .map(({ cells }) => cells)
    .filter((cells) => cells.length === width);
  return {
    delimiter,
    skipLines: Math.max(0, (lines[at]?.line ?? 1) - 1),
    header: isHeader ? first : null,
    rows,
  };
}

function split(text: string, delimiter: string, most: number): { cells: string[]; line: number }[] {
  const found: { cells: string[]; line: number }[] = [];
  const reader = createRowReader({ delimiter, quote: '"', maxLineBytes: 1_000_000 }, (raw) => {
    if (found.length >= most) return;
    const cells: string[] = [];
    for (let i = 0; i < raw.cells; i += 1) cells.push(cellText(raw, i));
    if (cells.some((cell) => cell !== '')) found.push({ cells, line: raw.line });
  });
  reader.push(Buffer.from(text));
  reader.end();
  return found;
}
