import { createHash } from 'node:crypto';
import { AppError } from '../domain/app-error.ts';
import type { SpreadsheetFile, SpreadsheetReader, TakenUpload } from '../uploads/needs.ts';
import type { StagedUpload } from '../uploads/stage-upload.ts';
import type { UploadPreview } from '../uploads/upload-preview.ts';
import { inWorker } from './spreadsheet-jobs.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';
import type { SpreadsheetJob, SpreadsheetReply } from './spreadsheet-work.ts';

/**
 * Reads each file in a worker that has no other meanwhile, and is ended when it takes too long or too much memory: nothing a file
 * does can stop the program. `work` is for tests, whose files are good ones and which need no worker's start for each.
 */
export function createSpreadsheetReader({
  timeoutMs = LIMITS.timeoutMs,
  work = (job) => inWorker(job, timeoutMs),
}: {
  timeoutMs?: number;
  work?: (job: SpreadsheetJob) => Promise<SpreadsheetReply>;
} = {}): SpreadsheetReader {
  const run = async (job: SpreadsheetJob) => {
    const reply = await work(job);
    if ('fault' in reply)
      throw new AppError('internal', { context: { file: job.file.name }, cause: new Error(reply.fault) });
    return reply;
  };
  return {
    async preview(file, options) {
      const reply = await run({ kind: 'preview', file, options });
      return 'refusal' in reply ? refused(file, reply.refusal) : (reply.result as UploadPreview);
    },
    async stage(file, options) {
      const reply = await run({ kind: 'stage', file, options });
      if ('refusal' in reply) return { outcome: 'refused', reason: reply.refusal };
      return reply.result as StagedUpload;
    },
    async take(file, options) {
      const reply = await run({ kind: 'take', file, options });
      if (!('refusal' in reply)) return reply.result as TakenUpload;
      return { preview: refused(file, reply.refusal), staged: { outcome: 'refused', reason: reply.refusal } };
    },
    async mark(file, options) {
      const reply = await run({ kind: 'mark', file, options });
      if ('refusal' in reply) throw new AppError('file.unreadable', { detail: reply.refusal });
      return reply.result as Uint8Array;
    },
  };
}

function refused(file: SpreadsheetFile, reason: string): UploadPreview {
  return {
    outcome: 'refused',
    reason,
    file: {
      name: file.name,
      kind: 'unknown',
      sizeBytes: file.bytes.byteLength,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    },
    sheets: [],
    questions: [],
    warnings: [],
  };
}
