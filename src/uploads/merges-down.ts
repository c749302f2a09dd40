import { groupBy } from './group-by.ts';
import type { Rows } from './sheet-rows.ts';
import type { UnderstoodColumn } from './understand-table.ts';
import type { CellRange } from './workbook.ts';

/** The value of a cell that is merged over several rows counts in each of them, unless it is an amount. */
export function withMergesDown(
  body: Rows,
  merges: readonly CellRange[],
  columns: readonly UnderstoodColumn[],
): Rows {
  const down = merges.filter((merge) => merge.bottom > merge.top && merge.left === merge.right);
  if (down.length === 0) return body;
  const at = new Map(Array.from({ length: body.length }, (_, row) => [body.index(row), row] as const));
  const tall = groupBy(
    down.filter((merge) => at.has(merge.top)),
    (merge) => merge.left,
  );
  return columns.reduce((rows, { column, hint, type }) => {
    const own = tall.get(column);
    if (!own || hint === 'amount' || hint === 'quantity' || type === 'decimal') return rows;
    return rows.withColumn(column, {
      codes: filledDown(rows.codes(column), own, at),
      cells: rows.grid.columns[column]?.cells ?? [undefined],
    });
  }, body);
}

/** Of merges that overlap, which none should, the first counts. */
function filledDown(
  codes: Int32Array,
  merges: readonly CellRange[],
  at: ReadonlyMap<number, number>,
): Int32Array {
  const filled = codes.slice();
  const last = [...at.keys()].at(-1) ?? 0;
  const isTaken = new Set<number>();
  for (const { top, bottom } of merges) {
    const code = codes[at.get(top) ?? -1] ?? 0;
    for (let index = top + 1; index <= Math.min(bottom, last); index++) {
      const row = at.get(index);
      if (row === undefined || isTaken.has(row)) continue;
      isTaken.add(row);
      if (codes[row] === 0) filled[row] = code;
    }
  }
  return filled;
}
