import { strToU8, zipSync } from 'fflate';
import { columnName } from '../../../src/uploads/workbook.ts';

/** A value, or a cell's own XML attributes and content. */
export type TestCell = string | number | null | undefined | { xml: string; attributes?: string };

export type TestSheet = {
  name?: string;
  rows: TestCell[][];
  merges?: string[];
  hidden?: boolean;
  hiddenRows?: number[];
  hiddenColumns?: number[];
};

/** Style numbers of the workbook that `buildXlsx` writes. */
export const STYLE = { date: 1, percent: 2, zeros: 3, dateTime: 4 } as const;

/** A small xlsx, written by hand so that a test can put anything into it. */
export function buildXlsx(
  sheets: TestSheet[],
  { date1904 = false, extra = {} }: { date1904?: boolean; extra?: Record<string, string> } = {},
): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, hidden }, at) =>
          `<sheet name="${escape(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['rIdS', 'styles', 'styles.xml'] as const,
    ]),
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    ...extra,
  };
  for (const [at, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(sheet);
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

function sheetXml({ rows, merges = [], hiddenRows = [], hiddenColumns = [] }: TestSheet): string {
  const columns = hiddenColumns
    .map((column) => `<col min="${column + 1}" max="${column + 1}" hidden="1"/>`)
    .join('');
  const data = rows.map((cells, row) => {
    const hidden = hiddenRows.includes(row + 1) ? ' hidden="1"' : '';
    return `<row r="${row + 1}"${hidden}>${cells.map((cell, column) => cellXml(cell, `${columnName(column)}${row + 1}`)).join('')}</row>`;
  });
  const merged =
    merges.length > 0
      ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
      : '';
  return `<worksheet>${columns ? `<cols>${columns}</cols>` : ''}<sheetData>${data.join('')}</sheetData>${merged}</worksheet>`;
}

function cellXml(cell: TestCell, reference: string): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
  return `<c r="${reference}" ${cell.attributes ?? ''}>${cell.xml}</c>`;
}

/** 45000 as a date. */
export function dated(serial: number, style: number = STYLE.date): TestCell {
  return { attributes: `s="${style}"`, xml: `<v>${serial}</v>` };
}

export function formula(text: string, result?: number): TestCell {
  return { xml: `<f>${escape(text)}</f>${result === undefined ? '' : `<v>${result}</v>`}` };
}

export function errorCell(sign: string): TestCell {
  return { attributes: 't="e"', xml: `<v>${sign}</v>` };
}

function relations(entries: (readonly [string, string, string])[]): string {
  return `<Relationships>${entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`).join('')}</Relationships>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
