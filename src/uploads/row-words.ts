import { flagByCode, type Rows } from './sheet-rows.ts';
import { type TotalWord, totalWord } from './total-words.ts';
import { type Cell, isBlank } from './workbook.ts';

/** What cells say of their row, in order of the numbers that stand for it. */
const WORDS = [undefined, 'total', 'balance', 'perhaps'] as const satisfies (TotalWord | undefined)[];

const known = new WeakMap<(Cell | undefined)[], (code: number) => number>();

/** What a column's cells say of their rows, by code; each text is looked at once for the whole table. */
export function wordByCode(rows: Rows, column: number): (code: number) => TotalWord | undefined {
  const number = wordNumbers(rows, column);
  return (code) => WORDS[number(code)];
}

/** The first of the columns' texts that says something; one that surely says it goes before one that perhaps does. */
export function wordsPerRow(rows: Rows, columns: readonly number[]): (TotalWord | undefined)[] {
  const found = new Uint8Array(rows.length);
  for (const column of columns) {
    const codes = rows.codes(column);
    const number = wordNumbers(rows, column);
    const isText = flagByCode(rows, column, 0, (cell) => (cell.kind === 'text' && !isBlank(cell) ? 1 : 0));
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] as number;
      if (code === 0 || number(code) === 0 || isText(code) === 0) continue;
      if (found[at] === 0 || (found[at] === 3 && number(code) !== 3)) found[at] = number(code);
    }
  }
  return Array.from(found, (number) => WORDS[number]);
}

function wordNumbers(rows: Rows, column: number): (code: number) => number {
  const cells = rows.grid.columns[column]?.cells;
  const own =
    (cells && known.get(cells)) ??
    flagByCode(rows, column, 0, (cell) => WORDS.indexOf(totalWord(cell.text) as undefined));
  if (cells) known.set(cells, own);
  return own;
}
