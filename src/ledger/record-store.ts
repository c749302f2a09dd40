import { AppError, hasCode } from '../domain/app-error.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { LEDGER_WORDS } from './ledger-words.ts';
import { MoneyRecord } from './money-record.ts';

/**
 * Where money records are kept. `ledger/<month of recording>` holds them; `ledger-open` those that something is still
 * to be done for; `ledger-in/<month>` those with a line in that month of the books; `ledger-months` the months of
 * recording. Kinds are partitions, so none grows without end.
 */
type Store = { smallRecords: VersionedRecords };

const OPEN = 'ledger-open';
const MONTHS = 'ledger-months';

/** 'mr-202611-01k9...': the month says which partition a record is in. */
export function recordIdPrefix(day: string): string {
  return `mr-${day.slice(0, 7).replace('-', '')}`;
}

function partitionOf(id: string): string | undefined {
  const match = /^mr-(\d{4})(\d{2})-[a-z0-9]+$/.exec(id);
  return match ? `ledger/${match[1]}-${match[2]}` : undefined;
}

/**
 * Keeps a new record; the first with an id wins, and whoever comes second gets that one. What finds the record is
 * written before it, so that none is kept that nobody finds.
 */
export async function keepNew(record: MoneyRecord, store: Store): Promise<MoneyRecord> {
  const partition = partitionOf(record.id);
  if (!partition) throw new AppError('usage.wrong', { detail: LEDGER_WORDS.notFound(record.id) });
  const earlier = await findRecord(record.id, store);
  if (earlier) return earlier;
  await Promise.all([
    note(OPEN, record.id, record.recordedAt, store),
    note(MONTHS, partition, record.recordedAt, store),
    ...[...new Set(record.lines.map((line) => line.date.slice(0, 7)))].map((month) =>
      note(`ledger-in/${month}`, record.id, record.recordedAt, store),
    ),
  ]);
  try {
    return await saveRecord(record, store);
  } catch (thrown) {
    if (!hasCode(thrown, 'records.conflict')) throw thrown;
    return getRecord(record.id, store);
  }
}

export async function findRecord(id: string, { smallRecords }: Store): Promise<MoneyRecord | undefined> {
  const partition = partitionOf(id);
  const found = partition && (await smallRecords.find(partition, id));
  return found ? MoneyRecord.parse({ ...(found.value as object), version: found.version }) : undefined;
}

/** Errors: usage.wrong when there is none. */
export async function getRecord(id: string, store: Store): Promise<MoneyRecord> {
  const found = await findRecord(id, store);
  if (!found) throw new AppError('usage.wrong', { detail: LEDGER_WORDS.notFound(id.slice(0, 60)) });
  return found;
}

/** Errors: records.conflict when somebody else saved it since it was read. */
async function saveRecord(record: MoneyRecord, { smallRecords }: Store): Promise<MoneyRecord> {
  const { version, ...value } = record;
  const saved = await smallRecords.save(partitionOf(record.id) ?? '', { id: record.id, version, value });
  return { ...record, version: saved };
}

/**
 * Reads, changes and saves; looks again when somebody else was faster. `change` gives null to leave it as it is; it
 * sees what is really there, so what it decides holds.
 */
export async function changeRecord(
  id: string,
  change: (record: MoneyRecord) => MoneyRecord | null | Promise<MoneyRecord | null>,
  store: Store,
): Promise<MoneyRecord> {
  for (let attempt = 1; ; attempt += 1) {
    const record = await getRecord(id, store);
    const changed = await change(record);
    if (changed === null) return record;
    try {
      return await saveRecord(changed, store);
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= 20) throw thrown;
    }
  }
}

/** Those that something is still to be done for: to be judged, approved, put into the bucket, told. */
export async function openRecordIds({ smallRecords }: Store): Promise<{ id: string; since: string }[]> {
  const open = await smallRecords.list(OPEN);
  return open.map(({ id, value }) => ({ id, since: String((value as { since?: string }).since ?? '') }));
}

export async function noLongerOpen(id: string, { smallRecords }: Store): Promise<void> {
  await smallRecords.remove(OPEN, id);
}

/** With a line in this month of the books. */
export async function recordsIn(month: string, store: Store): Promise<MoneyRecord[]> {
  const ids = await store.smallRecords.list(`ledger-in/${month}`);
  const found = await Promise.all(ids.map(({ id }) => findRecord(id, store)));
  return found.filter((record) => record !== undefined);
}

/** Newest first, month of recording by month. */
export async function* allRecords(store: Store): AsyncGenerator<MoneyRecord> {
  const months = (await store.smallRecords.list(MONTHS)).map(({ id }) => id).sort();
  for (const month of months.reverse()) {
    const records = await store.smallRecords.list(month);
    for (const { value, version } of records.reverse())
      yield MoneyRecord.parse({ ...(value as object), version });
  }
}

async function note(kind: string, id: string, since: string, { smallRecords }: Store): Promise<void> {
  try {
    await smallRecords.save(kind, { id, version: 0, value: { since } });
  } catch (thrown) {
    if (!hasCode(thrown, 'records.conflict')) throw thrown;
  }
}
