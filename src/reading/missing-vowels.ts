import { TIME_WORDS } from '../periods/time-vocabulary.ts';
import { stem, type Token } from '../vocabulary/understand-words.ts';
import type { TilingNeeds } from './tile.ts';

const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const SHORTEST = 4;
const LONGEST = 9;
const LONGEST_FOR_TWO = 6;

/**
 * 'aprl', 'spnd', 'itms', 'deliverd': the one known word that has one or two vowels more and nothing else. Words of the
 * vocabulary come first; a name in the data only where no other word fits, and only if one name alone does.
 */
export function withVowels(token: Token, needs: TilingNeeds): string | undefined {
  const { word } = token;
  if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) return undefined;
  const once = [...new Set(longer(word))];
  const ones = knownOf(once, needs);
  if (ones.length > 0) return only(ones);
  if (word.length > LONGEST_FOR_TWO || /[aeiou].*[aeiou]/.test(word)) return undefined;
  return only(knownOf([...new Set(once.flatMap(longer))], needs));
}

function longer(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => at + 1).flatMap((at) =>
    VOWELS.map((vowel) => word.slice(0, at) + vowel + word.slice(at)),
  );
}

function knownOf(words: string[], needs: TilingNeeds): string[] {
  const said = words.filter((word) => TIME_WORDS.has(word) || needs.lexicon.hasWord(tokenOf(word)));
  return said.length > 0
    ? said
    : words.filter((word) => needs.values.hasWord(word) || needs.values.hasWord(stem(word)));
}

function only(words: string[]): string | undefined {
  return new Set(words.map(stem)).size === 1 ? words[0] : undefined;
}

function tokenOf(word: string): Token {
  return { kind: 'word', raw: word, word, stem: stem(word), at: 0, end: word.length };
}
