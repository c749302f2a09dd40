import { readNumber } from '../vocabulary/understand-numbers.ts';
import type { Token } from '../vocabulary/understand-words.ts';
import type { CompareOperator, Meaning } from './tile.ts';

const CONDITIONS: [RegExp, CompareOperator][] = [
  [
    /^(?:at least|no less than|not less than|no fewer than|not fewer than|minimum of|a minimum of|min|minimum|>=|=>|≥|from)$/,
    'at-least',
  ],
  [
    /^(?:more than|over|above|greater than|topped|topping|passed|exceeding|exceed|exceeds|exceeded|higher than|larger than|bigger than|upwards of|north of|>|beyond|in excess of|better than|was over|is over|was above|is above)$/,
    'more-than',
  ],
  [
    /^(?:at most|no more than|not more than|up to|maximum of|a maximum of|max|maximum|<=|=<|≤|not over)$/,
    'at-most',
  ],
  [
    /^(?:under|below|less than|fewer than|lower than|smaller than|<|beneath|short of|worse than)$/,
    'less-than',
  ],
];

// prettier-ignore

/** 'at least 100', 'over 1,000', 'between 5 and 10', '3 or more', 'exactly 2', 'more than once'. */
export function readCondition(all: Token[], at: number): Found | undefined {
  const found = compared(all, at) ?? howOften(all, at);
  if (!found || found.meaning.times) return found;
  return /^times?$/.test(all[at + found.length]?.word ?? '')
    ? { length: found.length + 1, meaning: { ...found.meaning, times: true } }
    : found;
}

type Found = { length: number; meaning: Extract<Meaning, { kind: 'condition' }> };

/** 'once', 'just once', 'only twice', 'three times': exactly so often. */
function howOften(all: Token[], start: number): Found | undefined {
  const at = /^(?:just|only|exactly)$/.test(all[start]?.word ?? '') ? start + 1 : start;
  const word = all[at]?.word;
  const small = word === 'once' ? '1' : word === 'twice' ? '2' : undefined;
  const number = small === undefined ? readNumber(all, at) : undefined;
  const counted = number && all[at + number.length]?.word === 'times' ? number.value : undefined;
  const value = small ?? counted;
  if (value === undefined) return undefined;
  const length = at - start + (number ? number.length + 1 : 1);
  return {
    length,
    meaning: { kind: 'condition', operator: 'between', values: [value, value], unit: null, times: true },
  };
}

/** 'below a 30% margin': the small word before a percentage. */
function ofAPercentage(all: Token[], at: number): ReturnType<typeof readNumber> {
  const number = /^an?$/.test(all[at]?.word ?? '') ? readNumber(all, at + 1) : undefined;
  return number?.unit === 'percent' ? { ...number, length: number.length + 1 } : undefined;
}

function compared(all: Token[], at: number): Found | undefined {
  const one = all[at]?.word ?? '';
  if (one === 'between') {
    const low = readNumber(all, at + 1);
    const middle = low ? at + 1 + low.length : 0;
    if (!low || all[middle]?.word !== 'and') return undefined;
    const high = readNumber(all, middle + 1);
    if (!high) return undefined;
    const unit = low.unit ?? high.unit;
    return {
      length: middle + 1 + high.length - at,
      meaning: { kind: 'condition', operator: 'between', values: [low.value, high.value], unit },
    }; // prettier-ignore
  }
  if (one === 'exactly' || one === '=' || (one === 'equal' && all[at + 1]?.word === 'to')) {
    const from = one === 'equal' ? at + 2 : at + 1;
    const number = readNumber(all, from);
    return number
      ? {
          length: from + number.length - at,
          meaning: {
            kind: 'condition',
            operator: 'between',
            values: [number.value, number.value],
            unit: number.unit,
          },
        }
      : undefined; // prettier-ignore
  }
  for (let count = 4; count > 0; count -= 1) {
    if (at + count >= all.length) continue;
    const phrase = all
      .slice(at, at + count)
      .map((token) => token.word)
      .join(' ')
      .replace('> =', '>=')
      .replace('< =', '<='); // prettier-ignore
    const operator = CONDITIONS.find(([pattern]) => pattern.test(phrase))?.[1];
    if (!operator || phrase === 'from') continue;
    if (all[at + count]?.word === 'once' || all[at + count]?.word === 'twice') {
      const value = all[at + count]?.word === 'once' ? '1' : '2';
      return {
        length: count + 1,
        meaning: { kind: 'condition', operator, values: [value], unit: null, times: true },
      };
    }
    let start = at + count;
    if (/^(?:of|about|a total of)$/.test(all[start]?.word ?? '')) start += 1;
    const number = readNumber(all, start) ?? ofAPercentage(all, start);
    if (number) {
      return {
        length: start + number.length - at,
        meaning: { kind: 'condition', operator, values: [number.value], unit: number.unit },
      }; // prettier-ignore
    }
  }
  const number = readNumber(all, at);
  if (!number) return undefined;
  const after = at + number.length;
  const tail = `${all[after]?.word ?? ''} ${all[after + 1]?.word ?? ''}`;
  const atLeast = /^(?:or|and) (?:more|above|over|higher|greater|up|upwards)$/.test(tail);
  const atMost = /^(?:or|and) (?:less|fewer|below|under|lower)$/.test(tail);
  const condition = (operator: CompareOperator, length: number): Found => ({
    length,
    meaning: { kind: 'condition', operator, values: [number.value], unit: number.unit },
  });
  if (atLeast) return condition('at-least', number.length + 2);
  if (atMost) return condition('at-most', number.length + 2);
  return all[after]?.word === '+' ? condition('at-least', number.length + 1) : undefined;
}
