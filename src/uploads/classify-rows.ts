import { cellShape, isTyped } from './cell-shape.ts';
import { levelTotals } from './level-totals.ts';
import { normalizeHeader } from './normalize-header.ts';
import { wordByCode, wordsPerRow } from './row-words.ts';
import { type Control, isSame, type NumberAt, type RunningSums, runningSums } from './running-sums.ts';
import { filledIn, filledPerRow, flagByCode, type Rows } from './sheet-rows.ts';
import type { TotalWord } from './total-words.ts';
import { type Cell, isBlank } from './workbook.ts';

export type RowKind = 'data' | 'total' | 'balance' | 'heading' | 'note' | 'repeated-header';

/** By where a row stands in the body. */
export type ClassifiedRows = {
  kinds: RowKind[];
  /** Of totals: per amount column, what it says and what the rows above come to. */
  controls: Map<number, Control[]>;
  /** Of data under headings: the texts of the heading, by column. */
  groups: Map<number, ReadonlyMap<number, string>>;
};

export type RowColumns = {
  headers: Map<number, string>;
  /** Columns of amounts that add up; balances, prices and rates do not. */
  amounts: number[];
  /** Columns of numbers that make no entry by themselves: running balances. */
  balances: number[];
  others: number[];
  numbersIn(rows: Rows, column: number): NumberAt;
};

/** What is looked at again and again, made once for all rows. */
type Body = {
  rows: Rows;
  columns: RowColumns;
  numbers: NumberAt[];
  hasAmount: (at: number) => boolean;
  words: (TotalWord | undefined)[];
  /** Columns other than amounts that most entries fill. */
  typical: number[];
  /** How many of the usual columns say something else than that this is a total; counted up to `most`. */
  namedIn: (at: number, most: number) => number;
};

/** Which rows are entries, and which are totals, headings, notes or the heading once more. */
export function classifyRows(rows: Rows, columns: RowColumns): ClassifiedRows {
  const body = lookAt(rows, columns);
  const groupColumns = columnsOfGroups(body);
  const isRepeated = repeatedHeaders(rows, columns.headers);
  const lastAmount = lastNumber(body);
  const sums = runningSums(columns.amounts);
  const found: ClassifiedRows = { kinds: [], controls: new Map(), groups: new Map() };
  let group: Map<number, string> | undefined;
  for (let at = 0; at < rows.length; at++) {
    const repeated = isRepeated(at);
    const total = repeated ? undefined : asTotal(at, body, sums);
    let kind: RowKind = 'data';
    if (repeated) kind = 'repeated-header';
    else if (total) {
      kind = total.kind;
      if (total.control) found.controls.set(at, total.control);
    } else if (at > lastAmount && lastAmount >= 0 && isAside(at, body)) kind = 'note';
    else if (columns.amounts.length === 0 ? isLone(at, body) : !body.hasAmount(at)) {
      kind = withoutAmount(at, body, groupColumns, at > lastAmount);
      if (kind === 'heading' && groupColumns.length > 0) {
        group = textsOf(at, body, groupColumns);
        sums.startSection();
      }
      if (kind === 'data' && group) found.groups.set(at, group);
    } else {
      sums.add(at, body.numbers);
      if (group) found.groups.set(at, group);
    }
    found.kinds.push(kind);
  }
  totalsAbove(found, body);
  markLevelTotals(found, body);
  return found;
}

function lookAt(rows: Rows, columns: RowColumns): Body {
  const numbers = columns.amounts.map((column) => columns.numbersIn(rows, column));
  const filled = filledPerRow(rows, columns.amounts);
  const words = wordsPerRow(rows, columns.others);
  const typical = typicalColumns(rows, columns, (at) => words[at] === undefined && hasNumber(at, numbers));
  const hasAmount = (at: number) => filled[at] !== 0;
  return { rows, columns, numbers, hasAmount, words, typical, namedIn: naming(rows, typical) };
}

function hasNumber(at: number, numbers: NumberAt[]): boolean {
  for (const numberAt of numbers) if (!Number.isNaN(numberAt(at))) return true;
  return false;
}

function lastNumber({ rows, numbers }: Body): number {
  for (let at = rows.length - 1; at >= 0; at--) if (hasNumber(at, numbers)) return at;
  return -1;
}

function naming(rows: Rows, typical: number[]): Body['namedIn'] {
  const columns = typical.map((column) => {
    const wordOf = wordByCode(rows, column);
    const codes = rows.codes(column);
    const names = flagByCode(rows, column, 0, (cell) => (isBlank(cell) ? 0 : 1));
    return { codes, names: (code: number) => names(code) === 1 && wordOf(code) === undefined };
  });
  return (at, most) => {
    let named = 0;
    for (const { codes, names } of columns) {
      if (named >= most) break;
      if (names(codes[at] as number)) named++;
    }
    return named;
  };
}

/** Totals that are sums of what stands below them, at several levels. */
function markLevelTotals({ kinds, controls, groups }: ClassifiedRows, { rows, columns }: Body): void {
  const entries = [...kinds.keys()].filter((at) => kinds[at] === 'data');
  const sums = levelTotals(
    rows.keep((at) => kinds[at] === 'data'),
    columns,
  );
  for (const entry of sums) {
    const at = entries[entry] ?? -1;
    kinds[at] = 'total';
    controls.delete(at);
    groups.delete(at);
  }
}

/** Below the last amount: a signature, a footer; what fills hardly any of the usual columns is no entry. */
function isAside(at: number, { rows, columns, typical }: Body): boolean {
  const cells = rows.row(at)?.cells ?? [];
  const filled = typical.filter((column) => !isBlank(cells[column])).length;
  const isBroken = columns.amounts.some((column) => /^(error|formula)$/.test(cells[column]?.kind ?? ''));
  const isNumber = cells.some((cell) => cellShape(cell) === 'number');
  return !isBroken && !isNumber && typical.length > 0 && filled <= typical.length / 2;
}

/** A total above all the rows is the sum of those below it. */
function totalsAbove({ kinds, controls }: ClassifiedRows, { columns, numbers }: Body): void {
  const first = kinds.indexOf('data');
  for (const [at, control] of controls) {
    if (at > first || first === -1) continue;
    const summed = control.map(({ column, says }) => {
      const numberAt = numbers[columns.amounts.indexOf(column)];
      const sum = kinds.reduce((total, kind, row) => total + ((kind === 'data' && numberAt?.(row)) || 0), 0);
      return { column, says, rows: sum, agrees: isSame(sum, says) };
    });
    controls.set(at, summed);
  }
}

function typicalColumns(
  rows: Rows,
  { amounts, others }: RowColumns,
  isEntry: (at: number) => boolean,
): number[] {
  const certain = amounts.length === 0 ? rows : rows.keep(isEntry);
  const entries = certain.length > 0 ? certain : rows;
  return others.filter((column) => filledIn(entries, column) >= Math.max(1, entries.length * 0.6));
}

/** Columns that only headings between the entries fill: account and name above the entries of that account. */
function columnsOfGroups({ rows, columns, hasAmount, words }: Body): number[] {
  const headings = rows.keep((at) => !hasAmount(at));
  if (headings.length === 0 || columns.amounts.length === 0) return [];
  const entries = rows.keep((at) => hasAmount(at) && words[at] === undefined);
  if (entries.length === 0) return [];
  return columns.others.filter((column) => {
    const inEntries = filledIn(entries, column);
    const inHeadings = filledIn(headings, column);
    return inEntries <= entries.length * 0.05 && inHeadings >= headings.length * 0.6;
  });
}

function repeatedHeaders(rows: Rows, headers: Map<number, string>): (at: number) => boolean {
  const columns = [...headers].map(([column, header]) => ({
    codes: rows.codes(column),
    compare: flagByCode(rows, column, NOTHING, (cell) => compared(cell, header)),
  }));
  return (at) => {
    let same = 0;
    for (const { codes, compare } of columns) {
      const found = compare(codes[at] as number);
      if (found === OTHER) return false;
      same += found;
    }
    return headers.size > 0 && same >= Math.min(2, headers.size) && same >= headers.size * 0.6;
  };
}

const NOTHING = 0;
const SAME = 1;
const OTHER = 2;

function compared(cell: Cell, header: string): number {
  if (isBlank(cell)) return NOTHING;
  if (cell.text.length > header.length * 2 + 8 || beginsOtherwise(cell.text, header)) return OTHER;
  return normalizeHeader(cell.text) === header ? SAME : OTHER;
}

/** Of a text that begins with a letter or digit of ASCII, that one stays when it is made plain. */
function beginsOtherwise(text: string, header: string): boolean {
  return /^[A-Za-z\d]/.test(text) && text[0]?.toLowerCase() !== header[0];
}

function isLone(at: number, { rows, columns, typical }: Body): boolean {
  if (typical.length < 3) return false;
  const cells = rows.row(at)?.cells ?? [];
  return [...columns.others, ...columns.balances].filter((column) => !isBlank(cells[column])).length <= 1;
}

function withoutAmount(
  at: number,
  { rows, columns, typical }: Body,
  groups: number[],
  isAfter: boolean,
): RowKind {
  const cells = rows.row(at)?.cells ?? [];
  const filled = columns.others.filter((column) => !isBlank(cells[column]));
  const balances = columns.balances.some((column) => !isBlank(cells[column]));
  if (groups.length > 0 && filled.some((column) => groups.includes(column)))
    if (filled.filter((column) => typical.includes(column)).length <= typical.length * 0.34) return 'heading';
  if (balances && filled.length <= Math.max(2, typical.length)) return 'balance';
  const few = filled.length <= Math.max(1, Math.floor(typical.length * 0.34));
  if (!few || filled.some((column) => isTyped(cellShape(cells[column])))) return 'data';
  return isAfter ? 'note' : 'heading';
}

function textsOf(at: number, { rows }: Body, columns: number[]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const column of columns) {
    const cell = rows.cell(at, column);
    if (cell !== undefined && !isBlank(cell)) texts.set(column, cell.text.trim());
  }
  return texts;
}

type Total = { kind: 'total' | 'balance'; control?: Control[] };

/** A row that says it is a total, or that adds up and names nothing. */
function asTotal(at: number, body: Body, sums: RunningSums): Total | undefined {
  const { columns, typical, numbers } = body;
  const words = body.words[at];
  const few = Math.floor(typical.length / 2);
  const named = body.namedIn(at, words === undefined ? few + 1 : typical.length);
  const isBare = typical.length > 0 && named <= few;
  if (words === undefined && !isBare) return undefined;
  const values = columns.amounts.flatMap((column, amount) => {
    const value = numbers[amount]?.(at) ?? Number.NaN;
    return Number.isNaN(value) ? [] : [{ column, value }];
  });
  if (words === 'balance' && (isBare || named === 0)) return { kind: 'balance' };
  if (values.length === 0)
    return words === 'total' && named === 0 && body.hasAmount(at) ? { kind: 'total' } : undefined;
  const matches = sums.match(values);
  const nonZero = values.filter(({ value }) => value !== 0).length;
  const addsUp = matches.agreeing > 0 && matches.agreeing >= nonZero * 0.5;
  const isNothing = words === 'perhaps' && nonZero === 0 && sums.isSectionEmpty();
  const saysSo = (words === 'total' || isNothing) && (isBare || named <= 1);
  const isSum =
    addsUp && (words !== undefined || (isBare && matches.rows >= 2) || (isBare && isSumFormula(at, body)));
  if (!saysSo && !isSum) return undefined;
  sums.closeSection(values);
  return { kind: 'total', control: isNothing ? [] : matches.control };
}

function isSumFormula(at: number, { rows, columns }: Body): boolean {
  return columns.amounts.some((column) =>
    /^\s*(SUM|SUBTOTAL|of:=SUM)\s*\(/i.test(rows.cell(at, column)?.formula ?? ''),
  );
}
