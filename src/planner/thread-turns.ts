import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlannerScope } from './planner-scope.ts';
import { readWords } from './thread-corrections.ts';

const TOTAL =
  /^(?:(?:just |only )?(?:add|sum|total|tot|count) (?:(?:it|them|that|these|those|all(?: of (?:it|them|that|these|those))?|everything)(?: all)? (?:up|together)|up (?:it|them|that|these|those|all|everything)|(?:it|them|that|these|those)(?: all)?|up)|(?:what|how much) (?:is|are|was|were|does|do|did) (?:it|that|this|they|them|these|those|all (?:of )?(?:that|those|these|them))(?: all)? (?:add up to|come to|sum to|sum up to|total|make|amount to|in all|in total|altogether|all together|combined|together)(?: (?:in all|in total|altogether|all together|all told))?|what(?:'s| is| was| are) (?:the |their |its )?(?:grand |overall )?(?:total|sum)(?: of (?:all )?(?:it|them|that|these|those))?|(?:the )?(?:sum|total)|all (?:together|told|combined|in all)|(?:together|combined|summed)(?: up)?|(?:without|no|drop|lose|remove|forget) (?:the |any )?(?:breakdown|split)|not (?:broken down|split(?: up)?))$/i;

/** 'add them up', 'what does that come to?', 'without the breakdown'. */
export function inAll(said: string, base: MetricQuery): string | undefined {
  const apart = base.dimensions.length > 0 || base.grain !== null;
  return apart && TOTAL.test(said) ? 'total' : undefined;
}

const UNIT = '(?<unit>day|week|month|quarter|year)s?';
const BY_UNIT: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:give|show) me |show |list |let me see |(?:can|could|may) i (?:see|have) )(?:it (?:by|per) )?(?:the |all the |all |each of the |each |every |single )*${UNIT}$`,
    'i',
  ),
  new RegExp(
    `^(?:broken?|break|split|cut|roll(?:ed)?|aggregated?|group(?:ed)?|summari[sz]ed?|sum|bucket(?:ed)?|show|put|plot)(?: (?:it|that|this|them|those))?(?: (?:up|down|out|further))* (?:by|to|into|per|as|in|on|at)(?: the| a| an)? ${UNIT}(?: level)?$`,
    'i',
  ),
  new RegExp(`^(?:as|into|in|to|at) (?:the |full |whole |calendar )?${UNIT}(?: level)?$`, 'i'),
  new RegExp(`^${UNIT}(?: instead| rather)?$`, 'i'),
];
const ADVERB =
  /^(?:(?:give|show) me (?:a |the )?|show (?:it )?|as (?:a )?|a |the )?(?:(?:broken?|break|split|cut|rolled|roll)(?: (?:it|that|this|them|those))?(?: (?:up|down|out))* )?(?<often>daily|weekly|monthly|quarterly|yearly|annual|annually|day by day|week by week|month by month|quarter by quarter|year by year)(?: (?:breakdown|split|view|figures|numbers|basis|totals|values|data|trend|picture))?$/i;

/** 'give me the months', 'as weeks', 'monthly breakdown', 'split by month': told apart by time. */
export function byUnits(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const unit = BY_UNIT.map((pattern) => pattern.exec(said)?.groups?.unit).find((one) => one !== undefined);
  if (unit !== undefined)
    return /\b(?:by|to|into|per|as|in|on|at)\b|s\b/i.test(said) ? `by ${unit.toLowerCase()}` : undefined;
  const often = ADVERB.exec(said)?.groups?.often;
  if (often !== undefined)
    return often.toLowerCase().replace('annually', 'yearly').replace('annual', 'yearly');
  return addedTo(said, base, scope);
}

/** 'add channel', 'break that down further by channel': beside what there is already. */
function addedTo(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const [, what = ''] =
    /^(?:add(?: in)?|plus|additionally|further|include|also add|(?:break|split)(?: (?:it|that|this|them))?(?: (?:down|up|out))? (?:further|again|additionally|also)|in addition)[, ]+(?:by |per |for each |the |a |each )*(.+)$/i.exec(
      said,
    ) ?? [];
  if (what === '' || base.dimensions.length === 0) return undefined;
  const reading = readWords(what, scope);
  const more =
    reading.metrics.length + reading.filters.length + reading.unknown.length + reading.leftovers.length;
  return reading.dimensions.length === 1 && more === 0 ? `also by ${what}` : undefined;
}

const HELD_AGAINST: readonly RegExp[] = [
  /^how (?:does|did|do|is|are|was|were) (?:that|this|it|they|those|these|the figures?|the numbers?)(?: all)? (?:compare[ds]?|stack up|measure up|look|hold up)? ?(?:with|to|against|versus|vs\.?|next to|relative to) (?<other>.+)$/i,
  /^(?:is|was|are|were) (?:that|this|it|they|those|these)(?: any)? (?:better|worse|more|less|higher|lower|up|down|ahead|a rise|a fall|an increase|a drop)(?: or (?:worse|better|less|more|lower|higher|down|up|not))? (?:than|on|over|from|against|compared (?:to|with)|versus|vs\.?|of) (?<other>.+)$/i,
  /^(?:put|show|set|place|add|have) (?<other>.+?) (?:beside|next to|alongside|against|by the side of) (?:it|that|this|them)$/i,
  /^(?:put|show|set|place|add|have) (?<other>.+?),? (?:for|as a|as) comparison$/i,
];

/** 'how does that compare with last year', 'put last year beside it'. */
export function againstTime(said: string): string | undefined {
  const other = HELD_AGAINST.map((pattern) => pattern.exec(said)?.groups?.other).find(
    (one) => one !== undefined,
  );
  return other === undefined ? undefined : `compared with ${other}`;
}

/** 'and per order?' after revenue: the figure for one, if there is one of that name. */
export function perOne(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const [, noun = ''] =
    /^(?:(?:what|how much)(?:'s| is| was| does| did)?(?: (?:that|it|this|they|we|make|come to))* )?(?:per|for each|for every|for an?|an|a) (order|basket|transaction|customer|head|unit|piece|item|pair)(?: on average)?$/i.exec(
      said,
    ) ?? [];
  const [metric = ''] = base.metrics;
  const label = scope.model.metrics.get(metric)?.label.toLowerCase();
  if (noun === '' || label === undefined || base.metrics.length > 1) return undefined;
  const names = [label, ...(scope.model.metrics.get(metric)?.synonyms ?? []).slice(0, 3)];
  const wordings = names.flatMap((name) => [`average ${name} per ${noun}`, `${name} per ${noun}`]);
  return wordings.find((text) => {
    const found = otherFigure(text, metric, scope);
    return found !== undefined && scope.model.metrics.get(found)?.kind === 'ratio';
  });
}

/** The one figure that these words name, if it is another one. */
function otherFigure(text: string, metric: string, scope: PlannerScope): string | undefined {
  const { metrics, unknown, leftovers, filters, dimensions } = readWords(text, scope);
  const only = metrics.length === 1 && filters.length + dimensions.length === 0;
  return only && unknown.length + leftovers.length === 0 && metrics[0] !== metric ? metrics[0] : undefined;
}

/** 'before discounts', 'after refunds' after revenue: the figure of that name. */
export function figureWith(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const [metric = ''] = base.metrics;
  const label = scope.model.metrics.get(metric)?.label.toLowerCase();
  if (label === undefined || !/^(?:before|after|net of) (?:the |any |all )*[\p{L} ]{3,30}$/iu.test(said))
    return undefined;
  const text = `${label} ${said.replace(/\b(?:the|any|all) /gi, '')}`;
  return otherFigure(text, metric, scope) === undefined ? undefined : text;
}

/** 'all branches' where none was named: each of them. */
export function eachOf(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const [, noun = ''] =
    /^(?:for |across |in |at )?(?:all|every|each)(?: of)?(?: the| our)? (\p{L}+(?: \p{L}+)?)$/iu.exec(said) ??
    [];
  if (noun === '') return undefined;
  const reading = readWords(`by ${noun}`, scope);
  const [only, ...more] = reading.dimensions;
  const plain = reading.metrics.length + reading.filters.length + reading.unknown.length === 0;
  if (!only || more.length > 0 || !plain || reading.grain !== null) return undefined;
  return base.filters.some(({ dimension }) => dimension === only.name) ? undefined : `by ${noun}`;
}

/** 'why so low?', 'explain that'. */
export function theReason(said: string): string | undefined {
  return /^(?:why(?: (?:is|was|are|were) (?:it|that|this|they))?(?: so| that| this)? (?:low|high|bad|good|little|few|much|many|weak|strong|poor|big|small)|(?:please )?explain(?: (?:it|that|this|why))?|what(?:'s| is) the (?:reason|cause|explanation)|what happened(?: there)?|how so)$/i.test(
    said,
  )
    ? 'why'
    : undefined;
}

const BACK =
  /^how many (?:of (?:them|those|these|that) )?(?:came back|went back|(?:were|was|got|have been|had been) (?:sent back|returned|brought back))$/i;
const OF_GOODS = new Set(['units', 'revenue', 'gross_sales', 'net_revenue']);

/** 'how many came back?' of things sold are things sent back, and no customers who bought again. */
export function sentBack(said: string, base: MetricQuery): string | undefined {
  const [metric = ''] = base.metrics;
  if (!BACK.test(said)) return undefined;
  if (OF_GOODS.has(metric)) return 'returned units';
  return metric === 'orders' ? 'returned orders' : undefined;
}

/** 'by units', 'what about volume' after revenue: the figure itself. */
export function figureAlone(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  if (/^(?:(?:what|how) about |in |by )?(?:the )?volumes?$/i.test(said)) return 'units sold';
  const [, what = ''] = /^by (?:the )?(.+)$/i.exec(said) ?? [];
  if (what === '' || base.ranking) return undefined;
  const reading = readWords(what, scope);
  const others = reading.dimensions.length + reading.filters.length + reading.unknown.length;
  const alone = reading.metrics.length === 1 && others === 0 && reading.leftovers.length === 0;
  const figure = alone && reading.grain === null && !reading.metrics.includes(base.metrics[0] ?? '');
  return figure && readWords(said, scope).dimensions.length === 0 ? `in ${what}` : undefined;
}
