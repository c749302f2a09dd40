import { compare, decimal, toText, ZERO } from '../domain/decimal.ts';
import { inDigits } from './amounts.ts';
import { buildLines, reversalLines } from './build-lines.ts';
import { LEDGER_WORDS } from './ledger-words.ts';
import type { Attachment, LedgerLine, MoneyRecord } from './money-record.ts';
import { type Actor, has, type LedgerNeeds, sees } from './needs.ts';
import { whyClosed } from './periods.ts';
import { type FieldProblems, type ReadForm, type RecordFields, readForm } from './read-form.ts';
import { findRecord, keepNew, recordIdPrefix } from './record-store.ts';
import { settleRecord } from './settle-record.ts';

export type RecordOutcome =
  | { outcome: 'kept'; record: MoneyRecord }
  | { outcome: 'wrong'; problems: FieldProblems }
  | { outcome: 'refused'; reason: string };

type Draft = Omit<MoneyRecord, 'version' | 'state'>;

/** The id of a form as it is opened: sent twice, it is one record. */
export function newRecordId({ clock, ids }: Pick<LedgerNeeds, 'clock' | 'ids'>): string {
  return ids.next(recordIdPrefix(clock.today()));
}

/**
 * Records what a form says: an entry of its own, or (with `corrects`) one that takes an earlier one back in the same
 * step. Kept first, judged then, so that a death between loses nothing; again with the same id gives the same record.
 */
export async function recordMoney(
  input: {
    id: string;
    fields: RecordFields;
    actor: Actor;
    corrects?: string | null;
    attachment?: Attachment | null;
  },
  needs: LedgerNeeds,
): Promise<RecordOutcome> {
  const earlier = await findRecord(input.id, needs);
  if (earlier) return { outcome: 'kept', record: await settleRecord(earlier.id, needs) };
  const checked = await checkRecord(input, needs);
  if (checked.outcome !== 'right') return checked;
  const { form, original } = checked;
  const companyCurrency = await needs.companyCurrency();
  const lines = buildLines(form, { journal: input.id, settings: needs.settings, companyCurrency });
  const back = original ? await takenBack(original, input.id, form.date, needs) : [];
  const kept = await keepNew(
    draftOf({
      ...common(input.id, input.actor, needs),
      kind: form.kind,
      amount: inDigits(form.gross, form.currency),
      currency: form.currency,
      rate: form.rate ? toText(form.rate) : null,
      booked: inDigits(form.bookedGross, companyCurrency),
      bookedCurrency: companyCurrency,
      tax: form.tax ? { code: form.tax.code.code, amount: inDigits(form.tax.amount, form.currency) } : null,
      account: form.account.code,
      counterAccount: form.counterAccount.code,
      branch: form.branch,
      date: form.date,
      documentNo: form.documentNo,
      counterparty: form.counterparty,
      text: form.text,
      lines: [...back, ...lines],
      attachment: input.attachment ?? null,
      needsApproval: await whyApproval(
        [decimal(inDigits(form.bookedGross, companyCurrency)), decimal(original?.booked ?? '0')],
        input.actor,
        needs,
      ),
      reverses: original?.id ?? null,
    }),
    needs,
  );
  return { outcome: 'kept', record: await settleRecord(kept.id, needs) };
}

/** Takes an entry back by one with its sides exchanged, and says why. */
export async function reverseRecord(
  input: { id: string; reverses: string; date: string; reason: string; actor: Actor },
  needs: LedgerNeeds,
): Promise<RecordOutcome> {
  const earlier = await findRecord(input.id, needs);
  if (earlier) return { outcome: 'kept', record: await settleRecord(earlier.id, needs) };
  const checked = await checkReversal(input, needs);
  if (checked.outcome !== 'right') return checked;
  const { original } = checked;
  const kept = await keepNew(
    draftOf({
      ...original,
      ...common(input.id, input.actor, needs),
      kind: 'reversal',
      date: input.date,
      text: LEDGER_WORDS.reversalText(input.reason.trim().slice(0, 280)),
      lines: reversalLines(ownLines(original), { journal: `${input.id}-r`, date: input.date }),
      attachment: null,
      needsApproval: await whyApproval([decimal(original.booked)], input.actor, needs),
      reverses: original.id,
    }),
    needs,
  );
  return { outcome: 'kept', record: await settleRecord(kept.id, needs) };
}

/** Everything that can be said before a form closes. */
export async function checkRecord(
  input: { fields: RecordFields; actor: Actor; corrects?: string | null },
  needs: LedgerNeeds,
): Promise<
  | { outcome: 'right'; form: ReadForm; original: MoneyRecord | undefined }
  | Exclude<RecordOutcome, { outcome: 'kept' }>
> {
  const { actor } = input;
  if (!has(actor, needs.settings.mayRecord)) return { outcome: 'refused', reason: LEDGER_WORDS.mayNotRecord };
  const original = input.corrects ? await findRecord(input.corrects, needs) : undefined;
  if (input.corrects) {
    const reason = whyNotReversible(original, input.corrects, actor);
    if (reason) return { outcome: 'refused', reason };
  }
  const [companyCurrency, branches] = await Promise.all([needs.companyCurrency(), needs.branches()]);
  const read = readForm(input.fields, {
    settings: needs.settings,
    companyCurrency,
    today: needs.clock.today(),
    branches,
    ownBranches: actor.branches,
  });
  if ('problems' in read) return { outcome: 'wrong', problems: read.problems };
  const closed = await whyClosed([read.form.date], needs);
  if (closed) return { outcome: 'wrong', problems: { date: closed } };
  return { outcome: 'right', form: read.form, original };
}

export async function checkReversal(
  input: { reverses: string; date: string; reason: string; actor: Actor },
  needs: LedgerNeeds,
): Promise<{ outcome: 'right'; original: MoneyRecord } | Exclude<RecordOutcome, { outcome: 'kept' }>> {
  if (!has(input.actor, needs.settings.mayRecord))
    return { outcome: 'refused', reason: LEDGER_WORDS.mayNotRecord };
  const original = await findRecord(input.reverses, needs);
  const reason = whyNotReversible(original, input.reverses, input.actor);
  if (reason || !original) return { outcome: 'refused', reason: reason ?? '' };
  if (input.reason.trim() === '') return { outcome: 'wrong', problems: { text: LEDGER_WORDS.needed } };
  const closed = await whyClosed([input.date], needs);
  if (closed) return { outcome: 'wrong', problems: { date: closed } };
  return { outcome: 'right', original };
}

function whyNotReversible(original: MoneyRecord | undefined, id: string, actor: Actor): string | undefined {
  if (!original || !sees(actor, original)) return LEDGER_WORDS.notFound(id);
  if (original.kind === 'reversal') return LEDGER_WORDS.isReversal;
  if (original.reversedBy) return LEDGER_WORDS.alreadyReversed(original.reversedBy);
  return original.state === 'posted' ? undefined : LEDGER_WORDS.notPosted;
}

/** A correction takes the entry back on its own day; on the new entry's when that month is closed by now. */
async function takenBack(
  original: MoneyRecord,
  id: string,
  date: string,
  needs: LedgerNeeds,
): Promise<LedgerLine[]> {
  const on = (await whyClosed([original.date], needs)) ? date : original.date;
  return reversalLines(ownLines(original), { journal: `${id}-r`, date: on });
}

/** Without the lines by which it took back another. */
function ownLines(record: MoneyRecord): LedgerLine[] {
  return record.lines.filter((line) => line.reverses === null);
}

/** Null when the person may do it alone. */
async function whyApproval(
  amounts: readonly ReturnType<typeof decimal>[],
  actor: Actor,
  needs: LedgerNeeds,
): Promise<string | null> {
  const limits = actor.roles.flatMap((role) => needs.settings.limits[role] ?? []).map(decimal);
  if (limits.length === 0) return LEDGER_WORDS.noLimit;
  const limit = limits.reduce((most, each) => (compare(each, most) > 0 ? each : most));
  const amount = amounts.reduce((most, each) => (compare(each, most) > 0 ? each : most), ZERO);
  if (compare(amount, limit) <= 0) return null;
  const currency = await needs.companyCurrency();
  const inWords = (value: typeof amount) => `${inDigits(value, currency)} ${currency}`;
  return LEDGER_WORDS.aboveLimit(inWords(amount), inWords(limit));
}

function common(id: string, actor: Actor, { clock }: LedgerNeeds) {
  return {
    id,
    recordedBy: actor.user,
    recordedByName: actor.name,
    recordedAt: clock.now().toISOString(),
    decision: null,
    refusal: null,
    reversedBy: null,
    replyTo: null,
    put: [],
    told: [],
  };
}

function draftOf(draft: Draft): MoneyRecord {
  return { ...draft, version: 0, state: 'draft' };
}
