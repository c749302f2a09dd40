import type { RowColumns } from './classify-rows.ts';
import type { NumberAt } from './running-sums.ts';
import { byCode, type Rows } from './sheet-rows.ts';
import { isBlank } from './workbook.ts';

const MAX_LEVELS = 6;

/**
 * Budgets and trial balances often carry their sums above their parts: department, section, article in one column of levels,
 * or account 4, 40, 400 by its beginning. A level whose rows come to the sum of the rows below them, nearly always, is a
 * sum and no entry. Gives which of the entries are.
 */
export function levelTotals(data: Rows, columns: RowColumns): Set<number> {
  if (data.length < 4 || columns.amounts.length === 0) return new Set();
  for (const levelOf of [...levelColumns(data, columns), ...prefixLevels(data, columns)]) {
    const sums = parents(data, levelOf, columns);
    if (sums.size > 0) return sums;
  }
  return new Set();
}

type LevelOf = (at: number) => number;

/** Columns of a few words, of which the first to come is the highest. */
function levelColumns(data: Rows, { others }: RowColumns): LevelOf[] {
  return others.flatMap((column): LevelOf[] => {
    const order = new Map<string, number>();
    const codes = data.codes(column);
    const levels = byCode(data, column, NONE, (cell) => {
      const text = cell.text.trim().toLowerCase();
      if (text === '') return NONE;
      if (!order.has(text)) order.set(text, order.size);
      return order.get(text) ?? 0;
    });
    for (const code of codes) if (levels(code) === NONE || order.size > MAX_LEVELS) return [];
    return order.size < 2 ? [] : [(at) => levels(codes[at] as number)];
  });
}

const NONE = -1;

/** Columns of codes, of which shorter ones begin the longer ones that follow. */
function prefixLevels(data: Rows, { others }: RowColumns): LevelOf[] {
  return others.flatMap((column): LevelOf[] => {
    let within = 0;
    let before = '';
    const lengths = new Set<number>();
    const codes = data.codes(column);
    const plain = byCode<string | null>(data, column, null, (cell) =>
      isBlank(cell) || !/^[\d.\-/ ]+$/.test(cell.text) ? null : plainCode(cell.text),
    );
    for (const at of codes) {
      const code = plain(at);
      if (code === null) return [];
      if (before !== '' && code.length > before.length && code.startsWith(before)) within++;
      lengths.add(code.length);
      before = code;
    }
    if (within < 2 || lengths.size < 2 || lengths.size > MAX_LEVELS) return [];
    return [(at) => plain(codes[at] as number)?.length ?? 0];
  });
}

function plainCode(text: string): string {
  return text.replace(/[^\d]/g, '');
}

/** Rows that come to the sum of what stands below them, down to the next row of their level or a higher one. */
function parents(data: Rows, levelOf: LevelOf, columns: RowColumns): Set<number> {
  const ofRow = Float64Array.from({ length: data.length }, (_, at) => levelOf(at));
  const levels = [...new Set(ofRow)].sort((a, b) => a - b);
  const amounts = columns.amounts.map((column) => columns.numbersIn(data, column));
  const sums = new Set<number>();
  for (const level of levels.slice(0, -1)) {
    const { agreeing, judged, rows } = judgeLevel(ofRow, level, amounts);
    if (judged >= 2 && agreeing >= judged * 0.85) for (const row of rows) sums.add(row);
  }
  return sums;
}

function judgeLevel(ofRow: Float64Array, level: number, amounts: NumberAt[]) {
  const rows: number[] = [];
  let agreeing = 0;
  let judged = 0;
  for (let at = 0; at < ofRow.length; at++) {
    if (ofRow[at] !== level) continue;
    const below = childrenOf(ofRow, at, level);
    if (below.length === 0) continue;
    const verdict = comesTo(at, below, amounts);
    if (verdict === undefined) continue;
    judged++;
    if (verdict) agreeing++;
    rows.push(at);
  }
  return { agreeing, judged, rows };
}

/** The rows of the highest level among those that follow. */
function childrenOf(ofRow: Float64Array, at: number, level: number): number[] {
  let highest = Number.POSITIVE_INFINITY;
  const following: number[] = [];
  for (let next = at + 1; next < ofRow.length; next++) {
    const own = ofRow[next] as number;
    if (own <= level) break;
    following.push(next);
    highest = Math.min(highest, own);
  }
  return following.filter((row) => ofRow[row] === highest);
}

/** Undefined when all is zero, which proves nothing. */
function comesTo(row: number, below: number[], amounts: NumberAt[]): boolean | undefined {
  let proved = false;
  for (const numberAt of amounts) {
    const says = numberAt(row) || 0;
    let sum = 0;
    for (const child of below) sum += numberAt(child) || 0;
    if (Math.abs(sum - says) > 0.005 + below.length * 0.5e-6 + Math.abs(says) * 1e-9) return false;
    if (says !== 0) proved = true;
  }
  return proved ? true : undefined;
}
