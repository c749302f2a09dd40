import type { TableColumn } from './find-tables.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type PeriodHeader, periodHeader } from './period-headers.ts';
import type { Cell } from './workbook.ts';

/** `scenario` is what the heading says of its figures beside the period; null when it says nothing. */
export type CrosstabColumn = { column: number; period: PeriodHeader; scenario: Scenario | null };

export type Scenario = 'budget' | 'forecast' | 'actual' | 'difference';

const SCENARIOS: readonly [Scenario, RegExp][] = [
  [
    'difference',
    /\b(var|variance|diff|difference|delta|abw|abweichung|ecart|desviacion|afwijking|scostamento)\b|%/,
  ],
  [
    'actual',
    /\b(actuals?|ist|istwerte?|reel|realise|real|realizado|werkelijk|effettivo|consuntivo|outturn|compte (provisoire|definitif|general)|prior year|last year|vorjahr)\b/,
  ],
  ['forecast', /\b(forecast|fcst|prognose|hochrechnung|prevision|prevision actualisee|estimate|outlook)\b/],
  ['budget', /\b(budget|plan|soll|target|presupuesto|begroting|orcamento|preventivo|vote)\b/],
];

const GRAINS = ['month', 'quarter', 'year'] as const;

/** Months, quarters, years or days across: at least three headings of one grain. */
export function findCrosstab(columns: TableColumn[]): CrosstabColumn[] {
  const days = daysAcross(columns);
  if (days.length > 0) return days;
  const found = columns.flatMap((column): CrosstabColumn[] => {
    const period = periodOf(column.headerCells);
    return period ? [{ column: column.column, period, scenario: scenarioOfHeading(column.header) }] : [];
  });
  for (const grain of GRAINS) {
    const own = found.filter(({ period }) => period.grain === grain);
    if (new Set(own.map(({ period }) => period.start)).size >= 3) return own;
  }
  return [];
}

/** What kind of file has such periods across: takings have days, budgets months and more. */
export function crosstabFeed(crosstab: readonly CrosstabColumn[]): 'branch_takings' | 'budgets' | undefined {
  const [first] = crosstab;
  return first && (first.period.grain === 'day' ? 'branch_takings' : 'budgets');
}

/** Dates of which several lie in one month are days, not months. */
function daysAcross(columns: TableColumn[]): CrosstabColumn[] {
  const found = columns.flatMap(({ column, headerCells }): CrosstabColumn[] => {
    const date = headerCells.find(({ kind }) => kind === 'date');
    return date ? [{ column, period: { grain: 'day', start: date.text.slice(0, 10) }, scenario: null }] : [];
  });
  const starts = new Set(found.map(({ period }) => period.start));
  const months = new Set([...starts].map((start) => start.slice(0, 7)));
  return starts.size >= 3 && months.size < starts.size ? found : [];
}

/** The finest period that the cells over a column name, with its year from any of them: '2026', 'Q1' and 'Jan' are January 2026. */
function periodOf(cells: readonly Cell[]): PeriodHeader | undefined {
  const named = cells.flatMap((cell) => headingPeriod(cell) ?? []);
  const finest = GRAINS.flatMap((grain) => named.find((period) => period.grain === grain) ?? [])[0];
  if (!finest?.start.startsWith('--')) return finest;
  const year = named.find(({ start }) => !start.startsWith('--'))?.start.slice(0, 4);
  return year ? { ...finest, start: `${year}-${finest.start.slice(2)}-01` } : finest;
}

/** 'Jan', but also 'Budget Jan 2025' and 'Jan-25 Actual'. */
function headingPeriod(cell: Cell): PeriodHeader | undefined {
  const whole = periodHeader(cell);
  if (whole || cell.kind !== 'text') return whole;
  const words = cell.text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 4) return undefined;
  for (const part of [
    words.slice(1).join(' '),
    words.slice(0, -1).join(' '),
    words.at(-1) ?? '',
    words[0] ?? '',
  ]) {
    const period = periodHeader({ kind: 'text', text: part });
    if (period) return period;
  }
  return undefined;
}

function scenarioOfHeading(header: string | null): Scenario | null {
  const text = normalizeHeader(header ?? '');
  return SCENARIOS.find(([, words]) => words.test(text))?.[0] ?? null;
}
