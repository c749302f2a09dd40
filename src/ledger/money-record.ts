import { z } from 'zod';
import { ObjectRef } from '../domain/object-ref.ts';
import { AccountKind } from './ledger-settings.ts';

export const RECORD_KINDS = ['expense', 'income', 'transfer', 'refund'] as const;
export const RecordKind = z.enum(RECORD_KINDS);
export type RecordKind = z.infer<typeof RecordKind>;

/** One side of an entry, in the company's currency, exact text in the currency's digits. */
export const LedgerLine = z.object({
  entryId: z.string(),
  journalId: z.string(),
  date: z.string(),
  account: z.string(),
  accountName: z.string(),
  accountKind: AccountKind,
  debit: z.string(),
  credit: z.string(),
  taxCode: z.string().nullable(),
  taxAmount: z.string(),
  /** The line that this one takes back. */
  reverses: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/**
 * draft: kept, not yet judged. waiting: for somebody's approval. posted: part of the books, for ever. declined: by
 * the approver. refused: by a rule that held only once it was kept, such as a month closed meanwhile.
 */
const RecordState = z.enum(['draft', 'waiting', 'posted', 'declined', 'refused']);
export type RecordState = z.infer<typeof RecordState>;

const Attachment = z.object({ name: z.string(), object: ObjectRef, sizeBytes: z.number().int() });
export type Attachment = z.infer<typeof Attachment>;

const Decision = z.object({
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  approved: z.boolean(),
  reason: z.string().nullable(),
});

/** A money record: what a person put into the form, and the entry made of it. Never edited, only reversed. */
export const MoneyRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.union([RecordKind, z.literal('reversal')]),
  state: RecordState,
  /** Gross, in the document's currency. */
  amount: z.string(),
  currency: z.string(),
  /** One unit of the document's currency in the company's; null when they are the same. */
  rate: z.string().nullable(),
  /** Gross, in the company's currency. */
  booked: z.string(),
  bookedCurrency: z.string(),
  tax: z.object({ code: z.string(), amount: z.string() }).nullable(),
  account: z.string(),
  counterAccount: z.string(),
  branch: z.string().nullable(),
  date: z.string(),
  documentNo: z.string().nullable(),
  counterparty: z.string().nullable(),
  text: z.string(),
  lines: z.array(LedgerLine),
  attachment: Attachment.nullable(),
  recordedBy: z.string(),
  recordedByName: z.string(),
  recordedAt: z.string(),
  /** Why somebody else has to approve; null when nobody has to. */
  needsApproval: z.string().nullable(),
  decision: Decision.nullable(),
  /** Why it was refused after it was kept. */
  refusal: z.string().nullable(),
  /** The record that this one takes back; with a kind other than `reversal`, it also says what is right. */
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  /** Where the recorder was told, for receipts of the load. */
  replyTo: z.object({ channel: z.string(), thread: z.string() }).nullable(),
  /** Steps whose file is in the bucket. */
  put: z.array(z.string()),
  /** States that the people concerned were told. */
  told: z.array(z.string()),
});
export type MoneyRecord = z.infer<typeof MoneyRecord>;

/** What has its own file on the way to the warehouse. */
export type RecordStep = 'waiting' | 'posted' | 'declined';
