import type { ReadOptions, UploadPreview } from './upload-preview.ts';

export type SpreadsheetFile = { name: string; bytes: Uint8Array };

/** Reads spreadsheets apart from the main thread, with limits; a file that cannot be read is a refusal, not a fault. */
export type SpreadsheetReader = {
  preview(file: SpreadsheetFile, options: ReadOptions): Promise<UploadPreview>;
};
