import { addDays } from '../domain/day.ts';
import { readAtom } from './read-time-atom.ts';
import { type Found, type Reader, skipThe, word } from './time-reader.ts';
import { daysIn } from './time-spans.ts';
import type { Span } from './understand-calendar.ts';

/** 'jan 2026 till now', 'from 1 March up to today', 'since last month until now': from its first day until today. */
export function untilNow(reader: Reader, start: number): Found | undefined {
  if (!reader.all.some((token) => NOW.test(token.word))) return undefined;
  const led = /^(?:from|since|starting|between|in|for)$/.test(word(reader, start)) ? start + 1 : start;
  const first = readAtom(reader, skipThe(reader, led));
  if (!first) return undefined;
  let at = first.next;
  if (word(reader, at) === 'up') at += 1;
  if (!/^(?:to|until|till|til|through|-|–|—)$/.test(word(reader, at))) return undefined;
  at = skipThe(reader, at + 1, ['the', 'and', 'including', 'right']);
  if (!NOW.test(word(reader, at))) return undefined;
  const begun = first.make();
  if (begun?.kind !== 'span') return undefined;
  const span = sinceThen(reader, begun.span);
  return span && { next: at + 1, meaning: { kind: 'span', span } };
}

const NOW = /^(?:now|present|today)$/;

/** 'January to date' of a month that is over goes on until today, unless two times are held against each other. */
export function sinceNamed(reader: Reader, start: number, span: Span): Span | undefined {
  const named = !/^(?:this|last|previous|prior|current)$/.test(word(reader, skipThe(reader, start)));
  const held = reader.all.some((token) => HELD.test(token.word));
  return named && !held && span.unit !== 'year' ? sinceThen(reader, span) : undefined;
}

const HELD = /^(?:vs?|versus|against|compared?|than|growth|change|same)$/;

function sinceThen(reader: Reader, span: Span): Span | undefined {
  const to = addDays(reader.context.today, 1);
  return span.from < to ? { ...daysIn(span.from, to), toDate: true } : undefined;
}
