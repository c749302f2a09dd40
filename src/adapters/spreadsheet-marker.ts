import { type Cell as WrittenCell, writeXlsx } from 'hucre';
import { neutralizeFormula } from '../uploads/neutralize-formula.ts';
import type { StagedRefusal } from '../uploads/stage-upload.ts';
import type { RefusedCell, UploadPreview } from '../uploads/upload-preview.ts';
import { type Cell, columnOf, type Workbook } from '../uploads/workbook.ts';

const REFUSED = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFFC7CE' } } } as const;

/**
 * The workbook as it was read, values only, with every refused cell coloured and its reason as a comment. Formulas are not
 * written, and texts that look like one are made harmless.
 */
export async function markWorkbook(
  workbook: Workbook,
  preview: UploadPreview,
  alsoRefused: readonly StagedRefusal[] = [],
): Promise<Uint8Array> {
  const sheets = workbook.sheets.map((sheet, at) => {
    const refused = refusedOf(preview, alsoRefused, sheet.name);
    const cells = new Map<string, Partial<WrittenCell>>();
    const rows: (string | number | boolean | null)[][] = [];
    for (const row of sheet.rows) {
      const values = row.cells.map((cell) => (cell === undefined ? null : written(cell)));
      rows[row.index] = Array.from(values, (value) => value ?? null);
    }
    for (const [name, problem] of refused) {
      const [row, column] = [Number(/\d+/.exec(name)?.[0]) - 1, columnOf(name)];
      const value = rows[row]?.[column] ?? '';
      cells.set(`${row},${column}`, {
        value,
        style: REFUSED,
        comment: { author: 'Plumbline', text: problem.reason },
      });
    }
    return { name: sheetName(sheet.name, at), rows: Array.from(rows, (row) => row ?? []), cells };
  });
  return writeXlsx({ sheets });
}

function refusedOf(
  preview: UploadPreview,
  alsoRefused: readonly StagedRefusal[],
  sheet: string,
): Map<string, RefusedCell> {
  const own = preview.sheets.filter(({ name, used }) => name === sheet && used);
  const all = [
    ...alsoRefused.filter((problem) => problem.sheet === sheet),
    ...own.flatMap(({ refused }) => refused),
  ];
  return new Map(all.map((problem) => [problem.cell, problem] as const));
}

function written(cell: Cell): string | number | boolean {
  if (cell.kind === 'number' && cell.text.replace(/\D/g, '').length <= 15) return Number(cell.text);
  if (cell.kind === 'boolean') return cell.text === 'true';
  if (cell.kind === 'formula') return neutralizeFormula(`=${cell.formula ?? ''}`);
  return neutralizeFormula(cell.text);
}

/** What Excel allows as a sheet's name. */
function sheetName(name: string, at: number): string {
  const allowed = name
    .replace(/[\\/?*[\]:]/g, ' ')
    .trim()
    .slice(0, 27);
  return at === 0 ? allowed || 'Sheet' : `${allowed} ${at + 1}`.trim();
}
