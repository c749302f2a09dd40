import { readWorkbook } from '../../../src/adapters/spreadsheet-bytes.ts';
import { readUpload } from '../../../src/uploads/read-upload.ts';
import type { ReadOptions, SheetPreview, UploadPreview } from '../../../src/uploads/upload-preview.ts';

export async function previewOf(
  content: string | Uint8Array,
  { name = 'file.csv', ...options }: ReadOptions & { name?: string } = {},
): Promise<UploadPreview> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const file = { name, bytes };
  return readUpload(await readWorkbook(file), file, options).preview;
}

/** The first table that is used. */
export function usedSheet(preview: UploadPreview): SheetPreview {
  const sheet = preview.sheets.find(({ used }) => used);
  if (!sheet) throw new Error('No sheet is used.');
  return sheet;
}

export function mapping(sheet: SheetPreview): Record<string, string | null> {
  return Object.fromEntries(sheet.columns.map(({ header, column, mapsTo }) => [header ?? column, mapsTo]));
}
