import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { labelQuery } from './label-query.ts';
import { capital } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayQuery } from './say-query.ts';

const BUDGETS = ['revenue_budget', 'expense_budget'] as const;

/** 'what is the budget': of sales or of costs, and for when, makes two numbers. */
export function askWhichBudget(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned | null {
  const [only] = query.metrics;
  const bare = reading.metrics.length === 1 && reading.metrics[0] === 'expense_budget';
  const held = bare && query.metrics.includes('expense_budget') && !reading.roles.has('spend');
  if (!held && (query.metrics.length !== 1 || only !== 'expense_budget')) return null;
  if (!/^budgets?$/.test(reading.said['expense_budget'] ?? '')) return null;
  const ofCosts = [...query.dimensions, ...query.filters.map(({ dimension }) => dimension)].some((name) =>
    /^account/.test(name),
  );
  if (ofCosts || !BUDGETS.every((name) => needs.model.metrics.has(name))) return null;
  const dated = query.period !== null || query.grain !== null;
  const questions = BUDGETS.map((name) => {
    const said = sayQuery({ ...query, metrics: [name] }, needs.model);
    const question = dated ? said : said.replace(/ of all time$/, ' this year');
    const label = dated ? labelQuery({ ...query, metrics: [name] }, needs.model) : capital(question);
    return { label, question };
  });
  return { kind: 'ask', text: 'The budget of sales, or of costs?', questions };
}
