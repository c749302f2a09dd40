import type { Token } from '../vocabulary/understand-words.ts';
import type { TimeContext, TimeMeaning } from './time-meaning.ts';
import { LEADS, MONTHS, ORDINALS, UNITS } from './time-vocabulary.ts';
import type { CalendarUnit } from './understand-calendar.ts';

/** Year-less times take their year from a partner: the March of 'from March to May 2017'. */
export type Atom = { next: number; yearGiven: boolean; make: (year?: number) => TimeMeaning | undefined };

export type Reader = { all: Token[]; context: TimeContext };

export type Found = { next: number; meaning: TimeMeaning };

export function isYearNumber(token: Token | undefined): boolean {
  return (
    token?.kind === 'number' && !token.unit && !token.ordinal && /^(?:19[89]|20[0-4])\d$/.test(token.raw)
  );
}

export function dayNumber(reader: Reader, at: number): number | undefined {
  const token = reader.all[at];
  if (token?.kind !== 'number' || token.unit || !/^\d{1,2}$/.test(token.number ?? '')) return undefined;
  const value = Number(token.number);
  return value >= 1 && value <= 31 ? value : undefined;
}

export function monthAt(reader: Reader, at: number): number | undefined {
  return MONTHS[word(reader, at)];
}

export function unitAt(reader: Reader, at: number): CalendarUnit | undefined {
  const token = reader.all[at];
  return token?.kind === 'word' ? (UNITS[token.stem] ?? UNITS[token.word]) : undefined;
}

export function ordinalAt(reader: Reader, at: number): number | undefined {
  const token = reader.all[at];
  if (token?.ordinal) return Number(token.number);
  return ORDINALS[word(reader, at)];
}

export function skipComplete(reader: Reader, at: number): number {
  return /^(?:complete|completed|full|whole|entire)$/.test(word(reader, at)) ? 1 : 0;
}

export function skipLead(reader: Reader, start: number): number {
  const at = LEADS.has(word(reader, start)) ? start + 1 : start;
  const named = word(reader, at) === 'the' ? at + 1 : at;
  const ofMonth =
    /^(?:month|year|quarter|week|day)$/.test(word(reader, named)) && word(reader, named + 1) === 'of';
  return ofMonth && !/^(?:week)$/.test(word(reader, named)) ? named + 2 : skipThe(reader, at);
}

export function skipThe(reader: Reader, start: number, skip: string[] = ['the']): number {
  let at = start;
  while (skip.includes(word(reader, at))) {
    if (word(reader, at) !== 'the' && word(reader, at + 1) === '') break;
    at += 1;
    if (word(reader, at) === 'of') at += 1;
  }
  return at;
}

export function skipInclusive(reader: Reader, at: number): number {
  return word(reader, at) === 'inclusive' ? at + 1 : at;
}

export function saidBetween(reader: Reader, start: number, next: number): string {
  const at = LEADS.has(word(reader, start)) && word(reader, start) !== 'from' ? start + 1 : start;
  return reader.all
    .slice(at, next)
    .map((token) => token.raw)
    .join(' ')
    .replace(/ ([,.])/g, '$1');
}

export function word(reader: Reader, at: number): string {
  const token = reader.all[at];
  // What stands in quotes is a name: products with 'christmas' in theirs are not of the day.
  return token === undefined || token.kind === 'quoted' ? '' : token.word;
}

/** `count` words joined, or undefined where the question is shorter. */
export function words(reader: Reader, at: number, count: number): string | undefined {
  if (at < 0 || at + count > reader.all.length) return undefined;
  let text = word(reader, at);
  for (let index = 1; index < count; index += 1) text += ` ${word(reader, at + index)}`;
  return text;
}
