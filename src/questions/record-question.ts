import { createHash } from 'node:crypto';
import type { Answer } from '../domain/answer.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { PlannerUse } from '../ports/planner.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { redactQuestion } from './redact-question.ts';

export type Ended = {
  reply: PlannerReply;
  answer: Answer;
  outcome: Outcome | null;
  use: PlannerUse;
  tookMs: number;
  /** Sentences of the language model that could not be proved. */
  dropped: number;
  /** Not kept yet. */
  receipt: Receipt | null;
};

function isCarriedOut({ answer, outcome }: Ended): boolean {
  return answer.kind !== 'refused' && outcome?.kind !== 'ask-first';
}

/** The thread's next question may lean on this one; its receipt is kept, and the audit has a line of it. */
export async function recordQuestion(question: Question, ended: Ended, needs: QuestionNeeds): Promise<void> {
  const { reply, answer, outcome, use, tookMs, dropped, receipt } = ended;
  const at = needs.clock.now().toISOString();
  const receiptId = answer.kind === 'answered' || answer.kind === 'empty' ? answer.receiptId : null;
  const followed = needs.tracer?.current().question;
  const link = (await question.link) ?? null;
  const sql = outcome && 'sql' in outcome ? outcome.sql : null;
  await Promise.all([
    receipt && needs.receipts.save(receipt),
    needs.conversations.addTurn(question.thread, question.channel ?? '', {
      question: question.text,
      // What could not be carried out is nothing to lean on: the next question leans on the one before.
      plan: reply.kind === 'plan' && isCarriedOut(ended) ? reply.plan : null,
      answerKind: answer.kind,
      receiptId,
      askedAt: at,
      asker: question.asker,
    }),
    needs.audit.append({
      id: needs.ids.next('aud'),
      at,
      asker: question.asker,
      door: question.door,
      channel: question.channel,
      thread: question.thread,
      question: redactQuestion(question.text),
      outcome: 'reason' in answer ? `${answer.kind}: ${answer.reason}` : answer.kind,
      provenance: answer.kind === 'answered' ? answer.provenance : null,
      planKind: reply.kind === 'plan' ? reply.plan.kind : null,
      sqlFingerprint: sql ? createHash('sha256').update(sql).digest('hex').slice(0, 16) : null,
      rows: answer.kind === 'answered' ? answer.table.rows.length : 0,
      tookMs: Math.round(tookMs),
      tokens: use.input + use.output,
      costUsd: use.costUsd,
      rule:
        outcome?.kind === 'refused'
          ? outcome.reason
          : (question.rule ?? (Object.keys(question.rights.rowFilters).length > 0 ? 'row filter' : null)),
      link,
      ...(dropped > 0 ? { dropped } : {}),
      receiptId,
      ...(followed ? { trace: followed } : {}),
    }),
  ]);
}
