import type { Sheet, Workbook } from '../uploads/workbook.ts';
import { cellCounter, SPREADSHEET_LIMITS as LIMITS, tooLarge, unreadable } from './spreadsheet-limits.ts';
import { builtInFormat } from './spreadsheet-number-formats.ts';
import { readXlsxSheet, type SheetParts } from './spreadsheet-xlsx-sheet.ts';
import { attribute, scanXml, unescapeXml } from './spreadsheet-xml.ts';
import type { ZipParts } from './spreadsheet-zip.ts';

type SheetEntry = { name: string; relation: string; hidden: boolean };

/** Reads xlsx and xlsm: values as saved, never computed; what a sheet points to outside itself is not followed. */
export function readXlsx(zip: ZipParts): Workbook {
  const workbookPath = findWorkbook(zip);
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1);
  const { entries, is1904 } = readWorkbookPart(textOf(zip, workbookPath));
  if (entries.length === 0) throw unreadable('It is a workbook without sheets.');
  if (entries.length > LIMITS.sheets) throw tooLarge(`It has more than ${LIMITS.sheets} sheets.`);
  const relations = readRelations(textOf(zip, `${folder}_rels/${fileName(workbookPath)}.rels`));
  const pathOf = (kind: string) => [...relations.values()].find((relation) => relation.kind === kind)?.path;
  const parts: SheetParts = {
    strings: readSharedStrings(textOf(zip, resolve(folder, pathOf('sharedStrings') ?? 'sharedStrings.xml'))),
    formats: readCellFormats(textOf(zip, resolve(folder, pathOf('styles') ?? 'styles.xml'))),
    is1904,
    count: cellCounter(),
  };
  const sheets: Sheet[] = [];
  const warnings = warningsOf(zip);
  for (const entry of entries) {
    const relation = relations.get(entry.relation);
    if (relation && relation.kind !== 'worksheet') {
      warnings.push(`'${entry.name}' is a ${relation.kind.replace(/sheet$/, '')} sheet and holds no rows.`);
      continue;
    }
    const xml = relation && utf8Of(zip, resolve(folder, relation.path));
    if (!xml || xml.length === 0)
      throw unreadable(`The archive is damaged: the sheet '${entry.name}' is missing from it.`);
    sheets.push({ name: entry.name, hidden: entry.hidden, ...readXlsxSheet(xml, parts) });
  }
  return { kind: 'xlsx', sheets, warnings };
}

function findWorkbook(zip: ZipParts): string {
  const root = readRelations(textOf(zip, '_rels/.rels'));
  const named = [...root.values()].find((relation) => relation.kind === 'officeDocument')?.path;
  return resolve('', named ?? 'xl/workbook.xml');
}

function warningsOf(zip: ZipParts): string[] {
  const warnings: string[] = [];
  const has = (pattern: RegExp) => zip.names.some((name) => pattern.test(name));
  if (has(/vbaProject\.bin$/i)) warnings.push('The workbook holds macros. They were not run.');
  if (has(/externalLinks\//i))
    warnings.push(
      'The workbook links to other workbooks. The links were not followed; the values saved in it were used.',
    );
  if (has(/connections\.xml$/i))
    warnings.push('The workbook has connections to outside data. They were not opened.');
  if (has(/embeddings\//i)) warnings.push('The workbook holds embedded files. They were not opened.');
  return warnings;
}

function readWorkbookPart(xml: string | undefined): { entries: SheetEntry[]; is1904: boolean } {
  if (!xml) throw unreadable('It is an archive, but no workbook is in it.');
  const entries: SheetEntry[] = [];
  let is1904 = false;
  scanXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 ||= /^(1|true|on)$/i.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = /:id=["']([^"']*)/.exec(attributes)?.[1] ?? attribute(attributes, 'id') ?? '';
      const hidden = /hidden/i.test(attribute(attributes, 'state') ?? '');
      entries.push({
        name: attribute(attributes, 'name') ?? `Sheet ${entries.length + 1}`,
        relation,
        hidden,
      });
    },
    close() {},
  });
  return { entries, is1904 };
}

function readRelations(xml: string | undefined): Map<string, { kind: string; path: string }> {
  const relations = new Map<string, { kind: string; path: string }>();
  scanXml(xml ?? '', {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const kind = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '';
      relations.set(attribute(attributes, 'Id') ?? '', { kind, path: attribute(attributes, 'Target') ?? '' });
    },
    close() {},
  });
  return relations;
}

/** The texts that cells point to; readings of characters (`rPh`) are not part of them. */
function readSharedStrings(xml: string | undefined): string[] {
  const strings: string[] = [];
  let current: string | undefined;
  let inText = false;
  let inReading = false;
  scanXml(xml ?? '', {
    open(name, _attributes, empty) {
      if (name === 'si') current = '';
      if (name === 't' && !empty) inText = !inReading;
      if (name === 'rPh' && !empty) inReading = true;
    },
    text(raw) {
      if (inText && current !== undefined) current += raw;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inReading = false;
      if (name !== 'si' || current === undefined) return;
      strings.push(unescapeXml(current));
      current = undefined;
    },
  });
  return strings;
}

/** The number format of each cell style, by the style's number. */
function readCellFormats(xml: string | undefined): (string | undefined)[] {
  const custom = new Map<number, string>();
  const formats: (string | undefined)[] = [];
  let inCellStyles = false;
  scanXml(xml ?? '', {
    open(name, attributes) {
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'numFmt')
        custom.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      if (name !== 'xf' || !inCellStyles) return;
      const id = Number(attribute(attributes, 'numFmtId') ?? 0);
      formats.push(custom.get(id) ?? builtInFormat(id));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return formats;
}

function textOf(zip: ZipParts, path: string): string | undefined {
  return utf8Of(zip, path)?.toString('utf8');
}

function utf8Of(zip: ZipParts, path: string): Buffer | undefined {
  const bytes = zip.read(path);
  if (!bytes) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.toString('utf16le', 2));
  return bytes.subarray(bytes[0] === 0xef ? 3 : 0);
}

function resolve(folder: string, path: string): string {
  if (path.startsWith('/')) return path.slice(1);
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
