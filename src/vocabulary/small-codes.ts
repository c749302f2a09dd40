import type { Token } from './understand-words.ts';

/** Two and three letter codes that are also small English words: only capitals mean the code. */
const SMALL_WORDS = new Set(
  (
    'in to me or al se ma pa am us is it as at be by do go he hi id if la my no of ' +
    'oh ok on so up we de co an a i the and for per are can did was has had how who why all any ' +
    'our you out not but get got her his its one two ten six see set top vs may mar sun sat mon jan dec net ' +
    'avg max min sum new old day es ms mt pi ac s t m k x y z b c d e f g h ' +
    'l n o p q r'
  ).split(' '),
);

/** Whether one word by itself may name a value: 'IN' may, 'in' may not, nor a number of a few figures. */
export function mayBeValue(token: Token): boolean {
  if (token.kind === 'number') return token.raw.length >= 4 && !token.unit;
  if (!SMALL_WORDS.has(token.word)) return true;
  return token.raw.length > 1 && token.raw === token.raw.toUpperCase();
}
