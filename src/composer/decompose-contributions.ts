import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  round,
  subtract,
  sum,
  toShortText,
  toText,
  ZERO,
} from '../domain/decimal.ts';
import type { Cell, ResultTable } from '../domain/result-table.ts';
import type { WhyQueries } from './decompose-change.ts';

/** One part of a change. Amounts are exact decimal text in the metric's own unit. */
export type Contribution = {
  /** null: no value of the dimension. */
  label: string | null;
  kind: 'group' | 'rest' | 'overlap';
  /** How many groups are in the rest. */
  groups: number;
  now: string | null;
  before: string | null;
  /** What this part adds to the change; all parts together are the change, to the last digit. */
  contribution: string;
  /** Of the change; null when the change is zero. Above 1, or below 0 when it goes the other way. */
  share: string | null;
  /** Ratios only: how much is the group's own rate, how much that it weighs more or less. */
  rateEffect: string | null;
  mixEffect: string | null;
};

export type Effect = {
  name: 'orders' | 'order-value' | 'price' | 'volume' | 'mix' | 'new-products' | 'dropped-products';
  contribution: string;
  share: string | null;
};

export type Decomposition = {
  metric: string;
  now: string | null;
  before: string | null;
  change: string;
  changeShare: string | null;
  byDimension: { dimension: string; parts: Contribution[] }[];
  /** Orders and order value; together the change. Empty when it is not revenue, or a period has no orders. */
  ordersAndValue: Effect[];
  /** Price, volume, mix, new and dropped products; together the change. Empty when few products sold in both periods. */
  priceAndVolume: Effect[];
  notes: string[];
};

export type WhyTables = {
  total: ResultTable;
  /** In the order of `byDimension`. */
  byDimension: ResultTable[];
  ordersAndValue: ResultTable | null;
  priceAndVolume: ResultTable | null;
};

const SCALE = 6;
const FINE = 18;

/** Results into parts. Pure; decimal arithmetic only, and rounding goes into the largest part. */
export function explainChange(why: WhyQueries, tables: WhyTables, limit = 5): Decomposition {
  const notes: string[] = [];
  const sums = cellsOf(tables.total, 0);
  const { now, before } = why.kind === 'ratio' ? ratioTotals(why, sums) : plainTotals(why, sums);
  const change = subtract(now ?? ZERO, before ?? ZERO);
  const byDimension = why.byDimension.flatMap(({ dimension, asked }, n) => {
    const table = tables.byDimension[n];
    if (!table) return [];
    const parts =
      why.kind === 'ratio'
        ? ratioParts(why, table, dimension, sums, change, limit)
        : sumParts(why, table, dimension, change, limit);
    if (!parts && asked) notes.push(`By ${dimension} the parts overlap, so they cannot be weighed.`);
    return parts && (asked || parts.length > 1) ? [{ dimension, parts }] : [];
  });
  return {
    metric: why.metric.name,
    now: now ? toShortText(now) : null,
    before: before ? toShortText(before) : null,
    change: toShortText(change),
    changeShare: shareOf(change, before ? absolute(before) : undefined),
    byDimension,
    ordersAndValue: tables.ordersAndValue ? ordersAndValue(cellsOf(tables.ordersAndValue, 0), change) : [],
    priceAndVolume: tables.priceAndVolume ? priceAndVolume(cellsOf(tables.priceAndVolume, 0), change) : [],
    notes,
  };
}

type Cells = (column: string) => Decimal | null;

function cellsOf(table: ResultTable, row: number): Cells {
  return (column) => {
    const at = table.columns.findIndex(({ name }) => name === column);
    const cell: Cell = table.rows[row]?.[at] ?? null;
    return cell === null ? null : decimal(String(cell));
  };
}

function plainTotals(why: WhyQueries, sums: Cells): { now: Decimal | null; before: Decimal | null } {
  return { now: sums(why.metric.name), before: sums(`${why.metric.name}_before`) };
}

function ratioTotals(why: WhyQueries, sums: Cells): { now: Decimal | null; before: Decimal | null } {
  const of = (suffix: string) => {
    const { numerator, denominator } = ratioColumns(why, suffix);
    return divide(sums(numerator) ?? ZERO, sums(denominator) ?? ZERO, SCALE) ?? null;
  };
  return { now: of(''), before: of('_before') };
}

function ratioColumns(why: WhyQueries, suffix: string): { numerator: string; denominator: string } {
  const { metric } = why;
  if (metric.kind !== 'ratio') return { numerator: '', denominator: '' };
  return { numerator: `${metric.numerator}${suffix}`, denominator: `${metric.denominator}${suffix}` };
}

/** Groups that hold the same person twice do not add up; what is left is a part of its own. */
function sumParts(
  why: WhyQueries,
  table: ResultTable,
  dimension: string,
  change: Decimal,
  limit: number,
): Contribution[] {
  const name = why.metric.name;
  const parts = table.rows.map((_, row): Part => {
    const cells = cellsOf(table, row);
    const [now, before] = [cells(name), cells(`${name}_before`)];
    return part(labelOf(table, row, dimension), now, before, subtract(now ?? ZERO, before ?? ZERO));
  });
  const left = subtract(change, total(parts));
  if (left.units !== 0n) {
    const missing = table.truncated ? 'rest' : 'overlap';
    parts.push({ ...part(null, null, null, left), kind: missing, groups: 0 });
  }
  return written(largest(parts, limit), change);
}

/**
 * A ratio changes because groups change (rate) or because their weights do (mix):
 * w1 (r1 - r0) + (w1 - w0) (r0 - R0), summed over groups, is R1 - R0 (the usual mix and rate split, weights by the
 * denominator). Undefined when the groups' denominators do not add up to the whole.
 */
function ratioParts(
  why: WhyQueries,
  table: ResultTable,
  dimension: string,
  sums: Cells,
  change: Decimal,
  limit: number,
): Contribution[] | undefined {
  const [now, before] = [ratioColumns(why, ''), ratioColumns(why, '_before')];
  const [wholeNow, wholeBefore] = [sums(now.denominator), sums(before.denominator)];
  if (!wholeNow?.units || !wholeBefore?.units || table.truncated) return undefined;
  const overall = divide(sums(before.numerator) ?? ZERO, wholeBefore, FINE) ?? ZERO;
  let weightsNow = ZERO;
  let weightsBefore = ZERO;
  const parts = table.rows.map((_, row): Part => {
    const cells = cellsOf(table, row);
    const [n1, d1] = [cells(now.numerator) ?? ZERO, cells(now.denominator) ?? ZERO];
    const [n0, d0] = [cells(before.numerator) ?? ZERO, cells(before.denominator) ?? ZERO];
    weightsNow = add(weightsNow, d1);
    weightsBefore = add(weightsBefore, d0);
    const [r1, r0] = [divide(n1, d1, FINE), divide(n0, d0, FINE)];
    const w1 = divide(d1, wholeNow, FINE) ?? ZERO;
    const w0 = divide(d0, wholeBefore, FINE) ?? ZERO;
    const rate = r1 && r0 ? round(multiply(w1, subtract(r1, r0)), SCALE) : ZERO;
    const moved = subtract(divide(n1, wholeNow, FINE) ?? ZERO, divide(n0, wholeBefore, FINE) ?? ZERO);
    const effect = round(subtract(moved, multiply(overall, subtract(w1, w0))), SCALE);
    return {
      ...part(
        labelOf(table, row, dimension),
        r1 ? round(r1, SCALE) : null,
        r0 ? round(r0, SCALE) : null,
        effect,
      ),
      rate,
      mix: subtract(effect, rate),
    };
  });
  if (subtract(weightsNow, wholeNow).units !== 0n || subtract(weightsBefore, wholeBefore).units !== 0n) {
    return undefined;
  }
  return written(largest(settle(parts, change), limit), change);
}

type Part = {
  label: string | null;
  kind: Contribution['kind'];
  groups: number;
  now: Decimal | null;
  before: Decimal | null;
  contribution: Decimal;
  rate: Decimal | null;
  mix: Decimal | null;
};

function part(
  label: string | null,
  now: Decimal | null,
  before: Decimal | null,
  contribution: Decimal,
): Part {
  return { label, kind: 'group', groups: 1, now, before, contribution, rate: null, mix: null };
}

function labelOf(table: ResultTable, row: number, dimension: string): string | null {
  const at = table.columns.findIndex(({ name }) => name === dimension);
  const cell = table.rows[row]?.[at] ?? null;
  return cell === null ? null : String(cell);
}

/** Rounding of the parts goes into the largest of them. */
function settle(parts: Part[], change: Decimal): Part[] {
  const left = subtract(change, total(parts));
  const first = [...parts].toSorted(bySizeThenLabel)[0];
  if (left.units === 0n || !first) return parts;
  return parts.map((one) =>
    one === first
      ? { ...one, contribution: add(one.contribution, left), mix: add(one.mix ?? ZERO, left) }
      : one,
  );
}

function largest(parts: Part[], limit: number): Part[] {
  const groups = parts.filter(({ kind }) => kind === 'group').toSorted(bySizeThenLabel);
  const others = parts.filter(({ kind }) => kind !== 'group');
  const tail = groups.slice(limit);
  if (tail.length <= 1) return [...groups, ...others];
  const rest: Part = {
    ...part(null, sumOf(tail, 'now'), sumOf(tail, 'before'), total(tail)),
    kind: 'rest',
    groups: tail.length,
    rate: sumOf(tail, 'rate'),
    mix: sumOf(tail, 'mix'),
  };
  const isRatio = tail.some(({ rate }) => rate !== null);
  return [...groups.slice(0, limit), isRatio ? { ...rest, now: null, before: null } : rest, ...others];
}

function sumOf(parts: Part[], key: 'now' | 'before' | 'rate' | 'mix'): Decimal | null {
  const known = parts.flatMap((one) => (one[key] ? [one[key]] : []));
  return known.length === 0 ? null : sum(known);
}

function total(parts: { contribution: Decimal }[]): Decimal {
  return sum(parts.map(({ contribution }) => contribution));
}

function bySizeThenLabel(a: Part, b: Part): number {
  const bySize = compare(absolute(b.contribution), absolute(a.contribution));
  if (bySize !== 0) return bySize;
  return (a.label ?? '') < (b.label ?? '') ? -1 : 1;
}

function written(parts: Part[], change: Decimal): Contribution[] {
  const text = (value: Decimal | null) => (value === null ? null : toShortText(value));
  return parts.map(({ label, kind, groups, now, before, contribution, rate, mix }) => ({
    label,
    kind,
    groups,
    now: text(now),
    before: text(before),
    contribution: toShortText(contribution),
    share: shareOf(contribution, change),
    rateEffect: text(rate),
    mixEffect: text(mix),
  }));
}

/** Half of the change of orders at each period's order value, and the other way round; together the change. */
function ordersAndValue(cells: Cells, change: Decimal): Effect[] {
  const [ordersNow, ordersBefore] = [cells('orders_with_lines'), cells('orders_with_lines_before')];
  const valueNow = divide(cells('revenue') ?? ZERO, ordersNow ?? ZERO, FINE);
  const valueBefore = divide(cells('revenue_before') ?? ZERO, ordersBefore ?? ZERO, FINE);
  if (!ordersNow || !ordersBefore || !valueNow || !valueBefore) return [];
  const twice = multiply(subtract(ordersNow, ordersBefore), add(valueNow, valueBefore));
  const orders = divide(twice, decimal('2'), 4) ?? ZERO;
  return [effect('orders', orders, change), effect('order-value', subtract(change, orders), change)];
}

function priceAndVolume(cells: Cells, change: Decimal): Effect[] {
  const of = (column: string) => cells(column) ?? ZERO;
  if (!mostlyKept(of, '') || !mostlyKept(of, '_before')) return [];
  const known = [
    effect('price', of('price_effect'), change),
    effect('volume', of('volume_effect'), change),
    effect('new-products', of('new_products'), change),
    effect('dropped-products', of('dropped_products'), change),
  ];
  const mix = subtract(change, sum(known.map(({ contribution }) => decimal(contribution))));
  return [...known, effect('mix', mix, change)];
}

/** Where most products sell in one of the periods only, price and volume say nothing. */
function mostlyKept(of: (column: string) => Decimal, suffix: string): boolean {
  return compare(multiply(of(`kept_revenue${suffix}`), decimal('2')), of(`revenue${suffix}`)) >= 0;
}

function effect(name: Effect['name'], contribution: Decimal, change: Decimal): Effect {
  return { name, contribution: toShortText(contribution), share: shareOf(contribution, change) };
}

function shareOf(part: Decimal, whole: Decimal | undefined): string | null {
  const share = whole ? divide(part, whole, SCALE) : undefined;
  return share ? toText(share) : null;
}

function absolute(value: Decimal): Decimal {
  return value.units < 0n ? { units: -value.units, scale: value.scale } : value;
}
