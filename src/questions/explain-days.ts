import { capitalise, joined } from '../composer/describe-query.ts';
import { compare, sum, toText, tryDecimal } from '../domain/decimal.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { formatCell, formatNumber, type Locale } from './format-value.ts';

/** What adds up over days; customers and rates do not. */
const ADDS_UP = new Set(['orders', 'revenue', 'units']);

/** KPIs day by day, in a sentence or two. A day without a single order is said to be one. */
export function explainDays(table: ResultTable, period: string, locale: Locale): string[] {
  const figures = table.columns.filter(({ type }) => type === 'integer' || type === 'decimal');
  const [first] = table.rows;
  if (!first || figures.length === 0) return [];
  if (table.rows.length === 1) return oneDay(first, figures, table, locale);
  const perThing = table.columns.some(({ type }) => type === 'text');
  if (perThing) return severalThings(table, figures, period, locale);
  return figures.slice(0, 3).flatMap((figure) => course(figure, table, period, locale));
}

function oneDay(row: Cell[], figures: ResultColumn[], table: ResultTable, locale: Locale): string[] {
  const day = said(row, table.columns.find(({ type }) => type === 'date') ?? figures[0], table, locale);
  const thing = table.columns.find(({ type }) => type === 'text');
  const parts = figures.map(
    (figure) => `${labelOf(figure)} ${wasWere(figure)} ${said(row, figure, table, locale)}`,
  );
  const of = thing ? `${said(row, thing, table, locale)}: ` : '';
  const sentence = `${capitalise(of + joined(parts))} on ${day}.`;
  const nothing = figures.every((figure) => isZero(cellOf(row, figure, table)));
  return nothing ? [sentence, 'No order of that day is loaded.'] : [sentence];
}

function course(figure: ResultColumn, table: ResultTable, period: string, locale: Locale): string[] {
  const day = table.columns.find(({ type }) => type === 'date');
  const known = table.rows.flatMap((row) => {
    const amount = tryDecimal(String(cellOf(row, figure, table) ?? ''));
    return amount ? [{ row, amount }] : [];
  });
  const sorted = [...known].sort((a, b) => compare(b.amount, a.amount));
  const [high, low] = [sorted[0], sorted.at(-1)];
  if (!high || !low || !day) return [];
  const told = ({ row }: { row: Cell[] }): string =>
    `${said(row, day, table, locale)} (${said(row, figure, table, locale)})`;
  const label = capitalise(labelOf(figure));
  const total = formatNumber(toText(sum(known.map(({ amount }) => amount))), figure.unit, locale);
  return [
    ...(ADDS_UP.has(figure.name) ? [`${label} ${wasWere(figure)} ${total} in all from ${period}.`] : []),
    `${ADDS_UP.has(figure.name) ? 'The' : `${label}: the`} highest day was ${told(high)}, the lowest ${told(low)}.`,
  ];
}

/** Several categories: the sum of each figure that has one. */
function severalThings(
  table: ResultTable,
  figures: ResultColumn[],
  period: string,
  locale: Locale,
): string[] {
  const [figure] = figures.filter(({ name }) => ADDS_UP.has(name));
  const thing = table.columns.find(({ type }) => type === 'text');
  if (!figure || !thing) return [];
  const names = [...new Set(table.rows.map((row) => String(cellOf(row, thing, table))))];
  const parts = names.slice(0, 5).map((name) => {
    const rows = table.rows.filter((row) => String(cellOf(row, thing, table)) === name);
    const total = sum(rows.flatMap((row) => tryDecimal(String(cellOf(row, figure, table) ?? '')) ?? []));
    return `${formatNumber(toText(total), figure.unit, locale)} for ${name}`;
  });
  return [`${capitalise(labelOf(figure))} ${wasWere(figure)} ${joined(parts)} from ${period}.`];
}

function labelOf(column: ResultColumn): string {
  return (column.label ?? column.name.replaceAll('_', ' ')).toLowerCase();
}

function wasWere(column: ResultColumn): string {
  return column.unit?.kind === 'count' ? 'were' : 'was';
}

function cellOf(row: Cell[], column: ResultColumn, table: ResultTable): Cell {
  return row[table.columns.indexOf(column)] ?? null;
}

function said(row: Cell[], column: ResultColumn | undefined, table: ResultTable, locale: Locale): string {
  return column ? formatCell(cellOf(row, column, table), column, locale) : '';
}

function isZero(cell: Cell): boolean {
  return cell === null || /^-?0*(\.0*)?$/.test(String(cell));
}
