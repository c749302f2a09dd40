import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { PlannerReply } from '../domain/plan.ts';
import { isStanding } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { mayBeBoth } from './plan-impossible.ts';
import type { PlannerScope } from './planner-scope.ts';
import { sayPeriod } from './say-query.ts';

/** 'how many came back in that time?': the thread's own. */
export const IN_THAT_TIME =
  /,? \b(?:in|over|during|for|within|throughout|at) (?:that(?: very)? same|that|this same|the same|those|these same) (?:time|period|stretch|span|window|time ?frame|weeks?|months?|days?|dates|quarters?)(?: (?:frame|span|range))?(?=[?.!, ]*$|,)/i;

/** So many words ask something of their own, of which only the time is left to the thread. */
const SHORT = 6;

/**
 * 'who bought most?' after 'boots revenue last month': a question that names no time is of the thread's time, and in a
 * few words of the same things too. Both are told.
 */
export function keptFromThread(
  reply: PlannerReply,
  reading: Reading,
  base: MetricQuery | undefined,
  scope: PlannerScope,
): PlannerReply {
  if (reply.kind !== 'plan' || reply.plan.kind !== 'metrics' || !base?.period) return reply;
  const { query } = reply.plan;
  const timed = query.period !== null || reading.periods.span !== undefined || reading.periods.relative;
  if (timed || query.metrics.some((name) => isStanding(name, scope.model))) return reply;
  const kept: MetricQuery = structuredClone(query);
  kept.period = base.period;
  if (reading.contentTiles <= SHORT) keepNarrowed(kept, base, scope);
  const notes = reply.notes.filter((note) => !note.startsWith('no period was said'));
  return {
    ...reply,
    plan: { kind: 'metrics', query: kept },
    notes: [...notes, `no time was said: that of the thread was kept, ${sayPeriod(base.period)}`],
  };
}

/** 'who are the top customers?' after 'revenue last month': in the order of that. */
export function rankedInThread(
  reply: PlannerReply,
  reading: Reading,
  base: MetricQuery | undefined,
  alone: (text: string) => PlannerReply,
  { model }: PlannerScope,
): PlannerReply | undefined {
  const by = model.metrics.get(base?.metrics[0] ?? '');
  const open = reply.kind === 'clarify' && reading.ranking !== null && reading.unknown.length === 0;
  if (!open || !by || !base?.period || reading.metrics.length > 0 || reading.periods.span !== undefined)
    return undefined;
  const text = reading.text.replace(/[?.! ]+$/, '');
  const whole = alone(`${text} by ${by.label.toLowerCase()}`);
  return whole.kind === 'plan' ? whole : undefined;
}

/** All that the thread was narrowed to and the new words say nothing about. */
function keepNarrowed(query: MetricQuery, base: MetricQuery, scope: PlannerScope): void {
  const said = [
    ...query.dimensions,
    ...query.filters.map(({ dimension }) => dimension),
    ...query.segments.map((name) => SEGMENT_DIMENSIONS[name] ?? name),
  ];
  const reached = (name: string): boolean =>
    query.metrics.every((metric) => scope.reach.dimension(metric, name));
  const fits = (filter: Filter): boolean =>
    filter.of === undefined &&
    !said.includes(filter.dimension) &&
    reached(filter.dimension) &&
    query.filters.every((one) => mayBeBoth(one, filter, scope));
  query.filters.push(...base.filters.filter(fits));
  const segments = base.segments.filter(
    (name) =>
      !said.includes(SEGMENT_DIMENSIONS[name] ?? name) &&
      query.metrics.every((metric) => scope.reach.segment(metric, name)),
  );
  query.segments.push(...segments);
}
