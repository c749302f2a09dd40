import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { KnownNames } from './known-names.ts';
import type { StagedUpload } from './stage-upload.ts';
import type { ReadOptions, UploadPreview } from './upload-preview.ts';

export type SpreadsheetFile = { name: string; bytes: Uint8Array };

/** What is shown of a file, and what would be loaded of it. */
export type TakenUpload = { preview: UploadPreview; staged: StagedUpload };

/** Reads spreadsheets apart from the main thread, with limits; a file that cannot be read is a refusal, not a fault. */
export type SpreadsheetReader = {
  preview(file: SpreadsheetFile, options: ReadOptions): Promise<UploadPreview>;
  /** The rows that may be loaded, as the CSV of the ordinary feeds. */
  stage(file: SpreadsheetFile, options: ReadOptions): Promise<StagedUpload>;
  /** Both, from one reading. */
  take(file: SpreadsheetFile, options: ReadOptions): Promise<TakenUpload>;
  /** The workbook as xlsx with its refused cells coloured and commented. */
  mark(file: SpreadsheetFile, options: ReadOptions): Promise<Uint8Array>;
};

export type UploadNeeds = {
  reader: SpreadsheetReader;
  objects: ObjectStore;
  /** Where files come in: the seam to the pipelines. */
  ingestionBucket: string;
  smallRecords: VersionedRecords;
  runLog: RunLog;
  clock: Clock;
  /** Of amounts that a file gives no currency for. */
  currency(): Promise<string>;
  /** Branches and accounts that files may name. */
  known(): Promise<KnownNames>;
  /** After this an upload that nobody confirmed is forgotten. */
  waitHours: number;
  /** How long the bytes of what was loaded are kept. */
  keepDays: number;
};
