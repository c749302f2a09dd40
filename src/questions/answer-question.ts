import { createHash } from 'node:crypto';
import type { Answer, DataState, Understood } from '../domain/answer.ts';
import type { Day } from '../domain/day.ts';
import type { PlannerReply, Provenance } from '../domain/plan.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import { dataStateFor } from '../model/data-facts.ts';
import type { PlannerUse } from '../ports/planner.ts';
import { withoutAgreement } from './ask-before-costly.ts';
import { carryOutPlan } from './carry-out-plan.ts';
import { checkNumbers } from './check-numbers.ts';
import { chooseChart } from './choose-chart.ts';
import { formatCell } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { redactQuestion } from './redact-question.ts';
import { suggestFollowUps } from './suggest-follow-ups.ts';

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
  /** Where the question stands, for the audit. */
  link?: string | null;
  /** Where others read along, nobody's limits are told. The asker alone when left out. */
  readBy?: 'the asker' | 'others too';
  /** The person has agreed that it may read many rows. */
  costAgreed?: boolean;
  signal?: AbortSignal;
  /** Told what is being done, for a status line. */
  onProgress?: (step: 'understanding' | 'asking the model' | 'reading' | 'checking') => void;
};

export type AnsweredQuestion = { answer: Answer; use: PlannerUse; tookMs: number; planKind: string | null };

const LONGEST_QUESTION = 2000;
const NO_USE: PlannerUse = { input: 0, output: 0, cached: 0, costUsd: '0' };

/** A manager's question becomes an answer whose every figure is checked, or a question back, or a plain no. */
export async function answerQuestion(asked: Question, needs: QuestionNeeds): Promise<AnsweredQuestion> {
  const question = { ...asked, ...withoutAgreement(asked.text) };
  const started = performance.now();
  const { reply, use, planner } = await understand(question, needs);
  const { answer, outcome } = await reactTo(reply, planner, use, question, needs, started);
  const tookMs = performance.now() - started;
  await remember(question, reply, answer, outcome, use, tookMs, needs);
  return { answer, use, tookMs, planKind: reply.kind === 'plan' ? reply.plan.kind : null };
}

type Understanding = { reply: PlannerReply; use: PlannerUse; planner: 'offline' | 'openai' };

async function understand(question: Question, needs: QuestionNeeds): Promise<Understanding> {
  question.onProgress?.('understanding');
  if (question.text.trim() === '') {
    return {
      reply: { kind: 'clarify', text: 'What would you like to know?', choices: [], unknownWords: [] },
      use: NO_USE,
      planner: 'offline',
    };
  }
  if (question.text.length > LONGEST_QUESTION) {
    const text = `That question is too long for me (${question.text.length} characters). Please ask it in under ${LONGEST_QUESTION}.`;
    return { reply: { kind: 'refuse', text, reason: 'cannot-answer' }, use: NO_USE, planner: 'offline' };
  }
  const conversation = await needs.conversations.find(question.thread);
  const input = {
    question: question.text,
    asker: question.asker,
    today: question.today,
    rights: question.rights,
    conversation,
    ...(question.signal ? { signal: question.signal } : {}),
  };
  const first = await needs.planners.offline.plan(input);
  const sure = first.reply.kind === 'plan' || first.reply.kind === 'refuse';
  if (question.planner === 'offline' || !needs.planners.model || (sure && question.planner === 'auto')) {
    return { ...first, planner: 'offline' };
  }
  question.onProgress?.('asking the model');
  try {
    const second = await needs.planners.model.plan({ ...input, earlier: first.reply });
    return { ...second, planner: 'openai' };
  } catch (thrown) {
    if (question.signal?.aborted) throw thrown;
    return { ...first, planner: 'offline' };
  }
}

async function reactTo(
  reply: PlannerReply,
  planner: 'offline' | 'openai',
  use: PlannerUse,
  question: Question,
  needs: QuestionNeeds,
  started: number,
): Promise<{ answer: Answer; outcome: Outcome | null }> {
  switch (reply.kind) {
    case 'clarify':
      return {
        answer: {
          kind: 'needs-detail',
          text: reply.text,
          choices: reply.choices,
          unknownWords: reply.unknownWords,
        },
        outcome: null,
      };
    case 'refuse':
      return { answer: { kind: 'refused', text: reply.text, reason: reply.reason }, outcome: null };
    case 'unknown-value':
      return {
        answer: {
          kind: 'empty',
          text: reply.text,
          reason: 'unknown-value',
          choices: reply.didYouMean,
          understood: null,
          receiptId: null,
        },
        outcome: null,
      };
    case 'plan': {
      const outcome = await carryOutPlan(reply.plan, reply.notes, question, needs);
      if (outcome.kind === 'ask-first') {
        const { text, choices } = outcome;
        return { answer: { kind: 'needs-detail', text, choices, unknownWords: [] }, outcome };
      }
      if (outcome.kind === 'refused')
        return { answer: { kind: 'refused', text: outcome.text, reason: outcome.reason }, outcome };
      const state = await dataState(outcome.tables, outcome.provenance, needs);
      const receipt = await saveReceipt(
        { reply, planner, use, outcome, question, state, tookMs: performance.now() - started },
        needs,
      );
      if (outcome.kind === 'empty') {
        return {
          answer: {
            kind: 'empty',
            text: outcome.text,
            reason: outcome.reason,
            choices: [],
            understood: outcome.understood,
            receiptId: receipt.id,
          },
          outcome,
        };
      }
      const followUps = await suggestFollowUps(reply.plan, question, needs);
      return { answer: answered(outcome, state, receipt, followUps), outcome };
    }
  }
}

function answered(
  outcome: Extract<Outcome, { kind: 'result' }>,
  state: DataState,
  receipt: Receipt,
  followUps: string[],
): Answer {
  const facts = { table: outcome.table, understood: outcome.mayBeSaid, vocabulary: outcome.vocabulary };
  const passed = outcome.gated
    ? outcome.sentences.filter((sentence) => checkNumbers(sentence, facts).passed)
    : outcome.sentences;
  const text = passed.length > 0 ? passed.join(' ') : `${outcome.title}: ${rowCount(outcome.table)}.`;
  const warnings = [...outcome.warnings, ...state.warnings];
  return {
    kind: 'answered',
    provenance: outcome.provenance,
    text,
    understood: outcome.understood,
    table: outcome.table,
    chart: chooseChart(outcome.table, outcome.title, sourceLine(state)),
    followUps,
    dataState: { ...state, warnings },
    sql: outcome.sql,
    params: outcome.params,
    receiptId: receipt.id,
  };
}

function rowCount(table: ResultTable): string {
  return table.rows.length === 1
    ? 'one row, below'
    : `${table.rows.length}${table.truncated ? ' or more' : ''} rows, below`;
}

function sourceLine(state: DataState): string {
  return state.completeThrough ? `Plumbline, data through ${state.completeThrough}` : 'Plumbline';
}

async function dataState(tables: string[], provenance: Provenance, needs: QuestionNeeds): Promise<DataState> {
  const read = provenance === 'live' ? ['orders'] : tables;
  const state = dataStateFor(await needs.facts(), read);
  const late = read.length > 0 ? ((await needs.lateFor?.(read)) ?? []) : [];
  return { ...state, warnings: [...state.warnings, ...late] };
}

type ReceiptInput = {
  reply: Extract<PlannerReply, { kind: 'plan' }>;
  planner: 'offline' | 'openai';
  use: PlannerUse;
  outcome: Exclude<Outcome, { kind: 'refused' | 'ask-first' }>;
  question: Question;
  state: DataState;
  tookMs: number;
};

async function saveReceipt(input: ReceiptInput, needs: QuestionNeeds): Promise<Receipt> {
  const { outcome, question, reply } = input;
  const receipt: Receipt = {
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
    headline: headlineOf(outcome.table, outcome.understood, needs),
    tokens: { input: input.use.input, output: input.use.output, cached: input.use.cached },
    costUsd: input.use.costUsd,
  };
  await needs.receipts.save(receipt);
  return receipt;
}

/** Same columns and same cells, same hash. */
export function resultHash(table: ResultTable): string {
  return createHash('sha256')
    .update(JSON.stringify([table.columns.map((column) => column.name), table.rows]))
    .digest('hex');
}

/** The first row's figures: what a restatement would speak of. */
function headlineOf(table: ResultTable, understood: Understood, needs: QuestionNeeds): Receipt['headline'] {
  const [row] = table.rows;
  if (!row) return [];
  const name = table.columns
    .flatMap((column, index) => (column.type === 'text' ? [String(row[index] ?? '(none)')] : []))
    .join(', ');
  return table.columns
    .flatMap((column, index) => {
      if (column.type !== 'integer' && column.type !== 'decimal') return [];
      const label = [column.label ?? column.name, name, understood.period].filter(Boolean).join(', ');
      return [{ label, value: formatCell(row[index] ?? null, column, needs.locale) }];
    })
    .slice(0, 8);
}

async function remember(
  question: Question,
  reply: PlannerReply,
  answer: Answer,
  outcome: Outcome | null,
  use: PlannerUse,
  tookMs: number,
  needs: QuestionNeeds,
): Promise<void> {
  const at = needs.clock.now().toISOString();
  const receiptId = answer.kind === 'answered' || answer.kind === 'empty' ? answer.receiptId : null;
  const sql = outcome && 'sql' in outcome ? outcome.sql : null;
  await Promise.all([
    needs.conversations.addTurn(question.thread, question.channel ?? '', {
      question: question.text,
      plan: reply.kind === 'plan' ? reply.plan : null,
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
      link: question.link ?? null,
      receiptId,
    }),
  ]);
}
