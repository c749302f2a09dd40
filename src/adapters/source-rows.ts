import type { SourceRequest, SourceRow } from '../ports/source-database.ts';

/** Rows as every source gives them: first the cells that were asked for, then the row's place. */
export function placedRows(
  rows: readonly (string | null)[][],
  { columns, part, watermark }: Pick<SourceRequest, 'columns' | 'part' | 'watermark'>,
): SourceRow[] {
  const marked = part === 'marked' && watermark !== null;
  return rows.map((row) => {
    const place = row.slice(columns.length);
    return {
      cells: row.slice(0, columns.length),
      place: {
        watermark: marked ? (place[0] ?? null) : null,
        key: (marked ? place.slice(1) : place).map((value) => value ?? ''),
      },
    };
  });
}

export function whereOf(conditions: (string | null)[]): string {
  const said = conditions.filter((one) => one !== null && one.trim() !== '');
  return said.length > 0 ? `where ${said.map((one) => `(${one})`).join(' and ')}` : '';
}

/** A UTC time of the database as the clocks on the wall show it in a zone, for databases that have no zones of their own. */
export function localTime(utc: string, timeZone: string): string {
  const at = new Date(`${utc.slice(0, 23).replace(' ', 'T')}Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  return `${shown}${utc.slice(19)}`;
}
