import { randomBytes } from 'node:crypto';
import { AppError } from '../../src/domain/app-error.ts';
import { forgetInRecords, type RecordNeeds } from '../../src/forgetting/forget-in-records.ts';
import { keepRequest } from '../../src/forgetting/forget-person.ts';
import { type ForgetOutcome, type Found, sumUp } from '../../src/forgetting/forgetting.ts';
import { isValueOf, type Subject } from '../../src/forgetting/subject.ts';
import type { Invoices } from '../../src/ports/invoices.ts';
import type { LandingRecords } from '../../src/ports/landing-records.ts';
import type { PipelineNeeds } from '../pipeline/pipeline-needs.ts';
import { findPerson, forgetInWarehouse, type WarehousePerson } from './forget-in-warehouse.ts';
import { forgottenHash, forgottenSalt, noteForgotten, readForgotten } from './forgotten.ts';
import { redactObjects } from './redact-objects.ts';
import { delimiterOf, redactDelimited, redactJsonText } from './redact-record.ts';

export type CustomerNeeds = Omit<RecordNeeds, 'runLog'> &
  Pick<PipelineNeeds, 'warehouse' | 'objects' | 'landingBucket' | 'feeds' | 'runLog' | 'clock' | 'ids'> & {
    ingestionBucket: string;
    invoices: Invoices;
    landingRecords: LandingRecords;
  };

const KEPT = [
  'Orders, sums and counts stay under another name that leads back to nobody.',
  'Text of bookings and bank lines stays: books must be kept for as long as the law says.',
  'What was on its way is redacted when it is loaded; the event stream forgets by itself within seven days.',
  'In the cloud, earlier versions of rewritten files go 90 days later by themselves, backups within a year; a restored one is redacted by asking again.',
];

/**
 * Forgets a customer, by number or e-mail address: everywhere the number becomes another, and all that tells who it was
 * becomes empty; what comes again of them is redacted as it is loaded. Shows what it would do unless `carryOut`. Stopped
 * half-way it is done again: the warehouse, by which the person is found, comes last.
 * Errors: usage.wrong when nobody is known by that name.
 */
export async function forgetCustomer(
  input: { who: string; carryOut: boolean; by: string },
  needs: CustomerNeeds,
): Promise<ForgetOutcome> {
  const { who, carryOut } = input;
  const person = await personOf(who, needs);
  const before = await readForgotten(needs);
  const id = needs.ids.next('fgt');
  const salt = carryOut ? await forgottenSalt(needs) : (before?.salt ?? '');
  const pseudonyms = new Map(
    person.names.map((name) => [
      name,
      before?.pseudonyms.get(forgottenHash(name, before.salt)) ??
        `forgotten-${randomBytes(6).toString('hex')}`,
    ]),
  );
  const subject: Subject = { pseudonyms, values: person.values };
  const isNew = person.names.some((name) => !before?.pseudonyms.has(forgottenHash(name, before.salt)));
  if (carryOut && isNew) await noteForgotten(id, needs.clock.now().toISOString(), pseudonyms, salt, needs);
  const buckets = [...new Set([needs.ingestionBucket, needs.landingBucket])];
  const files = await redactObjects(subject, { ...needs, buckets }, carryOut);
  const found = sumUp([
    ...files.found,
    ...(await forgetInvoices(subject, needs.invoices, carryOut)),
    ...(await forgetLandedRecords(subject, needs.landingRecords, carryOut)),
    ...(await forgetInRecords(subject, needs, carryOut)),
    ...(await forgetInWarehouse(id, subject, needs.warehouse, carryOut)),
  ]);
  const outcome = { kind: 'customer', found, kept: KEPT } as const;
  if (carryOut)
    await keepRequest(id, { ...outcome, by: input.by, pseudonyms: [...pseudonyms.values()] }, needs);
  return { ...outcome, id: carryOut ? id : null, byHand: files.byHand };
}

/** Who is forgotten already is no longer in the warehouse, but is known by the hash of the number. */
async function personOf(who: string, needs: CustomerNeeds): Promise<WarehousePerson> {
  const person = await findPerson(who, needs.warehouse);
  if (person.names.length > 0) return person;
  const before = await readForgotten(needs);
  const invoices = await needs.invoices.ofCustomer(who);
  if (before?.pseudonyms.has(forgottenHash(who, before.salt)) || invoices.length > 0)
    return { names: [who], values: [] };
  throw new AppError('usage.wrong', {
    detail: `No customer has the number or e-mail address '${who}'. Numbers are compared letter for letter.`,
  });
}

async function forgetInvoices(subject: Subject, invoices: Invoices, carryOut: boolean): Promise<Found[]> {
  let count = 0;
  for (const [from, to] of subject.pseudonyms)
    count += carryOut
      ? await invoices.renameCustomer(from, to, (value) => isValueOf(value, subject))
      : (await invoices.ofCustomer(from)).length;
  return [{ where: 'invoices of events', count, what: 'another name' }];
}

/** Records stand there without their header, so what is blank beside the number is known by its value alone. */
async function forgetLandedRecords(
  subject: Subject,
  landingRecords: LandingRecords,
  carryOut: boolean,
): Promise<Found[]> {
  const change = (raw: string): string | undefined =>
    redactJsonText(raw, subject) ?? redactDelimited(raw, delimiterOf(raw), subject);
  const count = await landingRecords.rewrite(change, { write: carryOut });
  return [{ where: 'records in the landing table', count, what: 'another name, personal values empty' }];
}
