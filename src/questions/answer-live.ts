import type { Understood } from '../domain/answer.ts';
import { dayInWords, inWords } from '../domain/period.ts';
import type { Plan } from '../domain/plan.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { localeOf, rightsNotes } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { explainDays } from './explain-days.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';

type Read = Extract<Extract<Plan, { kind: 'live' }>['read'], { what: 'daily-kpis' | 'category-kpis' }>;

const DAILY: {
  key: 'totalOrders' | 'totalRevenue' | 'totalItemsSold' | 'returnRate' | 'uniqueCustomers';
  column: ResultColumn;
}[] = [
  {
    key: 'totalOrders',
    column: { name: 'orders', label: 'Orders', type: 'integer', unit: { kind: 'count', of: 'orders' } },
  },
  {
    key: 'totalRevenue',
    column: { name: 'revenue', label: 'Revenue', type: 'decimal', unit: { kind: 'money' } },
  },
  {
    key: 'totalItemsSold',
    column: { name: 'units', label: 'Items sold', type: 'decimal', unit: { kind: 'count', of: 'items' } },
  },
  {
    key: 'returnRate',
    column: { name: 'return_rate', label: 'Return rate', type: 'decimal', unit: { kind: 'share' } },
  },
  {
    key: 'uniqueCustomers',
    column: {
      name: 'unique_customers',
      label: 'Unique customers',
      type: 'integer',
      unit: { kind: 'count', of: 'customers' },
    },
  },
];

/** KPIs from the record store, in milliseconds. They are whole-company figures, so row-filtered rights are refused. */
export async function answerLive(
  read: Read,
  notes: string[],
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Outcome> {
  if (Object.keys(question.rights.rowFilters).length > 0) {
    return refuse(
      'not-permitted',
      'The live figures are for the whole company, which you may not see. Ask for the same figure by your branch.',
    );
  }
  const facts = await needs.facts();
  const locale = localeOf(facts, needs);
  const table = read.what === 'daily-kpis' ? await dailyTable(read, needs) : await categoryTable(read, needs);
  const period = inWords({ from: read.from, to: read.to });
  const title = read.what === 'daily-kpis' ? 'Daily KPIs' : `KPIs of ${read.categories.join(', ')}`;
  const understood: Understood = {
    line: `${title}, ${period}`,
    metrics: read.kpis,
    filters: [],
    period,
    comparedWith: null,
    notes: [...notes, ...rightsNotes(question)],
  };
  const common = {
    provenance: 'live' as const,
    table,
    sql: null,
    params: {},
    tables: ['orders'],
    understood,
  };
  if (table.rows.length === 0) {
    const last = facts.days['orders']?.last;
    return last && read.from > last
      ? {
          kind: 'empty',
          ...common,
          reason: 'not-loaded-yet',
          text: `This is not loaded yet: the data goes through ${dayInWords(last)}.`,
        }
      : { kind: 'empty', ...common, reason: 'no-such-rows', text: `There are no KPIs for ${period}.` };
  }
  return {
    kind: 'result',
    ...common,
    title,
    sentences: explainDays(table, period, locale),
    mayBeSaid: [understood.line, title, period],
    vocabulary: [],
    warnings: [],
    gated: true,
  };
}

async function dailyTable(
  read: Extract<Read, { what: 'daily-kpis' }>,
  needs: QuestionNeeds,
): Promise<ResultTable> {
  const wanted = DAILY.filter(({ column }) => read.kpis.length === 0 || read.kpis.includes(column.name));
  const items = await needs.kpis.daily(read.from, read.to);
  return {
    columns: [{ name: 'day', label: 'Day', type: 'date' }, ...wanted.map(({ column }) => column)],
    rows: items.map((item) => [item.orderDate, ...wanted.map(({ key }) => item[key] as Cell)]),
    truncated: false,
  };
}

async function categoryTable(
  read: Extract<Read, { what: 'category-kpis' }>,
  needs: QuestionNeeds,
): Promise<ResultTable> {
  const lists = await Promise.all(
    read.categories.map((category) => needs.kpis.byCategory(category, read.from, read.to)),
  );
  return {
    columns: [
      { name: 'day', label: 'Day', type: 'date' },
      { name: 'category', label: 'Category', type: 'text' },
      { name: 'revenue', label: 'Revenue', type: 'decimal', unit: { kind: 'money' } },
      { name: 'average_order_value', label: 'Average order value', type: 'decimal', unit: { kind: 'money' } },
      { name: 'return_rate', label: 'Return rate', type: 'decimal', unit: { kind: 'share' } },
    ],
    rows: lists
      .flat()
      .map((item) => [
        item.orderDate,
        item.category,
        item.dailyRevenue,
        item.avgOrderValue,
        item.avgReturnRate,
      ]),
    truncated: false,
  };
}
