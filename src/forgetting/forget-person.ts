import { AppError } from '../domain/app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { ALL, type RecordNeeds } from './forget-in-records.ts';
import {
  FORGETTING_KIND,
  type ForgetOutcome,
  type ForgettingRecord,
  type Found,
  sumUp,
  TAKEN_OUT,
} from './forgetting.ts';

export type PersonNeeds = RecordNeeds & { clock: Clock; ids: Ids };

/** Records of one person, by kind: the field that names the person, and whether the record goes or only the name. */
const PERSONAL: readonly { kind: string; fields: string[]; goes: boolean; what: string }[] = [
  { kind: 'subscription', fields: ['owner', 'to'], goes: true, what: 'digests' },
  { kind: 'alert-rule', fields: ['owner'], goes: true, what: 'own alerts' },
  { kind: 'answer-mark', fields: ['by'], goes: true, what: 'marks on answers' },
  { kind: 'queue', fields: ['asker'], goes: false, what: 'questions that wait for a data owner' },
  { kind: 'queue-closed', fields: ['asker'], goes: false, what: 'questions that were settled' },
  { kind: 'setting', fields: ['changedBy'], goes: false, what: 'settings that name who changed them' },
];

const KEPT = [
  'Money records, approvals and uploads name who made them: books must say so for as long as the law wants them kept.',
  'Messages in Slack are deleted in Slack; the policy file in Git is changed by whoever keeps it.',
];

/**
 * Forgets somebody who used Plumbline: questions, receipts, threads, subscriptions and rules. The lines of the audit stay
 * as numbers of nobody. Shows what it would do unless `carryOut`; done twice, the second time finds nothing.
 * Errors: usage.wrong when this is no id of a person in Slack.
 */
export async function forgetPerson(
  input: { person: string; carryOut: boolean; by: string },
  needs: PersonNeeds,
): Promise<ForgetOutcome> {
  const { person, carryOut } = input;
  if (!/^[UW][A-Z0-9]{5,}$/.test(person))
    throw new AppError('usage.wrong', {
      detail: `'${person}' is no id of a person in Slack, such as U0123ABCD (profile, three dots, copy member ID).`,
    });
  const id = needs.ids.next('fgt');
  const nobody = `forgotten-${id.slice(-8)}`;
  const asked = await needs.audit.list({ limit: ALL, asker: person });
  if (carryOut)
    for (const entry of asked)
      await needs.audit.append({
        ...entry,
        asker: nobody,
        question: TAKEN_OUT,
        channel: null,
        thread: null,
        link: null,
        receiptId: null,
      });
  const told = (await needs.receipts.listSince('0', ALL)).filter(({ asker }) => asker === person);
  if (carryOut) for (const receipt of told) await needs.receipts.remove(receipt.id);
  const turns = await needs.conversations.removeTurns(({ asker }) => asker === person, { remove: carryOut });
  const found = [
    { where: 'audit', count: asked.length, what: 'the line stays, of nobody and without the question' },
    { where: 'receipts', count: told.length, what: 'removed' },
    { where: 'threads', count: turns, what: 'removed' },
    ...(await forgetSmallRecords(person, nobody, needs, carryOut)),
  ];
  const outcome = { kind: 'person', found: sumUp(found), kept: KEPT } as const;
  if (carryOut) await keepRequest(id, { ...outcome, by: input.by, pseudonyms: [nobody] }, needs);
  return { ...outcome, id: carryOut ? id : null, byHand: [] };
}

async function forgetSmallRecords(
  person: string,
  nobody: string,
  { smallRecords }: { smallRecords: VersionedRecords },
  carryOut: boolean,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const { kind, fields, goes, what } of PERSONAL) {
    let count = 0;
    for (const record of await smallRecords.list(kind)) {
      const value = record.value as Record<string, unknown>;
      if (!fields.some((field) => value[field] === person)) continue;
      count += 1;
      if (!carryOut) continue;
      if (goes) await smallRecords.remove(kind, record.id);
      else await smallRecords.save(kind, { ...record, value: withoutPerson(value, person, nobody) });
    }
    found.push({ where: what, count, what: goes ? 'removed' : 'the person is nobody now' });
  }
  return found;
}

/** What the person wrote goes with the name. */
function withoutPerson(value: Record<string, unknown>, person: string, nobody: string) {
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [
      field,
      each === person ? nobody : field === 'question' ? TAKEN_OUT : field === 'comment' ? null : each,
    ]),
  );
}

/** The audit of forgetting: that it was done, when, by whom and where, and nothing of the person. */
export async function keepRequest(
  id: string,
  record: Omit<ForgettingRecord, 'at'>,
  { smallRecords, clock }: { smallRecords: VersionedRecords; clock: Clock },
): Promise<void> {
  const value: ForgettingRecord = { ...record, at: clock.now().toISOString() };
  await smallRecords.save(FORGETTING_KIND, { id, version: 0, value });
}
