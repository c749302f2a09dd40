import { distance } from 'fastest-levenshtein';
import { AppError } from '../../src/domain/app-error.ts';
import { type Feed, type FeedColumn, plainName } from '../feeds/feed.ts';

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter that a header line is most likely written with: the one that yields most known columns. */
export function findDelimiter(headerLine: string, known: readonly string[], quote: string): string {
  const names = new Set(known.map(plainName));
  let best = ',';
  let bestScore = -1;
  for (const delimiter of DELIMITERS) {
    const cells = splitHeader(headerLine, delimiter, quote);
    const score =
      cells.filter((cell) => names.has(plainName(cell))).length * 1000 + Math.min(cells.length, 999);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Enough for a header line; rows are read by read-rows. */
export function splitHeader(line: string, delimiter: string, quote = '"'): string[] {
  const cells: string[] = [];
  let cell = '';
  let inside = false;
  for (const letter of line) {
    if (letter === quote) inside = !inside;
    else if (letter === delimiter && !inside) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  cells.push(cell.trim());
  return cells;
}

export type HeaderPlaces = {
  /** For each of the feed's columns its place in the file, or -1. */
  places: number[];
  /** Headers that no column of the feed takes. */
  ignored: string[];
};

/** Errors: file.missing-column, naming what is missing, what was found and what is near; file.unreadable for a header given twice. */
export function placeColumns(
  feed: Feed,
  headers: readonly string[],
  file: string,
  line: number,
): HeaderPlaces {
  const found = new Map<string, number>();
  const twice = new Set<string>();
  headers.forEach((header, i) => {
    const name = plainName(header);
    if (name === '') return;
    if (found.has(name)) twice.add(name);
    else found.set(name, i);
  });
  const taken = new Set<number>();
  const missing: FeedColumn[] = [];
  const places = feed.columns.map((column) => {
    for (const name of [column.header, ...column.synonyms]) {
      const plain = plainName(name);
      const place = found.get(plain);
      if (place === undefined) continue;
      if (twice.has(plain))
        throw new AppError('file.unreadable', {
          detail: `The header of ${file} (line ${line}) names the column '${headers[place]}' twice, so it is not clear which one is meant.`,
        });
      taken.add(place);
      return place;
    }
    if (!column.optional) missing.push(column);
    return -1;
  });
  if (missing.length > 0) throw missingColumns(missing, headers, taken, file, line);
  return { places, ignored: headers.filter((header, i) => header !== '' && !taken.has(i)) };
}

/** Without a line, the names are of a file that has no header line of its own. */
export function missingColumns(
  missing: readonly FeedColumn[],
  headers: readonly string[],
  taken: ReadonlySet<number>,
  file: string,
  line?: number,
): AppError {
  const free = headers.filter((header, i) => header !== '' && !taken.has(i));
  const names = missing.map((column) => {
    const near = free
      .map((header) => ({ header, away: distance(plainName(header), plainName(column.header)) }))
      .sort((a, b) => a.away - b.away)[0];
    const hint =
      near && near.away <= Math.max(2, column.header.length * 0.4) ? ` (is it '${shown(near.header)}'?)` : '';
    return `'${column.header}'${hint}`;
  });
  const list = headers
    .filter((header) => header !== '')
    .slice(0, 40)
    .map((header) => shown(header));
  return new AppError('file.missing-column', {
    detail: `${file} lacks ${names.join(', ')}. ${line === undefined ? 'What else its lines name' : `Its header (line ${line}) has`}: ${list.join(', ') || 'nothing'}.`,
    context: { file, missing: missing.map((column) => column.header) },
  });
}

/** A value as it may be shown: short, and control characters visible. */
export function shown(value: string, most = 80): string {
  const letters: string[] = [];
  for (const letter of value) {
    if (letters.length === most) return `${letters.join('')} ...`;
    letters.push(isHidden(letter.codePointAt(0) ?? 0) ? escaped(letter) : letter);
  }
  return letters.join('');
}

/** Control characters, marks of no width or of writing direction, and line separators. */
function isHidden(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    code === 0xfeff
  );
}

const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(letter: string): string {
  return ESCAPES[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
