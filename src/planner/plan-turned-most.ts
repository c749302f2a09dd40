import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlannerScope } from './planner-scope.ts';

const MOST =
  /^(?:which|who|what)(?: (?:one|[\p{L}]+))?(?: (?:of (?:them|those|these)))?(?: (sold|did|made|took|had|has|have|was|is|were|are|earned|brought in|came))?(?: the)? (most|best|highest|biggest|largest|top|least|worst|lowest|smallest|fewest)(?: one)?$/u;

/** 'which sold least?', 'which reason has the highest?': of what is shown; 'which branch sold most?' of a figure in one. */
export function theMost(
  said: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
): MetricQuery | undefined {
  const [, verb = '', word] = MOST.exec(said) ?? [];
  const [by = ''] = base.metrics;
  if (word === undefined || reading.filters.length + reading.leftovers.length > 0) return undefined;
  const names = reading.dimensions.map(({ name }) => name);
  const here = base.dimensions.length + (base.grain ? 1 : 0) === 1 && isShown(names, reading, base);
  const opened = !here && names.length === 1 && reading.subjectUnit === null && suits(verb, by);
  if (!here && !opened) return undefined;
  const bad = scope.model.metrics.get(by)?.more_is === 'bad' && /^(?:best|worst)$/.test(word);
  const bottom = /^(?:least|worst|lowest|smallest|fewest)$/.test(word) !== bad;
  return {
    ...base,
    dimensions: opened ? names : base.dimensions,
    grain: opened ? null : base.grain,
    filters: opened ? base.filters.filter(({ dimension }) => !names.includes(dimension)) : base.filters,
    having: [],
    calculations: [],
    comparison: null,
    ranking: { by, direction: bottom ? 'bottom' : 'top', limit: 1, withRest: false },
  };
}

function isShown(names: string[], { subjectUnit }: Reading, { dimensions, grain }: MetricQuery): boolean {
  if (subjectUnit !== null) return grain === subjectUnit;
  return names.every((name) => dimensions.some((one) => one === name || one.endsWith(`_${name}`)));
}

/** What is sold or earned is not how late it came or how much was sent back. */
function suits(verb: string, metric: string): boolean {
  return /^(?:sold|made|took|earned|brought in)$/.test(verb)
    ? /^(?:revenue|net_revenue|gross_sales|units|orders)$/.test(metric)
    : /^(?:was|is|were|are|had|has|have)$/.test(verb);
}
