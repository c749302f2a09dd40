import { factsOf, keptFile, optionsOf, type UploadView, viewUpload } from './accept-upload.ts';
import type { UploadNeeds } from './needs.ts';
import { changeUpload, findUpload } from './upload-store.ts';

/** Reads the file again with other answers; they are added to those given before, and an empty one takes its question back. */
export async function changeMapping(
  id: string,
  changes: Record<string, string>,
  needs: UploadNeeds,
): Promise<UploadView | undefined> {
  const upload = await findUpload(id, needs);
  if (upload?.state !== 'waiting') return undefined;
  const merged = { ...upload.answers, ...changes };
  const answers = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  const taken = await needs.reader.take(await keptFile(upload, needs), await optionsOf(answers, needs));
  if (taken.preview.outcome === 'refused') return undefined;
  const changed = await changeUpload(id, ['waiting'], () => ({ answers, ...factsOf(taken) }), needs);
  return changed && viewUpload(changed, needs);
}
