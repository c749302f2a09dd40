import { type AppError, toAppError } from '../domain/app-error.ts';
import { addDays, dayIn } from '../domain/day.ts';
import type { Period } from '../domain/period.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Rights } from '../domain/rights.ts';
import type { Run } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Receipts } from '../ports/receipts.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { RerunOutcome } from '../questions/rerun-receipt.ts';

/** A thread in which figures were quoted that have changed since. */
export type Restatement = {
  channel: string;
  thread: string;
  /** One a thread and day: told again the same day, the message is edited. */
  key: string;
  lines: { question: string; label: string; was: string; is: string; receipt: string }[];
  sentence: string;
};

export type RestatementNeeds = {
  receipts: Receipts;
  clock: Clock;
  smallRecords: VersionedRecords;
  conversations: Pick<Conversations, 'claim' | 'notePosted'>;
  /** The rights that the answer was read with; null when nobody has them any more. */
  rightsOf(receipt: Receipt): Promise<Rights | null>;
  rerun(receipt: Receipt, rights: Rights): Promise<RerunOutcome>;
  /** The key stays in the message. */
  post(restatement: Restatement, earlier: string | null): Promise<string>;
  /** What an earlier try posted before it died. */
  findPosted(restatement: Restatement): Promise<string | null>;
  log: { warn(facts: object, message: string): void };
};

const DAYS_BACK = 30;
const MOST_RECEIPTS = 500;
const KIND = 'restated';
const MESSAGE = 'restated-message';

/**
 * After a load or an undo has changed days: every figure of the last thirty days that covers one of them is read again,
 * and where it differs from what was quoted, its thread is told: 'was, is', once for each change, all of a thread and
 * day in one message. Gives what was told. A thread that cannot be told does not hold up the others: what may go away is
 * thrown once they are told, so that all is tried again; a thread that takes no message is logged and left.
 * Errors: records.*, slack.unavailable; an answer that cannot be read again is logged and left.
 */
export async function tellRestatements(run: Run, needs: RestatementNeeds): Promise<Restatement[]> {
  const told: Restatement[] = [];
  let failure: AppError | undefined;
  for (const found of await restatementsAfter(run, needs)) {
    const restatement = await withEarlierOfTheDay(found, needs);
    try {
      await tellOne(restatement, needs);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'slack.rejected') {
        failure ??= error;
        continue;
      }
      needs.log.warn({ err: error, thread: found.key }, 'a thread takes no word of figures that changed');
    }
    await remember(restatement, found.lines, needs);
    told.push(restatement);
  }
  if (failure) throw failure;
  return told;
}

/** Stopped between posting and noting it, the message is there: the next try edits it. */
async function tellOne(restatement: Restatement, needs: RestatementNeeds): Promise<void> {
  const claim = await needs.conversations.claim(restatement.key, 0);
  const noted = claim.state === 'owned' ? claim.postedTs : null;
  const ts = await needs.post(restatement, noted ?? (await needs.findPosted(restatement)));
  await needs.conversations.notePosted(restatement.key, ts);
}

/** What would be told, without telling it. */
export async function restatementsAfter(
  run: Pick<Run, 'touchedDays' | 'feed' | 'batch' | 'undoneAt'>,
  needs: Pick<RestatementNeeds, 'receipts' | 'clock' | 'smallRecords' | 'rightsOf' | 'rerun' | 'log'>,
): Promise<Restatement[]> {
  if (run.touchedDays.length === 0) return [];
  const now = needs.clock.now();
  const today = dayIn(needs.clock.timeZone, now);
  const since = new Date(now.getTime() - DAYS_BACK * 86_400_000).toISOString();
  const receipts = await needs.receipts.listSince(since, MOST_RECEIPTS);
  const threads = new Map<string, Restatement>();
  for (const receipt of receipts.reverse()) {
    if (!receipt.channel || !receipt.thread || !covers(receipt, run.touchedDays)) continue;
    const changes = await changesOf(receipt, needs);
    if (changes.length === 0) continue;
    const thread = threadTs(receipt.channel, receipt.thread);
    const key = `restated/${receipt.channel}/${thread}/${today}`;
    const restatement = threads.get(key) ?? {
      channel: receipt.channel,
      thread,
      key,
      lines: [],
      sentence: `Figures quoted here have changed, because ${run.undoneAt ? 'a load was taken back' : `newer data came in`} (${run.feed}${run.batch ? `, batch ${run.batch}` : ''}).`,
    };
    restatement.lines.push(...changes);
    threads.set(key, restatement);
  }
  return [...threads.values()];
}

/** What differs now from what was last said: by the answer, or by an earlier restatement. */
async function changesOf(
  receipt: Receipt,
  needs: Pick<RestatementNeeds, 'smallRecords' | 'rightsOf' | 'rerun' | 'log'>,
): Promise<Restatement['lines']> {
  const rights = await needs.rightsOf(receipt);
  if (!rights) return [];
  let outcome: RerunOutcome;
  try {
    outcome = await needs.rerun(receipt, rights);
  } catch (thrown) {
    needs.log.warn({ err: thrown, receipt: receipt.id }, 'an answer could not be read again after a load');
    return [];
  }
  const earlier = await needs.smallRecords.find(KIND, receipt.id);
  const said = (earlier?.value ?? {}) as Record<string, string>;
  const changed = outcome.changes.map(({ label, was, is }) => ({ label, was: said[label] ?? was, is }));
  // A figure that was restated and is now as first quoted again has changed once more.
  const back = receipt.headline
    .filter(({ label, value }) => said[label] !== undefined && said[label] !== value)
    .filter(({ label }) => !outcome.changes.some((change) => change.label === label))
    .map(({ label, value }) => ({ label, was: said[label] ?? value, is: value }));
  return [...changed, ...back]
    .filter(({ was, is }) => was !== is)
    .map((change) => ({ ...change, question: receipt.question, receipt: receipt.id }));
}

/** The message of a thread and day holds all of its changes: 'was' as the day began, 'is' as of now. */
async function withEarlierOfTheDay(
  found: Restatement,
  needs: Pick<RestatementNeeds, 'smallRecords'>,
): Promise<Restatement> {
  const earlier = ((await needs.smallRecords.find(MESSAGE, found.key))?.value ?? []) as Restatement['lines'];
  const idOf = (line: Restatement['lines'][number]): string => `${line.receipt}/${line.label}`;
  const lines = new Map(earlier.map((line) => [idOf(line), line]));
  for (const line of found.lines)
    lines.set(idOf(line), { ...line, was: lines.get(idOf(line))?.was ?? line.was });
  return { ...found, lines: [...lines.values()] };
}

async function remember(
  restatement: Restatement,
  changed: Restatement['lines'],
  needs: Pick<RestatementNeeds, 'smallRecords'>,
): Promise<void> {
  const { smallRecords } = needs;
  const message = await smallRecords.find(MESSAGE, restatement.key);
  await smallRecords.save(MESSAGE, {
    id: restatement.key,
    version: message?.version ?? 0,
    value: restatement.lines,
  });
  for (const { receipt, label, is } of changed) {
    const earlier = await smallRecords.find(KIND, receipt);
    const value = { ...((earlier?.value ?? {}) as object), [label]: is };
    await smallRecords.save(KIND, { id: receipt, version: earlier?.version ?? 0, value });
  }
}

/** Threads of Slack are kept as 'channel:ts'. */
function threadTs(channel: string, thread: string): string {
  return thread.startsWith(`${channel}:`) ? thread.slice(channel.length + 1) : thread;
}

/** Whether a touched day is in the period of the receipt's plan, or in the one that it was compared with. */
export function covers(receipt: Pick<Receipt, 'plan' | 'today'>, touched: string[]): boolean {
  const periods = periodsOf(receipt.plan);
  if (periods === 'none') return false;
  if (periods === 'all') return true;
  return touched.some((day) => periods.some((period) => day >= period.from && day < period.to));
}

function periodsOf(plan: Receipt['plan']): Pick<Period, 'from' | 'to'>[] | 'all' | 'none' {
  switch (plan.kind) {
    case 'metrics':
      return plan.query.period
        ? [plan.query.period, ...(plan.query.comparison ? [plan.query.comparison.period] : [])]
        : 'all';
    case 'why':
      return plan.query.period ? [plan.query.period, plan.before] : 'all';
    case 'template':
      return plan.period ? [plan.period] : 'all';
    case 'live':
      return 'from' in plan.read
        ? [{ from: plan.read.from, to: plan.read.to ?? addDays(plan.read.from, 1) }]
        : 'none';
    case 'drafted':
      return 'all';
    case 'definition':
    case 'catalogue':
      return 'none';
  }
}
