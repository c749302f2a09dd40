import { LEDGER_WORDS } from './ledger-words.ts';
import type { MoneyRecord, RecordStep } from './money-record.ts';
import type { LedgerNeeds } from './needs.ts';
import { whyClosed } from './periods.ts';
import { recordFile } from './record-file.ts';
import { changeRecord, getRecord, noLongerOpen } from './record-store.ts';

/** States after which nothing is to be decided any more. */
const FINAL: readonly MoneyRecord['state'][] = ['posted', 'declined', 'refused'];

/**
 * Judges a draft: refused when its month was closed meanwhile or the entry that it takes back is taken back already,
 * else waiting for approval, or posted. Whoever finds a draft may call it; again, or two at once, it decides the same.
 * The month is read after the record is kept: a closing that began before is seen here, and one that begins later sees
 * the record.
 */
export async function settleRecord(id: string, needs: LedgerNeeds): Promise<MoneyRecord> {
  const record = await getRecord(id, needs);
  if (record.state !== 'draft') return record;
  const closed = await whyClosed(
    record.lines.map(({ date }) => date),
    needs,
  );
  const refusal = closed ?? (await whyNotClaimed(record, needs));
  const settled = await changeRecord(
    id,
    (now) => {
      if (now.state !== 'draft') return null;
      if (refusal) return { ...now, state: 'refused', refusal };
      return { ...now, state: now.needsApproval ? 'waiting' : 'posted' };
    },
    needs,
  );
  if (settled.state === 'refused') await releaseClaim(settled, needs);
  return settled;
}

/** Of two who take an entry back at once, one does. */
async function whyNotClaimed(record: MoneyRecord, needs: LedgerNeeds): Promise<string | undefined> {
  if (!record.reverses) return undefined;
  const original = await changeRecord(
    record.reverses,
    (now) => (now.reversedBy ? null : { ...now, reversedBy: record.id }),
    needs,
  );
  return original.reversedBy === record.id
    ? undefined
    : LEDGER_WORDS.alreadyReversed(original.reversedBy ?? '');
}

/** After a refusal or a decline the entry may be taken back by another. */
export async function releaseClaim(record: MoneyRecord, needs: LedgerNeeds): Promise<void> {
  if (record.reverses)
    await changeRecord(
      record.reverses,
      (now) => (now.reversedBy === record.id ? { ...now, reversedBy: null } : null),
      needs,
    );
}

/**
 * Puts the files of what has happened into the ingestion bucket, where the ordinary pipeline takes them. Each holds one
 * step of one record under a name of its own, so that a repeat brings the same rows again and a merge changes nothing.
 */
export async function putRecord(id: string, needs: LedgerNeeds): Promise<MoneyRecord> {
  let record = await settleRecord(id, needs);
  const steps = stepsOf(record).filter((step) => !record.put.includes(step));
  for (const step of steps) {
    const { name, csv, metadata } = recordFile(record, step);
    await needs.objects.put({ bucket: needs.ingestionBucket, key: `incoming/${name}` }, csv, {
      metadata,
      contentType: 'text/csv; charset=utf-8',
    });
    record = await changeRecord(
      id,
      (now) => (now.put.includes(step) ? null : { ...now, put: [...now.put, step] }),
      needs,
    );
  }
  return record;
}

/** Nothing is left to do: decided, in the bucket, and told. */
export async function finishRecord(record: MoneyRecord, needs: LedgerNeeds): Promise<void> {
  const allPut = stepsOf(record).every((step) => record.put.includes(step));
  if (FINAL.includes(record.state) && allPut && record.told.includes(record.state))
    await noLongerOpen(record.id, needs);
}

function stepsOf(record: MoneyRecord): RecordStep[] {
  return [
    ...(record.needsApproval && record.state !== 'draft' && record.state !== 'refused'
      ? (['waiting'] as const)
      : []),
    ...(record.state === 'posted' || record.state === 'declined' ? [record.state] : []),
  ];
}
