import { AppError } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run } from '../../src/domain/run.ts';
import { fileOfRecords } from '../stages/land-records.ts';
import { ReceiveOutput } from '../stages/receive-files.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import type { RunInput } from './run-input.ts';

type Needs = Pick<PipelineNeeds, 'objects' | 'landingBucket' | 'landingRecords'>;

/**
 * A run's files, written anew from their records in the landing table; those of feeds that keep no records as they lie in
 * the bucket. Errors: usage.wrong when none of them has records.
 */
export async function fromRecords(
  run: Run,
  files: RunInput['files'],
  needs: Needs,
): Promise<RunInput['files']> {
  const received = ReceiveOutput.safeParse(run.outputs['receive']).data?.files ?? [];
  const written = new Map<string, ObjectRef>();
  for (const file of received) {
    const object = await writeFile(file, needs);
    if (object) written.set(file.name, object);
  }
  if (written.size === 0)
    throw new AppError('usage.wrong', {
      detail: `No file of the run ${run.id} has records in the landing table: their feeds do not say 'landRecords: true'.`,
    });
  return files.map((file) => {
    const object = written.get(file.name);
    return object ? { name: file.name, object, feed: file.feed } : file;
  });
}

async function writeFile(
  { feed, sha256: own, recordsOf, name, workbook }: ReceiveOutput['files'][number],
  { objects, landingBucket, landingRecords }: Needs,
): Promise<ObjectRef | undefined> {
  const sha256 = recordsOf ?? own;
  if (feed === null || !landingRecords || !(await landingRecords.find(feed, sha256))) return undefined;
  const object = { bucket: landingBucket, key: `landing/records/${feed}/${sha256}` };
  await objects.put(object, fileOfRecords(landingRecords.read(feed, sha256)), {
    metadata: { 'file-name': name, 'records-of': sha256, ...(workbook ? { workbook } : {}) },
  });
  return object;
}
