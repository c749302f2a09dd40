import type { Day } from '../../src/domain/day.ts';
import type { BranchKpi, CategoryKpi, DailyKpi, KpiWriteCounts } from '../../src/ports/kpi-store.ts';
import { computeKpis, type RefreshNeeds, rangesOf, refreshKpis } from './refresh-kpis.ts';

export type KpiDifference = {
  table: 'category' | 'daily' | 'branch';
  /** Category or branch; empty for a whole day. */
  name: string;
  day: Day;
  /** What the KPI table says and what the facts say; null where there is nothing. */
  is: object | null;
  shouldBe: object | null;
};

export type KpiCheck = { days: number; differences: KpiDifference[]; repaired: KpiWriteCounts };

const FIRST = '0001-01-01';
const AFTER_LAST = '9999-12-31';

/** Compares the KPI tables with the facts, over all days that either has, and writes again the days that differ. */
export async function checkKpis(needs: RefreshNeeds): Promise<KpiCheck> {
  const stored = await storedKpis(needs);
  const days = await allDays(stored, needs);
  const computed: Kpis = { category: [], daily: [], branch: [] };
  for (const range of rangesOf(days)) {
    const { category, daily, branch } = await computeKpis(range, needs.warehouse);
    computed.category.push(...category);
    computed.daily.push(...daily);
    computed.branch.push(...branch);
  }
  const differences = [
    ...compare('category', stored.category, computed.category, (kpi) => kpi.category || '(none)'),
    ...compare('daily', stored.daily, computed.daily, () => ''),
    ...compare('branch', stored.branch, computed.branch, (kpi) => kpi.branch || '(none)'),
  ];
  const wrong = [...new Set(differences.map(({ day }) => day))];
  return { days: days.length, differences, repaired: await refreshKpis({ days: wrong }, needs) };
}

type Kpis = { category: CategoryKpi[]; daily: DailyKpi[]; branch: BranchKpi[] };

async function storedKpis({ kpis }: RefreshNeeds): Promise<Kpis> {
  const category: CategoryKpi[] = [];
  for (const name of await kpis.categories())
    category.push(...(await kpis.byCategory(name, FIRST, AFTER_LAST)));
  const branch: BranchKpi[] = [];
  for (const name of await kpis.branches()) branch.push(...(await kpis.byBranch(name, FIRST, AFTER_LAST)));
  return { category, daily: await kpis.daily(FIRST, AFTER_LAST), branch };
}

async function allDays(stored: Kpis, { warehouse }: RefreshNeeds): Promise<Day[]> {
  const found = await warehouse.read({
    sql: 'select order_date from retail.orders union select order_date from retail.order_items',
    schema: 'retail',
    maxRows: 100_000,
    timeoutMs: 120_000,
  });
  const days = new Set(found.rows.map(([day]) => String(day)));
  for (const kpi of [...stored.category, ...stored.daily, ...stored.branch]) days.add(kpi.orderDate);
  return [...days].sort();
}

function compare<T extends { orderDate: Day }>(
  table: KpiDifference['table'],
  stored: T[],
  computed: T[],
  nameOf: (kpi: T) => string,
): KpiDifference[] {
  const keyOf = (kpi: T): string => JSON.stringify([kpi.orderDate, nameOf(kpi)]);
  const is = new Map(stored.map((kpi) => [keyOf(kpi), kpi]));
  const shouldBe = new Map(computed.map((kpi) => [keyOf(kpi), kpi]));
  const differences: KpiDifference[] = [];
  for (const key of new Set([...is.keys(), ...shouldBe.keys()])) {
    const [a, b] = [is.get(key), shouldBe.get(key)];
    if (a && b && sameNumbers(a, b)) continue;
    const [day, name] = JSON.parse(key) as [Day, string];
    differences.push({ table, name, day, is: a ?? null, shouldBe: b ?? null });
  }
  return differences;
}

/** A name that is empty in the facts has another in the table. */
function sameNumbers(a: object, b: object): boolean {
  const numbers = (kpi: object): string =>
    JSON.stringify(Object.entries(kpi).filter(([field]) => field !== 'category' && field !== 'branch'));
  return numbers(a) === numbers(b);
}
