import { AppError } from '../domain/app-error.ts';
import type { SpreadsheetFile } from '../uploads/needs.ts';
import { type ReadUpload, readUpload } from '../uploads/read-upload.ts';
import { type StagedRefusal, toStagedCsv } from '../uploads/stage-upload.ts';
import type { ReadOptions } from '../uploads/upload-preview.ts';
import { readWorkbook } from './spreadsheet-bytes.ts';
import { sheetTexts } from './spreadsheet-sheets.ts';

export type SpreadsheetJob =
  | { kind: 'preview' | 'stage' | 'take' | 'mark'; file: SpreadsheetFile; options: ReadOptions }
  | { kind: 'sheets'; file: SpreadsheetFile };

/** `fault` is what we got wrong. */
export type SpreadsheetReply = { result: unknown } | { refusal: string } | { fault: string };

/** One job, wherever it is done. The one catch: what cannot be read becomes a refusal with its sentence; what we got wrong, a fault. */
export async function spreadsheetWork(job: SpreadsheetJob): Promise<SpreadsheetReply> {
  const { kind, file } = job;
  try {
    const workbook = await readWorkbook(file);
    if (kind === 'sheets') return { result: { sheets: sheetTexts(workbook), warnings: workbook.warnings } };
    const { options } = job;
    const read = readUpload(workbook, file, options);
    if (kind === 'preview') return { result: read.preview };
    if (kind === 'stage') return { result: toStagedCsv(read, options) };
    if (kind === 'take') return { result: { preview: read.preview, staged: toStagedCsv(read, options) } };
    const { markWorkbook } = await import('./spreadsheet-marker.ts');
    return { result: await markWorkbook(workbook, read.preview, refusedWhenStaged(read, options)) };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('file.'))
      return { refusal: thrown.detail ?? 'The file could not be read.' };
    return { fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}

function refusedWhenStaged(read: ReadUpload, options: ReadOptions): StagedRefusal[] {
  const staged = toStagedCsv(read, options);
  return staged.outcome === 'staged' ? staged.refused : [];
}
