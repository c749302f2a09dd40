import type { RelativeTime } from './time-meaning.ts';
import { type Found, isYearNumber, type Reader, skipThe, unitAt, word, words } from './time-reader.ts';

const ALIKE = new Set([
  'same',
  'equivalent',
  'corresponding',
  'comparable',
  'matching',
  'respective',
  'like',
]);
const STRETCHES =
  /^(?:periods?|times?|points?|stages?|stretch|span|timespan|timeframe|window|part|days|dates|weeks?|months?|quarters?|half|portion)$/;
const NUMBERS = /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})$/;

/** 'the same months of 2025', 'the equivalent period the year before', 'the same days last month': a time as far along as the one spoken of. */
export function readSameTime(reader: Reader, start: number): Found | undefined {
  let at = skipThe(reader, start);
  if (word(reader, at) === 'very' || word(reader, at) === 'exact' || word(reader, at) === 'exactly')
    at = skipThe(reader, at + 1);
  if (!ALIKE.has(word(reader, at))) return undefined;
  at += 1;
  if (NUMBERS.test(word(reader, at))) at += 1;
  if (word(reader, at) === 'time' && STRETCHES.test(word(reader, at + 1))) at += 1;
  if (!STRETCHES.test(word(reader, at))) return undefined;
  at += words(reader, at + 1, 2) === 'of time' || words(reader, at + 1, 2) === 'to date' ? 3 : 1;
  if (/^(?:of|in|from|for|during)$/.test(word(reader, at))) at += 1;
  const year = reader.all[skipThe(reader, at, ['the', 'year'])];
  if (isYearNumber(year)) {
    const next = skipThe(reader, at, ['the', 'year']) + 1;
    return {
      next,
      meaning: { kind: 'relative', relative: { kind: 'year-before', year: Number(year?.number) } },
    };
  }
  const found = seenBack(reader, skipThe(reader, at));
  return found && { next: found.next, meaning: { kind: 'relative', relative: found.relative } };
}

/** 'last year', 'the previous month', 'the week before', 'a year ago'. */
function seenBack(reader: Reader, at: number): { next: number; relative: RelativeTime } | undefined {
  if (word(reader, at) === 'ly') return { next: at + 1, relative: { kind: 'year-before' } };
  const [lead, second] = [word(reader, at), word(reader, at + 1)];
  const named = /^(?:last|previous|prior|preceding|past)$/.test(lead) ? unitAt(reader, at + 1) : undefined;
  const counted = /^(?:a|one)$/.test(lead) ? at + 1 : at;
  const side = /^(?:before|ago|earlier|prior|back)$/.test(word(reader, counted + 1));
  const unit = named ?? (side ? unitAt(reader, counted) : undefined);
  if (!unit || unit === 'day' || unit === 'half') return undefined;
  const end = named ? at + 2 : counted + 2;
  const next = !named && second === 'before' && word(reader, end) === 'that' ? end + 1 : end;
  return { next, relative: unit === 'year' ? { kind: 'year-before' } : { kind: 'before', unit } };
}
