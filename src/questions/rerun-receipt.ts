import { AppError } from '../domain/app-error.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Rights } from '../domain/rights.ts';
import { localeOf } from './answer-words.ts';
import { carryOutPlan } from './carry-out-plan.ts';
import { formatCell } from './format-value.ts';
import { resultHash } from './make-receipt.ts';
import type { QuestionNeeds } from './needs.ts';

export type RerunOutcome = {
  receipt: Receipt;
  same: boolean;
  /** Whether it ran with the rights that it was answered with. */
  sameRights: boolean;
  /** The headline figures then and now, where they differ. */
  changes: { label: string; was: string; is: string }[];
  /** Batches loaded since, or undone since: what may have changed the numbers. */
  batchesSince: string[];
  batchesGone: string[];
};

/** Runs a receipt's plan again: the same numbers while the data is the same, else which batches changed them. */
export async function rerunReceipt(id: string, rights: Rights, needs: QuestionNeeds): Promise<RerunOutcome> {
  const receipt = await needs.receipts.find(id);
  if (!receipt) throw new AppError('receipt.not-found', { detail: `'${id}' is not kept here.` });
  const outcome = await carryOutPlan(
    receipt.plan,
    [],
    {
      text: receipt.question,
      asker: receipt.asker,
      rights,
      door: 'rerun',
      channel: receipt.channel,
      thread: receipt.thread ?? receipt.id,
      today: receipt.today,
      planner: 'offline',
      costAgreed: true,
    },
    needs,
  );
  if (!('table' in outcome)) throw new AppError('question.not-vetted', { detail: outcome.text });
  const facts = await needs.facts();
  const locale = localeOf(facts, needs);
  const [row = []] = outcome.table.rows;
  const now = outcome.table.columns.flatMap((column, index) =>
    column.type === 'integer' || column.type === 'decimal'
      ? [formatCell(row[index] ?? null, column, locale)]
      : [],
  );
  const same = resultHash(outcome.table) === receipt.resultHash;
  const then = new Set(receipt.dataState.batches);
  const present = new Set(facts.batches.map((batch) => batch.id));
  return {
    receipt,
    same,
    sameRights: rights.id === receipt.rightsId,
    changes: receipt.headline.flatMap(({ label, value }, index) => {
      const is = now[index] ?? 'nothing';
      return same || is === value ? [] : [{ label, was: value, is }];
    }),
    batchesSince: facts.batches.map((batch) => batch.id).filter((batch) => !then.has(batch)),
    batchesGone: await undone(
      receipt.dataState.batches.filter((batch) => !present.has(batch)),
      needs,
    ),
  };
}

/** Of batches that are not among the newest, those that were taken back. */
async function undone(batches: string[], needs: QuestionNeeds): Promise<string[]> {
  if (batches.length === 0) return [];
  const params = Object.fromEntries(batches.map((batch, index) => [`b${index}`, batch]));
  const { rows } = await needs.warehouse.read({
    sql: `select batch_id from ops.load_batches where undone_at is null and batch_id in (${batches.map((_, index) => `:b${index}`).join(', ')})`,
    params,
    schema: 'retail',
    maxRows: batches.length,
    timeoutMs: needs.limits.timeoutMs,
  });
  const standing = new Set(rows.map(([batch]) => String(batch)));
  return batches.filter((batch) => !standing.has(batch));
}
