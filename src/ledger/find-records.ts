import type { ResultTable } from '../domain/result-table.ts';
import type { MoneyRecord } from './money-record.ts';
import { type Actor, has, type LedgerNeeds, sees } from './needs.ts';
import { allRecords, findRecord, openRecordIds } from './record-store.ts';

type Store = Pick<LedgerNeeds, 'smallRecords' | 'settings'>;

/** Newest first. With a text: those that have all of its words somewhere, amounts and numbers included. */
export async function findRecords(
  input: { actor: Actor; text?: string; month?: string; limit: number },
  needs: Store,
): Promise<MoneyRecord[]> {
  if (!maySeeRecords(input.actor, needs)) return [];
  const words = (input.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found: MoneyRecord[] = [];
  for await (const record of allRecords(needs)) {
    if (record.state === 'draft' || !sees(input.actor, record)) continue;
    if (input.month && !record.date.startsWith(input.month)) continue;
    const text = words.length > 0 ? searched(record, needs) : '';
    if (!words.every((word) => text.includes(word))) continue;
    found.push(record);
    if (found.length >= input.limit) break;
  }
  return found;
}

/** What waits for approval, oldest first; `mine`: what this person may decide. */
export async function waitingRecords(
  input: { actor: Actor; mine: boolean },
  needs: Store,
): Promise<MoneyRecord[]> {
  const open = await Promise.all((await openRecordIds(needs)).map(({ id }) => findRecord(id, needs)));
  return open
    .filter((record) => record !== undefined)
    .filter((record) => record.state === 'waiting' && sees(input.actor, record))
    .filter((record) =>
      input.mine
        ? record.recordedBy !== input.actor.user && has(input.actor, needs.settings.mayApprove)
        : maySeeRecords(input.actor, needs),
    )
    .sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
}

export function maySeeRecords(actor: Actor, { settings }: Pick<LedgerNeeds, 'settings'>): boolean {
  return has(actor, [...settings.mayRecord, ...settings.mayApprove, ...settings.mayClose]);
}

/** One row a line of the books (and one for a record without any), for a file. */
export function recordsTable(records: readonly MoneyRecord[]): ResultTable {
  const text = (name: string, label: string) => ({ name, label, type: 'text' as const });
  const amount = (name: string, label: string) => ({ name, label, type: 'decimal' as const });
  return {
    columns: [
      text('record', 'Record'),
      text('state', 'State'),
      text('kind', 'Kind'),
      text('entry', 'Entry'),
      { name: 'date', label: 'Date', type: 'date' },
      text('account', 'Account'),
      text('account_name', 'Account name'),
      text('branch', 'Branch'),
      text('counterparty', 'Counterparty'),
      text('document', 'Document'),
      text('text', 'Text'),
      amount('debit', 'Debit'),
      amount('credit', 'Credit'),
      text('currency', 'Currency'),
      text('tax_code', 'Tax code'),
      amount('tax_amount', 'Tax amount'),
      amount('document_amount', 'Document amount'),
      text('document_currency', 'Document currency'),
      text('recorded_by', 'Recorded by'),
      text('recorded_at', 'Recorded at'),
      text('decided_by', 'Decided by'),
      text('reverses', 'Reverses'),
      text('reversed_by', 'Reversed by'),
      text('attachment', 'Attachment'),
    ],
    rows: records.flatMap((record) =>
      record.lines.map((line) => [
        record.id,
        record.state,
        record.kind,
        line.entryId,
        line.date,
        line.account,
        line.accountName,
        record.branch,
        record.counterparty,
        record.documentNo,
        record.text,
        line.debit,
        line.credit,
        record.bookedCurrency,
        line.taxCode,
        line.taxAmount,
        record.amount,
        record.currency,
        record.recordedByName,
        record.recordedAt,
        record.decision?.byName ?? null,
        line.reverses,
        record.reversedBy,
        record.attachment?.name ?? null,
      ]),
    ),
    truncated: false,
  };
}

function searched(record: MoneyRecord, { settings }: Store): string {
  const names = [record.account, record.counterAccount].map(
    (code) => settings.accounts.find((account) => account.code === code)?.name,
  );
  return [
    record.id,
    record.kind,
    record.state,
    record.amount,
    record.currency,
    record.booked,
    record.account,
    record.counterAccount,
    ...names,
    record.branch,
    record.date,
    record.documentNo,
    record.counterparty,
    record.text,
    record.recordedByName,
    record.recordedBy,
    record.attachment?.name,
    record.reverses,
    record.reversedBy,
  ]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
}
