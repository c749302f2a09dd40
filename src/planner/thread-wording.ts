import type { MetricQuery } from '../domain/metric-query.ts';
import type { Plan } from '../domain/plan.ts';
import { queryOf } from './plan-follow-up.ts';
import type { PlannerScope } from './planner-scope.ts';
import { corrected, withoutCorrection } from './thread-corrections.ts';
import { ofEverything, theOthers, withoutPart } from './thread-exclusions.ts';
import { asMany, inReverse, narrowedTo, theOne } from './thread-rankings.ts';
import { inItsTime } from './thread-times.ts';
import {
  againstTime,
  byUnits,
  eachOf,
  figureAlone,
  figureWith,
  inAll,
  perOne,
  sentBack,
  theReason,
} from './thread-turns.ts';

export type ThreadTurn = (said: string, base: MetricQuery, scope: PlannerScope) => string | undefined;

const TURNS: readonly ThreadTurn[] = [
  narrowedTo,
  asMany,
  theOne,
  inReverse,
  inAll,
  withoutPart,
  ofEverything,
  theOthers,
  byUnits,
  againstTime,
  inItsTime,
  perOne,
  sentBack,
  figureWith,
  figureAlone,
  eachOf,
  theReason,
];

/**
 * A short turn in a thread, said as what it changes: 'no, I meant units', 'not boots, sandals', 'make it 10', 'add them
 * up' lean on the plan before and are read with it; whatever says more than that stays as it is.
 */
export function threadWording(question: string, last: Plan, scope: PlannerScope): string {
  const meant = withoutCorrection(question).replace(DO_THAT, '');
  const base = queryOf(last);
  if (!base || meant.length > 90) return meant;
  const right = corrected(bare(meant), base, scope);
  const said = bare(right ?? meant);
  for (const turn of TURNS) {
    const usual = turn(said, base, scope);
    if (usual !== undefined) return usual;
  }
  return right ?? meant;
}

/** 'can you do that for all categories'. */
const DO_THAT =
  /^(?:(?:and|now|please|can you|could you|can we) )*(?:do|run|repeat|show|give me|get) (?:it|that|this|the same)(?: thing| again)?(?: again)? (?=(?:for|with|by|in|per|without|since|from) )/i;

/** Without what only joins or begs. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^(?:(?:and|but|so|ok|okay|then|now|right|cool|great|thanks|thank you|hm+)[, ]+)+/i, '')
    .replace(/[?.! ]+$/, '')
    .replace(/,? (?:please|pls|plz|then|though|thanks|for me)$/i, '')
    .replace(/^(?:please|pls|can you|could you|can we|could we)[, ]+(?:please )?/i, '');
}
