import type { FeedColumn } from '../feeds/feed.ts';
import { numberJudge } from './judge-numbers.ts';
import { type CellJudge, judgedText, setText } from './judged-row.ts';

/** No number that anyone writes is longer; it also bounds what a row may take of its scratch space. */
const LONGEST = 40;

/** Numbers as people write them: with the unit that the feed names, and spaces or apostrophes between thousands. */
export function writtenNumberJudge(column: FeedColumn, index: number, whole: boolean): CellJudge {
  const judge = numberJudge(column, index, whole);
  return (row) => {
    const reason = judge(row);
    if (reason === null || !reason.startsWith('is not a ')) return reason;
    const text = judgedText(row, index) ?? '';
    if (text.length > LONGEST) return reason;
    const plain = plainNumber(text, column.units);
    if (plain === null || plain === text) return reason;
    setText(row, index, plain);
    if (judge(row) === null) return null;
    setText(row, index, text);
    return reason;
  };
}

const SPACE = /[\s\u00a0\u2007\u2009\u202f]/;
/** One to three digits, then groups of exactly three. */
const GROUPED = /^([+-]?\d{1,3})((?:[\s\u00a0\u2007\u2009\u202f'\u2019]\d{3})+)(?!\d)/;

/** Without its unit and its marks between thousands; null when what is left does not begin and end like a number. */
export function plainNumber(text: string, units: readonly string[]): string | null {
  let left = text.replace(/[\u2212\u2013]/, '-').trim();
  let sign = '';
  const signed = /^([+-])\s*/.exec(left);
  if (signed) {
    sign = signed[1] as string;
    left = left.slice(signed[0].length);
  }
  for (const unit of [...units].sort((a, b) => b.length - a.length)) {
    const low = left.toLowerCase();
    if (low.endsWith(unit.toLowerCase())) left = left.slice(0, left.length - unit.length).trim();
    else if (low.startsWith(unit.toLowerCase())) left = left.slice(unit.length).trim();
    else continue;
    break;
  }
  if (sign === '' && /^[+-]/.test(left)) {
    sign = left[0] as string;
    left = left.slice(1).trim();
  }
  left = left.replace(GROUPED, (_, first: string, rest: string) => first + rest.replace(/\D/g, ''));
  if (SPACE.test(left)) return null;
  return /^[\d.,]/.test(left) ? sign + left : null;
}
