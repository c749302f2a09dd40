import { capitalise } from '../composer/describe-query.ts';
import { compare, sum, toText, tryDecimal } from '../domain/decimal.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { bucketName } from './bucket-name.ts';
import { formatCell, formatNumber, type Locale } from './format-value.ts';

const PLACE = /\{(rows|(first|last|sum|most|least)\.([a-z0-9_]+)(?:>([a-z0-9_]+))?)\}/g;

/**
 * The sentences that a template declares for its answer, filled from the rows: `{rows}` how many there are,
 * `{first.revenue}` and `{last.revenue}` a cell, `{sum.revenue}` of all rows, `{most.revenue}` the largest and
 * `{most.revenue>month_start}` another cell of that row (`least` likewise). A sentence of which a part is not
 * known is left out.
 */
export function sayRows(sentences: string[], table: ResultTable, locale: Locale): string[] {
  return sentences.flatMap((sentence) => {
    let known = true;
    const said = sentence.replace(PLACE, (...found: string[]) => {
      const text = fill(found.slice(1, 5), table, locale);
      if (text === null) known = false;
      return text ?? '';
    });
    return known ? [capitalise(singular(said))] : [];
  });
}

/** '1 orders' is one order. */
function singular(sentence: string): string {
  return sentence.replace(/(?<![\d.,£$€%])\b1 ((?:new |returning |late )?\p{Ll}+)s\b/gu, '1 $1');
}

function fill([whole, which, name = '', other]: string[], table: ResultTable, locale: Locale): string | null {
  if (whole === 'rows') {
    const count = formatNumber(String(table.rows.length), { kind: 'count' }, locale);
    return table.truncated ? `${count} or more` : count;
  }
  if (which === 'sum') {
    const column = table.columns.find((each) => each.name === name);
    return column && !table.truncated
      ? formatNumber(toText(sum(amounts(table, name).map(({ amount }) => amount))), column.unit, locale)
      : null;
  }
  return cellOf(rowOf(which ?? '', name, table), other ?? name, table, locale);
}

function rowOf(which: string, name: string, table: ResultTable): Cell[] | undefined {
  if (which === 'first') return table.rows[0];
  if (which === 'last') return table.rows.at(-1);
  const sign = which === 'most' ? 1 : -1;
  return amounts(table, name).sort((a, b) => sign * compare(b.amount, a.amount))[0]?.row;
}

function cellOf(row: Cell[] | undefined, name: string, table: ResultTable, locale: Locale): string | null {
  const index = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[index];
  const cell = row?.[index];
  if (!column || cell === null || cell === undefined) return null;
  return isMonth(column) ? bucketName(String(cell), 'month') : formatCell(cell, column, locale);
}

function isMonth({ type, name }: ResultColumn): boolean {
  return type === 'date' && /month|cohort/.test(name);
}

function amounts(table: ResultTable, name: string) {
  const index = table.columns.findIndex((column) => column.name === name);
  return table.rows.flatMap((row) => {
    const cell = row[index];
    const amount = cell === null || cell === undefined ? undefined : tryDecimal(String(cell));
    return amount ? [{ row, amount }] : [];
  });
}
