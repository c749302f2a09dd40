import type { Run } from '../domain/run.ts';
import { putIntoBucket } from './confirm-upload.ts';
import type { UploadNeeds } from './needs.ts';
import type { Upload } from './upload.ts';
import { changeUpload, openUploads } from './upload-store.ts';

/** Who shared it, or anybody else who may upload, decides against it; undefined when it waits no longer. */
export async function cancelUpload(id: string, needs: UploadNeeds): Promise<Upload | undefined> {
  const endedAt = needs.clock.now().toISOString();
  const ended = await changeUpload(id, ['waiting'], () => ({ state: 'cancelled', endedAt }), needs);
  if (ended) await needs.objects.delete(ended.file.object);
  return ended;
}

type VerdictNeeds = Pick<UploadNeeds, 'smallRecords'>;

/** How the run over an upload ended, or that its batch was taken back. The same told again changes nothing. */
export async function noteVerdict(run: Run, needs: VerdictNeeds): Promise<Upload | undefined> {
  if (!run.upload || run.outcome === 'running') return undefined;
  const state = run.undoneAt ? 'undone' : run.batch !== null ? 'loaded' : 'failed';
  const noted = await changeUpload(
    run.upload,
    ['loading', 'loaded', 'failed', 'undone'],
    (upload) =>
      isAboutAnother(run, upload)
        ? {}
        : { state, run: run.id, batch: run.batch, rows: run.rows, endedAt: run.endedAt },
    needs,
  );
  if (noted?.state === 'loaded' && noted.replaces)
    await changeUpload(noted.replaces.upload, ['loaded'], () => ({ state: 'undone' }), needs);
  if (noted?.state === 'failed' && noted.replaces)
    await changeUpload(noted.replaces.upload, ['loaded'], () => ({ replacedBy: null }), needs);
  return noted;
}

/** Of a load before this one, or of a second run that an event which came twice began over files that are loaded. */
function isAboutAnother(run: Run, upload: Upload): boolean {
  if (upload.run === run.id) return false;
  if (upload.state === 'loaded' && run.batch === null) return true;
  return upload.pastRuns.includes(run.id);
}

const STUCK_MS = 2 * 60_000;
const RUNS_LOOKED_AT = 500;

/**
 * Uploads that nobody confirmed in time end, and are given so that their people are told. One whose Load was pressed in a
 * program that died before the bucket had its files is put there now.
 */
export async function sweepUploads(needs: UploadNeeds): Promise<Upload[]> {
  const now = needs.clock.now();
  const expired: Upload[] = [];
  for (const upload of await openUploads(needs)) {
    if (upload.state === 'loading') {
      const silentMs = now.getTime() - Date.parse(upload.confirmedAt ?? upload.createdAt);
      if (silentMs > STUCK_MS) await unstick(upload, needs);
      continue;
    }
    if (upload.expiresAt > now.toISOString()) continue;
    const endedAt = now.toISOString();
    const ended = await changeUpload(upload.id, ['waiting'], () => ({ state: 'expired', endedAt }), needs);
    if (!ended) continue;
    await needs.objects.delete(ended.file.object);
    expired.push(ended);
  }
  return expired;
}

const MS_A_DAY = 86_400_000;

/** The bytes that people shared go after a time; the rows that were loaded of them stay in the landing bucket. */
export async function forgetOldFiles({
  objects,
  ingestionBucket,
  clock,
  keepDays,
}: UploadNeeds): Promise<void> {
  const until = new Date(clock.now().getTime() - keepDays * MS_A_DAY).toISOString();
  for await (const { ref, modifiedAt } of objects.list(ingestionBucket, 'uploads/'))
    if (modifiedAt < until) await objects.delete(ref);
}

async function unstick(upload: Upload, needs: UploadNeeds): Promise<void> {
  const runs = await needs.runLog.list({ limit: RUNS_LOOKED_AT });
  const run = runs.find((each) => each.upload === upload.id && !upload.pastRuns.includes(each.id));
  if (run) await noteVerdict(run, needs);
  else await putIntoBucket(upload, upload.personName, needs);
}
