import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../domain/app-error.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type {
  BranchKpi,
  CategoryKpi,
  DailyKpi,
  KpiRefresh,
  KpiStore,
  KpiWriteCounts,
} from '../ports/kpi-store.ts';
import { deleteAll, getAll, type Item, inParallel, putAll } from './dynamodb-batches.ts';
import { isConditionFailed, onRecords } from './dynamodb-errors.ts';
import { branchShape, categoryShape, dailyShape, type KpiShape, sameValues } from './dynamodb-kpi-items.ts';
import { withKpiLease } from './dynamodb-kpi-lease.ts';
import { allOf, queryPages, scanPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { type RecordTableName, tableName } from './dynamodb-tables.ts';

/** Bounds memory, and how long goes by between two looks at the lease. */
const DAYS_AT_ONCE = 150;
/** A longer range is read by a scan instead of day by day. */
const MOST_DAYS_BY_KEY = 800;
const CONDITIONAL_IN_PARALLEL = 16;
/** Between two looks at the lease. */
const REMOVED_AT_ONCE = 1_000;

/**
 * KPIs in three tables that anyone may read by the keys of their definition, and `kpi_days`, which says what each
 * day has and by which batch.
 *
 * One refresh at a time holds a lease. It first notes in `kpi_days` everything that the day had or will have, then
 * writes, then notes what the day has now: killed anywhere, the next refresh of that day finds all there is to
 * remove. A day that a newer batch has refreshed is left alone. New items and removals go in batches, under the lease; what is
 * there already is overwritten only on condition that its batch is not newer.
 * Numbers come back exact, in their shortest text ('12.30' as '12.3').
 */
export function dynamodbKpiStore(records: Records): KpiStore {
  return {
    refresh: (refresh) => onRecords(() => refreshDays(records, refresh)),
    daily: (from, to) => onRecords(() => readDaily(records, from, to)),
    byCategory: (category, from, to) =>
      onRecords(() => readRange(records, 'category_kpis', categoryShape, category, from, to)),
    byBranch: (branch, from, to) =>
      onRecords(() => readRange(records, 'branch_kpis', branchShape, branch, from, to)),
    categories: () => onRecords(() => namesOf(records, 'categories')),
    branches: () => onRecords(() => namesOf(records, 'branches')),
  };
}

async function refreshDays(records: Records, refresh: KpiRefresh): Promise<KpiWriteCounts> {
  const days = [...new Set(refresh.days)].sort();
  const byDay = groupByDay(days, refresh);
  const counts: KpiWriteCounts = { written: 0, unchanged: 0, stale: 0, removed: 0 };
  if (days.length === 0) return counts;
  await withKpiLease(records, async (keepLease) => {
    for (let from = 0; from < days.length; from += DAYS_AT_ONCE) {
      await keepLease();
      const wanted = days.slice(from, from + DAYS_AT_ONCE).map((day) => byDay.get(day) as DayKpis);
      await refreshSome(records, refresh.batchNumber, wanted, counts, keepLease);
    }
  });
  return counts;
}

type DayKpis = { day: Day; category: CategoryKpi[]; daily: DailyKpi[]; branch: BranchKpi[] };
type DayState = { day: Day; batchNumber: number; categories: string[]; branches: string[] };

function groupByDay(days: Day[], refresh: KpiRefresh): Map<Day, DayKpis> {
  const byDay = new Map<Day, DayKpis>(days.map((day) => [day, { day, category: [], daily: [], branch: [] }]));
  const of = (day: Day): DayKpis => {
    const found = byDay.get(day);
    if (!found)
      throw new AppError('internal', { detail: `KPIs of ${day}, which is not a day of the refresh.` });
    return found;
  };
  for (const kpi of refresh.category) of(kpi.orderDate).category.push(kpi);
  for (const kpi of refresh.daily) of(kpi.orderDate).daily.push(kpi);
  for (const kpi of refresh.branch) of(kpi.orderDate).branch.push(kpi);
  return byDay;
}

async function refreshSome(
  records: Records,
  batchNumber: number,
  wanted: DayKpis[],
  counts: KpiWriteCounts,
  keepLease: () => Promise<void>,
): Promise<void> {
  const before = await dayStates(
    records,
    wanted.map(({ day }) => day),
  );
  const fresh = wanted.filter(({ day }) => (before.get(day)?.batchNumber ?? 0) <= batchNumber);
  for (const day of wanted) {
    if (!fresh.includes(day)) counts.stale += day.category.length + day.daily.length + day.branch.length;
  }
  const after = fresh.map((day) => stateOf(day, batchNumber));
  const during = after.map((state) => union(state, before.get(state.day)));
  await putAll(records, 'kpi_days', during.map(toStateItem));
  // Only what is noted can be there already, so on a new day nothing is looked for.
  const known = fresh.flatMap(({ day }) => before.get(day) ?? []);
  const names = (what: 'categories' | 'branches') =>
    known.flatMap((state) => state[what].map((name) => [name, state.day] as const));
  const differences = <T>(part: KpiPart<T>) =>
    writeDifferences(records, batchNumber, counts, part, keepLease);
  await differences({
    table: 'category_kpis',
    shape: categoryShape,
    wanted: fresh.flatMap((day) => day.category),
    keys: names('categories').map(([category, day]) => ({ category, order_date: day })),
  });
  await differences({
    table: 'branch_kpis',
    shape: branchShape,
    wanted: fresh.flatMap((day) => day.branch),
    keys: names('branches').map(([branch, day]) => ({ branch, order_date: day })),
  });
  await differences({
    table: 'daily_kpis',
    shape: dailyShape,
    wanted: fresh.flatMap((day) => day.daily),
    keys: known.map(({ day }) => ({ order_date: day })),
  });
  const shrunk = after.filter((state, at) => !sameNames(state, during[at]));
  await putAll(records, 'kpi_days', shrunk.map(toStateItem));
}

/** `keys`: everything that these days may have. */
type KpiPart<T> = { table: RecordTableName; shape: KpiShape<T>; wanted: T[]; keys: Item[] };

async function writeDifferences<T>(
  records: Records,
  batchNumber: number,
  counts: KpiWriteCounts,
  part: KpiPart<T>,
  keepLease: () => Promise<void>,
): Promise<void> {
  await keepLease();
  const { table, shape } = part;
  const present = new Map((await getAll(records, table, part.keys)).map((item) => [idOf(shape, item), item]));
  const wanted = new Map(
    part.wanted.map((kpi) => {
      const item = shape.toItem(kpi, batchNumber);
      return [idOf(shape, item), item] as const;
    }),
  );
  const created: Item[] = [];
  const changed: Item[] = [];
  for (const [id, item] of wanted) {
    const old = present.get(id);
    if (!old) created.push(item);
    else if (sameValues(shape, old, item)) counts.unchanged += 1;
    else changed.push(item);
  }
  const removed = [...present].filter(([id]) => !wanted.has(id)).map(([, item]) => shape.keyOf(item));
  if (!(await records.putHere?.(tableName(records, table), created))) await putAll(records, table, created);
  counts.written += created.length;
  const name = tableName(records, table);
  const notNewer = {
    ConditionExpression: 'attribute_not_exists(batch_number) or batch_number <= :ours',
    ExpressionAttributeValues: { ':ours': batchNumber },
  };
  await inParallel(changed, CONDITIONAL_IN_PARALLEL, async (item) => {
    const done = await unlessNewer(() =>
      records.client.send(new PutCommand({ TableName: name, Item: item, ...notNewer })),
    );
    counts[done ? 'written' : 'stale'] += 1;
  });
  for (let from = 0; from < removed.length; from += REMOVED_AT_ONCE) {
    await keepLease();
    await deleteAll(records, table, removed.slice(from, from + REMOVED_AT_ONCE));
  }
  counts.removed += removed.length;
}

async function unlessNewer(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

function idOf<T>(shape: KpiShape<T>, item: Item): string {
  return JSON.stringify(Object.values(shape.keyOf(item)));
}

async function dayStates(records: Records, days: Day[]): Promise<Map<Day, DayState>> {
  const items = await getAll(
    records,
    'kpi_days',
    days.map((day) => ({ order_date: day })),
  );
  return new Map(items.map((item) => [String(item.order_date), fromStateItem(item)]));
}

function stateOf(kpis: DayKpis, batchNumber: number): DayState {
  return {
    day: kpis.day,
    batchNumber,
    categories: [...new Set(kpis.category.map((kpi) => categoryShape.nameOf(kpi)))],
    branches: [...new Set(kpis.branch.map((kpi) => branchShape.nameOf(kpi)))],
  };
}

function union(state: DayState, before: DayState | undefined): DayState {
  return {
    ...state,
    categories: [...new Set([...state.categories, ...(before?.categories ?? [])])],
    branches: [...new Set([...state.branches, ...(before?.branches ?? [])])],
  };
}

function sameNames(a: DayState, b: DayState | undefined): boolean {
  return a.categories.length === b?.categories.length && a.branches.length === b.branches.length;
}

function toStateItem(state: DayState): Item {
  return {
    order_date: state.day,
    batch_number: state.batchNumber,
    categories: state.categories,
    branches: state.branches,
  };
}

function fromStateItem(item: Item): DayState {
  return {
    day: String(item.order_date),
    batchNumber: Number(item.batch_number ?? 0),
    categories: (item.categories as string[] | undefined) ?? [],
    branches: (item.branches as string[] | undefined) ?? [],
  };
}

async function readDaily(records: Records, from: Day, to: Day): Promise<DailyKpi[]> {
  const count = daysBetween(from, to);
  if (!(count > 0)) return [];
  const items =
    count <= MOST_DAYS_BY_KEY
      ? await getAll(
          records,
          'daily_kpis',
          Array.from({ length: count }, (_, at) => ({ order_date: addDays(from, at) })),
        )
      : await allOf(scanPages(records, 'daily_kpis'));
  return items
    .map((item) => dailyShape.fromItem(item))
    .filter((kpi) => kpi.orderDate >= from && kpi.orderDate < to)
    .sort((a, b) => (a.orderDate < b.orderDate ? -1 : 1));
}

async function readRange<T>(
  records: Records,
  table: 'category_kpis' | 'branch_kpis',
  shape: KpiShape<T> & { partitionKey: string },
  name: string,
  from: Day,
  to: Day,
): Promise<T[]> {
  if (from >= to || name === '') return [];
  const pages = queryPages(records, table, {
    KeyConditionExpression: '#name = :name and order_date between :first and :last',
    ExpressionAttributeNames: { '#name': shape.partitionKey },
    ExpressionAttributeValues: { ':name': name, ':first': from, ':last': addDays(to, -1) },
  });
  return (await allOf(pages)).map((item) => shape.fromItem(item));
}

async function namesOf(records: Records, what: 'categories' | 'branches'): Promise<string[]> {
  const names = new Set<string>();
  for (const item of await allOf(scanPages(records, 'kpi_days')))
    for (const name of fromStateItem(item)[what]) names.add(name);
  return [...names].sort();
}
