import {
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  negate,
  round,
  subtract,
  sum,
  tryDecimal,
} from '../domain/decimal.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { readable } from './format-value.ts';
import { type Figure, figuresIn } from './read-figures.ts';

/** What a sentence may speak of. */
export type GateFacts = {
  table: ResultTable;
  /** Dates and numbers of the question itself as understood ('3 Nov 2025', 'top 5'): always allowed as they are. */
  understood: string[];
  /** Names that may be spoken though they are no cells: metric labels, dimension names, holidays. */
  vocabulary: string[];
};

export type GateVerdict = { passed: true } | { passed: false; figure: string; why: string };

/**
 * The number gate: every figure of a sentence must be a cell of the result, or a declared sum on cells of one
 * column (total, difference, share of the total, relative change, mean), in the right unit, and from a row whose
 * name the sentence speaks of when it speaks of any. A figure may be rounded, to the digits that it shows.
 */
export function checkNumbers(sentence: string, facts: GateFacts): GateVerdict {
  const named = rowsNamedIn(sentence, facts.table);
  const allowed = allowedFigures(facts.table, named);
  const said = new Set(
    facts.understood.flatMap((text) => figuresIn(text).map((figure) => figure.text.toLowerCase())),
  );
  for (const figure of figuresIn(maskNames(sentence, facts))) {
    if (said.has(figure.text.toLowerCase())) continue;
    if (figure.kind === 'date') {
      if (!dateIsInTable(figure.text, facts))
        return { passed: false, figure: figure.text, why: 'no such date in the result' };
      continue;
    }
    if (!allowed.some((candidate) => matches(figure, candidate))) {
      return {
        passed: false,
        figure: figure.text,
        why: named.length > 0 ? 'not a figure of the rows that are named' : 'not in the result',
      };
    }
  }
  return { passed: true };
}

type Candidate = { value: Decimal; kind: 'money' | 'share' | 'plain' | 'factor' };

function allowedFigures(table: ResultTable, named: number[]): Candidate[] {
  const candidates: Candidate[] = [{ value: decimal(table.rows.length), kind: 'plain' }];
  table.columns.forEach((column, index) => {
    if (column.type !== 'integer' && column.type !== 'decimal') return;
    const kind = column.unit?.kind === 'money' ? 'money' : column.unit?.kind === 'share' ? 'share' : 'plain';
    const all = cellsOf(
      table,
      index,
      table.rows.map((_, row) => row),
    );
    const spoken = named.length > 0 ? cellsOf(table, index, named) : all;
    for (const value of spoken) candidates.push({ value, kind });
    if (kind === 'share') {
      pairs(spoken, (a, b) => candidates.push({ value: subtract(a, b), kind: 'share' }));
      return;
    }
    const total = sum(all);
    candidates.push({ value: total, kind }, { value: sum(spoken), kind });
    const mean = all.length > 0 ? divide(total, decimal(all.length), 6) : undefined;
    if (mean) candidates.push({ value: mean, kind });
    for (const value of [...spoken, sum(spoken)]) {
      const share = divide(value, total, 8);
      if (share) candidates.push({ value: share, kind: 'share' });
    }
    pairs(spoken, (a, b) => {
      candidates.push({ value: subtract(a, b), kind });
      // A rise is no multiple of a fall.
      const ratio = a.units < 0n === b.units < 0n ? divide(a, b, 8) : undefined;
      if (!ratio) return;
      candidates.push(
        { value: ratio, kind: 'factor' },
        { value: subtract(ratio, decimal(1)), kind: 'share' },
      );
    });
  });
  return candidates;
}

function cellsOf(table: ResultTable, column: number, rows: number[]): Decimal[] {
  return rows.flatMap((row) => {
    const cell = table.rows[row]?.[column];
    const value = cell === null || cell === undefined ? undefined : tryDecimal(String(cell));
    return value ? [value] : [];
  });
}

/** All ordered pairs, bounded: past 60 values only neighbours and the first and last are compared. */
function pairs(values: Decimal[], visit: (a: Decimal, b: Decimal) => void): void {
  if (values.length <= 60) {
    for (const a of values) for (const b of values) if (a !== b) visit(a, b);
    return;
  }
  for (let i = 1; i < values.length; i += 1) visit(values[i] as Decimal, values[i - 1] as Decimal);
  visit(values.at(-1) as Decimal, values[0] as Decimal);
}

function matches(figure: Figure, candidate: Candidate): boolean {
  if (figure.kind === 'percent' && candidate.kind !== 'share') return false;
  if (figure.kind === 'money' && candidate.kind !== 'money') return false;
  if (figure.kind === 'plain' && candidate.kind !== 'plain') return false;
  if (figure.kind === 'factor' && candidate.kind !== 'factor') return false;
  const value = figure.kind === 'percent' ? multiply(candidate.value, decimal(100)) : candidate.value;
  return sameAsShown(figure, value) || sameAsShown(figure, negate(value));
}

/** The figure as it is shown equals the value rounded to the digits shown ('3.2k' shows hundreds). */
function sameAsShown(figure: Figure, value: Decimal): boolean {
  const shown = multiply(figure.value, decimal(figure.multiplier));
  const step = figure.value.scale;
  const scaled = divide(value, decimal(figure.multiplier), Math.max(step, 12));
  if (!scaled) return false;
  return compare(round(scaled, step), figure.value) === 0 || compare(value, shown) === 0;
}

/** Rows whose name (a text cell of three letters or more) stands in the sentence. */
function rowsNamedIn(sentence: string, table: ResultTable): number[] {
  const text = sentence.toLowerCase();
  return table.rows.flatMap((row, index) => {
    const named = row.some((cell, column) => {
      if (table.columns[column]?.type !== 'text' || typeof cell !== 'string' || cell.trim().length < 3)
        return false;
      return nameInText(text, cell) !== null;
    });
    return named ? [index] : [];
  });
}

/** A name as it is kept and as it is shown. */
function asWritten(name: string): string[] {
  return [...new Set([name, readable(name)])];
}

/** Where a name stands in a text, as it is kept or as it is shown, and whole; null when it does not. */
export function nameInText(text: string, name: string): number | null {
  const found = asWritten(name)
    .map((each) => indexOfName(text.toLowerCase(), each.toLowerCase()))
    .filter((at) => at >= 0);
  return found.length === 0 ? null : Math.min(...found);
}

function indexOfName(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return at;
  }
  return -1;
}

/** Names may hold digits ('Branch 12', 'Regency 3 tier'): they are no figures. Longest first, in any case. */
function maskNames(sentence: string, facts: GateFacts): string {
  const names = new Set(facts.vocabulary.filter((word) => /\d/.test(word)).flatMap(asWritten));
  for (const row of facts.table.rows) {
    row.forEach((cell, column) => {
      if (facts.table.columns[column]?.type === 'text' && typeof cell === 'string' && /\d/.test(cell))
        for (const name of asWritten(cell)) names.add(name);
    });
  }
  let masked = sentence;
  for (const name of [...names].sort((a, b) => b.length - a.length)) masked = without(masked, name);
  return masked;
}

/** The whole name only: '12' is no part of 'R$12,000'. */
function without(sentence: string, name: string): string {
  if (!sentence.toLowerCase().includes(name.toLowerCase())) return sentence;
  const literal = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return sentence.replace(
    new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])${literal}(?![\\p{L}\\p{N}]|[.,]\\d)`, 'giu'),
    ' ',
  );
}

function dateIsInTable(text: string, facts: GateFacts): boolean {
  const wanted = dateParts(text);
  if (!wanted) return false;
  const from = [...facts.understood];
  facts.table.columns.forEach((column, index) => {
    if (column.type !== 'date' && column.type !== 'timestamp') return;
    for (const row of facts.table.rows) from.push(String(row[index] ?? '').slice(0, 10));
  });
  return from.some((candidate) =>
    figuresIn(candidate).some(
      (figure) => figure.kind === 'date' && dateParts(figure.text)?.startsWith(wanted),
    ),
  );
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** '2025-11-03', or '2025-11' when no day is said; undefined when it is no date. */
function dateParts(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(text);
  if (iso) return iso[3] ? `${iso[1]}-${iso[2]}-${iso[3]}` : `${iso[1]}-${iso[2]}`;
  const words = /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3})[a-z]* (\d{4})$/i.exec(text.trim());
  if (!words) return undefined;
  const month = MONTHS.indexOf((words[2] ?? '').toLowerCase()) + 1;
  if (month === 0) return undefined;
  const base = `${words[3]}-${String(month).padStart(2, '0')}`;
  return words[1] ? `${base}-${words[1].padStart(2, '0')}` : base;
}
