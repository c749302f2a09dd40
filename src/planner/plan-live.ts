import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { lengthInDays } from '../domain/period.ts';
import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlannerScope } from './planner-scope.ts';

const CODE = '([A-Za-z]{0,4}[-_]?\\d[\\w-]{2,40}|[0-9a-f]{8,64})';
const INVOICE = [
  new RegExp(
    `^(?:please )?(?:can you )?(?:show|find|look up|lookup|open|get|give|pull up|display|see|fetch|print|what is in|what's in|what was in|what is|what's|whats|what was|what is on|what's on|what was on|details of|details for|details on|lines of|items of|items on|items in|tell)?(?: me)?(?: about)?(?: the)?(?: details (?:of|for|on))?(?: the)? ?(?:invoice|order|document|bill)(?: number| no\\.?| nr\\.?| id| #)? ?#?:? ?${CODE}(?: please| details?)?$`,
    'i',
  ),
  new RegExp(
    `^what (?:did|does|was|is) (?:invoice|order|document) #?${CODE} (?:contain|include|have|about)$`,
    'i',
  ),
];
const CUSTOMER = [
  new RegExp(
    `^(?:please )?(?:show|find|list|get|give|see|look up|what are|which are|display)?(?: me)?(?: all)?(?: the)? ?(?:invoices|orders|purchases|documents|bills|purchase history|order history)(?: made| placed)?(?: of| for| by| from)(?: the)? (?:customer|client|buyer|person)(?: number| no\\.?| id| #)? ?#?:? ?${CODE}$`,
    'i',
  ),
  new RegExp(
    `^(?:what|which) (?:orders|invoices) (?:did|does|has|were|have) (?:customer|client) ?#?${CODE} (?:place|placed|have|make|made|get)$`,
    'i',
  ),
  new RegExp(`^customer #?${CODE}(?:'s)? (?:invoices|orders|purchases)$`, 'i'),
];

/** 'invoice 536365', 'invoices of customer 17850'. */
export function planLookUp(question: string): PlannerReply | undefined {
  const text = question.replace(/[?!.\s]+$/, '').trim();
  for (const pattern of INVOICE) {
    const invoice = pattern.exec(text)?.[1];
    if (invoice) return live({ what: 'invoice', invoice });
  }
  for (const pattern of CUSTOMER) {
    const customer = pattern.exec(text)?.[1];
    if (customer) return live({ what: 'customer-invoices', customer });
  }
  return undefined;
}

const DAILY = new Set(['orders', 'revenue', 'units', 'return_rate', 'unique_customers']);

/** Today's and the last days' KPIs are in the record store, in exactly the model's meaning. */
export function liveInstead(query: MetricQuery, reading: Reading, scope: PlannerScope): Plan | undefined {
  const { period } = query;
  if (!period || Object.keys(scope.rights.rowFilters).length > 0 || scope.rights.metrics !== 'all')
    return undefined;
  if (scope.rights.tables !== 'all' || query.comparison || query.calculations.length > 0 || query.ranking)
    return undefined;
  if (query.having.length > 0 || query.acrossGrain || query.segments.length > 0 || reading.roles.has('chart'))
    return undefined;
  const { today } = scope.time;
  const single =
    lengthInDays(period) === 1 &&
    (period.from === today || period.from === addDays(today, -1)) &&
    query.grain === null;
  const recent = query.grain === 'day' && lengthInDays(period) <= 8 && period.from >= addDays(today, -8);
  if (!single && !recent) return undefined;
  if (query.dimensions.length > 0 || !query.metrics.every((name) => DAILY.has(name))) return undefined;
  if (query.filters.length === 0)
    return {
      kind: 'live',
      read: { what: 'daily-kpis', from: period.from, to: period.to, kpis: query.metrics },
    }; // prettier-ignore
  const [only] = query.filters;
  if (
    query.filters.length > 1 ||
    only?.dimension !== 'category' ||
    only.operator !== 'in' ||
    only.values.length !== 1
  )
    return undefined;
  if (query.metrics.length !== 1 || query.metrics[0] !== 'revenue') return undefined;
  return {
    kind: 'live',
    read: {
      what: 'category-kpis',
      categories: only.values,
      from: period.from,
      to: period.to,
      kpis: query.metrics,
    },
  }; // prettier-ignore
}

function live(read: Extract<Plan, { kind: 'live' }>['read']): PlannerReply {
  return { kind: 'plan', plan: { kind: 'live', read }, confidence: 1, planner: 'offline', notes: [] };
}
