import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { SourceFile, Warehouse } from '../../src/ports/warehouse.ts';
import { type Feed, plainName } from '../feeds/feed.ts';
import { unitsFromText, unitsToText } from '../feeds/units.ts';
import { cellKinds, type PlainRows, plainRows } from './plain-rows.ts';
import { compilePlainScan, type PlainScan } from './plain-scan.ts';
import { linesAt, onlyLines, type PlainText, scanPlainText } from './plain-text.ts';
import { scanTypedText } from './plain-typed.ts';
import { findDelimiter, placeColumns, splitHeader } from './read-header.ts';
import { looksLikeJson } from './read-json-rows.ts';
import { CELL, createRowReader } from './read-rows.ts';

/** A file most of whose rows are plainly good: how the engine reads those, and the other lines for validate-rows.ts. */
export type PlainFile = {
  table: string;
  columns: string[];
  source: SourceFile;
  /** SELECT of the plain rows over `source`. */
  select: string;
  rows: number;
  controlTotals: Record<string, string>;
  /** The header and every other line at its own number; nothing where a plain row is. */
  rest: Iterable<Buffer>;
};

type Reading = {
  rows: PlainRows;
  source: SourceFile;
  /** The same for a file all of whose cells are of their columns' types. */
  typed: { rows: PlainRows; source: SourceFile; scan: PlainScan } | null;
};

type Landed = { name: string; object: ObjectRef };
type ReadSource = NonNullable<Warehouse['readSource']>;

/** Beyond this the row by row way is as fast. */
const MOST_OTHER_SHARE = 0.2;
const MOST_OTHERS = 100_000;
const MOST_OTHER_BYTES = 32 * 1024 ** 2;
const MOST_TEXT_BYTES = 64 * 1024 ** 3;
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Lets the engine judge a whole file in one pass. It takes only rows that are plainly good, by rules that are stricter
 * than the real ones; the rest is judged row by row as ever. Null when the file is not of the kind for which this holds.
 */
export async function validatePlain(
  file: Landed,
  plan: { feed: Feed; currency: string },
  needs: { chunks(): AsyncIterable<Uint8Array>; readSource: ReadSource },
): Promise<PlainFile | null> {
  const { feed } = plan;
  if (!isPlainFormat(feed)) return null;
  const typed = await ofTheirTypes(file, plan, needs);
  if (typed) return typed === 'unreadable' ? null : typed;
  const quote = feed.format.quote === 'none' ? null : feed.format.quote;
  const text = await scanPlainText(needs.chunks(), {
    quote,
    delimiters: DELIMITERS,
    mostBytes: MOST_TEXT_BYTES,
  });
  const read = text && readingOf(feed, plan.currency, text, file);
  if (!read) return null;
  const { rows, source } = read;
  const counts = await unlessUnreadable(needs.readSource(source, rows.counts, 1));
  const [total, plain, ...sums] = counts?.rows[0]?.map((cell) => String(cell ?? 0)) ?? [];
  const others = Number(total) - Number(plain);
  // Lines that the engine passed over, or read as one, would shift the numbers of all that follow.
  if (Number(total) !== text.lines - 1 || Number(plain) === 0) return null;
  if (others > MOST_OTHERS || others > MOST_OTHER_SHARE * Number(total)) return null;
  const numbers =
    others === 0
      ? []
      : (await needs.readSource(source, rows.others, others)).rows.map(([line]) => Number(line));
  const lines = await linesAt(needs.chunks(), numbers, MOST_OTHER_BYTES);
  if (!lines || lines.length !== others || !lines.every((line) => isWhole(line, source.delimiter, quote)))
    return null;
  return {
    ...judged(read, Number(plain), sums),
    select: others === 0 ? rows.allRows : rows.rows,
    rest: onlyLines(text.header, numbers, lines),
  };
}

function judged({ rows, source }: Pick<Reading, 'rows' | 'source'>, plain: number, sums: readonly string[]) {
  return {
    table: rows.table,
    columns: rows.columns,
    source,
    rows: plain,
    controlTotals: Object.fromEntries(
      rows.totals.map((name, i) => [name, unitsToText(unitsFromText(sums[i] ?? '0') ?? 0)]),
    ),
  };
}

/**
 * A file in which nothing is odd: an automaton says of its bytes that every cell is of its column's type, so the engine reads
 * them as that, and has only the rules to judge. Null when anything is otherwise.
 */
async function ofTheirTypes(
  file: Landed,
  { feed, currency }: { feed: Feed; currency: string },
  needs: { chunks(): AsyncIterable<Uint8Array>; readSource: ReadSource },
): Promise<PlainFile | 'unreadable' | null> {
  let typed: Reading['typed'] = null;
  const text = await scanTypedText(needs.chunks(), {
    scanFor(header) {
      const read = readingOf(
        feed,
        currency,
        { header, gzip: false, quotes: false, outerSpaces: false },
        file,
      );
      typed = read?.typed ?? null;
      return typed?.scan ?? null;
    },
    mostBytes: MOST_TEXT_BYTES,
  });
  const found = typed as Reading['typed'];
  if (!text || !found) return null;
  const { rows, source: plainSource } = found;
  const source = { ...plainSource, gzip: text.gzip };
  const counts = await unlessUnreadable(needs.readSource(source, rows.counts, 1));
  if (!counts) return 'unreadable';
  const [total, plain, ...sums] = counts.rows[0]?.map((cell) => String(cell ?? 0)) ?? [];
  if (Number(total) !== text.lines - 1 || total !== plain || Number(plain) === 0) return null;
  return {
    ...judged({ rows, source }, Number(plain), sums),
    select: rows.allRows,
    rest: onlyLines(text.header, [], []),
  };
}

function isPlainFormat({ format }: Feed): boolean {
  return (
    format.type !== 'json-lines' &&
    format.skipLines === 0 &&
    format.header === undefined &&
    (format.encoding === 'auto' || format.encoding === 'utf-8') &&
    (format.delimiter === 'auto' || DELIMITERS.includes(format.delimiter))
  );
}

function readingOf(
  feed: Feed,
  currency: string,
  text: Omit<PlainText, 'lines' | 'bytes'>,
  file: Landed,
): Reading | null {
  const quote = feed.format.quote === 'none' ? '' : feed.format.quote;
  const known = feed.columns.flatMap((column) => [column.header, ...column.synonyms]);
  const delimiter =
    feed.format.delimiter === 'auto' ? findDelimiter(text.header, known, quote) : feed.format.delimiter;
  if (looksLikeJson(text.header)) return null;
  const headers = splitHeader(text.header, delimiter, quote);
  if (headers.some((name) => plainName(name) === '') || (quote !== '' && text.header.includes(quote)))
    return null;
  const { places } = placeColumns(feed, headers, file.name, 1);
  const marks = { quotes: text.quotes, outerSpaces: text.outerSpaces };
  const layout = { places, cells: headers.length, marks };
  const rows = plainRows(feed, currency, layout);
  if (!rows) return null;
  const source = { object: file.object, delimiter, cells: headers.length, gzip: text.gzip };
  const kinds = cellKinds(feed, layout);
  const typedRows = plainRows(feed, currency, { ...layout, isTyped: true });
  if (!kinds || !typedRows) return { rows, source, typed: null };
  const scan = compilePlainScan(kinds.kinds, { delimiter, quote: quote === '' ? null : quote });
  return { rows, source, typed: { rows: typedRows, source: { ...source, types: kinds.types }, scan } };
}

/** A line that the engine cannot take apart, bytes that are no UTF-8, or more than its memory holds: the other way takes it. */
async function unlessUnreadable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (thrown) {
    const isOurs = thrown instanceof AppError;
    if (isOurs && (thrown.code === 'warehouse.bad-statement' || thrown.code === 'warehouse.too-large'))
      return null;
    throw thrown;
  }
}

/** Whether no cell goes on in the next line. */
function isWhole(line: Buffer, delimiter: string, quote: string | null): boolean {
  if (quote === null || !line.includes(quote)) return true;
  let whole = true;
  const reader = createRowReader({ delimiter, quote, maxLineBytes: 16_000_000 }, (row) => {
    for (let i = 0; i < row.cells; i += 1) if (row.written[i] === CELL.broken) whole = false;
  });
  reader.push(line);
  reader.end();
  return whole;
}
