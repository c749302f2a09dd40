import { type PlannerReply } from '../domain/plan.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { type PlannerScope } from './planner-scope.ts';

/**
 * 'Preparing the board meeting. What was revenue last month?': a sentence in which nothing is about the figures
 * is left aside, and this is told; one that might narrow them is not.
 */
export function withoutAsides(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const sentences = question.split(/(?<=[.!?;:\n])\s+|\s+[-–—]+\s+/).filter((one) => /\p{L}/u.test(one));
  if (sentences.length < 2 || sentences.length > 4) return undefined;
  const asked = sentences.filter((one) => !isAside(one, scope));
  const [only] = asked;
  if (asked.length !== 1 || only === undefined) return undefined;
  const reply = alone(only);
  if (reply.kind !== 'plan') return undefined;
  const left = sentences.filter((one) => one !== only).map((one) => `'${one}'`);
  return { ...reply, notes: [...reply.notes, `left aside: ${left.join(', ')}`] };
}

function isAside(sentence: string, scope: PlannerScope): boolean {
  if (NARROWS.test(sentence)) return false;
  const read = understandQuestion(sentence, scope);
  if (read.unknown.length > 0 && !SPOKEN.test(sentence)) return false;
  const said = [
    read.metrics,
    read.dimensions,
    read.filters,
    read.segments,
    read.texts,
    read.emptiness,
    read.conditions,
    read.outside,
    read.periods.weekdays,
  ];
  const timed =
    read.periods.span !== undefined || read.periods.relative !== null || read.periods.unclear !== null;
  return said.every((list) => list.length === 0) && !timed && !read.ranking && !read.grain && !read.ambiguous;
}

/** A word that nobody knows may stand in a sentence about the asker, not alone. */
const SPOKEN = /^(?=.*\b(?:i|im|we|my|me|our|us|you|hi|hello|hey|thanks|sorry)\b)(?:\S+\s+){2,}/i;

/** Words by which a sentence of its own still speaks of the question: 'Only Wakanda, please.' */
const NARROWS =
  /\b(?:only|just|without|excluding|exclude|except|including|include|not|for|in|at|by|per|from|of|compare|versus|vs|against|instead|same|also|and then|average|avg|mean|median|count)\b/i;
