import { LEDGER_LINE_COLUMNS } from '../domain/ledger-columns.ts';
import type { MoneyRecord, RecordStep } from './money-record.ts';

/** The columns of the feed `ledger`. */
const HEADER = [
  'record_id',
  'step',
  'step_at',
  'person',
  'person_name',
  'reason',
  'record_kind',
  'record_date',
  'record_amount',
  'record_currency',
  'record_account',
  'record_account_name',
  'record_text',
  'reverses_record',
  ...LEDGER_LINE_COLUMNS,
  'reverses',
] as const;

type Row = Partial<Record<(typeof HEADER)[number], string | null>>;

/** One step of a record as a file of the feed `ledger`: what was done by whom and, once it is posted, the entry's lines. */
export function recordFile(
  record: MoneyRecord,
  step: RecordStep,
): { name: string; csv: string; metadata: Record<string, string> } {
  const rows = step === 'posted' ? postedRows(record) : [stepRow(record, step)];
  return {
    name: `record-${record.id}-${step}.csv`,
    csv: [HEADER.join(','), ...rows.map((row) => HEADER.map((name) => quoted(row[name] ?? '')).join(','))]
      .join('\n')
      .concat('\n'),
    metadata: {
      feed: 'ledger',
      person: record.recordedBy,
      ...(record.replyTo && step === 'posted'
        ? { 'reply-channel': record.replyTo.channel, 'reply-thread': record.replyTo.thread }
        : {}),
    },
  };
}

/** With an approval, a row of its own without a line of the books. */
function postedRows(record: MoneyRecord): Row[] {
  const lines = record.lines.map(
    (line): Row => ({
      ...stepRow(record, 'posted'),
      entry_id: line.entryId,
      journal_id: line.journalId,
      entry_date: line.date,
      account_code: line.account,
      account_name: line.accountName,
      account_kind: line.accountKind,
      text: record.text,
      debit: line.debit,
      credit: line.credit,
      tax_code: line.taxCode,
      tax_amount: line.taxAmount,
      currency: record.bookedCurrency,
      reverses: line.reverses,
    }),
  );
  return record.decision?.approved ? [...lines, stepRow(record, 'approved')] : lines;
}

function stepRow(record: MoneyRecord, step: RecordStep | 'approved'): Row {
  const { decision } = record;
  const decided = (step === 'approved' || step === 'declined') && decision ? decision : null;
  return {
    record_id: record.id,
    step,
    step_at: decided?.at ?? (step === 'posted' && decision ? decision.at : record.recordedAt),
    person: decided?.by ?? record.recordedBy,
    person_name: decided?.byName ?? record.recordedByName,
    reason: decided?.reason ?? (step === 'waiting' ? record.needsApproval : null),
    record_kind: record.kind,
    record_date: record.date,
    record_amount: record.booked,
    record_currency: record.bookedCurrency,
    record_account: record.account,
    record_account_name: record.lines.find((line) => line.account === record.account)?.accountName ?? null,
    record_text: record.text,
    reverses_record: record.reverses,
    branch_id: record.branch,
    counterparty: record.counterparty,
    document_no: record.documentNo,
  };
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
