import type { StagedUpload } from './stage-upload.ts';
import type { ReadOptions, UploadPreview } from './upload-preview.ts';

export type SpreadsheetFile = { name: string; bytes: Uint8Array };

/** Reads spreadsheets apart from the main thread, with limits; a file that cannot be read is a refusal, not a fault. */
export type SpreadsheetReader = {
  preview(file: SpreadsheetFile, options: ReadOptions): Promise<UploadPreview>;
  /** The rows that may be loaded, as the CSV of the ordinary feeds. */
  stage(file: SpreadsheetFile, options: ReadOptions): Promise<StagedUpload>;
  /** The workbook as xlsx with its refused cells coloured and commented. */
  mark(file: SpreadsheetFile, options: ReadOptions): Promise<Uint8Array>;
};
