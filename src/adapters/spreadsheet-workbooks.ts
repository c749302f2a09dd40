import { existsSync } from 'node:fs';
import { AppError } from '../domain/app-error.ts';
import type { SheetText, WorkbookReader } from '../ports/workbook-reader.ts';
import { readWorkbook } from './spreadsheet-bytes.ts';
import { inWorker } from './spreadsheet-jobs.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';
import { sheetTexts } from './spreadsheet-sheets.ts';

/** For feeds. A bundle for Lambda holds one file; there the process does nothing else anyway. */
export function workbookReader(): WorkbookReader {
  return {
    async sheets(file) {
      if (!workerIsThere()) {
        const workbook = await readWorkbook(file);
        return { sheets: sheetTexts(workbook), warnings: workbook.warnings };
      }
      const reply = await inWorker({ kind: 'sheets', file }, LIMITS.timeoutMs);
      if ('refusal' in reply) throw new AppError('file.unreadable', { detail: reply.refusal });
      if ('fault' in reply)
        throw new AppError('internal', { context: { file: file.name }, cause: new Error(reply.fault) });
      return reply.result as { sheets: SheetText[]; warnings: string[] };
    },
  };
}

function workerIsThere(): boolean {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return existsSync(new URL(`./spreadsheet-worker.${extension}`, import.meta.url));
}
