import { isDeepStrictEqual } from 'node:util';
import { factsOf, keptFile, optionsOf } from './accept-upload.ts';
import type { TakenUpload, UploadNeeds } from './needs.ts';
import { rememberMapping } from './remembered-mapping.ts';
import type { Upload } from './upload.ts';
import { changeUpload, findUpload } from './upload-store.ts';

export type ConfirmedUpload =
  | { kind: 'loading'; upload: Upload }
  /** Somebody was first, or it ended otherwise. */
  | { kind: 'too-late'; upload: Upload | null }
  | { kind: 'not-ready'; why: string };

export type Confirmation = {
  id: string;
  by: string;
  byName: string;
  /** The upload whose batch goes out when this one comes in. */
  replaces: string | null;
};

/**
 * Load was pressed: of several who do, one wins. The confirmed rows are put into the ingestion bucket, from where the
 * ordinary pipeline takes them; it ends here, and the verdict comes back by the run's announcement.
 */
export async function confirmUpload(
  confirmation: Confirmation,
  needs: UploadNeeds,
): Promise<ConfirmedUpload> {
  const { id, by, byName } = confirmation;
  const earlier = confirmation.replaces ? await findUpload(confirmation.replaces, needs) : undefined;
  const replaces =
    earlier?.state === 'loaded' && earlier.batch !== null
      ? { upload: earlier.id, batch: earlier.batch, file: earlier.file.name }
      : null;
  if (confirmation.replaces && !replaces)
    return { kind: 'not-ready', why: 'The earlier file is not loaded any more. Press Load instead.' };
  const before = await findUpload(id, needs);
  if (before?.state === 'waiting' && before.feeds.length === 0)
    return { kind: 'not-ready', why: 'Something of this file must be settled first. Press Fix mapping.' };
  const taken = before?.state === 'waiting' ? await takeAgain(before, needs) : undefined;
  if (before && taken && !isAsShown(before, taken))
    return {
      kind: 'not-ready',
      why: 'The file is read otherwise now than it was shown, since the branches or accounts of the books have changed. Press Fix mapping to see it again.',
    };
  const claimed = await changeUpload(
    id,
    ['waiting'],
    () => ({
      state: 'loading',
      confirmedBy: by,
      confirmedAt: needs.clock.now().toISOString(),
      replaces,
    }),
    needs,
  );
  if (!claimed) return { kind: 'too-late', upload: (await findUpload(id, needs)) ?? null };
  if (replaces)
    await changeUpload(replaces.upload, ['loaded'], () => ({ replacedBy: claimed.file.name }), needs);
  await putIntoBucket(claimed, byName, needs, taken);
  return { kind: 'loading', upload: claimed };
}

async function takeAgain(upload: Upload, needs: UploadNeeds): Promise<TakenUpload> {
  return needs.reader.take(await keptFile(upload, needs), await optionsOf(upload.answers, needs));
}

/** Whether what would be loaded is what its person saw. */
function isAsShown(upload: Upload, taken: TakenUpload): boolean {
  return isDeepStrictEqual(factsOf(taken).totals, upload.totals);
}

/** May be done again: the same upload puts the same bytes under the same keys. */
export async function putIntoBucket(
  upload: Upload,
  byName: string,
  needs: UploadNeeds,
  taken?: TakenUpload,
): Promise<void> {
  const { preview, staged } = taken ?? (await takeAgain(upload, needs));
  if (staged.outcome !== 'staged') return;
  const bucket = needs.ingestionBucket;
  const folder = `incoming/${upload.id}/`;
  for (const { fileName, csv } of staged.files)
    await needs.objects.put({ bucket, key: `${folder}${fileName}` }, csv, { contentType: 'text/csv' });
  await needs.objects.put({ bucket, key: `${folder}_ready` }, upload.id, {
    metadata: metadataOf(upload, byName),
  });
  await rememberMapping(upload, preview, { name: byName, at: upload.confirmedAt ?? upload.createdAt }, needs);
}

/** What the pipelines are told of the upload; values are short, since S3 takes two kilobytes in all. */
function metadataOf(upload: Upload, byName: string): Record<string, string> {
  return {
    set: 'uploads',
    upload: upload.id,
    person: upload.person,
    'person-name': upload.personName.slice(0, 100),
    'confirmed-by': byName.slice(0, 100),
    'file-name': upload.file.name.slice(-200),
    'file-hash': upload.file.sha256,
    'left-out': String(upload.leftOut),
    'reply-channel': upload.channel,
    'reply-thread': upload.thread,
    ...(upload.period ? { 'period-from': upload.period.from, 'period-to': upload.period.to } : {}),
    ...(upload.replaces
      ? { replaces: upload.replaces.batch, 'replaced-file': upload.replaces.file.slice(-200) }
      : {}),
  };
}
