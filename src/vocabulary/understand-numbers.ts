import { byWord } from './by-word.ts';
import { NUMBERS_IN_WORDS } from './number-words.ts';
import type { Token } from './understand-words.ts';

const SCALES = byWord<number>({
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  billion: 1_000_000_000,
});

/** Words that count: never taken for a misspelling of another word. */
export const NUMBER_WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(NUMBERS_IN_WORDS),
  ...Object.keys(SCALES),
  'zero',
  'second',
  'third',
  'fourth',
  'fifth',
  'dozen',
  'couple',
  'once',
  'twice',
  'half',
]);

/** A whole number up to 9999 in one token, as digits or a word: 6, six. */
export function smallNumber(token: Token | undefined): number | undefined {
  if (token?.kind === 'word') return NUMBERS_IN_WORDS[token.word];
  if (token?.kind !== 'number' || token.unit || token.ordinal) return undefined;
  return /^\d{1,4}$/.test(token.number ?? '') ? Number(token.number) : undefined;
}

export type NumberFound = { value: string; length: number; unit: 'percent' | 'money' | null };

const MONEY_WORDS = new Set([
  'dollar',
  'euro',
  'pound',
  'real',
  'reais',
  'usd',
  'eur',
  'gbp',
  'brl',
  'quid',
  'buck',
  'cent',
  'chf',
  'franc',
  'sek',
  'nok',
  'dkk',
  'krona',
  'kronor',
  'krone',
  'kroner',
  'pln',
  'zloty',
  'czk',
  'cad',
  'aud',
  'inr',
  'rupee',
  'jpy',
  'yen',
  'mxn',
  'zar',
]); // prettier-ignore

/** A number at token `at`: '10k', '1,000', 'R$ 50', 'two hundred and fifty', '5 %', '500 euros'. */
export function readNumber(all: Token[], at: number): NumberFound | undefined {
  const token = all[at];
  const read =
    token?.kind === 'number' && token.number && !token.ordinal
      ? { value: token.number, length: 1 }
      : inWords(all, at); // prettier-ignore
  if (!read) return undefined;
  const after = all[at + read.length];
  if (token?.unit) {
    const also = token.unit === 'money' && after && MONEY_WORDS.has(after.stem) ? 1 : 0;
    return { ...read, length: read.length + also, unit: token.unit };
  }
  if (after?.word === '%' || after?.word === 'percent' || after?.word === 'pct') {
    return { ...read, length: read.length + 1, unit: 'percent' };
  }
  if (after?.word === 'per' && all[at + read.length + 1]?.word === 'cent') {
    return { ...read, length: read.length + 2, unit: 'percent' };
  }
  if (after && MONEY_WORDS.has(after.stem)) return { ...read, length: read.length + 1, unit: 'money' };
  return { ...read, unit: null };
}

function inWords(all: Token[], start: number): { value: string; length: number } | undefined {
  if (all[start]?.word === 'zero') return { value: '0', length: 1 };
  let at = start;
  if (all[at]?.word === 'a' && SCALES[all[at + 1]?.word ?? ''] !== undefined) at += 1;
  let total = 0;
  let part = 0;
  let seen = false;
  for (; at < all.length; at += 1) {
    const said = all[at]?.word ?? '';
    const scale = SCALES[said];
    const small = NUMBERS_IN_WORDS[said];
    if (scale !== undefined) {
      part = (part || 1) * scale;
      if (scale >= 1000) {
        total += part;
        part = 0;
      }
    } else if (small !== undefined) part += small;
    else if (
      (said === 'and' || said === '-') &&
      seen &&
      NUMBERS_IN_WORDS[all[at + 1]?.word ?? ''] !== undefined &&
      part >= 20
    ) {
      continue;
    } else break;
    seen = true;
  }
  return seen ? { value: String(total + part), length: at - start } : undefined;
}
