import { addDays, type Day } from '../domain/day.ts';
import { divide, tryDecimal } from '../domain/decimal.ts';
import { dayInWords } from '../domain/period.ts';
import type { Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { KpiStore } from '../ports/kpi-store.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import { type Block, context, cut } from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { WORDS } from './words.ts';

/** One figure with its days, oldest first. Values are exact decimal text. */
export type KpiTile = { label: string; unit: Unit; days: Day[]; values: string[] };

const TREND_DAYS = 14;
/** Data may end some time ago: as far as is looked back for the latest day. */
const LOOK_BACK_DAYS = [TREND_DAYS, 120, 800] as const;

/** The latest days' figures that these rights may see; a reason in words when there are none. */
export async function latestKpis(
  rights: Rights,
  today: Day,
  kpis: KpiStore,
  category?: string,
): Promise<{ tiles: KpiTile[]; of: string } | { why: string }> {
  if (rights.tables !== 'all') return { why: WORDS.nothingForYou };
  const filters = Object.keys(rights.rowFilters);
  const branches = rights.rowFilters.branch_id;
  if (filters.length > 0 && (filters.length > 1 || branches?.length !== 1 || category))
    return { why: WORDS.kpisNotForYou };
  for (const days of LOOK_BACK_DAYS) {
    const from = addDays(today, 1 - days);
    const to = addDays(today, 1);
    const branch = branches?.[0];
    const tiles = category
      ? categoryTiles(await kpis.byCategory(category, from, to))
      : branch
        ? dailyTiles(await kpis.byBranch(branch, from, to))
        : dailyTiles(await kpis.daily(from, to));
    const allowed = tiles.filter(
      (tile) =>
        rights.metrics === 'all' || rights.metrics.includes(tile.label.toLowerCase().replaceAll(' ', '_')),
    );
    if (allowed.some((tile) => tile.values.length > 0))
      return { tiles: allowed, of: category ?? branch ?? '' };
  }
  return { why: WORDS.noKpis };
}

/** Tiles two in a row: name, latest value, change from the day before, and the course as a small picture of bars. */
export function kpiBlocks(tiles: KpiTile[], of: string, locale: Locale): Block[] {
  const shown = tiles.filter((tile) => tile.values.length > 0).slice(0, 10);
  const day = shown[0]?.days.at(-1);
  return [
    ...(shown.length > 0
      ? [{ type: 'section', block_id: 'kpis', fields: shown.map((tile) => tileField(tile, locale)) }]
      : []),
    ...context('kpi-day', [day ? WORDS.kpiDay(of, dayInWords(day)) : '']),
  ];
}

function tileField(tile: KpiTile, locale: Locale): Record<string, unknown> {
  const latest = tile.values.at(-1) ?? '0';
  const text = [
    `*${escapeMrkdwn(tile.label)}*`,
    `${escapeMrkdwn(formatNumber(latest, tile.unit, locale))}  ${changeInWords(tile, locale)}`,
    sparkline(tile.values.slice(-TREND_DAYS)),
  ].join('\n');
  return { type: 'mrkdwn', text: cut(text, 2000), verbatim: true };
}

/** '▲ 12.3%' from the day before; empty when there is none. */
function changeInWords(tile: KpiTile, locale: Locale): string {
  const [before, now] = [tile.values.at(-2), tile.values.at(-1)].map((text) => tryDecimal(text ?? ''));
  if (!before || !now || before.units === 0n) return '';
  const ratio = divide(now, before, 4);
  if (!ratio) return '';
  const change = { units: ratio.units - 10_000n, scale: 4 };
  const sign = change.units > 0n ? WORDS.up : change.units < 0n ? WORDS.down : WORDS.level;
  const size = change.units < 0n ? { ...change, units: -change.units } : change;
  return `${sign} ${formatNumber(`${Number(size.units) / 10_000}`, { kind: 'share' }, locale)}`;
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A course as a line of bars, lowest to highest value. */
export function sparkline(values: string[]): string {
  const numbers = values.map(Number).filter(Number.isFinite);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return numbers
    .map(
      (value) =>
        BARS[high === low ? 3 : Math.round(((value - low) / (high - low)) * (BARS.length - 1))] ?? '▁',
    )
    .join('');
}

type Daily = {
  orderDate: Day;
  totalOrders: number;
  totalRevenue: string;
  totalItemsSold: number;
  returnRate: string;
  uniqueCustomers?: number;
};

function dailyTiles(items: Daily[]): KpiTile[] {
  const recent = items.slice(-TREND_DAYS);
  const days = recent.map((item) => item.orderDate);
  const tile = (label: string, unit: Unit, value: (item: Daily) => string | number): KpiTile => ({
    label,
    unit,
    days,
    values: recent.map((item) => String(value(item))),
  });
  return [
    tile(WORDS.kpiNames.revenue, { kind: 'money' }, (item) => item.totalRevenue),
    tile(WORDS.kpiNames.orders, { kind: 'count' }, (item) => item.totalOrders),
    tile(WORDS.kpiNames.units, { kind: 'count' }, (item) => item.totalItemsSold),
    tile(WORDS.kpiNames.returnRate, { kind: 'share' }, (item) => item.returnRate),
    ...(recent.some((item) => item.uniqueCustomers !== undefined)
      ? [tile(WORDS.kpiNames.customers, { kind: 'count' }, (item) => item.uniqueCustomers ?? 0)]
      : []),
  ];
}

function categoryTiles(
  items: { orderDate: Day; dailyRevenue: string; avgOrderValue: string; avgReturnRate: string }[],
): KpiTile[] {
  const recent = items.slice(-TREND_DAYS);
  const days = recent.map((item) => item.orderDate);
  return [
    {
      label: WORDS.kpiNames.revenue,
      unit: { kind: 'money' },
      days,
      values: recent.map((item) => item.dailyRevenue),
    },
    {
      label: WORDS.kpiNames.orderValue,
      unit: { kind: 'money' },
      days,
      values: recent.map((item) => item.avgOrderValue),
    },
    {
      label: WORDS.kpiNames.returnRate,
      unit: { kind: 'share' },
      days,
      values: recent.map((item) => item.avgReturnRate),
    },
  ];
}
