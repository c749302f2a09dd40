import type { Cell } from './workbook.ts';

const NONE = Symbol('made, and it is nothing');
const LOOK_AFTER = 4_000;

/**
 * What is made of a cell, made once for cells that are one (a reader gives equal cells of a column as one). Where most of them
 * are different, as in a column of document numbers, remembering costs more than it saves, so it stops.
 */
export function byCell<T>(make: (cell: Cell) => T | undefined): (cell: Cell) => T | undefined {
  const known = new Map<Cell, T | typeof NONE>();
  let asked = 0;
  let pays = true;
  return (cell) => {
    if (!pays) return make(cell);
    asked++;
    const found = known.get(cell);
    if (found !== undefined) return found === NONE ? undefined : (found as T);
    const made = make(cell);
    known.set(cell, made === undefined ? NONE : made);
    if (known.size % LOOK_AFTER === 0 && asked < known.size * 2) {
      pays = false;
      known.clear();
    }
    return made;
  };
}

/** The same for each column by itself. */
export function byColumn<T>(
  make: (cell: Cell, column: number) => T | undefined,
): (cell: Cell, column: number) => T | undefined {
  const columns: (ReturnType<typeof byCell<T>> | undefined)[] = [];
  return (cell, column) => {
    let own = columns[column];
    if (own === undefined) {
      own = byCell((other) => make(other, column));
      columns[column] = own;
    }
    return own(cell);
  };
}
