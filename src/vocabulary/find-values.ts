import { mayBeValue } from './small-codes.ts';
import { stemPhrase, type Token } from './understand-words.ts';
import type { ValueHit } from './value-index.ts';

export type Phrases = {
  byPhrase: Map<string, ValueHit[]>;
  byLetters: Map<string, string>;
  longest: Map<string, number>;
};

/** Values whose name starts at token `at`, longest first. */
export function phrasesAt(
  all: readonly Token[],
  at: number,
  index: Phrases,
): { length: number; hits: ValueHit[] }[] {
  const first = all[at];
  if (!first || first.kind === 'symbol') return [];
  const found: { length: number; hits: ValueHit[] }[] = [];
  if (first.kind === 'quoted') {
    const hits =
      index.byPhrase.get(first.stem) ?? index.byPhrase.get(index.byLetters.get(lettersOf(first.word)) ?? '');
    return hits ? [{ length: 1, hits }] : [];
  }
  let phrase = '';
  let letters = '';
  const most = Math.max(index.longest.get(first.stem) ?? 0, 3);
  let words = 0;
  for (let next = at; next < all.length && words < most; next += 1) {
    const token = all[next];
    if (!token || (token.kind === 'symbol' && !/^[&\-./,+]$/.test(token.word))) break;
    if (token.kind === 'quoted') break;
    if (token.kind === 'symbol' || (token.word === 'and' && words > 0)) continue;
    words += 1;
    phrase = phrase === '' ? token.stem : `${phrase} ${token.stem}`;
    letters += token.stem;
    if (words === 1 && !mayBeValue(token)) continue;
    const hits =
      index.byPhrase.get(phrase) ??
      (letters.length >= 5 ? index.byPhrase.get(index.byLetters.get(letters) ?? '') : undefined); // prettier-ignore
    if (hits) found.push({ length: next - at + 1, hits });
  }
  return found.reverse();
}

/** Values whose name has all these words. */
export function containing(
  stems: readonly string[],
  limit: number,
  byWord: Map<string, number[]>,
  hits: { hit: ValueHit; words: string[] }[],
): ValueHit[] {
  const lists = stems.map((word) => byWord.get(word) ?? []).sort((a, b) => a.length - b.length);
  const [shortest, ...others] = lists;
  const reached = others.map(() => 0);
  const out: ValueHit[] = [];
  // All lists ascend, so each is walked through once.
  for (const number of shortest ?? []) {
    let inAll = true;
    for (let index = 0; index < others.length && inAll; index += 1) {
      const list = others[index] as number[];
      let at = reached[index] as number;
      while (at < list.length && (list[at] as number) < number) at += 1;
      reached[index] = at;
      inAll = list[at] === number;
    }
    const entry = inAll ? hits[number] : undefined;
    if (entry) out.push(entry.hit);
    if (out.length >= limit) break;
  }
  return out;
}

export function lettersOf(text: string): string {
  return stemPhrase(text).replaceAll(' ', '');
}
