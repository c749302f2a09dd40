import { z } from 'zod';

/** The spreadsheet that somebody shared and confirmed; kept with what it brought. */
export const UploadOrigin = z.object({
  id: z.string(),
  person: z.string(),
  personName: z.string(),
  confirmedBy: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  /** Rows that the reading of the spreadsheet had refused. */
  leftOut: z.number().int(),
  period: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** A loaded batch that goes out when this one comes in, and the file that had brought it. */
  replaces: z.object({ batch: z.string(), file: z.string() }).nullable(),
});
export type UploadOrigin = z.infer<typeof UploadOrigin>;

/** From the metadata that the bot puts beside the files; null for files that no upload brought. */
export function uploadOrigin(metadata: Record<string, string>): UploadOrigin | null {
  const text = (name: string) => metadata[name] ?? '';
  if (text('upload') === '') return null;
  const [from, to] = [text('period-from'), text('period-to')];
  return {
    id: text('upload'),
    person: text('person'),
    personName: text('person-name'),
    confirmedBy: text('confirmed-by'),
    fileName: text('file-name'),
    fileHash: text('file-hash'),
    leftOut: Number(metadata['left-out'] ?? 0) || 0,
    period: from !== '' && to !== '' ? { from, to } : null,
    replaces: text('replaces') === '' ? null : { batch: text('replaces'), file: text('replaced-file') },
  };
}
