import { dimensionLabel } from '../composer/describe-query.ts';
import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { Cell, ResultTable } from '../domain/result-table.ts';
import type { AskedNow } from './asked-now.ts';
import type { QuestionNeeds } from './needs.ts';
import { readVetted } from './read-vetted.ts';

/** What cannot be told apart with the data that is loaded. */
type Unrecorded = { dimension: string } | { segment: string };

/**
 * A dimension of the question that no row at any time has a value of: a breakdown by it says nothing, and 'without a
 * coupon' is not everything. A yes-or-no that is never a yes counts as such. Null when all are recorded, or when only
 * a part may be seen.
 */
export async function findUnrecorded(
  query: MetricQuery,
  read: ResultTable,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Unrecorded | null> {
  if (question.limit !== null) return null;
  const split = query.dimensions.filter((name) =>
    valuesOf(read, name).every((cell) => isBlank(cell, name, needs)),
  );
  const chosen = query.filters.flatMap(({ dimension, operator }) =>
    isEitherOr(dimension, needs) || /empty$/.test(operator) ? [dimension] : [],
  );
  for (const name of query.segments)
    if (await tellsNothingApart(name, query, question, needs)) return { segment: name };
  for (const name of new Set([...split, ...chosen]))
    if (await isNeverRecorded(name, query, question, needs)) return { dimension: name };
  return null;
}

export function sayUnrecorded(what: Unrecorded, needs: Pick<QuestionNeeds, 'model'>): string {
  if ('segment' in what) {
    const label = needs.model.segments.get(what.segment)?.label.toLowerCase() ?? what.segment;
    return `Everything that is loaded is alike in this, at any time: all of it or none of it is '${label}'. Probably it is not recorded, so I cannot tell one from the other.`;
  }
  const name = what.dimension;
  const dimension = needs.model.dimensions.get(name);
  return isEitherOr(name, needs)
    ? `Nothing that is loaded is marked '${dimension?.value_labels.yes ?? dimensionLabel(name, needs.model)}', at any time: probably it is not recorded. So I cannot tell one from the other.`
    : `No ${dimensionLabel(name, needs.model)} is recorded in any of the data that is loaded, so I cannot answer by ${dimensionLabel(name, needs.model)}.`;
}

async function isNeverRecorded(
  name: string,
  { metrics }: MetricQuery,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<boolean> {
  const composed = needs.compose(metricQuery({ metrics: metrics.slice(0, 1), dimensions: [name] }));
  if (!composed.ok) return false;
  const all = await readVetted(composed, question, needs);
  return (
    !('kind' in all) && all.rows.length > 0 && valuesOf(all, name).every((cell) => isBlank(cell, name, needs))
  );
}

/** A segment that all rows are in, or none, whatever the time. */
async function tellsNothingApart(
  name: string,
  { metrics }: MetricQuery,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<boolean> {
  if (needs.model.segments.get(name)?.may_be_missing !== true) return false;
  for (const metric of new Set([metrics[0] ?? '', 'orders'])) {
    if (metric !== '' && needs.model.metrics.has(metric))
      if (!(await isAllOrNone(name, metric, question, needs))) return false;
  }
  return true;
}

/** What is delivered came in online: that says nothing of orders, which may come in either way. */
async function isAllOrNone(
  name: string,
  metric: string,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<boolean> {
  const plain = metricQuery({ metrics: [metric] });
  const all = await amountOf(plain, question, needs);
  const part = await amountOf({ ...plain, segments: [name] }, question, needs);
  return (
    all !== null && part !== null && Number(all) !== 0 && (Number(part) === 0 || Number(part) === Number(all))
  );
}

async function amountOf(query: MetricQuery, question: AskedNow, needs: QuestionNeeds): Promise<Cell> {
  const composed = needs.compose(query);
  if (!composed.ok) return null;
  const read = await readVetted(composed, question, needs);
  return 'kind' in read ? null : (read.rows[0]?.[0] ?? 0);
}

function valuesOf(table: ResultTable, name: string): Cell[] {
  const index = table.columns.findIndex((column) => column.name === name);
  return index < 0 ? ['?'] : table.rows.map((row) => row[index] ?? null);
}

function isBlank(cell: Cell, name: string, needs: Pick<QuestionNeeds, 'model'>): boolean {
  return cell === null || cell === '' || (isEitherOr(name, needs) && cell === 'no');
}

/** Kept apart from parts of the calendar, which are always known. */
function isEitherOr(name: string, { model }: Pick<QuestionNeeds, 'model'>): boolean {
  const dimension = model.dimensions.get(name);
  return dimension?.type === 'boolean' && dimension.group !== 'calendar';
}
