import { addDays, addMonths, addYears, type Day, startOfMonth, startOfYear } from '../domain/day.ts';
import { type Filter, metricQuery } from '../domain/metric-query.ts';
import type { Period } from '../domain/period.ts';
import type { Cell, ResultTable, Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import type { DigestKpi, DigestScope } from './digest.ts';

export type KpiNeeds = Pick<QuestionNeeds, 'compose' | 'vet' | 'ensureRights' | 'warehouse' | 'limits'>;

/** Exact decimal text; null where there is no value. */
export type KpiValues = {
  kpi: DigestKpi;
  label: string;
  unit: Unit;
  /** By day, oldest first, the digest's day last. */
  days: { day: Day; value: string | null }[];
  monthToDate: string | null;
  lastMonthToDate: string | null;
  monthToDateLastYear: string | null;
  yearToDate: string | null;
  lastYearToDate: string | null;
};

/** Eight weeks before the day, and the day. */
const DAYS = 57;

/** The day's KPIs with what they are held against, composed from the semantic model and read with these rights. */
export async function readKpis(
  input: { day: Day; scope: DigestScope; kpis: readonly DigestKpi[]; rights: Rights },
  needs: KpiNeeds,
): Promise<KpiValues[]> {
  const values: KpiValues[] = [];
  await needs.ensureRights(input.rights);
  for (const kpi of input.kpis) {
    const read = await readKpi(kpi, input, needs);
    if (read) values.push(read);
  }
  return values;
}

export function toDatePeriods(
  day: Day,
): Record<
  'monthToDate' | 'lastMonthToDate' | 'monthToDateLastYear' | 'yearToDate' | 'lastYearToDate',
  Period
> {
  const to = addDays(day, 1);
  return {
    monthToDate: { from: startOfMonth(day), to },
    lastMonthToDate: { from: addMonths(startOfMonth(day), -1), to: addDays(addMonths(day, -1), 1) },
    monthToDateLastYear: { from: addYears(startOfMonth(day), -1), to: addDays(addYears(day, -1), 1) },
    yearToDate: { from: startOfYear(day), to },
    lastYearToDate: { from: addYears(startOfYear(day), -1), to: addDays(addYears(day, -1), 1) },
  };
}

async function readKpi(
  kpi: DigestKpi,
  input: { day: Day; scope: DigestScope; rights: Rights },
  needs: KpiNeeds,
): Promise<KpiValues | null> {
  const { day, scope, rights } = input;
  const { rights: _, ...common } = { rights, filters: filtersOf(scope), metrics: [kpi] };
  const daily = await read(
    metricQuery({ ...common, period: { from: addDays(day, 1 - DAYS), to: addDays(day, 1) }, grain: 'day' }),
    rights,
    needs,
  );
  if (!daily) return null;
  const dateAt = daily.columns.findIndex((column) => column.type === 'date');
  const valueAt = daily.columns.findIndex((column) => column.name === kpi);
  const column = daily.columns[valueAt];
  if (!column) return null;
  const days = daily.rows.map((row) => ({
    day: String(row[dateAt]).slice(0, 10),
    value: textOf(row[valueAt]),
  }));
  const toDate: Partial<Record<keyof ReturnType<typeof toDatePeriods>, string | null>> = {};
  for (const [name, period] of Object.entries(toDatePeriods(day))) {
    const table = await read(metricQuery({ ...common, period }), rights, needs);
    const at = table?.columns.findIndex((each) => each.name === kpi) ?? -1;
    toDate[name as keyof ReturnType<typeof toDatePeriods>] = textOf(table?.rows[0]?.[at]);
  }
  return {
    kpi,
    label: column.label ?? kpi.replaceAll('_', ' '),
    unit: column.unit ?? { kind: 'none' },
    days,
    monthToDate: toDate.monthToDate ?? null,
    lastMonthToDate: toDate.lastMonthToDate ?? null,
    monthToDateLastYear: toDate.monthToDateLastYear ?? null,
    yearToDate: toDate.yearToDate ?? null,
    lastYearToDate: toDate.lastYearToDate ?? null,
  };
}

function filtersOf(scope: DigestScope): Filter[] {
  if (scope.kind === 'branch') return [{ dimension: 'branch_id', operator: 'in', values: [scope.branch] }];
  if (scope.kind === 'category') return [{ dimension: 'category', operator: 'in', values: [scope.category] }];
  return [];
}

/** Null when this KPI has no meaning with this filter (orders of a category). */
async function read(
  query: ReturnType<typeof metricQuery>,
  rights: Rights,
  needs: KpiNeeds,
): Promise<ResultTable | null> {
  const composed = needs.compose(query);
  if (!composed.ok) return null;
  const verdict = needs.vet(composed.sql, { rights, params: composed.params });
  if (verdict.verdict === 'refused') return null;
  const table = await needs.warehouse.read({
    sql: composed.sql,
    params: composed.params,
    schema: `policy_${rights.id}`,
    maxRows: needs.limits.maxRows,
    timeoutMs: needs.limits.timeoutMs,
  });
  return { ...table, columns: composed.columns };
}

function textOf(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}
