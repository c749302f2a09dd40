import { createSpreadsheetReader } from './adapters/spreadsheet-reader.ts';
import type { LedgerNeeds } from './ledger/needs.ts';
import type { SemanticModel } from './model/semantic-model.ts';
import { localeOf } from './questions/answer-words.ts';
import type { Uploads } from './slack/uploads.ts';
import { acceptUpload, keptFile, optionsOf, viewUpload } from './uploads/accept-upload.ts';
import { changeMapping } from './uploads/change-mapping.ts';
import { confirmUpload } from './uploads/confirm-upload.ts';
import { cancelUpload, forgetOldFiles, sweepUploads } from './uploads/end-upload.ts';
import type { UploadNeeds } from './uploads/needs.ts';
import { reopenUpload } from './uploads/reopen-upload.ts';
import { uploadReceipt } from './uploads/upload-receipt.ts';
import { changeUpload, findUpload, uploadsOf } from './uploads/upload-store.ts';
import type { Plumbline } from './wiring.ts';

/** Spreadsheets from Slack: read in a worker, kept in the record store, put into the ingestion bucket. */
export function wireUploads(plumbline: Plumbline, { branches, settings }: LedgerNeeds): Uploads {
  const { config, questions } = plumbline;
  return uploadsOn({
    ...plumbline,
    ingestionBucket: config.objects.buckets.ingestion,
    currency: async () => localeOf(await questions.facts(), questions).currency,
    known: async () => ({
      branches: await branches(),
      accounts: settings.accounts.map(({ code, kind }) => ({ code, kind })),
    }),
    waitHours: config.uploads.waitHours,
    keepDays: config.uploads.keepDays,
    model: questions.model,
  });
}

export type UploadParts = Omit<UploadNeeds, 'reader'> &
  Pick<Plumbline, 'warehouse'> & { model: SemanticModel; reader?: UploadNeeds['reader'] };

/** The same over any parts. */
export function uploadsOn(parts: UploadParts): Uploads {
  const needs: UploadNeeds = { ...parts, reader: parts.reader ?? createSpreadsheetReader() };
  const { smallRecords, warehouse, model } = parts;
  let forgotOn = '';
  return {
    accept: (shared) => acceptUpload(shared, needs),
    find: (id) => findUpload(id, needs),
    view: (upload) => viewUpload(upload, needs),
    remap: (id, answers) => changeMapping(id, answers, needs),
    confirm: (confirmation) => confirmUpload(confirmation, needs),
    reopen: (id) => reopenUpload(id, needs),
    cancel: (id) => cancelUpload(id, needs),
    async notePosted(id, card) {
      await changeUpload(id, ['waiting', 'loading', 'loaded'], () => ({ card }), needs);
    },
    mark: async (upload) =>
      needs.reader.mark(await keptFile(upload, needs), await optionsOf(upload.answers, needs)),
    receiptOf: (run) =>
      uploadReceipt(run, { smallRecords, warehouse, touchesOf: (tables) => touchesOf(tables, model) }),
    async sweep() {
      const today = needs.clock.today();
      if (forgotOn !== today) await forgetOldFiles(needs);
      forgotOn = today;
      return sweepUploads(needs);
    },
    mine: (person) => uploadsOf(person, needs),
  };
}

const MOST_NAMED = 8;

/** Metrics that are counted from one of these tables, and those that are made of such. */
function touchesOf(tables: readonly string[], { metrics }: SemanticModel): string[] {
  const touched = new Set<string>();
  const isTouched = (name: string): boolean => {
    const metric = metrics.get(name);
    if (!metric) return false;
    if (metric.kind === 'simple') return metric.measures.some(({ entity }) => tables.includes(entity));
    if (metric.kind === 'ratio') return isTouched(metric.numerator) || isTouched(metric.denominator);
    return [...metric.plus, ...metric.minus].some(isTouched);
  };
  for (const name of metrics.keys()) if (isTouched(name)) touched.add(metrics.get(name)?.label ?? name);
  const named = [...touched];
  return named.length > MOST_NAMED
    ? [...named.slice(0, MOST_NAMED), `${named.length - MOST_NAMED} more`]
    : named;
}
