import { LEDGER_WORDS } from './ledger-words.ts';
import type { MoneyRecord } from './money-record.ts';
import { type Actor, has, type LedgerNeeds, sees } from './needs.ts';
import { whyClosed } from './periods.ts';
import { changeRecord, findRecord } from './record-store.ts';
import { releaseClaim } from './settle-record.ts';

export type DecisionOutcome =
  | { outcome: 'decided'; record: MoneyRecord }
  | { outcome: 'refused'; reason: string; record?: MoneyRecord };

/** Approves or declines an entry that waits. Never one's own; of two who decide at once, the first holds. */
export async function decideRecord(
  input: { id: string; approved: boolean; reason: string; actor: Actor },
  needs: LedgerNeeds,
): Promise<DecisionOutcome> {
  const { actor, approved } = input;
  const found = await findRecord(input.id, needs);
  const refused = await whyNotToDecide(found, input, needs);
  if (refused !== null) return { outcome: 'refused', reason: refused, ...(found ? { record: found } : {}) };
  const decision = {
    by: actor.user,
    byName: actor.name,
    at: needs.clock.now().toISOString(),
    approved,
    reason: input.reason.trim().slice(0, 500) || null,
  };
  let own = false;
  const record = await changeRecord(
    input.id,
    (now) => {
      own = now.state === 'waiting';
      return own ? { ...now, state: approved ? 'posted' : 'declined', decision } : null;
    },
    needs,
  );
  if (!own) return { outcome: 'refused', reason: whoWasFirst(record), record };
  if (!approved) await releaseClaim(record, needs);
  return { outcome: 'decided', record };
}

async function whyNotToDecide(
  record: MoneyRecord | undefined,
  { id, actor, approved, reason }: { id: string; actor: Actor; approved: boolean; reason: string },
  needs: LedgerNeeds,
): Promise<string | null> {
  if (!has(actor, needs.settings.mayApprove)) return LEDGER_WORDS.mayNotApprove;
  if (!record) return LEDGER_WORDS.notFound(id);
  if (!sees(actor, record)) return LEDGER_WORDS.notForYourBranch;
  if (record.recordedBy === actor.user) return LEDGER_WORDS.notYourOwn;
  if (record.state !== 'waiting') return whoWasFirst(record);
  if (!approved) return reason.trim() === '' ? LEDGER_WORDS.reasonNeeded : null;
  const dates = record.lines.map(({ date }) => date);
  return (await whyClosed(dates, needs, true)) ?? null;
}

function whoWasFirst({ decision }: MoneyRecord): string {
  return decision ? LEDGER_WORDS.alreadyDecided(decision.byName, decision.approved) : LEDGER_WORDS.notWaiting;
}
