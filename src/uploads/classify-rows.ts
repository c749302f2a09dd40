import { cellShape, isTyped } from './cell-shape.ts';
import { markLevelTotals } from './level-totals.ts';
import { normalizeHeader } from './normalize-header.ts';
import type { TotalWord } from './total-words.ts';
import { type Cell, filledIn, filledInEach, isBlank, type SheetRow } from './workbook.ts';

export type RowKind = 'data' | 'total' | 'balance' | 'heading' | 'note' | 'repeated-header';

export type ClassifiedRow = {
  row: SheetRow;
  kind: RowKind;
  /** Of totals: per amount column, what it says and what the rows above come to. */
  control?: { column: number; says: number; rows: number; agrees: boolean }[];
  /** Of data under headings: the texts of the heading, by column. */
  group?: Map<number, string>;
};

export type RowColumns = {
  headers: Map<number, string>;
  /** Columns of amounts that add up; balances, prices and rates do not. */
  amounts: number[];
  /** Columns of numbers that make no entry by themselves: running balances. */
  balances: number[];
  others: number[];
  /** The number in a cell; undefined when blank or none. */
  numberAt(row: SheetRow, column: number): number | undefined;
  /** What a cell says of its row. */
  wordOf(cell: Cell, column: number): TotalWord | undefined;
};

/** Which rows are entries, and which are totals, headings, notes or the heading once more. */
export function classifyRows(body: SheetRow[], columns: RowColumns): ClassifiedRow[] {
  const words = body.map((row) => wordsOf(row, columns));
  const typical = typicalColumns(body, columns, words);
  const groups = groupColumns(body, columns);
  const lastAmount = body.findLastIndex((row) =>
    columns.amounts.some((column) => columns.numberAt(row, column) !== undefined),
  );
  const sums = runningSums(columns.amounts);
  const result: ClassifiedRow[] = [];
  let group: Map<number, string> | undefined;
  for (const [at, row] of body.entries()) {
    if (isRepeatedHeader(row, columns.headers)) {
      result.push({ row, kind: 'repeated-header' });
      continue;
    }
    const total = asTotal(row, columns, { typical, words: words[at], sums });
    if (total) {
      result.push(total);
      continue;
    }
    if (at > lastAmount && lastAmount >= 0 && isAside(row, columns, typical)) {
      result.push({ row, kind: 'note' });
      continue;
    }
    if (columns.amounts.length === 0 ? isLone(row, columns, typical) : !hasAmount(row, columns)) {
      const kind = withoutAmount(row, columns, typical, groups, at > lastAmount);
      if (kind === 'heading' && groups.length > 0) {
        group = textsOf(row, groups);
        sums.startSection();
      }
      result.push(kind === 'data' && group ? { row, kind, group } : { row, kind });
      continue;
    }
    sums.add(row, columns);
    result.push(group ? { row, kind: 'data', group } : { row, kind: 'data' });
  }
  return markLevelTotals(totalsAbove(result, columns), columns);
}

/** Below the last amount: a signature, a footer; what fills hardly any of the usual columns is no entry. */
function isAside(row: SheetRow, columns: RowColumns, typical: number[]): boolean {
  const filled = typical.filter((column) => !isBlank(row.cells[column])).length;
  const isBroken = columns.amounts.some((column) => /^(error|formula)$/.test(row.cells[column]?.kind ?? ''));
  const hasNumber = row.cells.some((cell) => cellShape(cell) === 'number');
  return !isBroken && !hasNumber && typical.length > 0 && filled <= typical.length / 2;
}

/** A total above all the rows is the sum of those below it. */
function totalsAbove(rows: ClassifiedRow[], columns: RowColumns): ClassifiedRow[] {
  const first = rows.findIndex(({ kind }) => kind === 'data');
  return rows.map((found, at) => {
    if (found.kind !== 'total' || !found.control || at > first || first === -1) return found;
    const control = found.control.map(({ column, says }) => {
      const sum = rows.reduce(
        (total, { row, kind }) => total + (kind === 'data' ? (columns.numberAt(row, column) ?? 0) : 0),
        0,
      );
      return { column, says, rows: sum, agrees: isSame(sum, says) };
    });
    return { ...found, control };
  });
}

function hasAmount(row: SheetRow, columns: RowColumns): boolean {
  return columns.amounts.some((column) => !isBlank(row.cells[column]));
}

/** Columns other than amounts that most entries fill. */
function typicalColumns(body: SheetRow[], columns: RowColumns, words: (TotalWord | undefined)[]): number[] {
  const { amounts, others } = columns;
  const isEntry = (row: SheetRow, at: number) =>
    words[at] === undefined && amounts.some((column) => columns.numberAt(row, column) !== undefined);
  const certain = amounts.length === 0 ? body : body.filter(isEntry);
  const entries = certain.length > 0 ? certain : body;
  const filled = filledInEach(entries, others);
  return others.filter((_, at) => (filled[at] ?? 0) >= Math.max(1, entries.length * 0.6));
}

/** Columns that only headings between the entries fill: account and name above the entries of that account. */
function groupColumns(body: SheetRow[], columns: RowColumns): number[] {
  const headings = body.filter((row) => !hasAmount(row, columns));
  if (headings.length === 0 || columns.amounts.length === 0) return [];
  const entries = body.filter((row) => hasAmount(row, columns) && wordsOf(row, columns) === undefined);
  if (entries.length === 0) return [];
  return columns.others.filter((column) => {
    const inEntries = filledIn(entries, column);
    const inHeadings = filledIn(headings, column);
    return inEntries <= entries.length * 0.05 && inHeadings >= headings.length * 0.6;
  });
}

function isRepeatedHeader(row: SheetRow, headers: Map<number, string>): boolean {
  if (headers.size === 0) return false;
  let same = 0;
  for (const [column, header] of headers) {
    const cell = row.cells[column];
    if (cell === undefined || isBlank(cell)) continue;
    if (cell.text.length > header.length * 2 + 8 || beginsOtherwise(cell.text, header)) return false;
    if (normalizeHeader(cell.text) !== header) return false;
    same++;
  }
  return same >= Math.min(2, headers.size) && same >= headers.size * 0.6;
}

/** Of a text that begins with a letter or digit of ASCII, that one stays when it is made plain. */
function beginsOtherwise(text: string, header: string): boolean {
  return /^[A-Za-z\d]/.test(text) && text[0]?.toLowerCase() !== header[0];
}

function isLone(row: SheetRow, columns: RowColumns, typical: number[]): boolean {
  const filled = [...columns.others, ...columns.balances].filter(
    (column) => !isBlank(row.cells[column]),
  ).length;
  return typical.length >= 3 && filled <= 1;
}

function withoutAmount(
  row: SheetRow,
  columns: RowColumns,
  typical: number[],
  groups: number[],
  isAfter: boolean,
): RowKind {
  const filled = columns.others.filter((column) => !isBlank(row.cells[column]));
  const balances = columns.balances.some((column) => !isBlank(row.cells[column]));
  if (groups.length > 0 && filled.some((column) => groups.includes(column)))
    if (filled.filter((column) => typical.includes(column)).length <= typical.length * 0.34) return 'heading';
  if (balances && filled.length <= Math.max(2, typical.length)) return 'balance';
  const few = filled.length <= Math.max(1, Math.floor(typical.length * 0.34));
  if (!few || filled.some((column) => isTyped(cellShape(row.cells[column])))) return 'data';
  return isAfter ? 'note' : 'heading';
}

function textsOf(row: SheetRow, columns: number[]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const column of columns) {
    const cell = row.cells[column];
    if (cell !== undefined && !isBlank(cell)) texts.set(column, cell.text.trim());
  }
  return texts;
}

/** A row that says it is a total, or that adds up and names nothing. */
function asTotal(
  row: SheetRow,
  columns: RowColumns,
  { typical, words, sums }: { typical: number[]; words: TotalWord | undefined; sums: RunningSums },
): ClassifiedRow | undefined {
  const few = Math.floor(typical.length / 2);
  const named = namedIn(row, columns, typical, words === undefined ? few + 1 : typical.length);
  const isBare = typical.length > 0 && named <= few;
  if (words === undefined && !isBare) return undefined;
  const values = columns.amounts.flatMap((column) => {
    const value = columns.numberAt(row, column);
    return value === undefined ? [] : [{ column, value }];
  });
  if (words === 'balance' && (isBare || named === 0)) {
    return { row, kind: 'balance' };
  }
  if (values.length === 0)
    return words === 'total' && named === 0 && hasAmount(row, columns) ? { row, kind: 'total' } : undefined;
  const matches = sums.match(values);
  const nonZero = values.filter(({ value }) => value !== 0).length;
  const addsUp = matches.agreeing > 0 && matches.agreeing >= nonZero * 0.5;
  const isNothing = words === 'perhaps' && nonZero === 0 && sums.isSectionEmpty();
  const saysSo = (words === 'total' || isNothing) && (isBare || named <= 1);
  const isSum =
    addsUp &&
    (words !== undefined || (isBare && matches.rows >= 2) || (isBare && isSumFormula(row, columns)));
  if (!saysSo && !isSum) return undefined;
  const control = isNothing ? [] : matches.control;
  sums.closeSection(values);
  return { row, kind: 'total', control };
}

/** How many of the usual columns say something else than that this is a total; counted up to `most`. */
function namedIn(row: SheetRow, { wordOf }: RowColumns, typical: number[], most: number): number {
  let named = 0;
  for (const column of typical) {
    if (named >= most) break;
    const cell = row.cells[column];
    if (cell !== undefined && !isBlank(cell) && wordOf(cell, column) === undefined) named++;
  }
  return named;
}

function wordsOf(row: SheetRow, { others, wordOf }: RowColumns): TotalWord | undefined {
  let found: TotalWord | undefined;
  for (const column of others) {
    const cell = row.cells[column];
    if (cell?.kind !== 'text' || isBlank(cell)) continue;
    const word = wordOf(cell, column);
    if (word === 'total' || word === 'balance') return word;
    found ??= word;
  }
  return found;
}

function isSumFormula(row: SheetRow, { amounts }: RowColumns): boolean {
  return amounts.some((column) => /^\s*(SUM|SUBTOTAL|of:=SUM)\s*\(/i.test(row.cells[column]?.formula ?? ''));
}

type Match = { agreeing: number; rows: number; control: NonNullable<ClassifiedRow['control']> };

type RunningSums = ReturnType<typeof runningSums>;

/** Sums since the last sub-total, since the beginning, and of the sub-totals. */
function runningSums(amounts: number[]) {
  const zero = () => new Map(amounts.map((column) => [column, 0]));
  let section = zero();
  const all = zero();
  const subtotals = zero();
  let last = new Map<number, number>();
  const sections: Map<number, number>[] = [];
  let rows = 0;
  let allRows = 0;
  return {
    add(row: SheetRow, columns: RowColumns) {
      for (const column of amounts) {
        const value = columns.numberAt(row, column) ?? 0;
        section.set(column, (section.get(column) ?? 0) + value);
        all.set(column, (all.get(column) ?? 0) + value);
      }
      rows++;
      allRows++;
    },
    match(values: { column: number; value: number }[]): Match {
      let agreeing = 0;
      let most = 0;
      const control = values.map(({ column, value }) => {
        const candidates = [
          { sum: section.get(column) ?? 0, rows },
          { sum: all.get(column) ?? 0, rows: allRows },
          { sum: subtotals.get(column) ?? 0, rows: allRows },
          { sum: last.get(column) ?? Number.NaN, rows: 2 },
          { sum: firstLessRest(sections, column), rows: 2 },
        ];
        const found = candidates.find((candidate) => candidate.rows > 0 && isSame(candidate.sum, value));
        if (found && value !== 0) {
          agreeing++;
          most = Math.max(most, found.rows);
        }
        const sum = found?.sum ?? (rows > 0 ? section.get(column) : all.get(column)) ?? 0;
        return { column, says: value, rows: sum, agrees: found !== undefined };
      });
      return { agreeing, rows: most, control };
    },
    closeSection(values: { column: number; value: number }[]) {
      if (rows > 0) sections.push(section);
      if (rows > 0)
        for (const column of amounts)
          subtotals.set(column, (subtotals.get(column) ?? 0) + (section.get(column) ?? 0));
      last = new Map(values.map(({ column, value }) => [column, value]));
      section = zero();
      rows = 0;
    },
    /** Nothing since the last total: what says that it is one, too, sums up nothing. */
    isSectionEmpty: () => rows === 0 && allRows > 0,
    startSection() {
      section = zero();
      rows = 0;
    },
  };
}

/** Income less expenses. */
function firstLessRest(sections: Map<number, number>[], column: number): number {
  if (sections.length < 2) return Number.NaN;
  return sections.reduce(
    (result, section, at) => result + (at === 0 ? 1 : -1) * (section.get(column) ?? 0),
    0,
  );
}

/** To the cent; sums of many doubles drift a little. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.005 + Math.abs(b) * 1e-9;
}
