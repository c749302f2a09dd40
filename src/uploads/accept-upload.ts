import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { TakenUpload, UploadNeeds } from './needs.ts';
import { type RememberedMapping, recallMapping } from './remembered-mapping.ts';
import type { Upload } from './upload.ts';
import type { ReadOptions, UploadPreview } from './upload-preview.ts';
import { findUpload, saveUpload, uploadsLike, uploadsOfFile } from './upload-store.ts';

export type SharedSpreadsheet = {
  /** Slack's number of the file and where it was shared: the same again is the same upload. */
  key: string;
  name: string;
  bytes: Uint8Array;
  person: string;
  personName: string;
  channel: string;
  thread: string;
};

/** What is shown of an upload before it is loaded. */
export type UploadView = {
  upload: Upload;
  preview: UploadPreview;
  staged: TakenUpload['staged'];
  /** The very same bytes were loaded, or are on their way. */
  sameFile: Upload | null;
  /** A loaded upload that this one may take the place of. */
  replaceable: Upload | null;
  remembered: RememberedMapping | null;
};

export type AcceptedUpload =
  | ({ kind: 'preview' } & UploadView)
  | { kind: 'refused'; reason: string }
  /** This share was taken before. */
  | { kind: 'known' };

const MS_AN_HOUR = 3_600_000;

/** Reads a spreadsheet, keeps it, and says what would be loaded. Nothing reaches the pipelines before somebody confirms it. */
export async function acceptUpload(shared: SharedSpreadsheet, needs: UploadNeeds): Promise<AcceptedUpload> {
  const id = `upl-${createHash('sha256').update(shared.key).digest('hex').slice(0, 16)}`;
  const before = await findUpload(id, needs);
  if (before && before.card !== null) return { kind: 'known' };
  const first = await needs.reader.take(shared, await optionsOf({}, needs));
  if (first.preview.outcome === 'refused')
    return { kind: 'refused', reason: first.preview.reason ?? 'The file could not be read.' };
  const remembered = await recallMapping(first.preview, needs);
  const answers = remembered?.answers ?? {};
  const taken = remembered ? await needs.reader.take(shared, await optionsOf(answers, needs)) : first;
  const sha256 = taken.preview.file.sha256;
  const object = { bucket: needs.ingestionBucket, key: `uploads/${id}/${safeName(shared.name)}` };
  await needs.objects.put(object, shared.bytes, {
    metadata: { person: shared.person, 'file-name': shared.name },
  });
  const now = needs.clock.now();
  const upload: Upload = {
    id,
    version: before?.version ?? 0,
    state: 'waiting',
    person: shared.person,
    personName: shared.personName,
    channel: shared.channel,
    thread: shared.thread,
    card: null,
    file: { name: shared.name, sha256, sizeBytes: shared.bytes.byteLength, object },
    answers,
    ...factsOf(taken),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + needs.waitHours * MS_AN_HOUR).toISOString(),
    confirmedBy: null,
    confirmedAt: null,
    replaces: null,
    replacedBy: null,
    run: null,
    pastRuns: [],
    batch: null,
    rows: null,
    endedAt: null,
  };
  const saved = await saveUpload(upload, needs);
  return { kind: 'preview', ...(await viewOf(saved, taken, remembered, needs)) };
}

/** The upload as it is to be shown now, read again from what was kept. */
export async function viewUpload(upload: Upload, needs: UploadNeeds): Promise<UploadView> {
  const taken = await needs.reader.take(
    await keptFile(upload, needs),
    await optionsOf(upload.answers, needs),
  );
  return viewOf(upload, taken, null, needs);
}

export async function optionsOf(
  answers: Record<string, string>,
  needs: Pick<UploadNeeds, 'currency' | 'known'>,
): Promise<ReadOptions> {
  const [currency, known] = await Promise.all([needs.currency(), needs.known()]);
  return { answers, currency, known };
}

/** The bytes that were shared, as they were kept. */
export async function keptFile(
  { file }: Upload,
  { objects }: UploadNeeds,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { body } = await objects.get(file.object);
  return { name: file.name, bytes: await buffer(body) };
}

/** What of a reading is kept with the upload. */
export function factsOf({
  preview,
  staged,
}: TakenUpload): Pick<Upload, 'layout' | 'feeds' | 'period' | 'totals' | 'leftOut'> {
  const used = preview.sheets.filter((sheet) => sheet.used);
  const files = staged.outcome === 'staged' ? staged.files : [];
  const days = [
    ...files.flatMap(({ totals }) => totals.period ?? []),
    ...(files.length === 0 ? used.flatMap(({ period }) => period ?? []) : []),
  ];
  return {
    layout: layoutOf(preview),
    feeds: files.map(({ feed }) => feed),
    period:
      days.length === 0
        ? null
        : {
            from: days.map(({ from }) => from).toSorted()[0] ?? '',
            to:
              days
                .map(({ to }) => to)
                .toSorted()
                .at(-1) ?? '',
          },
    totals: files.map(({ feed, rows, totals }) => ({ feed, rows, sums: totals.sums })),
    leftOut:
      used.reduce((total, { rowsRefused }) => total + rowsRefused, 0) +
      (staged.outcome === 'staged' ? staged.refused.length : 0),
  };
}

export function layoutOf(preview: UploadPreview): string {
  const prints = preview.sheets.filter((sheet) => sheet.used).map(({ fingerprint }) => fingerprint);
  return [...new Set(prints)].sort().join('+').slice(0, 200);
}

async function viewOf(
  upload: Upload,
  taken: TakenUpload,
  remembered: RememberedMapping | null,
  needs: UploadNeeds,
): Promise<UploadView> {
  const same = (await uploadsOfFile(upload.file.sha256, needs)).filter(({ id }) => id !== upload.id);
  const sameFile = same.find(({ state }) => state === 'loaded' || state === 'loading') ?? null;
  const replaceable = sameFile ? null : await findReplaceable(upload, needs);
  return { upload, ...taken, sameFile, replaceable, remembered };
}

/** The newest loaded upload of the same layout whose days are (also) these, or of the same name and kind. */
async function findReplaceable(upload: Upload, needs: UploadNeeds): Promise<Upload | null> {
  const loaded = (await uploadsLike(upload, needs)).filter(({ state }) => state === 'loaded');
  return loaded.find((earlier) => isSameMatter(earlier, upload)) ?? null;
}

function isSameMatter(earlier: Upload, upload: Upload): boolean {
  if (upload.feeds.length > 0 && !earlier.feeds.some((feed) => upload.feeds.includes(feed))) return false;
  if (!earlier.period || !upload.period) return true;
  return earlier.period.from <= upload.period.to && upload.period.from <= earlier.period.to;
}

function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-100) || 'file';
}
