import type { Answer, DataState } from '../domain/answer.ts';
import type { Day } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { Plan, PlannerReply, Provenance } from '../domain/plan.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Rights } from '../domain/rights.ts';
import { dataStateFor } from '../model/data-facts.ts';
import type { Conversation } from '../ports/conversations.ts';
import { addUse, NO_USE, type PlannerUse } from '../ports/planner.ts';
import { NO_TRACER } from '../ports/tracer.ts';
import { localeOf } from './answer-words.ts';
import { withoutAgreement } from './ask-before-costly.ts';
import { carryOutPlan } from './carry-out-plan.ts';
import { chooseChart } from './choose-chart.ts';
import { makeReceipt } from './make-receipt.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { recordQuestion } from './record-question.ts';
import { planFollowUps } from './suggest-follow-ups.ts';
import { tooManyToday } from './too-many-today.ts';
import { type Understanding, understandAsked } from './understand-asked.ts';
import { wordAnswer } from './word-answer.ts';

export type Question = {
  text: string;
  asker: string;
  rights: Rights;
  /** How it came in: 'dm', 'mention', 'terminal' ... */
  door: string;
  channel: string | null;
  thread: string;
  today: Day;
  planner: 'offline' | 'openai' | 'auto';
  /** Which rule made these rights less than the asker's own, for the audit. */
  rule?: string;
  /** Where the question stands, for the audit; asked for meanwhile. */
  link?: string | null | Promise<string | null>;
  /** Where others read along, nobody's limits are told. The asker alone when left out. */
  readBy?: 'the asker' | 'others too';
  /** What 'and by country?' is about; null: nothing. Left out: what the thread was last about. */
  leansOn?: Conversation | null;
  /** What a person has looked at and let through: it is carried out as it is, and nobody plans anew. */
  approved?: { plan: Plan; notes: string[]; planner: 'offline' | 'openai' };
  /** The person has agreed that it may read many rows. */
  costAgreed?: boolean;
  signal?: AbortSignal;
  /** Told the answer's sentences as they pass the gate, where a model words it: each piece goes after the last. */
  onText?: (piece: string) => void;
  /** Told what is being done, for a status line. */
  onProgress?: (step: 'understanding' | 'asking the model' | 'reading' | 'checking' | 'wording') => void;
};

export type AnsweredQuestion = {
  answer: Answer;
  use: PlannerUse;
  tookMs: number;
  planKind: string | null;
  /** How sure the planner was of what was meant, 0 to 1; null where nothing was planned. */
  confidence: number | null;
};

/** A manager's question becomes an answer whose every figure is checked, or a question back, or a plain no. */
export async function answerQuestion(asked: Question, needs: QuestionNeeds): Promise<AnsweredQuestion> {
  const { tracer = NO_TRACER } = needs;
  const facts = { 'plumbline.door': asked.door, 'plumbline.rights': asked.rights.id };
  // From Slack it has its number already, with which it came in at the door.
  const { question = needs.ids.next('qst') } = tracer.current();
  return tracer.follow({ question }, 'question', facts, () => answer(asked, needs));
}

async function answer(asked: Question, needs: QuestionNeeds): Promise<AnsweredQuestion> {
  const { tracer = NO_TRACER } = needs;
  const question = { ...asked, ...withoutAgreement(asked.text) };
  const started = performance.now();
  const refused = await tooManyToday(question, needs);
  // Not written down: one who goes on asking would fill the audit.
  if (refused)
    return {
      answer: refused,
      use: NO_USE,
      tookMs: performance.now() - started,
      planKind: null,
      confidence: null,
    };
  const understanding = await tracer.step('understand', {}, () => understandAsked(question, needs));
  const reaction = await reactTo(understanding, question, needs, started);
  const { outcome, use, dropped, receipt } = reaction;
  const { reply } = understanding;
  const tookMs = performance.now() - started;
  const ended = { reply, answer: reaction.answer, outcome, use, tookMs, dropped, receipt };
  await tracer.step('record', {}, () => recordQuestion(question, ended, needs));
  const { plan, confidence } = reply.kind === 'plan' ? reply : { plan: null, confidence: null };
  return { answer: reaction.answer, use, tookMs, planKind: plan?.kind ?? null, confidence };
}

type Reaction = {
  answer: Answer;
  outcome: Outcome | null;
  use: PlannerUse;
  dropped: number;
  receipt: Receipt | null;
};

async function reactTo(
  understanding: Understanding,
  question: Question,
  needs: QuestionNeeds,
  started: number,
): Promise<Reaction> {
  const { reply, use } = understanding;
  if (reply.kind !== 'plan')
    return { answer: withoutPlan(reply), outcome: null, use, dropped: 0, receipt: null };
  const { tracer = NO_TRACER } = needs;
  // Planned while the warehouse reads.
  const following = planFollowUps(reply.plan, question, needs);
  const outcome = await tracer.step('carry out', { 'plumbline.plan': reply.plan.kind }, () =>
    carryOutPlan(reply.plan, reply.notes, question, needs),
  );
  if (outcome.kind !== 'result') following.drop();
  const ended = (answer: Answer, receipt: Receipt | null = null): Reaction => ({
    answer,
    outcome,
    use,
    dropped: 0,
    receipt,
  });
  if (outcome.kind === 'ask-first') {
    const { text, choices } = outcome;
    return ended({ kind: 'needs-detail', text, choices, unknownWords: [] });
  }
  if (outcome.kind === 'refused')
    return ended({ kind: 'refused', text: outcome.text, reason: outcome.reason });
  const state = await dataState(outcome.tables, outcome.provenance, needs);
  const locale = localeOf(await needs.facts(), needs);
  const kept = { ...understanding, reply, outcome, question, state, locale };
  if (outcome.kind === 'empty') {
    const receipt = makeReceipt({ ...kept, tookMs: performance.now() - started }, needs);
    const { text, reason, understood, choices = [] } = outcome;
    return ended({ kind: 'empty', text, reason, choices, understood, receiptId: receipt.id }, receipt);
  }
  const worded = await tracer.step('word', {}, () => wordAnswer(outcome, question, needs));
  const used = addUse(use, worded.use);
  const receipt = makeReceipt({ ...kept, use: used, tookMs: performance.now() - started }, needs);
  const answer: Answer = {
    kind: 'answered',
    provenance: outcome.provenance,
    text: worded.text,
    understood: worded.understood,
    table: outcome.table,
    chart: chooseChart(outcome.table, outcome.title, sourceLine(state)),
    followUps: await following.all,
    dataState: { ...state, warnings: [...outcome.warnings, ...state.warnings] },
    sql: outcome.sql,
    params: outcome.params,
    receiptId: receipt.id,
  };
  return { answer, outcome, use: used, dropped: worded.dropped, receipt };
}

/** A question back, a plain no, or a value that nobody knows. */
function withoutPlan(reply: Exclude<PlannerReply, { kind: 'plan' }>): Answer {
  const { text } = reply;
  switch (reply.kind) {
    case 'clarify':
      return { kind: 'needs-detail', text, choices: reply.choices, unknownWords: reply.unknownWords };
    case 'refuse':
      return { kind: 'refused', text, reason: reply.reason };
    case 'unknown-value':
      return {
        kind: 'empty',
        text,
        reason: 'unknown-value',
        choices: reply.didYouMean,
        understood: null,
        receiptId: null,
      };
  }
}

function sourceLine(state: DataState): string {
  return state.completeThrough ? `Plumbline, data through ${dayInWords(state.completeThrough)}` : 'Plumbline';
}

/** What is late of what fills these tables is said with every answer that rests on them. */
async function dataState(tables: string[], provenance: Provenance, needs: QuestionNeeds): Promise<DataState> {
  const read = provenance === 'live' ? ['orders'] : tables;
  const state = dataStateFor(await needs.facts(), read);
  const late = read.length > 0 ? ((await needs.lateFor?.(read)) ?? []) : [];
  return { ...state, warnings: [...state.warnings, ...late] };
}
