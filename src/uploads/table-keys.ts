import type { FoundTable } from './find-tables.ts';
import { layoutFingerprint } from './fingerprint.ts';
import { cellName, type Sheet } from './workbook.ts';

/** What answers about a table are known by. */
export type TableKeys = {
  /** Shared by tables of one layout: what is answered for the first holds for all. */
  key: string;
  /** Of this table alone: the sheet's name, with its first cell where others stand on the sheet. */
  own: string;
  /** Shared while nothing says that the year is another. */
  year: string;
};

export function withKeys<T extends { sheet: Sheet; table: FoundTable }>(
  found: readonly T[],
): (T & { keys: TableKeys })[] {
  const layouts = new Map<string, { key: string; year: string | undefined }>();
  const onSheet = new Set<string>();
  return found.map((each) => {
    const { sheet, table } = each;
    const top = table.headerRows[0] ?? table.body.row(0)?.index ?? 0;
    const own = onSheet.has(sheet.name) ? `${sheet.name} ${cellName(table.left, top)}` : sheet.name;
    onSheet.add(sheet.name);
    const year = yearNamed([...table.titles, sheet.name].join(' '));
    const print =
      table.headerRows.length === 0 ? own : layoutFingerprint(table.columns.map(({ header }) => header));
    const layout = layouts.get(print) ?? { key: own, year };
    layouts.set(print, layout);
    return { ...each, keys: { key: layout.key, own, year: layout.year === year ? layout.key : own } };
  });
}

export function yearNamed(text: string): string | undefined {
  return /\b(20\d\d)\b/.exec(text.replaceAll(/[_-]/g, ' '))?.[1];
}
