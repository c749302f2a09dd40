import type { Run } from '../domain/run.ts';
import type { AcceptedUpload, SharedSpreadsheet, UploadView } from '../uploads/accept-upload.ts';
import type { Confirmation, ConfirmedUpload } from '../uploads/confirm-upload.ts';
import type { Upload } from '../uploads/upload.ts';
import type { UploadReceipt } from '../uploads/upload-receipt.ts';

/** What the Slack side needs of uploads. */
export type Uploads = {
  accept(shared: SharedSpreadsheet): Promise<AcceptedUpload>;
  find(id: string): Promise<Upload | undefined>;
  /** The upload as it stands, read again. */
  view(upload: Upload): Promise<UploadView>;
  /** Other answers, other mapping; undefined when it waits no longer. */
  remap(id: string, answers: Record<string, string>): Promise<UploadView | undefined>;
  confirm(confirmation: Confirmation): Promise<ConfirmedUpload>;
  /** Of one that was taken back: it waits for Load again. */
  reopen(id: string): Promise<UploadView | undefined>;
  cancel(id: string): Promise<Upload | undefined>;
  notePosted(id: string, card: string): Promise<void>;
  /** The workbook with its bad cells marked. */
  mark(upload: Upload): Promise<Uint8Array>;
  /** Notes how the run over an upload ended, and gives what its people are told. */
  receiptOf(run: Run): Promise<UploadReceipt | undefined>;
  /** Those that were not confirmed in time. */
  sweep(): Promise<Upload[]>;
  /** The newest first. */
  mine(person: string): Promise<Upload[]>;
};
