import type { PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { COMMON_WORDS } from '../vocabulary/common-words.ts';
import { fold } from '../vocabulary/understand-words.ts';
import type { PlannerScope } from './planner-scope.ts';

/**
 * 'Preparing the board meeting. What was revenue last month?': a sentence in which nothing is about the figures
 * is left aside, and this is told; one that might narrow them is not.
 */
export function withoutAsides(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const again = RESTART.exec(question);
  if (again) {
    const rest = question.slice(again[0].length);
    const reply = alone(rest);
    if (reply.kind === 'plan') return told(reply, [again[0].trim()]);
  }
  for (const parted of [SENTENCES, CLAUSES]) {
    const sentences = question.split(parted).filter((one) => /\p{L}/u.test(one));
    const reply = withoutThose(sentences, scope, alone, parted === CLAUSES);
    if (reply) return reply;
  }
  return undefined;
}

const SENTENCES = /(?<=[.!?;:\n])\s+|\s+[-–—]+\s+/;
const CLAUSES = /(?<=[.!?;:\n])\s+|\s+[-–—]+\s+|(?<=,)\s+/;

/** 'what time is the first order usually... ok simpler: orders at 9': what was begun is taken back. */
const RESTART =
  /^.{5,120}?(?:\.{2,}|[.,;?!–-])\s*(?:(?:ok(?:ay)?|well|or|so|no|sorry|hm+|actually|let me)[,\s]+)*(?:simpler|more simply|simply put|easier|rephrase(?: that| it)?|put differently|try again|start again)\s*[:,.–-]\s*/i;

function withoutThose(
  sentences: string[],
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
  clauses: boolean,
): PlannerReply | undefined {
  if (sentences.length < 2 || sentences.length > 4) return undefined;
  const asked = sentences.filter((one) => !isAside(one, scope, clauses));
  const [only, ...more] = asked;
  if (only === undefined || (clauses && more.length > 0)) return undefined;
  const main = more.length === 0 ? only : asked.find((one) => alone(one).kind === 'plan');
  if (main === undefined) return undefined;
  const others = asked.filter((one) => one !== main);
  const whole = understandQuestion(main, scope);
  if (!others.every((one) => saysNoMore(one, whole, scope))) return undefined;
  const reply = alone(main);
  if (reply.kind !== 'plan') return undefined;
  return told(
    reply,
    sentences.filter((one) => one !== main),
  );
}

function told(reply: Extract<PlannerReply, { kind: 'plan' }>, left: string[]): PlannerReply {
  return { ...reply, notes: [...reply.notes, `left aside: ${left.map((one) => `'${one}'`).join(', ')}`] };
}

function isAside(sentence: string, scope: PlannerScope, clause: boolean): boolean {
  if (NARROWS.test(sentence) || ASKS_MORE.test(sentence)) return false;
  const read = understandQuestion(sentence, scope);
  // 'We pushed WALK15. How many orders used it?': what looks like a name may be what is asked about.
  const code = read.unknown.some(({ text }) => /\p{L}\d|^\p{Lu}{4,}$/u.test(text));
  const strange = read.unknown.length > 0 && (code || !SPOKEN.test(sentence));
  if (strange && !(isRemark(sentence) && areCommon(read))) return false;
  if (clause && !isRemark(sentence)) return false;
  // 'I'm chasing the courier. How many ...': what no data holds may well be why somebody asks.
  const told =
    !clause && SPOKEN.test(sentence) && /[.!]\s*$/.test(sentence) ? { ...read, outside: [] } : read;
  return namesNothing(told) && read.metrics.length === 0 && read.dimensions.length === 0 && !read.grain;
}

/** 'accessories attach: how many accessories did we sell': a heading whose names the question has all itself. */
function saysNoMore(sentence: string, main: Reading, scope: PlannerScope): boolean {
  if (!/[:–-]\s*$/.test(sentence) || NARROWS.test(sentence) || /\?/.test(sentence)) return false;
  const read = understandQuestion(sentence, scope);
  const names = (one: Reading): string[] =>
    one.filters.flatMap(({ hits }) => hits.map(({ dimension, value }) => `${dimension} ${value}`));
  const there = new Set(names(main));
  const repeated = names(read).length > 0 && names(read).every((name) => there.has(name));
  const bare = { ...read, filters: [] };
  // 'The Christmas run-up: September to November against summer': the question has times of its own.
  const ownTimes = main.periods.span !== undefined && main.periods.comparison !== null;
  if (
    ownTimes &&
    names(read).length === 0 &&
    isHeading(sentence) &&
    namesNothing({ ...bare, periods: main.periods, dimensions: [] }, true)
  )
    return areCommon(read);
  if (!namesNothing(bare) || read.outside.length > 0) return false;
  return repeated || (names(read).length === 0 && isRemark(sentence) && areCommon(read));
}

function isHeading(sentence: string): boolean {
  return /^(?:the |our )?[^,.;?!]{3,40}:\s*$/.test(sentence);
}

function namesNothing(read: Reading, timeAside = false): boolean {
  const said = [
    read.filters,
    read.segments,
    read.texts,
    read.emptiness,
    read.conditions,
    read.outside,
    timeAside ? [] : read.periods.weekdays,
  ];
  const timed =
    !timeAside &&
    (read.periods.span !== undefined || read.periods.relative !== null || read.periods.unclear !== null);
  return said.every((list) => list.length === 0) && !timed && !read.ranking && !read.ambiguous;
}

function isRemark(sentence: string): boolean {
  return sentence.trim().split(/\s+/).length >= 3;
}

/** No word of it could be a name. */
function areCommon({ unknown }: Reading): boolean {
  return unknown.every(({ text }) =>
    text.split(/[\s-]+/).every((word) => COMMON_WORDS.has(fold(word)) || REMARKING.test(word)),
  );
}

const REMARKING =
  /^(?:complain(?:s|ed|ing)?|ask(?:s|ed|ing)?|worr(?:y|ied|ying)|claim(?:s|ed|ing)?|weird|strange|odd|huge|terrible|bother(?:s|ed|ing)?|explain(?:s|ed|ing)?|happens?|feels?)$/i;

/** A word that nobody knows may stand in a sentence about the asker, not alone. */
const SPOKEN = /^(?=.*\b(?:i|im|we|my|me|our|us|you|hi|hello|hey|thanks|sorry)\b)(?:\S+\s+){2,}/i;

/** A second question is no remark. */
const ASKS_MORE =
  /^(?:and |but |so |then |also )*(?:how (?:much|many|long|often|late)|(?:to|in|from|by|of) (?:how many|which|what)|which|what (?:share|percentage|percent|part|%)|whose|who (?!knows|else|am)|where|when|why)\b[^?]*\?\s*$/i;

/** Words by which a sentence of its own still speaks of the question: 'Only Wakanda, please.' */
const NARROWS =
  /\b(?:only|just|without|excluding|exclude|except|including|include|not|for|in|at|by|per|from|of|compare|versus|vs|against|instead|same|also|and then|average|avg|mean|median|count|until|till|up to|since|before|after|during|throughout|first|last|final|second|latter)\b/i;
