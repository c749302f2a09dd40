import type { SemanticModel } from '../model/semantic-model.ts';
import type { Reading } from '../reading/reading.ts';
import { sayPeriod } from './say-query.ts';

/** 'revenue against budget' means the revenue budget, not that of expenses. */
export function withBudget(reading: Reading, model: SemanticModel): string[] {
  const metrics = withGap(heldAgainst(reading, model), reading, model);
  const kind = metrics.some((name) => /^revenue/.test(name)) ? 'revenue' : 'expense';
  const held = metrics.length > 0 && metrics.every((name) => KIN_OF_BUDGETS.test(name));
  const named = metrics.some((name) => name === `${kind}_budget` || name === `${kind}_variance`);
  if (!held || !(named || metrics.includes('revenue_attainment')) || !BY_WHAT_PERCENT.test(reading.text))
    return metrics;
  const actual = kind === 'revenue' ? kind : 'expenses';
  return [actual, `${kind}_budget`, `${kind}_variance`, `${kind}_variance_rate`].filter((name) =>
    model.metrics.has(name),
  );
}

/** 'sales v budget': what is between the two stands beside them, as it does where they are held 'against' each other. */
function withGap(metrics: string[], { text, ranking }: Reading, model: SemanticModel): string[] {
  const pair = /^(?:revenue,revenue|expenses,expense)_budget$/.test(metrics.join());
  if (!pair || ranking || !AGAINST.test(text)) return metrics;
  const gap = metrics.includes('revenue') ? 'revenue_variance' : 'expense_variance';
  return model.metrics.has(gap) ? [...metrics, gap] : metrics;
}

const KIN_OF_BUDGETS = /^(?:revenue|expenses?)(?:_budget|_variance(?:_rate)?|_attainment)?$/;

/** 'budget vs actual, and by how much in %'. */
const BY_WHAT_PERCENT =
  /\b(?:by )?how (?:much|many|far)\b[^?]*?(?:in (?:%|per ?cent|pct)|per ?cent|%)|\b(?:variance|difference|deviation|gap)\b[^?]*?(?:and|&|\+|in) (?:as )?(?:in )?(?:%|per ?cent\w*|pct)(?! of)|(?:and|&|\+) (?:in |the )?(?:%|per ?cent|pct) (?:variance|difference|deviation|gap)\b/i;

function heldAgainst(reading: Reading, model: SemanticModel): string[] {
  const metrics = [...reading.metrics];
  if (isOfCosts(reading))
    return ['expenses', 'expense_budget', 'expense_variance'].filter((name) => model.metrics.has(name));
  const joined = reading.roles.has('and') && /\b(?:and|plus|with)\b|[&+]/i.test(reading.text);
  const against = reading.roles.has('versus') || reading.roles.has('compare') || joined;
  if (reading.roles.has('spend') && against && metrics.length === 1 && metrics[0] === 'expense_budget')
    return ['expenses', 'expense_budget', 'expense_variance'].filter((name) => model.metrics.has(name));
  if (isOfShops(reading, metrics))
    return ['revenue', 'revenue_budget', 'revenue_variance'].filter((name) => model.metrics.has(name));
  const [only] = metrics;
  if (
    reading.roles.has('average') &&
    only === 'median_order_value' &&
    model.metrics.has('average_order_value')
  )
    return ['average_order_value', ...metrics];
  const judged = against || REACHED.test(reading.text);
  if (judged && metrics.length === 1 && only === 'revenue_budget')
    return ['revenue', 'revenue_budget', 'revenue_variance'].filter((name) => model.metrics.has(name));
  const actual = /\bactuals?\b/i.test(reading.text) && (against || metrics.length === 1);
  const onAccount =
    against && reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'account'));
  const held =
    metrics.includes('expense_budget') && metrics.every((name) => /^expense_(?:budget|variance)$/.test(name));
  if ((actual || onAccount) && held)
    return ['expenses', 'expense_budget', 'expense_variance'].filter((name) => model.metrics.has(name));
  if (metrics.length === 1 && only === 'revenue_attainment' && BY_HOW_MUCH.test(reading.text))
    return ['revenue', 'revenue_budget', 'revenue_variance'].filter((name) => model.metrics.has(name));
  const apart =
    metrics.some((name) => name.endsWith('_variance')) &&
    metrics.every((name) => /^(?:revenue|expenses)$|_(?:variance|budget)$/.test(name));
  if (apart && AGAINST.test(reading.text)) {
    const kind = metrics.includes('revenue_variance') ? 'revenue' : 'expense';
    const actually = kind === 'revenue' ? kind : 'expenses';
    if (!reading.ranking)
      return [actually, `${kind}_budget`, `${kind}_variance`].filter((name) => model.metrics.has(name));
  }
  const sales = metrics.some(
    (name) => name === 'revenue' || name === 'gross_sales' || name === 'net_revenue',
  );
  if (!sales || metrics.includes('expenses') || !model.metrics.has('revenue_budget')) return metrics;
  for (const one of reading.conditions)
    if (one.metric === 'expense_variance') one.metric = 'revenue_variance';
  return [...new Set(metrics.map((name) => name.replace(/^expense_(?=budget$|variance$)/, 'revenue_')))];
}

/** 'actual costs against budgeted costs': what has a budget is what is booked, not what the goods cost. */
function isOfCosts({ metrics, text }: Reading): boolean {
  return (
    metrics.includes('cost') &&
    metrics.some((name) => /^expense_(?:budget|variance)$/.test(name)) &&
    metrics.every((name) => /^(?:cost|expenses|expense_(?:budget|variance))$/.test(name)) &&
    !/\bcogs\b|\bcosts? of\b|\bgoods\b/i.test(text)
  );
}

/** 'are we above budget in Leeds', 'did York hit target, budget and actual': what a shop is held to is its sales. */
function isOfShops({ filters, text, said, metrics: named }: Reading, metrics: string[]): boolean {
  const held =
    metrics.length > 0 &&
    metrics.every((name) => /^(?:expense_(?:budget|variance)|revenue_(?:attainment|budget))$/.test(name));
  const words = said['expense_budget'] ?? said['expense_variance'] ?? '';
  const bare =
    /^(?:(?:above|below|ahead of|behind|short of) )?(?:the |our )?budget(?:ed|s)?$/i.test(words) &&
    named.some((name) => /^expense_/.test(name));
  const shop = filters.some(({ hits }) => hits.some(({ dimension }) => /^(?:branch|region)/.test(dimension)));
  const account = filters.some(({ hits }) => hits.some(({ dimension }) => /^account/.test(dimension)));
  if (!held || !bare || !shop || account || COSTS.test(text)) return false;
  return metrics.length > 1 || SOLD_AGAINST.test(text);
}

const COSTS = /\b(?:costs?|expenses?|spend|spent|spending|overspen\w+|underspen\w+|overheads?)\b/i;

/** 'over budget' may be too much spent; 'above' it, or short of it, are sales. */
const SOLD_AGAINST =
  /\b(?:above|below|ahead of|behind|short of|hit|hits|reach|reached|beat|beats|beating|meet|met|made|make|miss|missed|compare[ds]?(?: it| that)? (?:to|with|against)|vs\.?|versus|against|on)\b(?: \w+){0,2} (?:budgets?|targets?|plans?)\b/i;

/** 'did we hit the sales target', 'are we below plan'. */
const REACHED =
  /\b(?:ahead of|behind|hit|hits|miss|missed|missing|reach|reached|meet|met|make|made|achieve|achieved|above|below|over|under|beat|on track|short of|off|actuals?)\b/i;

/** 'revenue vs budget by branch': both are shown, beside what is between them. */
const AGAINST =
  /\b(?:vs?|versus|against|compared? (?:to|with)|and) (?:the |our |its |their )?(?:\w+ )?(?:budget|target|plan)s?\b/i;

/** 'by how much did we miss the sales target' asks for an amount. */
const BY_HOW_MUCH =
  /\b(?:by how much|how much by|how far|by what amount|by what margin|how much (?:did|have|do) we)\b/i;

/** 'did we hit budget': held against what, is not said. */
export const HIT =
  /\b(?:hit|miss|missed|meet|met|beat|make|made|reach|reached|achieve|achieved|on|within|against)\b/i;

export function budgets(reading: Reading): { label: string; question: string }[] {
  const period = reading.periods.span ? ` ${sayPeriod(reading.periods.span)}` : ' this year';
  return [
    { label: 'Revenue against its budget', question: `revenue against revenue budget${period}` },
    { label: 'Costs against their budget', question: `expenses against expense budget${period}` },
  ];
}
