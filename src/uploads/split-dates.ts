import { readDateText } from './date-text.ts';
import type { FoundTable, TableColumn } from './find-tables.ts';
import { fit } from './match-columns.ts';
import { normalizeHeader } from './normalize-header.ts';
import type { Rows } from './sheet-rows.ts';
import { surveyColumn } from './survey-column.ts';
import { type Cell, isBlank } from './workbook.ts';

const YEAR = /^(year|jahr|annee|ano|anno|jaar)$/;
const MONTH = /^(month|monat|mois|mes|mese|maand)$/;
const DAY = /^(day|tag|jour|dia|giorno|dag)$/;

/** Where year, month and day stand in three columns and nothing else is a date, they become one in the first of them. */
export function withJoinedDates(table: FoundTable): FoundTable {
  const named = [YEAR, MONTH, DAY].map((name) =>
    table.columns.filter(({ header }) => name.test(normalizeHeader(header ?? ''))),
  );
  const [year, month, day] = named.map(([only, other]) => (other ? undefined : only));
  if (!year || !month || !day || hasOtherDates(table, [year, month, day])) return table;
  const parts = [year, month, day];
  const inOrder = parts.toSorted((a, b) => a.column - b.column);
  const [first] = inOrder;
  if (!first) return table;
  const joined = Array.from({ length: table.body.length }, (_, at) => textOf(table.body, at, parts));
  const texts = joined.filter((text) => text !== undefined);
  if (texts.length === 0 || texts.filter(isDay).length < texts.length * 0.8) return table;
  const body = withJoined(table.body, first.column, joined);
  const header = `Date (${inOrder.map((part) => part.header ?? '').join(', ')})`;
  const columns = table.columns.flatMap((column) =>
    column === first ? [{ ...column, header }] : parts.includes(column) ? [] : [column],
  );
  return { ...table, body, columns };
}

function hasOtherDates({ columns, body }: FoundTable, parts: readonly TableColumn[]): boolean {
  return columns.some(
    (column) => !parts.includes(column) && fit('date', surveyColumn(body, column.column)) === 1,
  );
}

/** Rows of which a part is missing keep what stands in that column. */
function withJoined(body: Rows, column: number, joined: (string | undefined)[]): Rows {
  const cells = [...(body.grid.columns[column]?.cells ?? [undefined])];
  const own = body.codes(column);
  const known = new Map<string, number>();
  const codes = Int32Array.from(joined, (text, at) => {
    if (text === undefined) return own[at] ?? 0;
    const code = known.get(text) ?? cells.push({ kind: isDay(text) ? 'date' : 'text', text }) - 1;
    known.set(text, code);
    return code;
  });
  return body.withColumn(column, { codes, cells });
}

/** Undefined where one of the three is missing; words that are no day stay as they are, to be refused. */
function textOf(body: Rows, at: number, parts: readonly TableColumn[]): string | undefined {
  const texts = parts.map(({ column }) => body.cell(at, column));
  if (texts.some((cell) => isBlank(cell))) return undefined;
  const [year = '', month = '', day = ''] = texts.map((cell) => textIn(cell));
  if (!/^\d{1,2}$/.test(month))
    return readDateText(`${day} ${month} ${year}`)?.value('dmy') ?? `${day} ${month} ${year}`;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function textIn(cell: Cell | undefined): string {
  return (cell?.text ?? '').trim().replace(/\.0+$/, '');
}

function isDay(text: string | undefined): boolean {
  if (text === undefined || !/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
