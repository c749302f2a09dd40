import { z } from 'zod';
import { hasCode } from '../domain/app-error.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { Upload, type UploadState } from './upload.ts';

type Needs = { smallRecords: VersionedRecords };

const UPLOAD = 'upload';
/** Uploads that still wait for somebody or something, so that a sweep reads these alone. */
const OPEN = 'upload-open';
/** By person, file, layout and name: the newest uploads of each. */
const KNOWN = 'upload-known';
const MOST_KNOWN = 20;
const ATTEMPTS = 5;
const Ids = z.array(z.string());

export async function findUpload(id: string, { smallRecords }: Needs): Promise<Upload | undefined> {
  const record = await smallRecords.find(UPLOAD, id);
  return record && Upload.parse({ ...(record.value as object), version: record.version });
}

/** On condition that nobody changed it since it was read. Errors: records.conflict. */
export async function saveUpload(upload: Upload, needs: Needs): Promise<Upload> {
  const { version, ...value } = upload;
  const isNew = version === 0;
  const isOpen = upload.state === 'waiting' || upload.state === 'loading';
  if (isNew) await markOpen(upload.id, needs);
  const saved = {
    ...upload,
    version: await needs.smallRecords.save(UPLOAD, { id: upload.id, version, value }),
  };
  if (isNew) for (const key of keysOf(saved)) await remember(key, saved.id, needs);
  if (!isOpen) await needs.smallRecords.remove(OPEN, upload.id);
  return saved;
}

/** Changes an upload that is in one of these states; undefined when it is not (any more). */
export async function changeUpload(
  id: string,
  from: readonly UploadState[],
  change: (upload: Upload) => Partial<Upload>,
  needs: Needs,
): Promise<Upload | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const upload = await findUpload(id, needs);
    if (!upload || !from.includes(upload.state)) return undefined;
    try {
      return await saveUpload({ ...upload, ...change(upload) }, needs);
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= ATTEMPTS) throw thrown;
    }
  }
}

/** Those that wait or are being loaded. */
export async function openUploads(needs: Needs): Promise<Upload[]> {
  const found: Upload[] = [];
  for (const { id } of await needs.smallRecords.list(OPEN)) {
    const upload = await findUpload(id, needs);
    if (upload?.state === 'waiting' || upload?.state === 'loading') found.push(upload);
    // What ended between two writes is open no more; what is just being made has no record yet.
    else if (upload) await needs.smallRecords.remove(OPEN, id);
  }
  return found;
}

/** The newest first, at most twenty. */
export async function uploadsOf(person: string, needs: Needs): Promise<Upload[]> {
  return known(`person/${person}`, needs);
}

/** Uploads of the very same bytes, the newest first. */
export async function uploadsOfFile(sha256: string, needs: Needs): Promise<Upload[]> {
  return known(`file/${sha256}`, needs);
}

/** Uploads of the same layout or the same name, the newest first. */
export async function uploadsLike(upload: Upload, needs: Needs): Promise<Upload[]> {
  const found = [
    ...(await known(`layout/${upload.layout}`, needs)),
    ...(await known(`name/${nameKey(upload.file.name)}`, needs)),
  ].filter(({ id }) => id !== upload.id);
  return [...new Map(found.map((each) => [each.id, each])).values()].sort((a, b) =>
    b.createdAt.localeCompare(a.createdAt),
  );
}

/** 'Expenses March (2).xlsx' and 'expenses_march.xlsx' are one name. */
export function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.[a-z]{2,4}(\.gz)?$/, '')
    .replace(
      /[\s_-]*(\(\d+\)|copy|kopie|copie|copia|v\d+|final|corrected|korrigiert|corrig[eé]e?|new|neu)\b/g,
      '',
    )
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function keysOf(upload: Upload): string[] {
  return [
    `person/${upload.person}`,
    `file/${upload.file.sha256}`,
    `layout/${upload.layout}`,
    `name/${nameKey(upload.file.name)}`,
  ];
}

async function known(key: string, needs: Needs): Promise<Upload[]> {
  const record = await needs.smallRecords.find(KNOWN, key);
  const found: Upload[] = [];
  for (const id of Ids.parse(record?.value ?? [])) {
    const upload = await findUpload(id, needs);
    if (upload) found.push(upload);
  }
  return found;
}

/** It is looked at by the sweep again. */
export async function markOpen(id: string, { smallRecords }: Needs): Promise<void> {
  const record = await smallRecords.find(OPEN, id);
  if (!record) await smallRecords.save(OPEN, { id, version: 0, value: null });
}

async function remember(key: string, id: string, { smallRecords }: Needs): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const record = await smallRecords.find(KNOWN, key);
    const ids = Ids.parse(record?.value ?? []);
    if (ids[0] === id) return;
    const value = [id, ...ids.filter((other) => other !== id)].slice(0, MOST_KNOWN);
    try {
      await smallRecords.save(KNOWN, { id: key, version: record?.version ?? 0, value });
      return;
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= ATTEMPTS) throw thrown;
    }
  }
}
