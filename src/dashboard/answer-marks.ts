import { z } from 'zod';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { AnswerMark } from './usage.ts';

type Store = { smallRecords: VersionedRecords };

const KIND = 'answer-mark';
const Kept = z.object({
  receipt: z.string(),
  by: z.string(),
  verdict: z.enum(['right', 'wrong']),
  at: z.string(),
});

/** A person's last word on an answer counts. */
export async function markAnswer(mark: AnswerMark, needs: Store): Promise<void> {
  const id = `${mark.receipt}/${mark.by}`;
  const found = await needs.smallRecords.find(KIND, id);
  await needs.smallRecords.save(KIND, { id, version: found?.version ?? 0, value: mark });
}

export async function listMarks(needs: Store): Promise<AnswerMark[]> {
  const records = await needs.smallRecords.list(KIND);
  return records.flatMap(({ value }) => Kept.safeParse(value).data ?? []);
}
