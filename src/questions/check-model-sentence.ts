import { daysBetween, isDay } from '../domain/day.ts';
import { compare, decimal, multiply, round, tryDecimal, ZERO } from '../domain/decimal.ts';
import type { Cell, ResultTable } from '../domain/result-table.ts';
import { FALLS, RISES } from '../vocabulary/change-words.ts';
import { bucketName } from './bucket-name.ts';
import { checkNumbers, type GateFacts, type GateVerdict, nameInText } from './check-numbers.ts';
import { readable } from './format-value.ts';
import { COMMON_WORDS } from './model-words.ts';
import { figuresIn } from './read-figures.ts';

const LONGEST = 320;
const MARKUP = /[<>`*_#|[\]{}\\]|https?:|www\.|\S@\S/i;
/** Causes, forecasts and advice are not in any result; nor is anything for the reader to do. */
const NOT_IN_A_RESULT =
  /\b(?:because|due to|owing to|caus(?:e|es|ed|ing)|thanks to|driven by|led to|leads to|result of|resulted|reason|weather|campaign|will|would|could|might|may be|expect\w*|forecast\w*|predict\w*|likely|probably|should|recommend\w*|suggest\w*|must|need to|please|click|call|visit|contact|password|token|ignore|instruction\w*|system|prompt)\b/i;
const UP_FROM = /\b(?:growth|gain\w*|more than (?:the|in|last)|up (?:by|from))\b/i;
const DOWN_FROM = /\b(?:lost|loss|less than (?:the|in|last)|down (?:by|from))\b/i;
const HIGHEST = /\b(?:highest|most|largest|biggest|best|top|strongest|leads|leader|first place)\b/i;
const LOWEST = /\b(?:lowest|least|smallest|fewest|worst|weakest|bottom|last place)\b/i;
const WHOLE =
  /\b(?:total|totals|totalled|together|all|overall|altogether|sum|combined|average|mean|whole|every|share|percent|out of)\b|%/i;

/**
 * What a language model wrote is untrusted: besides the number gate, each figure must belong to the name that it stands
 * by, every name must be one of the result or of the question as understood, rises and falls must go the way the
 * cells go, 'highest' and 'lowest' must be so, and nothing may be said that no result holds.
 */
export function checkModelSentence(sentence: string, facts: GateFacts): GateVerdict {
  if (sentence.length > LONGEST) return stop(sentence.slice(0, 40), 'too long');
  const markup = MARKUP.exec(sentence) ?? NOT_IN_A_RESULT.exec(sentence);
  if (markup) return stop(markup[0], 'no result says such a thing');
  const stranger = unknownName(sentence, facts);
  if (stranger) return stop(stranger, 'no such name in the result');
  const whole = checkNumbers(sentence, facts);
  if (!whole.passed) return whole;
  return (
    checkAttribution(sentence, facts) ??
    checkDirection(sentence, facts) ??
    checkExtremes(sentence, facts) ??
    whole
  );
}

function stop(figure: string, why: string): GateVerdict {
  return { passed: false, figure, why };
}

/** A word with a capital that is no name of the result, of the question, or of the calendar. */
function unknownName(sentence: string, facts: GateFacts): string | null {
  const known = knownWords(facts);
  for (const match of sentence.matchAll(/\p{Lu}[\p{L}\p{N}'’&.-]*/gu)) {
    const word = match[0].replace(/(?:['’]s|[.'’-])$/u, '').toLowerCase();
    if (!known.has(word) && !COMMON_WORDS.has(word)) return match[0];
  }
  for (const match of sentence.matchAll(/["“”'‘]([^"“”'‘’]{2,60})["“”'’]/gu)) {
    const quoted = (match[1] ?? '').toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const strange = quoted.find((word) => word.length > 2 && !known.has(word) && !COMMON_WORDS.has(word));
    if (strange) return strange;
  }
  return null;
}

const CALENDAR =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4';

function knownWords(facts: GateFacts): Set<string> {
  const texts = [
    CALENDAR,
    ...facts.understood,
    ...facts.vocabulary,
    ...facts.table.columns.flatMap(({ name, label }) => [name.replaceAll('_', ' '), label ?? '']),
    ...facts.table.rows.flatMap((row) =>
      row.filter((_, index) => facts.table.columns[index]?.type === 'text').map((cell) => String(cell ?? '')),
    ),
  ];
  const words = texts.flatMap((text) =>
    [text, readable(text)].flatMap((each) => each.toLowerCase().split(/[^\p{L}\p{N}&]+/u)),
  );
  // 'AOV', 'VAT' and 'M&S' stay whole as well.
  return new Set([...words, ...words.flatMap((word) => word.split('&'))].filter(Boolean));
}

/** Each figure belongs to the last name before it, or speaks of several names or of the whole. */
function checkAttribution(sentence: string, facts: GateFacts): GateVerdict | null {
  const names = namesIn(sentence, facts.table);
  if (new Set(names.map(({ row }) => row)).size < 2) return aboutTheWhole(sentence, names, facts);
  const starts = [...new Set(names.map(({ at }) => at))].sort((a, b) => a - b);
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? sentence.length;
    const rows = names.filter(({ at }) => at === start).map(({ row }) => row);
    const clause = sentence.slice(start, end);
    if (isOfSeveral(clause)) continue;
    const own = {
      ...facts,
      table: { ...facts.table, rows: facts.table.rows.filter((_, row) => rows.includes(row)) },
    };
    const verdict = checkNumbers(clause, own);
    if (!verdict.passed && !isShare(verdict.figure)) return { ...verdict, why: 'a figure of another name' };
  }
  return null;
}

/** 'twice as much as Leeds', '£200 more than Leeds': figures between two names. */
function isOfSeveral(clause: string): boolean {
  return /\b(?:than|together|combined|both|between|difference|apart|ahead|behind|twice|double|times|half|and)\b/i.test(
    clause,
  );
}

/** Shares of the total were checked over all rows. */
function isShare(figure: string): boolean {
  return /%|percent/.test(figure);
}

/** A total may be said, but not as the figure of one name. */
function aboutTheWhole(sentence: string, names: Named[], facts: GateFacts): GateVerdict | null {
  const [named] = names;
  if (!named || facts.table.rows.length < 2) return null;
  const row = facts.table.rows[named.row];
  const own = { ...facts, table: { ...facts.table, rows: row ? [row] : [] } };
  const next = figuresIn(sentence.slice(named.at)).find(
    ({ kind, text }) => kind !== 'date' && !isShare(text),
  );
  const spoken = WHOLE.test(sentence) ? (next?.text ?? '') : sentence;
  const verdict = checkNumbers(spoken, own);
  return verdict.passed ? null : { ...verdict, why: 'not a figure of the name that is spoken of' };
}

type Named = { row: number; at: number };

/** Rows that a sentence names, by a text of theirs or by their day, month or year. */
function namesIn(sentence: string, table: ResultTable): Named[] {
  const times = bucketsOf(table);
  return table.rows.flatMap((cells, row) => {
    const texts = cells.flatMap((cell, index) =>
      table.columns[index]?.type === 'text' && typeof cell === 'string' && cell.trim().length > 2
        ? [cell]
        : [],
    );
    const found = [...texts, ...(times[row] ?? [])].flatMap((name) => nameInText(sentence, name) ?? []);
    return found.length === 0 ? [] : [{ row, at: Math.min(...found) }];
  });
}

/** How each row's bucket of time may be called, judged by how far apart they lie. */
function bucketsOf({ columns, rows }: ResultTable): string[][] {
  const index = columns.findIndex(({ type }) => type === 'date');
  if (index < 0) return [];
  const days = rows.map((row) => String(row[index] ?? '').slice(0, 10));
  const sorted = [...new Set(days)].filter(isDay).sort();
  const gaps = sorted.slice(1).map((day, at) => daysBetween(sorted[at] ?? day, day));
  const gap = gaps.length === 0 ? 1 : Math.min(...gaps);
  const grain = gap >= 360 ? 'year' : gap >= 89 ? 'quarter' : gap >= 28 ? 'month' : 'day';
  const names = days.map((day) => (isDay(day) ? bucketName(day, grain) : ''));
  const short = names.map((name) =>
    grain === 'month' || grain === 'quarter' ? (name.split(' ')[0] ?? '') : '',
  );
  return names.map((name, at) => [
    ...(name === '' ? [] : [name]),
    ...(short[at] && short.filter((each) => each === short[at]).length === 1 ? [short[at]] : []),
  ]);
}

/** 'Rose' needs a change upwards in what is spoken of, or 'from A to B' with B above A. */
function checkDirection(sentence: string, facts: GateFacts): GateVerdict | null {
  const [up, down] = [
    RISES.exec(sentence) ?? UP_FROM.exec(sentence),
    FALLS.exec(sentence) ?? DOWN_FROM.exec(sentence),
  ];
  if (!up && !down) return null;
  if (up && down) return stop(up[0], 'a rise and a fall in one sentence');
  const sign = up ? 1 : -1;
  const figures = figuresIn(sentence).filter(
    ({ kind }) => kind === 'money' || kind === 'plain' || kind === 'percent',
  );
  const [from, to] = figures;
  if (/\bfrom\b.+\bto\b/i.test(sentence) && from && to) {
    const way = compare(amountOf(to), amountOf(from)) * sign;
    return way > 0 ? null : stop((up ?? down)?.[0] ?? '', 'it went the other way');
  }
  const rows = new Set(namesIn(sentence, facts.table).map(({ row }) => row));
  const changes = facts.table.columns.flatMap(({ name }, index) =>
    /_(?:change|growth)$/.test(name) ? [index] : [],
  );
  const spoken = facts.table.rows.filter((_, row) => rows.size === 0 || rows.has(row));
  const agrees = changes.some((index) => spoken.every((row) => signOf(row[index]) === sign));
  return agrees ? null : stop((up ?? down)?.[0] ?? '', 'the result shows no such change');
}

function amountOf({ value, multiplier }: ReturnType<typeof figuresIn>[number]) {
  return multiply(value, decimal(multiplier));
}

function signOf(cell: Cell | undefined): number {
  const value = cell === null || cell === undefined ? undefined : tryDecimal(String(cell));
  return value ? compare(value, ZERO) : 0;
}

/** Whether a sentence holds this very figure, however rounded. */
function isSaid(cell: Cell | undefined, sentence: string): boolean {
  const value = cell === null || cell === undefined ? undefined : tryDecimal(String(cell));
  return (
    value !== undefined &&
    figuresIn(sentence).some(
      (figure) =>
        compare(
          round(amountOf(figure), 0),
          round(figure.kind === 'percent' ? multiply(value, decimal(100)) : value, 0),
        ) === 0,
    )
  );
}

/** 'Highest' and 'lowest' are of the first name in the sentence, in some column of figures. */
function checkExtremes(sentence: string, facts: GateFacts): GateVerdict | null {
  const wanted = HIGHEST.test(sentence) ? 1 : LOWEST.test(sentence) ? -1 : 0;
  const first = namesIn(sentence, facts.table).sort((a, b) => a.at - b.at)[0];
  if (wanted === 0 || !first) return null;
  const own = facts.table.rows[first.row] ?? [];
  const spoken = facts.table.columns.map((_, index) => isSaid(own[index], sentence));
  const isExtreme = facts.table.columns.some(({ type, name }, index) => {
    if (type !== 'integer' && type !== 'decimal') return false;
    if (spoken.includes(true) ? !spoken[index] : name.endsWith('_before')) return false;
    const amount = tryDecimal(String(own[index] ?? ''));
    return (
      amount !== undefined &&
      facts.table.rows.every((row) => {
        const other = tryDecimal(String(row[index] ?? ''));
        return other === undefined || compare(amount, other) * wanted >= 0;
      })
    );
  });
  const word = (HIGHEST.exec(sentence) ?? LOWEST.exec(sentence))?.[0] ?? '';
  return isExtreme ? null : stop(word, 'another row is');
}
