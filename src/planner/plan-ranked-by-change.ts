import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { wayOfChange } from '../vocabulary/change-words.ts';
import { capital } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

/** Words that judge: the best return rate is the lowest. */
export const JUDGING =
  /^(?:best|worst|best performing|worst performing|top performing|strongest|weakest|poorest|best first|worst first)$/;

/** 'which brands slipped the most', 'the categories that grew least': in order of the change, the way that was said. */
export function rankedByChange(
  reading: Reading,
  metric: string,
  limit: number,
  needs: PlanningNeeds,
  notes: string[],
): NonNullable<MetricQuery['ranking']> {
  const badIfMore = needs.model.metrics.get(metric)?.more_is === 'bad';
  const way = wayOfChange(reading.text, badIfMore);
  const falling = way === 'down';
  const word = reading.ranking?.word ?? '';
  const deepest = JUDGING.test(word) && (falling || (badIfMore && way === 'up'));
  const least = word === 'slow' || (reading.ranking?.direction === 'bottom' && word !== 'fast' && !deepest);
  const relative = /%|\bpercent|percentage|relative|fastest|quickest|\b(?:growth|change) rate\b/i.test(
    reading.text,
  );
  notes.push(`in order of the change ${relative ? 'in percent' : 'itself, not in percent'}`);
  return {
    by: `${metric}${relative ? '_change_share' : '_change'}`,
    direction: falling === least ? 'top' : 'bottom',
    limit,
    withRest: false,
  };
}

/** 'which branch changed the most': nothing says which way, and the two answers are opposites. */
export function riseOrFall(text: string): Planned | null {
  if (wayOfChange(text) !== null || !MERE_CHANGE.test(text)) return null;
  const asked = (verb: string, noun: string) =>
    text.replace(MERE_CHANGE, (word) => (/^chang(?:ed|es)$|^moved$/i.test(word) ? verb : noun)).trim();
  return {
    kind: 'ask',
    text: 'Rises or falls?',
    questions: [asked('grew', 'rise'), asked('fell', 'fall')].map((question) => ({
      label: capital(question),
      question,
    })),
  };
}

const MERE_CHANGE = /\b(?:changed|changes|change|moved|swing|difference)\b/i;
