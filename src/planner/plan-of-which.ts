import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';

/** 'new customers in October, of which online': the whole is wanted too, so it is told by kinds instead of narrowed to one. */
export function ofWhich(reading: Reading, query: MetricQuery): void {
  const said = OF_WHICH.exec(reading.text);
  if (!said || query.dimensions.length > 0 || reading.roles.has('share') || query.ranking) return;
  const behind = said.index;
  const filter = reading.filters.find(
    ({ said: name, negated }) =>
      !negated && reading.text.toLowerCase().lastIndexOf(name.toLowerCase()) > behind,
  );
  const dimension = filter?.hits[0]?.dimension;
  if (dimension !== undefined) {
    query.filters = query.filters.filter((one) => one.dimension !== dimension);
    query.dimensions.push(dimension);
    return;
  }
  const [segment = '', ...more] = query.segments;
  const kind = SEGMENT_DIMENSIONS[segment];
  if (kind === undefined || more.length > 0) return;
  query.segments = [];
  query.dimensions.push(kind);
}

const OF_WHICH = /\b(?:of which|of whom|and of those|of those|of these|out of which|thereof)\b/i;
