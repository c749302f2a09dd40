import { addDays, type Day, isoWeekday } from '../domain/day.ts';
import {
  add,
  type Decimal,
  decimal,
  divide,
  negate,
  subtract,
  sum,
  toText,
  tryDecimal,
} from '../domain/decimal.ts';
import type { Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { KpiStore } from '../ports/kpi-store.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { Dashboard, DashboardChange, DashboardPart, DashboardTile } from './dashboard.ts';

type Row = {
  orderDate: Day;
  totalOrders: number;
  totalRevenue: string;
  totalItemsSold: number;
  returnRate: string;
  uniqueCustomers?: number;
};

export type TileNeeds = { kpis: KpiStore; locale: Locale };
export type Figures = Pick<Dashboard, 'of' | 'day' | 'tiles' | 'why' | 'branches' | 'categories'>;

const HISTORY_DAYS = 57;
const COURSE_DAYS = 28;
const WEEKS = 8;
/** Data may end some time ago: as far as is looked back for the latest day. */
const LOOK_BACK_DAYS = [HISTORY_DAYS, 200, 800] as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const NO_FIGURES = {
  none: 'There are no figures for recent days yet.',
  notForYou: "You may not see the company's figures. Ask the data owner for access.",
  filtered: 'The figures of the whole company are not for you. Ask for your part in a message.',
} as const;

/** The latest day's figures, their course, and the parts, as far as these rights go; read from the KPI store in milliseconds. */
export async function readTiles(rights: Rights, today: Day, needs: TileNeeds): Promise<Figures> {
  const none = (why: string): Figures => ({
    of: '',
    day: null,
    tiles: [],
    why,
    branches: [],
    categories: [],
  });
  if (rights.tables !== 'all') return none(NO_FIGURES.notForYou);
  const filters = Object.keys(rights.rowFilters);
  const own = rights.rowFilters['branch_id'];
  if (filters.length > 0 && (filters.length > 1 || own?.length !== 1)) return none(NO_FIGURES.filtered);
  const branch = own?.[0];
  for (const days of LOOK_BACK_DAYS) {
    const [from, to] = [addDays(today, -days), today];
    const rows = branch ? await needs.kpis.byBranch(branch, from, to) : await needs.kpis.daily(from, to);
    const day = rows.at(-1)?.orderDate;
    if (!day) continue;
    const first = addDays(day, 1 - HISTORY_DAYS);
    const recent: Row[] =
      rows[0] && rows[0].orderDate <= first
        ? rows
        : branch
          ? await needs.kpis.byBranch(branch, first, addDays(day, 1))
          : await needs.kpis.daily(first, addDays(day, 1));
    const parts = branch ? { branches: [], categories: [] } : await readParts(day, rights, needs);
    return { of: branch ?? '', day, tiles: tilesOf(recent, day, rights, needs.locale), why: null, ...parts };
  }
  return none(NO_FIGURES.none);
}

const KPIS: {
  metric: string;
  label: string;
  unit: Unit;
  note?: string;
  read(row: Row): string | null;
}[] = [
  { metric: 'revenue', label: 'Revenue', unit: { kind: 'money' }, read: (row) => row.totalRevenue },
  { metric: 'orders', label: 'Orders', unit: { kind: 'count' }, read: (row) => String(row.totalOrders) },
  {
    metric: 'average_order_value',
    label: 'Average order',
    unit: { kind: 'money' },
    read: (row) => {
      const value = divide(decimal(row.totalRevenue), decimal(row.totalOrders), 2);
      return value ? toText(value) : null;
    },
  },
  {
    metric: 'units',
    label: 'Items sold',
    unit: { kind: 'count' },
    read: (row) => String(row.totalItemsSold),
  },
  {
    metric: 'customers',
    label: 'Customers',
    unit: { kind: 'count' },
    read: (row) => (row.uniqueCustomers === undefined ? null : String(row.uniqueCustomers)),
  },
  {
    metric: 'return_rate',
    note: "Of that day's items, so far: returns come later than the sale.",
    label: 'Return rate',
    unit: { kind: 'share' },
    read: (row) => row.returnRate,
  },
];

function tilesOf(rows: Row[], day: Day, rights: Rights, locale: Locale): DashboardTile[] {
  return KPIS.filter(({ metric }) => rights.metrics === 'all' || rights.metrics.includes(metric)).flatMap(
    (kpi) => {
      const byDay = new Map(rows.map((row) => [row.orderDate, kpi.read(row)]));
      const value = byDay.get(day);
      if (value === null || value === undefined) return [];
      const days = Array.from({ length: COURSE_DAYS }, (_, index) =>
        addDays(day, index + 1 - COURSE_DAYS),
      ).flatMap((each) => {
        const text = byDay.get(each);
        return text ? [{ day: each, value: Number(text), shown: formatNumber(text, kpi.unit, locale) }] : [];
      });
      // Returns come later than the sale: the newest day against older ones would always look good.
      const changes =
        kpi.metric === 'return_rate'
          ? []
          : [
              changeFrom(value, byDay.get(addDays(day, -1)) ?? null, 'on the day before', locale),
              changeFrom(
                value,
                usualOf(byDay, day),
                `on an average ${WEEKDAYS[isoWeekday(day) - 1]}`,
                locale,
              ),
            ].filter((each) => each !== null);
      return [
        {
          label: kpi.label,
          value: formatNumber(value, kpi.unit, locale),
          changes,
          days,
          note: kpi.note ?? null,
        },
      ];
    },
  );
}

function usualOf(byDay: Map<Day, string | null>, day: Day): string | null {
  const values = Array.from({ length: WEEKS }, (_, week) => byDay.get(addDays(day, -7 * (week + 1)))).flatMap(
    (text) => (text ? (tryDecimal(text) ?? []) : []),
  );
  const mean = values.length >= WEEKS / 2 ? divide(sum(values), decimal(values.length), 4) : undefined;
  return mean ? toText(mean) : null;
}

async function readParts(
  day: Day,
  rights: Rights,
  { kpis, locale }: TileNeeds,
): Promise<Pick<Figures, 'branches' | 'categories'>> {
  if (rights.metrics !== 'all' && !rights.metrics.includes('revenue'))
    return { branches: [], categories: [] };
  const [from, to] = [addDays(day, -27), addDays(day, 1)];
  const [branches, categories] = await Promise.all([kpis.branches(), kpis.categories()]);
  const branch = async (name: string): Promise<DashboardPart> => {
    const days = await kpis.byBranch(name, from, to);
    const revenue = days.map((row) => ({ day: row.orderDate, revenue: row.totalRevenue }));
    return partOf(name, revenue, day, locale);
  };
  const category = async (name: string): Promise<DashboardPart> => {
    const days = await kpis.byCategory(name, from, to);
    const revenue = days.map((row) => ({ day: row.orderDate, revenue: row.dailyRevenue }));
    return partOf(name, revenue, day, locale);
  };
  return {
    branches: largestFirst(await Promise.all(branches.map(branch))),
    categories: largestFirst(await Promise.all(categories.map(category))),
  };
}

function partOf(
  name: string,
  rows: { day: Day; revenue: string }[],
  day: Day,
  locale: Locale,
): DashboardPart {
  const between = (from: Day, to: Day): Decimal =>
    rows
      .filter((row) => row.day >= from && row.day <= to)
      .reduce((total, row) => add(total, decimal(row.revenue)), decimal(0));
  const now = between(addDays(day, -6), day);
  const before = between(addDays(day, -13), addDays(day, -7));
  const byDay = new Map(rows.map((row) => [row.day, Number(row.revenue)]));
  return {
    name,
    value: Number(toText(now)),
    shown: wholeMoney(now, locale),
    before: Number(toText(before)),
    change: changeFrom(toText(now), toText(before), 'on the week before', locale),
    course: Array.from({ length: 28 }, (_, index) => byDay.get(addDays(day, index - 27)) ?? 0),
  };
}

function largestFirst(parts: DashboardPart[]): DashboardPart[] {
  return parts.filter(({ value, before }) => value > 0 || before > 0).sort((a, b) => b.value - a.value);
}

function changeFrom(
  value: string,
  base: string | null,
  against: string,
  locale: Locale,
): DashboardChange | null {
  const [now, before] = [tryDecimal(value), base === null ? undefined : tryDecimal(base)];
  if (!now || !before) return null;
  const change = divide(subtract(now, before), before, 3);
  if (!change) return null;
  const size = change.units < 0n ? negate(change) : change;
  return {
    direction: change.units > 0n ? 'up' : change.units < 0n ? 'down' : 'level',
    size: formatNumber(toText(size), { kind: 'share' }, locale),
    against,
  };
}

function wholeMoney(value: Decimal, locale: Locale): string {
  return new Intl.NumberFormat(locale.language, {
    style: 'currency',
    currency: locale.currency,
    maximumFractionDigits: 0,
  }).format(Number(toText(value)));
}
