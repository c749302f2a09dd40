import { type MetricQuery, type Ranking } from '../domain/metric-query.ts';
import { lastComplete } from './plan-times.ts';
import { periodText } from './plan-words.ts';
import { type Planned, type PlanningNeeds } from './planned.ts';
import { type Reading } from './reading.ts';
import { spanBefore } from './understand-calendar.ts';
import { periodOf } from './understand-periods.ts';

export function rankingOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const { ranking } = reading;
  if (!ranking) return null;
  if (query.acrossGrain) return null;
  const subject = reading.dimensions.find((one) => one.how === 'subject') ?? reading.dimensions[0];
  if (!subject && !reading.subjectUnit) {
    const only = query.filters.find((filter) => filter.operator === 'in' && filter.values.length > 1);
    if (!only) {
      const name = query.metrics[0] ?? 'revenue';
      return {
        kind: 'ask',
        text: `The ${ranking.word} of what?`,
        questions: [
          {
            label: 'Products',
            question: `top 10 products by ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
          {
            label: 'Categories',
            question: `top 10 categories by ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
          {
            label: 'Months',
            question: `which month had the highest ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
        ],
      }; // prettier-ignore
    }
  }
  const changing = subject !== undefined && (reading.roles.has('growth') || reading.change !== null);
  if (changing && !query.comparison) {
    const main = query.period === null ? lastComplete(needs) : undefined;
    if (main) {
      query.period = periodOf(main);
      query.comparison = { kind: 'previous-period', period: periodOf(spanBefore(main)) };
      query.calculations = query.calculations.filter((one) => one.kind !== 'growth');
      query.grain = null;
      notes.push('no period was said: the last complete month against the one before');
    }
  }
  const others = query.dimensions.filter(
    (name) => name !== subject?.name && !query.filters.some((filter) => filter.dimension === name),
  );
  if (subject && (others.length > 0 || (reading.subjectUnit === null && query.grain !== null))) {
    const per = others[0]?.replaceAll('_', ' ') ?? query.grain;
    return {
      kind: 'ask',
      text: `A ranking inside each ${per} is more than I can do in one go. Which would you like?`,
      questions: [
        {
          label: `Ranking of ${subject.name.replaceAll('_', ' ')} alone`,
          question: `top ${ranking.limit ?? 10} ${subject.name.replaceAll('_', ' ')}s by ${(reading.rankingMetric ?? query.metrics[0] ?? '').replaceAll('_', ' ')}${periodText(query)}`,
        }, // prettier-ignore
        ...(others[0]
          ? [
              {
                label: `Ranking of ${per} alone`,
                question: `top ${ranking.limit ?? 10} ${per} by ${(reading.rankingMetric ?? query.metrics[0] ?? '').replaceAll('_', ' ')}${periodText(query)}`,
              },
            ]
          : []), // prettier-ignore
      ],
    };
  }
  const plural = subject ? subject.plural : reading.subjectUnitPlural;
  const everyone = ranking.limit === null && /^(?:rank|ranking|ranked)$/.test(ranking.word);
  const limit = ranking.limit ?? (everyone ? 100 : plural ? 10 : 1);
  if (ranking.limit === null && plural && !everyone) notes.push('the first 10');
  const by = needs.model.metrics.get(reading.rankingMetric ?? query.metrics[0] ?? '');
  const turned =
    by?.more_is === 'bad' &&
    /^(?:best|worst|best performing|worst performing|top performing|strongest|weakest|poorest)$/.test(
      ranking.word,
    );
  const direction = turned ? (ranking.direction === 'top' ? 'bottom' : 'top') : ranking.direction;
  if (turned)
    notes.push(
      `'${ranking.word}' was read as the ${direction === 'top' ? 'highest' : 'lowest'} ${by.label.toLowerCase()}`,
    );
  if (changing && query.comparison) {
    const metric = reading.rankingMetric ?? query.metrics[0] ?? '';
    const falling =
      FALLING.test(reading.text) && !/\bgrow|\bgrew|increase|\bros|\brise|gain/i.test(reading.text);
    const least = ranking.direction === 'bottom';
    const relative = /%|\bpercent|percentage|relative|fastest|quickest|\brate\b/i.test(reading.text);
    query.ranking = {
      by: `${metric}${relative ? '_change_share' : '_change'}`,
      direction: falling === least ? 'top' : 'bottom',
      limit,
      withRest: false,
    };
    notes.push(`in order of the change ${relative ? 'in percent' : 'itself, not in percent'}`);
    return null;
  }
  query.ranking = {
    by: reading.rankingMetric ?? query.metrics[0] ?? '',
    direction,
    limit,
    withRest: reading.roles.has('rest'),
  } satisfies Ranking; // prettier-ignore
  if (!query.metrics.includes(query.ranking.by)) query.metrics.push(query.ranking.by);
  return null;
}

const FALLING =
  /\b(?:fall|fell|falls|fallen|falling|drop|drops|dropped|dropping|declin\w+|decreas\w+|los[te]|lost|losing|shr[aiu]nk\w*|slump\w*|plung\w+|collaps\w+|worsen\w*|down)\b/i;
