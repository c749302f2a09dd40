import { parentPort } from 'node:worker_threads';
import { AppError } from '../domain/app-error.ts';
import type { SpreadsheetFile } from '../uploads/needs.ts';
import { readUpload } from '../uploads/read-upload.ts';
import type { ReadOptions } from '../uploads/upload-preview.ts';
import { readWorkbook } from './spreadsheet-bytes.ts';

export type SpreadsheetJob = { kind: 'preview'; file: SpreadsheetFile; options: ReadOptions };

export type SpreadsheetReply = { result: unknown } | { refusal: string } | { fault: string };

parentPort?.on('message', (job: SpreadsheetJob) => {
  void doJob(job).then((reply) => parentPort?.postMessage(reply));
});

/** The one catch: what cannot be read becomes a refusal with its sentence; what we got wrong, a fault. */
async function doJob({ file, options }: SpreadsheetJob): Promise<SpreadsheetReply> {
  try {
    const workbook = await readWorkbook(file);
    return { result: readUpload(workbook, file, options).preview };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('file.'))
      return { refusal: thrown.detail ?? 'The file could not be read.' };
    return { fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}
