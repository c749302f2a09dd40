import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';

const PLACES =
  /^(?:branch|branch_id|branch_city|branch_country|branch_kind|region|country|state|city|channel)$/;

/** Words that ask for something of their own: what it is has to be said. */
const OF_ITS_OWN: readonly Role[] = [
  'how-many',
  'how-much',
  'why',
  'average',
  'list',
  'who',
  'spend',
  'worth',
];

/** 'Edinburgh yesterday', 'York by day last week', 'shops over £4,000': of a place and a time, what was taken is meant. */
export function impliedOfPlace(
  reading: Reading,
  model: SemanticModel,
  reach: Reach,
): { metric: string; note: string | null } | undefined {
  const { filters, segments, conditions, dimensions, periods, roles } = reading;
  if (periods.span === undefined || OF_ITS_OWN.some((role) => roles.has(role))) return undefined;
  if (isOfTwoTimes(reading) && model.metrics.has('revenue'))
    return { metric: 'revenue', note: 'no figure was named: revenue' };
  const kinds = filters.flatMap(({ hits }) => hits.map(({ dimension }) => dimension));
  const named = [...kinds, ...dimensions.map(({ name }) => name)];
  const reached = (metric: string): boolean =>
    model.metrics.has(metric) && named.every((name) => reach.dimension(metric, name));
  // 'my shop last week': of which shop is not said.
  if (filters.length === 1 && /^(?:shop|store|branch)(?:['’]?s)?$/i.test(filters[0]?.said ?? ''))
    return undefined;
  const places = kinds.filter((name) => PLACES.test(name)).length;
  const statuses = kinds.filter((name) => name === 'order_status').length;
  if (statuses > 1 && statuses + places === kinds.length && conditions.length === 0 && reached('orders'))
    return { metric: 'orders', note: 'no figure was named: the number of orders' };
  const amount = conditions.some(({ metric, dimension, unit }) => !metric && !dimension && unit === 'money');
  const methods = kinds.filter((name) => name === 'payment_method').length;
  if (methods > 0 && methods + places === kinds.length && conditions.length === 0 && reached('payments'))
    return { metric: 'payments', note: 'no figure was named: the amount paid' };
  const channels =
    segments.length > 0 && segments.every((name) => /^(?:online|in_store)$/.test(name)) ? 1 : 0;
  const sides = roles.has('versus') && dimensions.some(({ name }) => name === 'channel') ? 1 : 0;
  const bare = places + channels + sides > 0 && places === kinds.length && conditions.length === 0;
  const judged = amount && conditions.length === 1 && dimensions.some(({ name }) => PLACES.test(name));
  if ((!bare && !judged) || !reached('revenue')) return undefined;
  return { metric: 'revenue', note: 'no figure was named: revenue' };
}

/** 'Saturday or Sunday, which was better': two times and no more, of which the one that took more is meant. */
function isOfTwoTimes({
  text,
  filters,
  segments,
  conditions,
  dimensions,
  grain,
  periods,
  roles,
}: Reading): boolean {
  const bare = [filters, segments, conditions, dimensions].every((some) => some.length === 0);
  return bare && (grain ?? periods.grain) !== null && roles.has('or') && BETTER.test(text);
}

const BETTER =
  /\bwhich (?:one |day |week |month |quarter |year |of (?:the two|them|those) )?(?:is|was|were|has been|did|went|looked) (?:the )?(?:better|stronger|worse|weaker)\b|^(?:is|was|were) .+ (?:better|stronger|worse|weaker)\b/i;
