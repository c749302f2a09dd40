import { AppError } from '../domain/app-error.ts';
import { type UploadView, viewUpload } from './accept-upload.ts';
import type { UploadNeeds } from './needs.ts';
import { changeUpload, findUpload, markOpen } from './upload-store.ts';

const MS_AN_HOUR = 3_600_000;

/** An upload that was taken back waits for Load again, with the file that was kept; undefined when it is not out. Errors: objects.not-found. */
export async function reopenUpload(id: string, needs: UploadNeeds): Promise<UploadView | undefined> {
  const now = needs.clock.now().getTime();
  const kept = (await findUpload(id, needs))?.file.object;
  if (kept && !(await needs.objects.head(kept)))
    throw new AppError('objects.not-found', {
      detail: `Shared files are kept for ${needs.keepDays} days. Share it again.`,
    });
  const opened = await changeUpload(
    id,
    ['undone', 'failed'],
    ({ run, pastRuns }) => ({
      state: 'waiting',
      pastRuns: run === null ? pastRuns : [...pastRuns, run],
      card: null,
      expiresAt: new Date(now + needs.waitHours * MS_AN_HOUR).toISOString(),
      confirmedBy: null,
      confirmedAt: null,
      replaces: null,
      replacedBy: null,
      run: null,
      batch: null,
      rows: null,
      endedAt: null,
    }),
    needs,
  );
  if (!opened) return undefined;
  await markOpen(id, needs);
  return viewUpload(opened, needs);
}
