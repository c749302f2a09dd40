import type { AuditLog } from '../ports/audit-log.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Receipts } from '../ports/receipts.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { type Found, TAKEN_OUT } from './forgetting.ts';
import { mentions, type Subject } from './subject.ts';

export type RecordNeeds = {
  audit: AuditLog;
  receipts: Receipts;
  conversations: Conversations;
  smallRecords: VersionedRecords;
  runLog: RunLog;
};

export const ALL = 10_000_000;

/** What was said of a customer in questions, and in what is kept of them. */
export async function forgetInRecords(
  subject: Subject,
  { audit, receipts, conversations, smallRecords, runLog }: RecordNeeds,
  carryOut: boolean,
): Promise<Found[]> {
  const tells = (value: unknown): boolean => mentions(JSON.stringify(value), subject);
  const told = (await receipts.listSince('0', ALL)).filter(({ question, plan, params, understood, sql }) =>
    tells([question, plan, params, understood, sql]),
  );
  if (carryOut) for (const { id } of told) await receipts.remove(id);
  const asked = (await audit.list({ limit: ALL })).filter(({ question }) => mentions(question, subject));
  if (carryOut) for (const entry of asked) await audit.append({ ...entry, question: TAKEN_OUT, link: null });
  const turns = await conversations.removeTurns(({ question, plan }) => tells([question, plan]), {
    remove: carryOut,
  });
  let waiting = 0;
  for (const kind of ['queue', 'queue-closed'])
    for (const record of await smallRecords.list(kind)) {
      if (!tells(record.value)) continue;
      waiting += 1;
      const value = { ...(record.value as object), question: TAKEN_OUT, comment: null };
      if (carryOut) await smallRecords.save(kind, { ...record, value });
    }
  const runs = (await runLog.list({ limit: ALL })).filter((run) => tells([run.refusals, run.failure]));
  for (const run of carryOut ? runs : []) {
    const refusals = run.refusals.map((each) => (tells(each) ? { ...each, example: TAKEN_OUT } : each));
    const failure = run.failure && tells(run.failure) ? { ...run.failure, sentence: TAKEN_OUT } : run.failure;
    await runLog.save({ ...run, refusals, failure });
  }
  return [
    { where: 'receipts', count: told.length, what: 'removed' },
    { where: 'audit', count: asked.length, what: 'the question is taken out, the line stays' },
    { where: 'threads', count: turns, what: 'removed' },
    { where: 'questions that wait for a data owner', count: waiting, what: 'the question is taken out' },
    { where: 'examples of refused rows in runs', count: runs.length, what: 'taken out' },
  ];
}
