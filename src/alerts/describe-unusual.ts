import type { ChartSpec } from '../domain/answer.ts';
import { AppError } from '../domain/app-error.ts';
import { addDays, daysBetween } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { ResultColumn, ResultTable, Unit } from '../domain/result-table.ts';
import { checkNumbers } from '../questions/check-numbers.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { Figure, Unusual } from './unusual.ts';

/** What is said of a finding, with the numbers it rests on. */
export type Described = {
  key: string;
  /** 'Leeds Briggate sells far less than usual'. */
  headline: string;
  sentences: string[];
  /** The finding's figures in one row. */
  evidence: ResultTable;
  course: { table: ResultTable; chart: ChartSpec } | null;
  /** A question that Plumbline answers with a decomposition. */
  why: string;
};

const LABELS: Record<Figure['measure'], string> = {
  revenue: 'Revenue',
  orders: 'Orders',
  lines: 'Lines sold',
  'returned units': 'Returned items',
  'return rate': 'Return rate',
  'margin rate': 'Margin rate',
};
const WATCHED = { sales: 'Revenue', returns: 'Returned items', margin: 'Margin', stock: 'Sales' } as const;

/**
 * A finding in plain sentences, deterministic, each figure held against the evidence by the number gate.
 * Errors: internal when a sentence says what its evidence does not hold.
 */
export function describeUnusual(unusual: Unusual, locale: Locale): Described {
  const evidence = evidenceOf(unusual, locale);
  const sentences = sentencesOf(unusual, evidence, locale);
  const headline = headlineOf(unusual);
  const said = {
    understood: [span(unusual)],
    vocabulary: [unusual.name, unusual.part?.name ?? '', ...unusual.absorbed],
  };
  for (const sentence of [headline, ...sentences]) {
    const verdict = checkNumbers(sentence, { table: evidence, ...said });
    if (!verdict.passed)
      throw new AppError('internal', {
        detail: 'A sentence of an alert is not held by its evidence.',
        context: { figure: verdict.figure, why: verdict.why, key: unusual.key },
      });
  }
  return {
    key: unusual.key,
    headline,
    sentences,
    evidence,
    course: courseOf(unusual, locale),
    why: whyOf(unusual),
  };
}

function headlineOf({ watched, name, direction, level }: Unusual): string {
  if (watched === 'stock') return `${name} sells but is counted as out of stock`;
  if (watched === 'returns')
    return `More of ${level === 'company' ? 'what we sell' : name} comes back than usual`;
  if (watched === 'margin')
    return `The margin of ${name === 'The whole company' ? 'the whole company' : name} is lower than usual`;
  return `${name} sells ${direction === 'fall' ? 'less' : 'more'} than usual`;
}

function sentencesOf(unusual: Unusual, evidence: ResultTable, locale: Locale): string[] {
  const [first, second] = unusual.figures;
  if (!first) return [];
  const shown = (column: string) => shownCell(evidence, column, locale);
  if (unusual.watched === 'stock')
    return [
      `The latest count found none of it anywhere, though it sold ${shown('lines')} times (${shown('revenue')}) ${span(unusual)}.`,
    ];
  const name = columnName(first.measure);
  const sentences = [
    `${LABELS[first.measure]} ${span(unusual)}: ${shown(name)}, where ${shown(`usual_${name}`)} would be usual (between ${shown(`least_${name}`)} and ${shown(`most_${name}`)}).`,
  ];
  if (second) {
    const other = columnName(second.measure);
    sentences.push(`${LABELS[second.measure]}: ${shown(other)}, usually ${shown(`usual_${other}`)}.`);
  }
  sentences.push(sizeOf(unusual, shown('money')));
  if (unusual.part)
    sentences.push(
      `${unusual.part.share > 0.6 ? 'Most' : 'The largest part'} of it is ${unusual.part.name} (${shown('part_share')}).`,
    );
  if (unusual.absorbed.length > 0) sentences.push(`For the same reason: ${listed(unusual.absorbed)}.`);
  return sentences;
}

function sizeOf({ watched, direction }: Unusual, money: string): string {
  if (watched === 'returns') return `What came back beyond the usual is worth about ${money}.`;
  if (watched === 'margin') return `That is about ${money} of profit less.`;
  return direction === 'fall' ? `That is about ${money} missing.` : `That is about ${money} more.`;
}

/** 'on 20 Nov 2026', 'from 14 Nov 2026 to 20 Nov 2026'. */
function span({ from, last }: Unusual): string {
  return from === last ? `on ${dayInWords(last)}` : `from ${dayInWords(from)} to ${dayInWords(last)}`;
}

function listed(names: string[]): string {
  const unique = [...new Set(names)];
  if (unique.length <= 4) return unique.join(', ');
  return `${unique.slice(0, 3).join(', ')} and others`;
}

function evidenceOf(unusual: Unusual, locale: Locale): ResultTable {
  const columns: ResultColumn[] = [{ name: 'what', label: 'What', type: 'text' }];
  const row: (string | null)[] = [unusual.name];
  const put = (name: string, label: string, value: number, unit: Unit): void => {
    columns.push({ name, label, type: unit.kind === 'count' ? 'integer' : 'decimal', unit });
    row.push(rounded(value, unit, locale));
  };
  for (const figure of unusual.figures) {
    const unit = unitOf(figure.measure, locale);
    const name = columnName(figure.measure);
    put(name, LABELS[figure.measure], figure.actual, unit);
    put(`usual_${name}`, `${LABELS[figure.measure]}, usual`, figure.expected, unit);
    put(`least_${name}`, `${LABELS[figure.measure]}, usual at least`, figure.least, unit);
    put(`most_${name}`, `${LABELS[figure.measure]}, usual at most`, figure.most, unit);
  }
  put('money', 'Size in money', unusual.money, { kind: 'money', of: locale.currency });
  if (unusual.part) put('part_share', `Share of ${unusual.part.name}`, unusual.part.share, { kind: 'share' });
  return { columns, rows: [row], truncated: false };
}

function columnName(measure: Figure['measure']): string {
  return measure.replaceAll(' ', '_');
}

function unitOf(measure: Figure['measure'], locale: Locale): Unit {
  if (measure === 'revenue') return { kind: 'money', of: locale.currency };
  if (measure === 'return rate' || measure === 'margin rate') return { kind: 'share' };
  return { kind: 'count' };
}

/** Estimates are not told to the penny: money and counts in whole units, rates to a tenth of a point. */
function rounded(value: number, unit: Unit, _locale: Locale): string {
  return unit.kind === 'share' ? value.toFixed(3) : String(Math.round(value));
}

function shownCell(table: ResultTable, name: string, locale: Locale): string {
  const index = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[index];
  return shownNumber(String(table.rows[0]?.[index] ?? '0'), column?.unit, locale);
}

/** Whole money without pence. */
export function shownNumber(text: string, unit: Unit | undefined, locale: Locale): string {
  if (unit?.kind !== 'money' || text.includes('.')) return formatNumber(text, unit, locale);
  return new Intl.NumberFormat(locale.language, {
    style: 'currency',
    currency: locale.currency,
    maximumFractionDigits: 0,
  }).format(Number(text));
}

function courseOf(unusual: Unusual, locale: Locale): Described['course'] {
  if (unusual.course.length < 2) return null;
  const measure = WATCHED[unusual.watched];
  const unit: Unit =
    unusual.watched === 'returns' ? { kind: 'count' } : { kind: 'money', of: locale.currency };
  const x = unusual.grain === 'week' ? 'week' : 'day';
  return {
    table: {
      columns: [
        { name: x, label: unusual.grain === 'week' ? 'Week from' : 'Day', type: 'date' },
        { name: 'actual', label: measure, type: 'decimal', unit },
        { name: 'usual', label: 'Usual', type: 'decimal', unit },
      ],
      rows: unusual.course.map((point) => [
        point.from,
        String(Math.round(point.actual)),
        String(Math.round(point.expected)),
      ]),
      truncated: false,
    },
    chart: {
      kind: 'line',
      title: `${measure} per ${x}: ${unusual.name}`.slice(0, 50),
      x,
      y: ['actual', 'usual'],
      series: null,
      unitLabel: unit.kind === 'money' ? locale.currency : 'items',
      source: `Plumbline, through ${dayInWords(unusual.last)}`,
    },
  };
}

/** In words that the planner knows. A single day is held against the same weekday a week earlier. */
function whyOf(unusual: Unusual): string {
  const { watched, direction, slice, from, last, name } = unusual;
  if (watched === 'stock' || slice.product !== null) {
    const metric = watched === 'returns' ? 'returned units' : 'revenue';
    return `${metric} of product containing "${name}" per week since ${dayInWords(addDays(last, -83))}`;
  }
  const metric = watched === 'margin' ? 'margin rate' : watched === 'returns' ? 'returned units' : 'revenue';
  const of =
    slice.branch !== null ? ` of branch "${name}"` : slice.category !== null ? ` of category "${name}"` : '';
  const days = daysBetween(from, last) + 1;
  const turn = direction === 'fall' ? 'fall' : 'rise';
  return days === 1
    ? `why did ${metric}${of} ${turn} on ${dayInWords(last)} compared with ${dayInWords(addDays(last, -7))}`
    : `why did ${metric}${of} ${turn} in the last ${days} days`;
}
