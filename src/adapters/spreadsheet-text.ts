import type { Rows } from '../uploads/sheet-rows.ts';
import type { Cell, Workbook } from '../uploads/workbook.ts';
import { type Decoded, decodeText } from './spreadsheet-decode.ts';
import { gridBuilder } from './spreadsheet-grid-builder.ts';
import { cellCounter, SPREADSHEET_LIMITS as LIMITS, tooLarge, unreadable } from './spreadsheet-limits.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Reads separated text of any encoding, delimiter and line end. Rows are numbered as a spreadsheet program shows them. */
export function readText(bytes: Buffer, name: string): Workbook {
  const decoded = decodeText(bytes);
  const declared = /^sep=(.)\r?\n?/i.exec(decoded.text);
  const text = declared ? decoded.text.slice(declared[0].length) : decoded.text;
  if (text.trim() === '') throw unreadable('The file is empty.');
  const delimiter = declared?.[1] ?? chooseDelimiter(text);
  const rows = toRows(parseSeparated(text, delimiter));
  return {
    kind: 'text',
    sheets: [{ name: sheetName(name), hidden: false, rows, merges: [], hiddenColumns: [] }],
    warnings: warningsOf(decoded),
    delimiter,
    encoding: decoded.encoding,
  };
}

function warningsOf({ text, encoding, guessed }: Decoded): string[] {
  const warnings: string[] = [];
  if (guessed)
    warnings.push(
      `The text is not Unicode; it was read as ${encoding}. Check that letters with accents are right.`,
    );
  if (text.includes('�')) warnings.push('Some letters had been lost before the file was sent (�).');
  return warnings;
}

/** The delimiter that cuts the most lines into the same number of parts, more than one. */
function chooseDelimiter(text: string): string {
  const sample = text.slice(0, 200_000);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = evenness(parseSeparated(sample, delimiter, 400));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Share of the lines that have the commonest width, weighed by that width; lines of one part say nothing. */
function evenness(records: string[][]): number {
  const widths = new Map<number, number>();
  const filled = records.filter((record) => record.some((field) => field.trim() !== ''));
  for (const { length } of filled) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
  let best = 0;
  for (const [width, lines] of widths) {
    const score = (lines / Math.max(filled.length, 1)) * (1 + Math.log2(width) / 4);
    if (score > best) best = score;
  }
  return best;
}

/** RFC 4180 and what people make of it: any line end, quotes doubled or stray, a last line without an end. */
export function parseSeparated(text: string, delimiter: string, maxRecords = LIMITS.rows + 1): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const ends = new RegExp(`[${delimiter === '\t' ? '\\t' : `\\${delimiter}`}\\r\\n]`, 'g');
  while (at <= text.length && records.length < maxRecords) {
    let field: string;
    const quoted = quotedStart(text, at, delimiter);
    if (quoted !== -1) [field, at] = readQuoted(text, quoted, delimiter);
    else {
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      field = text.slice(at, end);
      at = end;
    }
    record.push(field);
    const sign = text[at];
    if (sign === delimiter) {
      at++;
      continue;
    }
    if (at < text.length || record.length > 1 || field !== '') records.push(record);
    record = [];
    at += sign === '\r' && text[at + 1] === '\n' ? 2 : 1;
  }
  return records;
}

/** Where a quoted field starts, blanks before its quote allowed; -1 when this field is not quoted. */
function quotedStart(text: string, at: number, delimiter: string): number {
  let start = at;
  while (text[start] === ' ' && delimiter !== ' ') start++;
  return text[start] === '"' ? start : -1;
}

function readQuoted(text: string, start: number, delimiter: string): [field: string, at: number] {
  let field = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return [field + text.slice(at), text.length];
    field += text.slice(at, quote);
    at = quote + 1;
    if (text[at] === '"') {
      field += '"';
      at++;
      continue;
    }
    let after = at;
    while (text[after] === ' ') after++;
    const sign = text[after];
    if (sign === undefined || sign === delimiter || sign === '\r' || sign === '\n') return [field, after];
    field += '"';
  }
}

function toRows(records: string[][]): Rows {
  if (records.length > LIMITS.rows) throw tooLarge('It has more rows than a workbook can hold.');
  const count = cellCounter();
  const grid = gridBuilder();
  for (const [index, record] of records.entries()) {
    if (record.length > LIMITS.columns) throw tooLarge(`It has more than ${LIMITS.columns} columns.`);
    const width = record.findLastIndex((field) => field !== '') + 1;
    if (width === 0) continue;
    count(width);
    grid.startRow(index, false);
    for (const [column, field] of record.entries()) if (field !== '') grid.put(column, textCell(field));
  }
  return grid.rows();
}

/** `="00123"` is how programs keep a code's zeros in csv; any other formula has no result in text. */
function textCell(field: string): Cell {
  const kept = /^="([^"]*)"$/.exec(field.trim());
  if (kept) return { kind: 'text', text: kept[1] ?? '' };
  if (/^=[A-Za-z(+-]/.test(field)) return { kind: 'formula', text: '', formula: field.slice(1) };
  if (/^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!)$/.test(field.trim()))
    return { kind: 'error', text: field.trim() };
  return { kind: 'text', text: field.slice(0, LIMITS.cellCharacters) };
}

function sheetName(name: string): string {
  return name.replace(/^.*[\\/]/, '').replace(/\.(csv|tsv|txt|tab|asc|xls|xlsx)$/i, '');
}
