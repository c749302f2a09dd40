import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { hasCode } from '../../src/domain/app-error.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

type Needs = Pick<PipelineNeeds, 'objects' | 'landingBucket' | 'clock'> & { smallRecords: VersionedRecords };

/** Beside the journal of runs; the bucket keeps earlier ones as versions. */
const KEY = 'journal/records.jsonl';
const Head = z.object({ copiedAt: z.string(), records: z.number().int() });
const Line = z.object({ kind: z.string(), id: z.string(), value: z.unknown() });

export type RecordsCopy = z.infer<typeof Head>;

/**
 * Copies what people set up (digests, own alerts, settings, mappings, money records and their months) into landing, so that
 * a rebuild brings it back. A copy of less than half of what stands there is refused: that is a loss, and not a change.
 */
export async function copyRecords(
  needs: Needs,
  options: { evenIfFewer?: boolean } = {},
): Promise<RecordsCopy | null> {
  const lines: string[] = [];
  for await (const { kind, id, value } of needs.smallRecords.all())
    lines.push(JSON.stringify({ kind, id, value }));
  const before = await standingCopy(needs);
  if (before && lines.length * 2 < before.head.records && !options.evenIfFewer) return null;
  const head: RecordsCopy = { copiedAt: needs.clock.now().toISOString(), records: lines.length };
  await needs.objects.put(
    { bucket: needs.landingBucket, key: KEY },
    `${[JSON.stringify(head), ...lines].join('\n')}\n`,
    { contentType: 'application/x-ndjson' },
  );
  return head;
}

/** Puts back what is not there; what is there is newer and stays. Null when there is no copy. */
export async function restoreRecords(needs: Needs): Promise<(RecordsCopy & { restored: number }) | null> {
  const copy = await standingCopy(needs);
  if (!copy) return null;
  let restored = 0;
  for (const line of copy.lines) {
    const { kind, id, value } = Line.parse(JSON.parse(line));
    try {
      await needs.smallRecords.save(kind, { id, version: 0, value });
      restored += 1;
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict')) throw thrown;
    }
  }
  return { ...copy.head, restored };
}

async function standingCopy({
  objects,
  landingBucket,
}: Needs): Promise<{ head: RecordsCopy; lines: string[] } | undefined> {
  const ref = { bucket: landingBucket, key: KEY };
  if (!(await objects.head(ref))) return undefined;
  const [first = '', ...lines] = (await text((await objects.get(ref)).body)).trim().split('\n');
  return { head: Head.parse(JSON.parse(first)), lines };
}
