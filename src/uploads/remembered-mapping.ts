import { z } from 'zod';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { Upload } from './upload.ts';
import type { UploadPreview } from './upload-preview.ts';

type Needs = { smallRecords: VersionedRecords };

const KIND = 'upload-mapping';

/** What somebody confirmed for one layout, without what belongs to one file alone (its day, its year). */
const Mapping = z.object({
  answers: z.record(z.string(), z.string()),
  by: z.string(),
  at: z.string(),
  file: z.string(),
});

export type RememberedMapping = { answers: Record<string, string>; by: string; at: string; file: string };

/** Answers about a table hold for every table of its layout: '{sheet}' stands for its key. */
const OF_A_SHEET = /^(feed|column|unpivot|sign|scale):/;
const OF_A_FILE = /^(measure|date-order|decimal-sign|sheets|branch-name:.*)$/;
const SHEET = '{sheet}';

/** The confirmed mappings of the layouts of this file; null when none was corrected or answered before. */
export async function recallMapping(
  preview: UploadPreview,
  { smallRecords }: Needs,
): Promise<RememberedMapping | null> {
  let newest: RememberedMapping | null = null;
  const answers: Record<string, string> = {};
  for (const { key, fingerprint } of preview.sheets) {
    const record = fingerprint !== '' ? await smallRecords.find(KIND, fingerprint) : undefined;
    const mapping = record && Mapping.parse(record.value);
    if (!mapping) continue;
    for (const [id, value] of Object.entries(mapping.answers)) answers[id.replace(SHEET, key)] = value;
    if (!newest || mapping.at > newest.at) newest = { ...mapping, answers };
  }
  return newest;
}

/** Keeps what was answered about each layout of the file; what was not asked needs no memory. */
export async function rememberMapping(
  upload: Upload,
  preview: UploadPreview,
  by: { name: string; at: string },
  { smallRecords }: Needs,
): Promise<void> {
  for (const { key, fingerprint } of preview.sheets) {
    if (fingerprint === '') continue;
    const answers = answersOf(key, upload.answers);
    if (Object.keys(answers).length === 0) continue;
    const before = await smallRecords.find(KIND, fingerprint);
    const value = { answers, by: by.name, at: by.at, file: upload.file.name };
    await smallRecords.save(KIND, { id: fingerprint, version: before?.version ?? 0, value });
  }
}

function answersOf(table: string, all: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [id, value] of Object.entries(all)) {
    const kind = OF_A_SHEET.exec(id)?.[0];
    const rest = kind && id.startsWith(`${kind}${table}`) ? id.slice(kind.length + table.length) : undefined;
    if (rest === '' || rest?.startsWith(':')) kept[`${kind}${SHEET}${rest}`] = value;
    else if (OF_A_FILE.test(id)) kept[id] = value;
  }
  return kept;
}
