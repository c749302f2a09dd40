import { readAtom } from './read-time-atom.ts';
import { type Found, type Reader, skipThe, unitAt, word } from './time-reader.ts';
import { daysIn } from './time-spans.ts';
import { addUnits, type CalendarUnit, startOf } from './understand-calendar.ts';

/** 'year to end of September', 'YTD October', 'quarter to 10 November': from the unit's first day up to then. */
export function yearTo(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  const unit: CalendarUnit | undefined = word(reader, at) === 'ytd' ? 'year' : unitAt(reader, at);
  if (!unit || unit === 'day' || unit === 'week' || unit === 'half') return undefined;
  let next = at + 1;
  const led = /^(?:to|until|till|through|up)$/.test(word(reader, next));
  if (!led && word(reader, at) !== 'ytd') return undefined;
  while (/^(?:to|until|till|through|up|the|end|of|and|including)$/.test(word(reader, next))) next += 1;
  const atom = readAtom(reader, next);
  const last = atom?.make();
  if (!atom || last?.kind !== 'span' || !/^(?:day|month|quarter)$/.test(last.span.unit)) return undefined;
  const from = startOf(unit, addUnits('day', last.span.to, -1));
  if (last.span.count > 1 || from >= last.span.to) return undefined;
  const { yearless } = last.span;
  return {
    next: atom.next,
    meaning: { kind: 'span', span: { ...daysIn(from, last.span.to), ...(yearless ? { yearless } : {}) } },
  };
}
