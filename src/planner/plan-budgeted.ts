import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

/** Who is over or behind a budget is judged among those that have one: without it, all that was spent would be over. */
export function onlyBudgeted(query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const groups = query.dimensions.length > 0 ? [{ having: query.having, ranking: query.ranking }] : [];
  for (const { having, ranking } of [...groups, ...(query.members ?? [])]) {
    const over = having.filter(({ operator }) => /^(?:more-than|at-least)$/.test(operator));
    const first = ranking?.direction === 'top' ? [ranking.by] : [];
    for (const name of [...first, ...over.map(({ metric }) => metric)]) {
      const metric = needs.model.metrics.get(name);
      const budget =
        metric?.kind === 'derived' ? metric.minus.find((part) => part.endsWith('_budget')) : undefined;
      if (budget === undefined || having.some((one) => one.metric === budget)) continue;
      having.push({ metric: budget, operator: 'more-than', values: ['0'] });
      notes.push('only what has a budget is held against it');
    }
  }
}

/** 'by branch, only those that missed it'. */
export function onlyThoseThat(reading: Reading, query: MetricQuery): void {
  const [, said = ''] = THOSE_THAT.exec(reading.text) ?? [];
  const variance = query.metrics.find((name) => name.endsWith('_variance'));
  if (said === '' || variance === undefined || query.dimensions.length === 0) return;
  if (query.having.some(({ metric }) => metric === variance)) return;
  const operator = MISSED.test(said) ? 'less-than' : 'more-than';
  query.having.push({ metric: variance, operator, values: ['0'] });
}

const MISSED = /^(?:miss|fell|behind|below|under|did not)/i;
const THOSE_THAT =
  /\b(?:only|just) (?:those|the ones|the branches|the accounts|the stores|the shops|branches|accounts|stores|shops) (?:that|which|who)? ?(?:have |had |are |were )?(missed|miss|fell short|behind|below|under|did not (?:reach|hit|make)|beat|exceeded|hit|reached|over|above|ahead)\b/i;
