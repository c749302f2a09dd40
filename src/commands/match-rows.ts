import type { ResultColumn } from '../domain/result-table.ts';
import type { Expectation, GoldCell } from './eval-question.ts';

export type Rows = readonly (readonly GoldCell[])[];
export type AnswerRows = { columns: readonly Pick<ResultColumn, 'type' | 'unit'>[]; rows: Rows };

/**
 * Whether the gold's rows are the answer's: each gold column is some column of the answer by its values, and row by
 * row they agree. Further columns of the answer do not matter; further rows do, unless `match` says otherwise or
 * all their figures are zero (days without sales may be shown or left out).
 */
export function rowsMatch(
  gold: Rows,
  answer: AnswerRows,
  how: Pick<Expectation, 'match' | 'ordered'>,
): boolean {
  if (gold.length === 0) return answer.rows.length === 0;
  if (mapped(gold, answer, how)) return true;
  // Several figures in one row may as well come one below the other.
  const [only] = gold;
  const isRowOfFigures =
    gold.length === 1 &&
    only !== undefined &&
    only.length > 1 &&
    only.every((cell) => toNumber(cell) !== null);
  return (
    isRowOfFigures &&
    mapped(
      only.map((cell) => [cell]),
      answer,
      { ...how, ordered: false },
    )
  );
}

function mapped(gold: Rows, answer: AnswerRows, how: Pick<Expectation, 'match' | 'ordered'>): boolean {
  const width = gold[0]?.length ?? 0;
  const candidates = Array.from({ length: width }, (_, column) =>
    answer.columns.flatMap((_column, index) => (mayBe(gold, column, answer, index) ? [index] : [])),
  );
  if (candidates.some((list) => list.length === 0)) return false;
  let tries = 0;
  const assign = (chosen: number[]): boolean => {
    if (chosen.length === width) {
      tries += 1;
      return tries < 2_000 && rowsAgree(gold, answer, chosen, how);
    }
    return (candidates[chosen.length] ?? []).some(
      (index) => !chosen.includes(index) && assign([...chosen, index]),
    );
  };
  return assign([]);
}

/** A quick look that rules most columns out: each gold value that is not zero is somewhere in the column. */
function mayBe(gold: Rows, column: number, answer: AnswerRows, index: number): boolean {
  const kind = answer.columns[index];
  return gold.every(
    (row) =>
      isNothing(row[column] ?? null) ||
      isAllZero(row) ||
      answer.rows.some((one) => sameCell(row[column] ?? null, one[index] ?? null, kind)),
  );
}

function rowsAgree(
  gold: Rows,
  answer: AnswerRows,
  chosen: readonly number[],
  how: Pick<Expectation, 'match' | 'ordered'>,
): boolean {
  const agree = (goldRow: readonly GoldCell[], answerRow: readonly GoldCell[]) =>
    chosen.every((index, column) =>
      sameCell(goldRow[column] ?? null, answerRow[index] ?? null, answer.columns[index]),
    );
  if (how.match === 'first' || (how.ordered && how.match === 'exact')) {
    const rows = how.match === 'first' ? answer.rows.slice(0, gold.length) : answer.rows;
    if (rows.length !== gold.length) return false;
    const parts: [from: number, to: number][] = how.ordered ? tied(gold) : [[0, gold.length]];
    return parts.every(
      ([from, to]) => leftOver(gold.slice(from, to), rows.slice(from, to), agree)?.length === 0,
    );
  }
  const left = leftOver(gold, answer.rows, agree);
  if (!left) return false;
  const figures = chosen.filter((index) => isFigure(answer.columns[index]));
  const isZero = (row: readonly GoldCell[]) =>
    figures.length > 0 && figures.every((index) => isNothing(row[index] ?? null));
  return how.match === 'at-least' || left.every(isZero);
}

/** Where rows with the same figures begin and end: among them no order is better than another. */
function tied(rows: Rows): [from: number, to: number][] {
  const figures = rows.map((row) => JSON.stringify(row.flatMap((cell) => toNumber(cell) ?? [])));
  const starts = figures.flatMap((each, i) =>
    i === 0 || each === '[]' || each !== figures[i - 1] ? [i] : [],
  );
  return starts.map((from, i) => [from, starts[i + 1] ?? rows.length]);
}

/** The answer's rows that no gold row took; null when a gold row that is not all zero found none. */
function leftOver(
  gold: Rows,
  rows: Rows,
  agree: (gold: readonly GoldCell[], answer: readonly GoldCell[]) => boolean,
): Rows | null {
  const free = new Set(rows);
  for (const row of gold) {
    const found = [...free].find((one) => agree(row, one));
    if (found) free.delete(found);
    else if (!isAllZero(row)) return null;
  }
  return [...free];
}

function isAllZero(row: readonly GoldCell[]): boolean {
  const figures = row.filter((cell) => toNumber(cell) !== null);
  return figures.length > 0 && figures.every((cell) => toNumber(cell) === 0);
}

function isFigure(column: Pick<ResultColumn, 'type'> | undefined): boolean {
  return column?.type === 'integer' || column?.type === 'decimal';
}

function isNothing(cell: GoldCell): boolean {
  return cell === null || cell === '' || cell === '(none)' || toNumber(cell) === 0;
}

/** Figures agree to a millionth, or to the cent (or the fourth decimal when small); text whatever its case; 'yes' is true; days without their midnight. */
export function sameCell(
  gold: GoldCell,
  answer: GoldCell,
  column?: Pick<ResultColumn, 'type' | 'unit'>,
): boolean {
  if (typeof gold === 'boolean' && typeof answer === 'string' && /^(?:yes|no)$/i.test(answer))
    return gold === /^yes$/i.test(answer);
  if (isBlank(gold) || isBlank(answer)) return isBlank(gold) && isBlank(answer);
  const wanted = toNumber(gold);
  const got = toNumber(answer);
  if (wanted !== null && got !== null) {
    if (sameFigure(wanted, got)) return true;
    return column?.unit?.kind === 'share' && sameFigure(wanted, got * 100);
  }
  // A year may be written as such or as its first day.
  if (wanted !== null && String(answer) === `${wanted}-01-01`) return true;
  return sameText(String(gold), String(answer));
}

function isBlank(cell: GoldCell): boolean {
  return cell === null || cell === '' || cell === '(none)';
}

function sameFigure(gold: number, answer: number): boolean {
  const off = Math.abs(gold - answer);
  if (off <= Math.max(1e-6 * Math.abs(gold), 0.000_051)) return true;
  return Math.abs(gold) >= 10 && off <= 0.005_01;
}

function sameText(gold: string, answer: string): boolean {
  const a = plain(gold);
  const b = plain(answer);
  if (a === b) return true;
  // A month may be written as such or as its first day.
  return (/^\d{4}-\d{2}$/.test(a) && b === `${a}-01`) || (/^\d{4}-\d{2}$/.test(b) && a === `${b}-01`);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(\d{4}-\d{2}-\d{2})[t ]00:00:00(\.0+)?z?$/, '$1');
}

function toNumber(cell: GoldCell): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'string' && /^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(cell)) return Number(cell);
  return null;
}
