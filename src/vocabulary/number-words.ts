import { byWord } from './by-word.ts';
/** Numbers as they are written in words, up to a hundred. */
export const NUMBERS_IN_WORDS = byWord<number>({
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
});

/** 'a' week, 'two' weeks, '10' days: how many; NaN when it says no number. */
export function countInWords(said: string): number {
  return /^an?$/i.test(said) ? 1 : (NUMBERS_IN_WORDS[said.toLowerCase()] ?? Number(said));
}
