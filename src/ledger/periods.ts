import { hasCode } from '../domain/app-error.ts';
import { addMonths } from '../domain/day.ts';
import {
  LEDGER_PERIOD,
  LedgerPeriod,
  UNDO_LASTS_MS,
  UNDO_UNDER_WAY,
  UndoUnderWay,
} from '../domain/ledger-period.ts';
import { LEDGER_WORDS } from './ledger-words.ts';
import { type Actor, has, type LedgerNeeds } from './needs.ts';
import { recordsIn } from './record-store.ts';

type Store = Pick<LedgerNeeds, 'smallRecords'>;
type Happening = LedgerPeriod['history'][number];

export type PeriodOutcome =
  | { outcome: 'done'; period: LedgerPeriod }
  /** No new entries from now on; what is named has to be decided or to arrive first. */
  | { outcome: 'not-yet'; reason: string; period: LedgerPeriod }
  | { outcome: 'refused'; reason: string };

export async function findPeriod(month: string, { smallRecords }: Store): Promise<LedgerPeriod> {
  const found = await smallRecords.find(LEDGER_PERIOD, month);
  return found
    ? LedgerPeriod.parse({ ...(found.value as object), version: found.version })
    : { month, state: 'open', history: [], version: 0 };
}

/** Months that were ever closed, newest first. */
export async function listPeriods({ smallRecords }: Store): Promise<LedgerPeriod[]> {
  const found = await smallRecords.list(LEDGER_PERIOD);
  return found
    .map(({ value, version }) => LedgerPeriod.parse({ ...(value as object), version }))
    .sort((a, b) => (a.month < b.month ? 1 : -1));
}

/** Why nothing may be dated in one of these months; undefined when all are open. `arriving`: was there before the closing began. */
export async function whyClosed(
  dates: readonly string[],
  store: Store,
  arriving = false,
): Promise<string | undefined> {
  for (const month of [...new Set(dates.map((date) => date.slice(0, 7)))].sort()) {
    const period = await findPeriod(month, store);
    if (period.state === 'closed') return LEDGER_WORDS.closed(month, closedBy(period));
    if (period.state === 'closing' && !arriving) return LEDGER_WORDS.closing(month);
  }
  return undefined;
}

export function closedBy({ history }: LedgerPeriod): string {
  const closing = history.findLast(({ what }) => what === 'closed');
  return closing ? ` (${closing.byName}, ${closing.at.slice(0, 10)})` : '';
}

/**
 * Closes a month in two steps: from the first on it takes no new entry; the second waits until every entry that was
 * there before is decided and in the warehouse, so that what was recorded in time is not kept out by its own closing.
 * `settle` brings entries that are on their way further. Asked again, it goes on where it was. Loads and undos that are under
 * way are looked for once the month says that it is closed: each looks at the months when it begins, so that one of the two
 * sees the other; then the month goes back to closing.
 */
export async function closePeriod(
  month: string,
  actor: Actor,
  needs: LedgerNeeds & { settle(id: string): Promise<unknown> },
): Promise<PeriodOutcome> {
  if (!isMonth(month)) return { outcome: 'refused', reason: LEDGER_WORDS.notAMonth };
  if (!has(actor, needs.settings.mayClose)) return { outcome: 'refused', reason: LEDGER_WORDS.mayNotClose };
  if (addMonths(`${month}-01`, 1) > needs.clock.today())
    return { outcome: 'refused', reason: LEDGER_WORDS.monthNotOver(month) };
  const closing = await changePeriod(
    month,
    (period) => (period.state === 'open' ? happens(period, 'closing', 'closing', actor, null, needs) : null),
    needs,
  );
  if (closing.state === 'closed') return { outcome: 'refused', reason: LEDGER_WORDS.alreadyClosed(month) };
  const reason = await whatIsMissing(month, needs);
  if (reason) return { outcome: 'not-yet', reason, period: closing };
  const period = await changePeriod(
    month,
    (now) => (now.state === 'closing' ? happens(now, 'closed', 'closed', actor, null, needs) : null),
    needs,
  );
  const loading = (await needs.loadsUnderWay()) + (await undosUnderWay(needs));
  if (loading === 0) return { outcome: 'done', period };
  const back = await changePeriod(
    month,
    (now) =>
      now.state === 'closed' ? { ...now, state: 'closing', history: now.history.slice(0, -1) } : null,
    needs,
  );
  return { outcome: 'not-yet', reason: LEDGER_WORDS.notYetLoading(month, loading), period: back };
}

async function undosUnderWay({ smallRecords, clock }: LedgerNeeds): Promise<number> {
  const since = new Date(clock.now().getTime() - UNDO_LASTS_MS).toISOString();
  const found = await smallRecords.list(UNDO_UNDER_WAY);
  return found.filter(({ value }) => UndoUnderWay.parse(value).since > since).length;
}

export async function reopenPeriod(
  month: string,
  reason: string,
  actor: Actor,
  needs: LedgerNeeds,
): Promise<PeriodOutcome> {
  if (!isMonth(month)) return { outcome: 'refused', reason: LEDGER_WORDS.notAMonth };
  if (!has(actor, needs.settings.mayClose)) return { outcome: 'refused', reason: LEDGER_WORDS.mayNotClose };
  let wasOpen = false;
  const period = await changePeriod(
    month,
    (now) => {
      wasOpen = now.state === 'open';
      return wasOpen ? null : happens(now, 'open', 'reopened', actor, reason.trim() || null, needs);
    },
    needs,
  );
  return wasOpen
    ? { outcome: 'refused', reason: LEDGER_WORDS.notClosed(month) }
    : { outcome: 'done', period };
}

async function whatIsMissing(
  month: string,
  needs: LedgerNeeds & { settle(id: string): Promise<unknown> },
): Promise<string | undefined> {
  for (const record of await recordsIn(month, needs))
    if (record.state === 'draft' || (record.state === 'posted' && !record.put.includes('posted')))
      await needs.settle(record.id);
  const records = await recordsIn(month, needs);
  const waiting = records.filter(({ state }) => state === 'waiting' || state === 'draft');
  if (waiting.length > 0) return LEDGER_WORDS.notYetWaiting(month, waiting.length);
  const posted = records.filter(({ state }) => state === 'posted');
  const journals = posted.flatMap((record) => [...new Set(record.lines.map((line) => line.journalId))]);
  const there = journals.length > 0 ? await needs.inWarehouse(journals) : new Set<string>();
  const onWay = journals.filter((journal) => !there.has(journal)).length;
  return onWay > 0 ? LEDGER_WORDS.notYetOnWay(month, onWay) : undefined;
}

function happens(
  period: LedgerPeriod,
  state: LedgerPeriod['state'],
  what: Happening['what'],
  actor: Actor,
  reason: string | null,
  { clock }: Pick<LedgerNeeds, 'clock'>,
): LedgerPeriod {
  const entry = { what, by: actor.user, byName: actor.name, at: clock.now().toISOString(), reason };
  return { ...period, state, history: [...period.history, entry].slice(-50) };
}

async function changePeriod(
  month: string,
  change: (period: LedgerPeriod) => LedgerPeriod | null,
  store: Store,
): Promise<LedgerPeriod> {
  for (let attempt = 1; ; attempt += 1) {
    const period = await findPeriod(month, store);
    const changed = change(period);
    if (changed === null) return period;
    const { version, ...value } = changed;
    try {
      const saved = await store.smallRecords.save(LEDGER_PERIOD, { id: month, version, value });
      return { ...changed, version: saved };
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= 20) throw thrown;
    }
  }
}

function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}
