import type { ClassifiedRow, RowColumns } from './classify-rows.ts';
import { isBlank, type SheetRow } from './workbook.ts';

const MAX_LEVELS = 6;

/**
 * Budgets and trial balances often carry their sums above their parts: department, section, article in one column of levels,
 * or account 4, 40, 400 by its beginning. A level whose rows come to the sum of the rows below them, nearly always, is a
 * sum and no entry.
 */
export function markLevelTotals(rows: ClassifiedRow[], columns: RowColumns): ClassifiedRow[] {
  const data = rows.filter(({ kind }) => kind === 'data').map(({ row }) => row);
  if (data.length < 4 || columns.amounts.length === 0) return rows;
  for (const levelOf of [...levelColumns(data, columns), ...prefixLevels(data, columns)]) {
    const sums = parents(data, levelOf, columns);
    if (sums.size > 0)
      return rows.map((found) => (sums.has(found.row) ? { row: found.row, kind: 'total' } : found));
  }
  return rows;
}

type LevelOf = (row: SheetRow) => number;

/** Columns of a few words, of which the first to come is the highest. */
function levelColumns(data: SheetRow[], { others }: RowColumns): LevelOf[] {
  return others.flatMap((column): LevelOf[] => {
    const order = new Map<string, number>();
    for (const row of data) {
      const text = row.cells[column]?.text.trim().toLowerCase() ?? '';
      if (text === '') return [];
      if (!order.has(text)) order.set(text, order.size);
      if (order.size > MAX_LEVELS) return [];
    }
    return order.size < 2
      ? []
      : [(row) => order.get(row.cells[column]?.text.trim().toLowerCase() ?? '') ?? 0];
  });
}

/** Columns of codes, of which shorter ones begin the longer ones that follow. */
function prefixLevels(data: SheetRow[], { others }: RowColumns): LevelOf[] {
  return others.flatMap((column): LevelOf[] => {
    let within = 0;
    let before = '';
    const lengths = new Set<number>();
    for (const row of data) {
      const cell = row.cells[column];
      if (cell === undefined || isBlank(cell) || !/^[\d.\-/ ]+$/.test(cell.text)) return [];
      const code = plainCode(cell.text);
      if (before !== '' && code.length > before.length && code.startsWith(before)) within++;
      lengths.add(code.length);
      before = code;
    }
    if (within < 2 || lengths.size < 2 || lengths.size > MAX_LEVELS) return [];
    return [(row) => plainCode(row.cells[column]?.text ?? '').length];
  });
}

function plainCode(text: string): string {
  return text.replace(/[^\d]/g, '');
}

/** Rows that come to the sum of what stands below them, down to the next row of their level or a higher one. */
function parents(data: SheetRow[], levelOf: LevelOf, columns: RowColumns): Set<SheetRow> {
  const levels = [...new Set(data.map(levelOf))].sort((a, b) => a - b);
  const sums = new Set<SheetRow>();
  for (const [at, level] of levels.entries()) {
    const next = levels[at + 1];
    if (next === undefined) break;
    const { agreeing, judged, rows } = judgeLevel(data, levelOf, level, columns);
    if (judged >= 2 && agreeing >= judged * 0.85) for (const row of rows) sums.add(row);
  }
  return sums;
}

function judgeLevel(data: SheetRow[], levelOf: LevelOf, level: number, columns: RowColumns) {
  const rows: SheetRow[] = [];
  let agreeing = 0;
  let judged = 0;
  for (const [at, row] of data.entries()) {
    if (levelOf(row) !== level) continue;
    const below = childrenOf(data, at, level, levelOf);
    if (below.length === 0) continue;
    const verdict = comesTo(row, below, columns);
    if (verdict === undefined) continue;
    judged++;
    if (verdict) agreeing++;
    rows.push(row);
  }
  return { agreeing, judged, rows };
}

/** The rows of the highest level among those that follow. */
function childrenOf(data: SheetRow[], at: number, level: number, levelOf: LevelOf): SheetRow[] {
  let highest = Number.POSITIVE_INFINITY;
  const following: SheetRow[] = [];
  for (let next = at + 1; next < data.length; next++) {
    const row = data[next];
    if (!row || levelOf(row) <= level) break;
    following.push(row);
    highest = Math.min(highest, levelOf(row));
  }
  return following.filter((row) => levelOf(row) === highest);
}

/** Undefined when all is zero, which proves nothing. */
function comesTo(row: SheetRow, below: SheetRow[], columns: RowColumns): boolean | undefined {
  let proved = false;
  for (const column of columns.amounts) {
    const says = columns.numberAt(row, column) ?? 0;
    let sum = 0;
    for (const child of below) sum += columns.numberAt(child, column) ?? 0;
    if (Math.abs(sum - says) > 0.005 + below.length * 0.5e-6 + Math.abs(says) * 1e-9) return false;
    if (says !== 0) proved = true;
  }
  return proved ? true : undefined;
}
