import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { Conversation } from '../ports/conversations.ts';
import type { Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { plain } from '../vocabulary/plain-question.ts';
import { isBareFigure, isLoneFigure } from './ask-for-more.ts';
import { finishPlan } from './finish-plan.ts';
import { followTemplate } from './follow-template.ts';
import { planAlone } from './plan-alone.ts';
import { planDifference } from './plan-difference.ts';
import { isFollowUp, isOwnShare, planFollowUp, queryOf } from './plan-follow-up.ts';
import { IN_THAT_TIME } from './plan-kept-from-thread.ts';
import { shortTurn } from './plan-short-turn.ts';
import type { PlannerScope } from './planner-scope.ts';

/** What is said now, in the wording of this thread, and what was said before. */
export type ThreadTurn = {
  question: string;
  /** Before the words that lean on the thread were taken out. */
  said: string;
  reading: Reading;
  turns: Conversation['turns'];
  lastPlan: Plan | null;
};

/** What a question means by what was asked before it; undefined when it stands by itself. */
export function planInThread(turn: ThreadTurn, scope: PlannerScope): PlannerReply | undefined {
  const { question, said, reading, turns, lastPlan } = turn;
  const answered = answeredQuestionBack(turn, scope);
  if (answered) return answered;
  if (!lastPlan) return undefined;
  const alone = (text: string): PlannerReply => planAlone(text, scope);
  const same = lastPlan.kind === 'template' ? followTemplate(reading, lastPlan, scope, question) : undefined;
  if (same) return same;
  const between = planDifference(
    reading,
    turns.map((one) => one.plan),
  );
  if (between) return between;
  if (isOwnShare(question) && alone(question).kind === 'plan') return undefined;
  const base = queryOf(lastPlan);
  const turned = base ? shortTurn(question, base, scope, reading) : undefined;
  if (turned)
    return finishPlan({ kind: 'query', query: turned, notes: [], confidence: 0.9 }, reading, scope, alone);
  const leans =
    isFollowUp(reading, question) ||
    IN_THAT_TIME.test(said) ||
    isLoneFigure(reading) ||
    isBareFigure(reading, scope.model);
  const followed = leans ? planFollowUp(reading, lastPlan, scope) : undefined;
  return followed && finishPlan(followed, reading, scope, alone);
}

/** A few words after a question back are its answer, and make one question with it. */
function answeredQuestionBack(
  { question, reading, turns, lastPlan }: ThreadTurn,
  scope: PlannerScope,
): PlannerReply | undefined {
  const last = turns.at(-1);
  if (last?.answerKind !== 'needs-detail' || last.plan !== null) return undefined;
  if (reading.ranking !== null && reading.dimensions.length > 0) return undefined;
  const short = reading.contentTiles <= 2 && reading.unknown.length === 0;
  if (!short && !isFollowUp(reading, question)) return undefined;
  const before = plain(last.question);
  const joined = `${before} ${question}`;
  const alone = (text: string): PlannerReply => planAlone(text, scope);
  if (!lastPlan || !isFollowUp(understandQuestion(before, scope), before)) return ofPlan(alone(joined));
  const followed = planFollowUp(understandQuestion(joined, scope), lastPlan, scope);
  return followed && ofPlan(finishPlan(followed, reading, scope, alone));
}

function ofPlan(reply: PlannerReply): PlannerReply | undefined {
  return reply.kind === 'plan' ? reply : undefined;
}

/** Words that lean on the thread, said as what they change in it. */
export function withoutLeaning(question: string): string {
  return question.replace(INSTEAD_OF, '').replace(IN_THAT_TIME, '').replace(TO_COMPARE, 'compared with $1');
}

/** 'last year to compare', 'the year before for comparison'. */
const TO_COMPARE =
  /^(?:and |now |show |give me )*(.{3,40}?),? (?:to compare|for comparison|as (?:a )?comparison|by way of comparison|to compare (?:it|that|this) with)[?.! ]*$/i;

/** 'show revenue rather than orders': what the thread has already, and is not wanted any more. */
const INSTEAD_OF =
  /,? (?:rather than|instead of|in place of|and not) (?:the )?[\p{L}]+(?: [\p{L}]+)?(?=[?.! ]*$)/iu;
