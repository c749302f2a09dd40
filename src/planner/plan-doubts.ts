import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { Doubt } from './doubt.ts';
import { DOUBTS_OF_BUDGETS } from './doubts-of-budgets.ts';
import { DOUBTS_OF_FIGURES } from './doubts-of-figures.ts';
import { DOUBTS_OF_GOODS } from './doubts-of-goods.ts';
import { DOUBTS_OF_MARKS } from './doubts-of-marks.ts';
import { DOUBTS_OF_MONEY } from './doubts-of-money.ts';
import { DOUBTS_OF_PARTS } from './doubts-of-parts.ts';
import { DOUBTS_OF_PICKS } from './doubts-of-picks.ts';
import { DOUBTS_OF_TURNS } from './doubts-of-turns.ts';
import { DOUBTS_OF_TWO } from './doubts-of-two.ts';
import { DOUBTS_OF_WHO } from './doubts-of-who.ts';
import { DOUBTS_OF_WORDS } from './doubts-of-words.ts';
import { labelQuery } from './label-query.ts';
import { capital } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayQuery } from './say-query.ts';

const DOUBTS: readonly Doubt[] = [
  ...DOUBTS_OF_GOODS,
  ...DOUBTS_OF_PARTS,
  ...DOUBTS_OF_WORDS,
  ...DOUBTS_OF_TWO,
  ...DOUBTS_OF_BUDGETS,
  ...DOUBTS_OF_FIGURES,
  ...DOUBTS_OF_MONEY,
  ...DOUBTS_OF_TURNS,
  ...DOUBTS_OF_PICKS,
  ...DOUBTS_OF_WHO,
];

/**
 * Small words that change what is asked although every one of them is known ('bought only boots', 'where', 'and which').
 * A plan that does not do as they say is asked about, with the nearest plans to choose from.
 */
export function doubtOf(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned | null {
  return askedOf(DOUBTS, reading, query, needs);
}

/** The last look at a whole plan, with all that a thread brought into it: what was said and left no mark on it. */
export function unmarked(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned | null {
  if (reading.unknown.length + reading.leftovers.length > 0) return null;
  return askedOf(DOUBTS_OF_MARKS, reading, query, needs);
}

function askedOf(
  doubts: readonly Doubt[],
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
): Planned | null {
  const doubt = doubts.find(({ raised }) => raised(reading, query, needs));
  if (!doubt) return null;
  const questions = doubt.instead(query, reading, needs).map((one) => {
    return { label: labelQuery(one, needs.model), question: sayQuery(one, needs.model) };
  });
  const asksFigure = doubt.asksFigure?.(reading, query, needs) === true;
  return {
    kind: 'ask',
    text: doubt.text(reading, query, needs),
    questions: toldApart(questions),
    asksFigure,
  };
}

type Wording = { label: string; question: string };

/** Two choices of one label are told apart by their whole questions. */
function toldApart(questions: Wording[]): Wording[] {
  const alike = new Set(questions.map(({ label }) => label)).size < questions.length;
  return alike ? questions.map(({ question }) => ({ label: capital(question), question })) : questions;
}
