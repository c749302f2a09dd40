import { createHash } from 'node:crypto';
import type { DataState, Understood } from '../domain/answer.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { PlannerUse } from '../ports/planner.ts';
import type { Question } from './answer-question.ts';
import { formatCell, type Locale } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';

type ReceiptInput = {
  reply: Extract<PlannerReply, { kind: 'plan' }>;
  planner: 'offline' | 'openai';
  use: PlannerUse;
  outcome: Exclude<Outcome, { kind: 'refused' | 'ask-first' }>;
  question: Question;
  state: DataState;
  /** With the currency of the data. */
  locale: Locale;
  tookMs: number;
};

/** All that is needed to check an answer and to run it again; kept when the question is recorded. */
export function makeReceipt(input: ReceiptInput, needs: QuestionNeeds): Receipt {
  const { outcome, question, reply } = input;
  return {
    id: needs.ids.next('rcp'),
    question: question.text,
    asker: question.asker,
    thread: question.thread,
    channel: question.channel,
    askedAt: needs.clock.now().toISOString(),
    today: question.today,
    provenance: outcome.provenance,
    plan: reply.plan,
    planner: input.planner,
    understood: outcome.understood,
    sql: outcome.sql,
    params: outcome.params,
    rightsId: question.rights.id,
    rowCount: outcome.table.rows.length,
    tookMs: Math.round(input.tookMs),
    dataState: input.state,
    resultHash: resultHash(outcome.table),
    headline: headlineOf(outcome.table, outcome.understood, input.locale),
    tokens: { input: input.use.input, output: input.use.output, cached: input.use.cached },
    costUsd: input.use.costUsd,
  };
}

/** Same columns and same cells, same hash. */
export function resultHash(table: ResultTable): string {
  return createHash('sha256')
    .update(JSON.stringify([table.columns.map((column) => column.name), table.rows]))
    .digest('hex');
}

/** The first row's figures: what a restatement would speak of. */
function headlineOf(table: ResultTable, understood: Understood, locale: Locale): Receipt['headline'] {
  const [row] = table.rows;
  if (!row) return [];
  const name = table.columns
    .flatMap((column, index) => (column.type === 'text' ? [String(row[index] ?? '(none)')] : []))
    .join(', ');
  return table.columns
    .flatMap((column, index) => {
      if (column.type !== 'integer' && column.type !== 'decimal') return [];
      const label = [column.label ?? column.name, name, understood.period].filter(Boolean).join(', ');
      return [{ label, value: formatCell(row[index] ?? null, column, locale) }];
    })
    .slice(0, 8);
}
