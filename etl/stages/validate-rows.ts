import { AppError } from '../../src/domain/app-error.ts';
import type { RefusalTally } from '../../src/domain/run.ts';
import { compileExpression, type Scope } from '../feeds/compile-expression.ts';
import { feedScope } from '../feeds/compile-feed.ts';
import type { Feed } from '../feeds/feed.ts';
import { parseExpression } from '../feeds/parse-expression.ts';
import type { Value } from '../feeds/simple-functions.ts';
import type { Units } from '../feeds/units.ts';
import { firstLine, isJsonLines } from './file-head.ts';
import { createCellJudge } from './judge-cells.ts';
import { type CellJudge, createJudgedRow, type JudgedRow, judgedText } from './judged-row.ts';
import { findDelimiter, missingColumns, placeColumns, shown } from './read-header.ts';
import { createJsonRowReader, type JsonRowReader } from './read-json-rows.ts';
import { CELL, cellText, createRowReader, type RawRow, type RowReader } from './read-rows.ts';
import { createTextReader, type TextReader } from './read-text.ts';
import { createRefusedRows } from './refused-rows.ts';
import { createTargetWriter, type Fault, smallestRoom, type TargetReport } from './validate-targets.ts';

/** All that judging needs, as JSON, so that it can go to a worker. */
export type ValidationPlan = {
  feed: Feed;
  currency: string;
  timeZone: string;
  lookups: Record<string, Record<string, string>>;
  /** Most rows of the files are judged elsewhere; these are the rest. */
  onlyRest?: boolean;
};

export type ValidationSink = {
  /** CSV bytes for one of the feed's targets. */
  output(target: number, bytes: Buffer): void;
  /** CSV bytes of the refused rows of the file under way. */
  refused(bytes: Buffer): void;
};

export type FileReport = {
  read: number;
  accepted: number;
  refused: number;
  refusals: RefusalTally[];
  warnings: string[];
  /** Columns that the feed does not use. */
  unused: string[];
};

export type UnitReport = {
  outputs: TargetReport[];
  controlTotals: Record<string, string>;
};

/** Judges the files of one unit, one after another: start, push bytes, end; then finish. */
export type UnitValidator = {
  startFile(name: string): void;
  push(chunk: Buffer): void;
  endFile(): FileReport;
  finish(): UnitReport;
};

/**
 * Every row is read once: cells are judged on their bytes, a row that passes is written for each target,
 * a row that does not is written with all its reasons. Memory does not grow with the file, except that a
 * grouped target and count_within() remember their keys.
 */
export function createUnitValidator(plan: ValidationPlan, sink: ValidationSink): UnitValidator {
  const { feed, currency, timeZone } = plan;
  const row = createJudgedRow(feed.columns.length, feed.format.maxLineBytes);
  const lookups = new Map(
    Object.entries(plan.lookups).map(([name, pairs]) => [name, new Map(Object.entries(pairs))]),
  );
  const scope: Scope<JudgedRow> = feedScope(feed, currency, CELLS, lookups);
  const rules = feed.rules.map((rule) => ({
    say: rule.say,
    test: compileExpression(parseExpression(rule.check), scope).evaluate,
  }));
  const targets = feed.targets.map((target, i) =>
    createTargetWriter(feed, target, scope, (bytes) => sink.output(i, bytes)),
  );
  const refusedRows = createRefusedRows((bytes) => sink.refused(bytes));
  const maxBytes = feed.columns.map((_, i) => smallestRoom(targets, i));
  const reasons: Fault[] = [];
  let file = createFileState('');

  return { startFile, push, endFile, finish };

  function startFile(name: string): void {
    file = createFileState(name);
  }

  function createFileState(name: string) {
    return {
      name,
      text: createTextReader(feed.format.encoding) as TextReader,
      head: [] as Buffer[],
      headBytes: 0,
      rows: undefined as RowReader | undefined,
      json: undefined as JsonRowReader | undefined,
      judges: undefined as CellJudge[] | undefined,
      headers: [] as string[],
      skip: feed.format.skipLines,
      read: 0,
      accepted: 0,
      refused: 0,
      broken: 0,
      blank: 0,
      tallies: new Map<string, RefusalTally>(),
      warnings: [] as string[],
      unused: [] as string[],
      bytes: 0,
    };
  }

  function push(chunk: Buffer): void {
    file.bytes += chunk.length;
    take(file.text.push(chunk));
  }

  function take(text: Buffer): void {
    if (text.length === 0) return;
    if (file.rows) {
      file.rows.push(text);
      return;
    }
    file.head.push(text);
    file.headBytes += text.length;
    const head = Buffer.concat(file.head);
    if (firstLine(head, feed.format, false) !== undefined || file.headBytes > feed.format.maxLineBytes)
      begin(head);
  }

  function begin(head: Buffer, isAll = false): void {
    const line = firstLine(head, feed.format, isAll) ?? '';
    if (isJsonLines(line, feed.format, file.name)) return beginJson(head);
    const quote = feed.format.quote === 'none' ? null : feed.format.quote;
    const known = feed.columns.flatMap((column) => [column.header, ...column.synonyms]);
    const delimiter =
      feed.format.delimiter === 'auto' ? findDelimiter(line, known, quote ?? '') : feed.format.delimiter;
    file.head = [];
    if (feed.format.header) useHeader(feed.format.header, 1);
    file.rows = createRowReader({ delimiter, quote, maxLineBytes: feed.format.maxLineBytes }, onRow);
    file.rows.push(head);
  }

  /** Lines name their columns themselves, so each of the feed's is where it is declared. */
  function beginJson(head: Buffer): void {
    const { maxLineBytes } = feed.format;
    file.head = [];
    file.headers = feed.columns.map((column) => column.header);
    useColumns(feed.columns.map((_, i) => i));
    file.json = createJsonRowReader(feed.columns, { maxLineBytes }, onRow);
    file.rows = file.json;
    file.rows.push(head);
  }

  function endJson({ unseen, ignored }: JsonRowReader): void {
    // A file of nothing but broken lines is refused line by line.
    const missing = file.read > file.broken ? unseen().filter((column) => !column.optional) : [];
    if (missing.length > 0) throw missingColumns(missing, ignored(), new Set(), file.name);
    file.unused = ignored().map((name) => shown(name));
  }

  function endFile(): FileReport {
    take(file.text.end());
    if (file.bytes === 0) throw new AppError('file.empty', { detail: `${file.name} has no content.` });
    if (!file.rows) begin(Buffer.concat(file.head), true);
    (file.rows as unknown as RowReader).end();
    if (!file.judges) throw new AppError('file.empty', { detail: `${file.name} has no header line.` });
    if (file.json) endJson(file.json);
    refusedRows.flush();
    if (file.read === 0 && !plan.onlyRest) file.warnings.push(`${file.name} has a header line and no rows.`);
    if (file.blank > 0)
      file.warnings.push(`${file.name}: ${file.blank} rows with nothing in any column were passed over.`);
    file.warnings.push(...encodingWarnings());
    return {
      read: file.read,
      accepted: file.accepted,
      refused: file.refused,
      refusals: [...file.tallies.values()].sort((a, b) => b.count - a.count),
      warnings: file.warnings,
      unused: file.unused,
    };
  }

  function encodingWarnings(): string[] {
    const encoding = file.text.encoding();
    const replaced = file.text.replaced();
    const warnings: string[] = [];
    if (feed.format.encoding === 'auto' && encoding === 'windows-1252')
      warnings.push(
        `${file.name} is not UTF-8 and was read as windows-1252. If letters look wrong, say its encoding in the feed.`,
      );
    if (replaced > 0)
      warnings.push(
        `${file.name}: ${replaced} characters could not be read as ${encoding} and were replaced.`,
      );
    return warnings;
  }

  function finish(): UnitReport {
    const controlTotals: Record<string, string> = {};
    const outputs = targets.map((target) => target.finish(controlTotals));
    return { outputs, controlTotals };
  }

  function useHeader(headers: readonly string[], line: number): void {
    const { places, ignored } = placeColumns(feed, headers, file.name, line);
    file.headers = [...headers];
    file.unused = ignored.map((name) => shown(name));
    useColumns(places);
  }

  function useColumns(places: readonly number[]): void {
    file.judges = feed.columns.map((column, index) =>
      createCellJudge({
        column,
        index,
        cell: places[index] as number,
        emptyValues: feed.format.emptyValues,
        timeZone,
        maxBytes: maxBytes[index],
      }),
    );
  }

  function onRow(raw: RawRow): void {
    if (raw.line <= file.skip) return;
    if (!file.judges) return readHeader(raw);
    if (raw.fault !== undefined) {
      file.broken += 1;
      return refuseUnjudged(raw, raw.fault);
    }
    const expected = file.headers.length;
    if (raw.cells !== expected || raw.cells === 1) {
      const filled = filledCells(raw);
      if (filled === 0 || isBlank(raw)) {
        file.blank += 1;
        return;
      }
      if (raw.cells < expected || filled > expected) return refuseUnjudged(raw, widthFault(raw, expected));
    }
    judge(raw, file.judges);
  }

  function readHeader(raw: RawRow): void {
    const headers: string[] = [];
    for (let i = 0; i < raw.cells; i += 1) headers.push(cellText(raw, i));
    while (headers.length > 0 && headers[headers.length - 1] === '') headers.pop();
    if (headers.length > 0) useHeader(headers, raw.line);
  }

  function refuseUnjudged(raw: RawRow, reason: string): void {
    file.read += 1;
    reasons.length = 0;
    reasons.push({ column: '', value: '', reason });
    refuse(raw);
  }

  function judge(raw: RawRow, judges: readonly CellJudge[]): void {
    row.raw = raw;
    row.scratchAt = 0;
    reasons.length = 0;
    let empties = 0;
    for (let i = 0; i < judges.length; i += 1) {
      const reason = (judges[i] as CellJudge)(row);
      empties += row.empty[i] as number;
      if (reason !== null) addReason(i, reason);
    }
    if (empties === judges.length && isBlank(raw)) {
      file.blank += 1;
      return;
    }
    file.read += 1;
    if (reasons.length === 0) {
      for (const rule of rules)
        if (rule.test(row) !== true) reasons.push({ column: '', value: '', reason: rule.say });
    }
    if (reasons.length === 0) {
      for (const target of targets) {
        const fault = target.write(row, raw.line);
        if (fault !== null) {
          reasons.push(fault);
          break;
        }
      }
    }
    if (reasons.length > 0) {
      for (const target of targets) target.takeBack();
      refuse(raw);
      return;
    }
    for (const target of targets) target.commit(row, raw.line);
    file.accepted += 1;
  }

  function addReason(index: number, reason: string): void {
    const column = feed.columns[index]?.header ?? '';
    const value = row.empty[index] === 1 ? '' : shown(judgedText(row, index) ?? '', 200);
    reasons.push({ column, value, reason });
  }

  function refuse(raw: RawRow): void {
    file.refused += 1;
    refusedRows.add(raw, reasons, file.name, file.tallies);
  }
}

const CELLS = {
  text: (column: number) => (row: JudgedRow) => judgedText(row, column),
  number:
    (column: number) =>
    (row: JudgedRow): Value =>
      row.empty[column] === 1 ? null : (row.units[column] as Units),
  flag: (column: number) => (row: JudgedRow) =>
    row.empty[column] === 1 ? null : judgedText(row, column) === 'true',
};

/** Spaces, and the byte that DOS programs end a file with. */
const NOTHING = /^\s*$/;

function isBlank(raw: RawRow): boolean {
  for (let i = 0; i < raw.cells; i += 1)
    if (!NOTHING.test(cellText(raw, i).replace('\u001a', ''))) return false;
  return true;
}

function filledCells(raw: RawRow): number {
  let filled = raw.cells;
  while (filled > 0 && raw.start[filled - 1] === raw.end[filled - 1]) filled -= 1;
  return filled;
}

function widthFault(raw: RawRow, expected: number): string {
  return raw.written.subarray(0, raw.cells).includes(CELL.broken)
    ? 'The row has a quotation mark that is not closed, or text after the closing one.'
    : `The row has ${raw.cells} cells where the header has ${expected}.`;
}
