import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { stem } from '../vocabulary/understand-words.ts';
import type { PlannerScope } from './planner-scope.ts';

/** 'sort by orders': what is shown stays, and is put in order by that. */
export function sortedBy(
  said: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
): MetricQuery | undefined {
  const [, by = ''] =
    /^(?:sort|rank|order)(?:ed)?(?: it| them| these| that| this)? by (?:the )?(.+)$/.exec(said) ?? [];
  if (by === '' || base.dimensions.length === 0) return undefined;
  const metric = reading.metrics[0] ?? (/^orders?$/.test(by) ? 'orders' : undefined);
  if (metric === undefined || !scope.model.metrics.has(metric) || reading.metrics.length > 1)
    return undefined;
  const metrics = [metric, ...base.metrics.filter((name) => name !== metric)].slice(0, 8);
  return { ...base, metrics, ranking: base.ranking ? { ...base.ranking, by: metric } : null };
}

/** 'all methods': no longer those that were named, but each by itself. */
export function allOf(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  const [, noun = ''] =
    /^(?:for |in )?(?:all|every|each)(?: of)?(?: the| our)? ([\p{L}]+(?: [\p{L}]+)?)$/u.exec(
      said.replace(TOGETHER, ''),
    ) ?? [];
  const filter = base.filters.find(({ dimension }) => isCalled(noun, dimension, scope));
  if (noun === '' || !filter) return undefined;
  const dimensions = TOGETHER.test(said)
    ? base.dimensions
    : [...new Set([...base.dimensions, filter.dimension])];
  return { ...base, dimensions, filters: base.filters.filter((one) => one !== filter) };
}

/** 'all the shops together' are told as one. */
const TOGETHER = / (?:together|combined|in total|taken together|as one)$/;

/** 'and the whole country?', 'everywhere': no longer of the place that was named. */
export function everywhere(said: string, base: MetricQuery): MetricQuery | undefined {
  if (
    !/^(?:what about |how about )?(?:for |in |across )?(?:the )?(?:(?:whole|entire|rest of the) )?(?:country|company|business|chain|nation)(?: as a whole)?$|^(?:what about |how about )?(?:for |in |across )?all(?: of)?(?: the| our)? (?:places|states|cities|regions|countries|branches|stores|shops) (?:together|combined|in total)$|^(?:everywhere|nation-?wide|country-?wide|company-?wide|in all places)$/.test(
      said,
    ) ||
    /rest of/.test(said)
  )
    return undefined;
  const filters = base.filters.filter(({ dimension }) => !PLACE.test(dimension));
  return filters.length < base.filters.length ? { ...base, filters } : undefined;
}

const PLACE =
  /^(?:seller_)?(?:branch|branch_id|branch_city|branch_country|city|state|region|country|postcode)$/;

/** 'drop channel', 'remove the country': what things are told apart by, or narrowed to, is left out. */
export function leftOut(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  const [, noun = ''] =
    /^(?:drop|remove|lose|leave out|take out|take away|ditch|hide) (?:the )?([\p{L}]+(?: [\p{L}]+)?)(?: column| split| breakdown| filter)?$/u.exec(
      said,
    ) ?? [];
  if (noun === '') return undefined;
  const dimensions = base.dimensions.filter((name) => !isCalled(noun, name, scope));
  if (dimensions.length < base.dimensions.length)
    return { ...base, dimensions, ranking: dimensions.length > 0 ? base.ranking : null };
  const filters = base.filters.filter(({ dimension }) => !isCalled(noun, dimension, scope));
  return filters.length < base.filters.length ? { ...base, filters } : undefined;
}

/** 'as % of gross sales', of the figure before. */
export function asShareOf(
  said: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
): MetricQuery | undefined {
  const [to, more] = reading.metrics;
  const [of = ''] = base.metrics;
  const asked =
    /^(?:as )?(?:a |an? )?(?:%|pct|percent|percentage|share|proportion) of (?:all |our |the |total )?/.test(
      said,
    );
  if (!asked || to === undefined || more !== undefined || to === of || isNarrowed(reading)) return undefined;
  const rate = [...scope.model.metrics.values()].find(
    (one) =>
      one.kind === 'ratio' && one.unit.kind === 'share' && one.numerator === of && one.denominator === to,
  );
  const plain = { ...base, ranking: null, having: [], calculations: [] };
  if (rate) return { ...plain, metrics: [rate.name] };
  return { ...plain, metrics: [of, to], calculations: [{ kind: 'ratio', of, to }] };
}

/** 'as a share of web revenue': of a part of the whole, which no ratio of two figures says. */
function isNarrowed({ filters, segments, conditions, texts, dimensions }: Reading): boolean {
  return [filters, segments, conditions, texts, dimensions].some((list) => list.length > 0);
}

function isCalled(noun: string, dimension: string, scope: PlannerScope): boolean {
  const known = scope.model.dimensions.get(dimension);
  if (!known) return false;
  const own = stem(noun);
  const names = [known.label, known.plural, ...known.synonyms].map((name) => name.toLowerCase());
  return names.some(
    (name) => name === noun || stem(name) === own || stem(name.split(' ').at(-1) ?? '') === own,
  );
}
