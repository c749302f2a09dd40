import { shownNumber } from '../alerts/describe-unusual.ts';
import { AppError } from '../domain/app-error.ts';
import { addDays, type Day } from '../domain/day.ts';
import {
  add,
  compare,
  decimal,
  divide,
  round,
  subtract,
  sum,
  toText,
  tryDecimal,
} from '../domain/decimal.ts';
import { dayInWords, inWords } from '../domain/period.ts';
import type { ResultTable, Unit } from '../domain/result-table.ts';
import { checkNumbers } from '../questions/check-numbers.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { PartOfDay } from './compare-parts.ts';
import type { DigestKpi } from './digest.ts';
import { type KpiValues, toDatePeriods } from './read-kpis.ts';

/** Exact text of what is compared, and the change as a share; null where there is nothing to compare with. */
export type Compared = { base: string; change: string | null };

export type KpiEvidence = {
  kpi: DigestKpi;
  label: string;
  unit: Unit;
  value: string | null;
  dayBefore: Compared | null;
  /** Against the average of the same weekday of eight weeks. */
  sameWeekday: Compared | null;
  month: { value: string; lastMonth: Compared | null; lastYear: Compared | null } | null;
  year: { value: string; lastYear: Compared | null } | null;
};

export type DigestEvidence = {
  kpis: KpiEvidence[];
  parts: PartOfDay[];
  locale: Locale;
  /** Everything that the sentences may name, one row a KPI or part, so that the number gate can hold them. */
  tables: ResultTable[];
};

const WEEKS = 8;

export function digestEvidence(
  values: KpiValues[],
  parts: PartOfDay[],
  of: { day: Day; first: Day; locale: Locale },
): DigestEvidence {
  const kpis = values.map((value) => evidenceOf(value, of));
  return { kpis, parts, locale: of.locale, tables: [...kpis.map(kpiTable), partTable(parts, of.locale)] };
}

function evidenceOf(kpi: KpiValues, { day, first }: { day: Day; first: Day }): KpiEvidence {
  const periods = toDatePeriods(day);
  const at = (wanted: Day): string | null => kpi.days.find((each) => each.day === wanted)?.value ?? null;
  const value = at(day);
  const held = (base: string | null, from: Day, against = value): Compared | null =>
    base === null || against === null || from < first
      ? null
      : { base, change: changeOf(against, base, kpi.unit) };
  return {
    kpi: kpi.kpi,
    label: kpi.label,
    unit: kpi.unit,
    value,
    dayBefore: held(at(addDays(day, -1)), addDays(day, -1)),
    sameWeekday: held(
      averageOf(Array.from({ length: WEEKS }, (_, week) => at(addDays(day, -7 * (week + 1))))),
      addDays(day, -7 * WEEKS),
    ),
    month:
      kpi.monthToDate === null
        ? null
        : {
            value: kpi.monthToDate,
            lastMonth: held(kpi.lastMonthToDate, periods.lastMonthToDate.from, kpi.monthToDate),
            lastYear: held(kpi.monthToDateLastYear, periods.monthToDateLastYear.from, kpi.monthToDate),
          },
    year:
      kpi.yearToDate === null
        ? null
        : {
            value: kpi.yearToDate,
            lastYear: held(kpi.lastYearToDate, periods.lastYearToDate.from, kpi.yearToDate),
          },
  };
}

/** As a share of what is compared with; for rates the difference in points. */
function changeOf(value: string, base: string, unit: Unit): string | null {
  const [now, before] = [tryDecimal(value), tryDecimal(base)];
  if (!now || !before) return null;
  if (unit.kind === 'share') return toText(round(subtract(now, before), 3));
  const change = divide(subtract(now, before), before, 3);
  return change ? toText(change) : null;
}

function averageOf(values: (string | null)[]): string | null {
  const known = values.flatMap((value) => (value === null ? [] : (tryDecimal(value) ?? [])));
  if (known.length < WEEKS / 2) return null;
  const mean = divide(sum(known), decimal(known.length), 4);
  return mean ? toText(mean) : null;
}

/** One row, one column a figure; counts of people and orders on average are shown with one decimal at most. */
function kpiTable(kpi: KpiEvidence): ResultTable {
  const cells: [string, string | null, Unit][] = [
    ['value', kpi.value, kpi.unit],
    ['day_before', kpi.dayBefore?.base ?? null, kpi.unit],
    ['same_weekday', kpi.sameWeekday?.base ?? null, kpi.unit],
    ['month', kpi.month?.value ?? null, kpi.unit],
    ['last_month', kpi.month?.lastMonth?.base ?? null, kpi.unit],
    ['month_last_year', kpi.month?.lastYear?.base ?? null, kpi.unit],
    ['year', kpi.year?.value ?? null, kpi.unit],
    ['last_year', kpi.year?.lastYear?.base ?? null, kpi.unit],
    ['day_before_change', kpi.dayBefore?.change ?? null, { kind: 'share' }],
    ['same_weekday_change', kpi.sameWeekday?.change ?? null, { kind: 'share' }],
    ['last_month_change', kpi.month?.lastMonth?.change ?? null, { kind: 'share' }],
    ['month_last_year_change', kpi.month?.lastYear?.change ?? null, { kind: 'share' }],
    ['last_year_change', kpi.year?.lastYear?.change ?? null, { kind: 'share' }],
  ];
  return {
    columns: cells.map(([name, , unit]) => ({ name: `${kpi.kpi}_${name}`, type: 'decimal', unit })),
    rows: [cells.map(([, value]) => value)],
    truncated: false,
  };
}

function partTable(parts: PartOfDay[], locale: Locale): ResultTable {
  const unit: Unit = { kind: 'money', of: locale.currency };
  return {
    columns: [
      { name: 'part', type: 'text' },
      { name: 'revenue', type: 'decimal', unit },
      { name: 'usual', type: 'decimal', unit },
      { name: 'difference', type: 'decimal', unit },
    ],
    rows: parts.map((part) => [
      part.name,
      String(part.actual),
      String(part.usual),
      toText(add(decimal(part.actual), decimal(-part.usual))),
    ]),
    truncated: false,
  };
}

/**
 * Holds every figure of the sentences against the evidence. A sentence may speak of several KPIs, so all their figures
 * stand in one row. Errors: internal.
 */
export function checkDigest(sentences: string[], evidence: DigestEvidence, day: Day): void {
  const [parts] = evidence.tables.slice(-1);
  const kpis = evidence.tables.slice(0, -1);
  const wide: ResultTable = {
    columns: kpis.flatMap((table) => table.columns),
    rows: [kpis.flatMap((table) => table.rows[0] ?? [])],
    truncated: false,
  };
  const periods = Object.values(toDatePeriods(day)).map(inWords);
  const understood = [dayInWords(day), ...periods, 'eight weeks'];
  const vocabulary = evidence.parts.map((part) => part.name);
  for (const sentence of sentences) {
    const held = [wide, parts].some(
      (table) => table && checkNumbers(sentence, { table, understood, vocabulary }).passed,
    );
    if (!held)
      throw new AppError('internal', {
        detail: 'A sentence of a digest is not held by its evidence.',
        context: { sentence },
      });
  }
}

export function shown(value: string, unit: Unit, locale: Locale, whole = false): string {
  const parsed = tryDecimal(value);
  if (!parsed) return value;
  if (unit.kind === 'money' && whole && compare(parsed, decimal(100)) > 0)
    return shownNumber(toText(round(parsed, 0)), { kind: 'money', of: locale.currency }, locale);
  return formatNumber(unit.kind === 'count' && whole ? toText(round(parsed, 0)) : value, unit, locale);
}
