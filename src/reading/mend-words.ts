import { TIME_WORDS } from '../periods/time-vocabulary.ts';
import { COMMON_WORDS, NO_SLIPS } from '../vocabulary/common-words.ts';
import { NUMBER_WORDS } from '../vocabulary/understand-numbers.ts';
import { stem, type Token, tokens } from '../vocabulary/understand-words.ts';
import { withVowels } from './missing-vowels.ts';
import type { Tile, TilingNeeds } from './tile.ts';

/** Mends words that nothing knows, when exactly one known word is near. */
export function mend(all: Token[], needs: TilingNeeds): { all: Token[]; notes: string[] } {
  const notes: string[] = [];
  const mended = all.flatMap((token) => {
    if (token.kind !== 'word' || isKnown(token, needs)) return token;
    const apart = twoWords(token, needs);
    if (apart) {
      notes.push(`'${token.raw}' was read as '${apart.map(({ raw }) => raw).join(' ')}'`);
      return apart;
    }
    const small = SMALL_SLIPS.get(token.word);
    if (small !== undefined) return replaced(token, small, notes);
    return mendToken(token, needs, notes);
  });
  return { all: notes.length > 0 ? mended : all, notes };
}

/** Mends words that are part of some value's name but mean nothing here. */
export function mendUnknown(
  all: Token[],
  tiles: Tile[],
  needs: TilingNeeds,
): { all: Token[]; notes: string[] } {
  const notes: string[] = [];
  const out = [...all];
  for (const one of tiles) {
    const token = all[one.start];
    if (one.meanings[0]?.kind !== 'unknown' || token?.kind !== 'word' || isMeant(token)) continue;
    const near = distinctStems(nearWords(token, needs));
    const [only] = near;
    if (near.length === 1 && only !== undefined && !needs.values.hasWord(token.stem))
      out[one.start] = replaced(token, only, notes); // prettier-ignore
  }
  return { all: out, notes };
}

function isKnown(token: Token, needs: TilingNeeds): boolean {
  return (
    needs.lexicon.hasWord(token) ||
    needs.values.hasWord(token.stem) ||
    needs.values.hasWord(token.word) ||
    TIME_WORDS.has(token.word) ||
    NUMBER_WORDS.has(token.word) ||
    TIME_WORDS.has(token.stem) ||
    needs.values.at([token], 0).length > 0
  );
}

/** 'newcustomers', 'stockvalue': two words that are one name, written without their space. */
function twoWords(token: Token, needs: TilingNeeds): Token[] | undefined {
  if (token.word.length < 8 || COMMON_WORDS.has(token.word)) return undefined;
  for (let cut = 3; cut <= token.word.length - 4; cut += 1) {
    const parts = tokens(`${token.word.slice(0, cut)} ${token.word.slice(cut)}`);
    const [one, other, more] = parts;
    if (!one || !other || more || !needs.lexicon.hasWord(one) || !needs.lexicon.hasWord(other)) continue;
    const whole = needs.lexicon.at(parts, 0).find(({ length }) => length === 2);
    if (!whole?.meanings.some(({ kind }) => kind === 'metric' || kind === 'dimension')) continue;
    return [
      { ...one, at: token.at, end: token.at + cut },
      { ...other, at: token.at + cut, end: token.end },
    ];
  }
  return undefined;
}

const SMALL =
  'how what many much make made the which when were did does have with last this that month week year from show sales total best most least where give than orders order worst highest lowest between before after each every more less excluding without except compared versus yesterday today previous quarter since sell sells sold stock under'.split(
    ' ',
  );

/** Small words with one slip of the hand: 'hw', 'mny', 'teh', 'wich', 'leest'. Of two that may be meant, none is. */
const SMALL_SLIPS: ReadonlyMap<string, string> = new Map(
  SMALL.flatMap((word) => slipsOf(word).map((slip): [string, string] => [slip, word])).filter(
    ([slip, word], _, every) =>
      !SMALL.includes(slip) &&
      !COMMON_WORDS.has(slip) &&
      every.every(([other, meant]) => other !== slip || meant === word),
  ),
);

function slipsOf(word: string): string[] {
  const slips: string[] = [];
  for (let at = 0; at < word.length; at += 1) {
    const vowel = /[aeiou]/.test(word[at] ?? '');
    const tail = word.slice(at + 1);
    if (at > 0 && (vowel || word.length > 4 || word[at] === word[at - 1]))
      slips.push(word.slice(0, at) + tail);
    if (word.length > 3) slips.push(`${word.slice(0, at + 1)}${word[at]}${tail}`);
    if (at > 0 && vowel && word.length > 3)
      for (const other of 'aeiou') slips.push(`${word.slice(0, at)}${other}${tail}`);
    if (at > 0) slips.push(`${word.slice(0, at - 1)}${word[at]}${word[at - 1]}${word.slice(at + 1)}`);
  }
  return slips.filter((slip) => slip.length > 1 && slip !== word);
}

const MENDED_TIME = [
  'january',
  'february',
  'march',
  'april',
  'august',
  'september',
  'october',
  'november',
  'december',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'yesterday',
  'today',
  'tomorrow',
  'quarter',
  'previous',
  'christmas',
  'easter',
  'thanksgiving',
  'weekend',
  'between',
  'quarterly',
  'monthly',
  'weekly',
  'month',
];

// prettier-ignore

/** Long words that everybody spells right: 'stopped' is no slip of 'shopped'. */
const SURELY_MEANT = 7;

function isMeant({ word }: Token): boolean {
  return (
    TIME_WORDS.has(word) || NO_SLIPS.has(word) || (word.length >= SURELY_MEANT && COMMON_WORDS.has(word))
  );
}

function mendToken(token: Token, needs: TilingNeeds, notes: string[]): Token {
  if (isMeant(token)) return token;
  const words = distinctStems([...nearWords(token, needs), ...nearTime(token.word)]);
  const [word] = words;
  if (words.length === 1 && word !== undefined) return replaced(token, word, notes);
  const swapped = words.filter((one) => sorted(one) === sorted(token.word));
  if (swapped.length === 1 && swapped[0] !== undefined) return replaced(token, swapped[0], notes);
  const voweled = COMMON_WORDS.has(token.word) ? undefined : withVowels(token, needs);
  if (voweled !== undefined) return replaced(token, voweled, notes);
  if (words.length > 1 || COMMON_WORDS.has(token.word)) return token;
  const values = distinctStems(needs.values.near(token.word));
  const [value] = values;
  return values.length === 1 && value !== undefined ? replaced(token, value, notes) : token;
}

/** 'countires' holds the letters of 'countries', and not those of 'counties'. */
function sorted(word: string): string {
  return word.split('').toSorted().join('');
}

/** The vocabulary is kept in the singular, so a misspelt plural is looked for in both forms. */
function nearWords(token: Token, needs: TilingNeeds): string[] {
  const found = needs.lexicon.near(token.word).filter((word) => word.length > 4 || says(word, needs));
  if (found.length > 0 || token.stem === token.word) return found;
  return needs.lexicon.near(token.stem).filter((word) => says(word, needs));
}

/** Whether a word does anything: 'wellies' is no slip of 'well', for then it would be passed over. */
function says(word: string, needs: TilingNeeds): boolean {
  const [token] = tokens(word);
  const whole = token ? needs.lexicon.at([token], 0).find(({ length }) => length === 1) : undefined;
  return whole === undefined || whole.meanings.some((one) => one.kind !== 'role' || one.role !== 'stop');
}

function nearTime(word: string): string[] {
  return word.length < 5 ? [] : MENDED_TIME.filter((one) => isSlip(word, one));
}

function isSlip(said: string, meant: string): boolean {
  if (said[0] !== meant[0] || Math.abs(said.length - meant.length) > 1) return false;
  let at = 0;
  while (at < said.length && said[at] === meant[at]) at += 1;
  const a = said.slice(at);
  const b = meant.slice(at);
  return (
    a.slice(1) === b ||
    a === b.slice(1) ||
    a.slice(1) === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  ); // prettier-ignore
}

function distinctStems(words: string[]): string[] {
  return [...new Map(words.map((word) => [stem(word), word])).values()];
}

function replaced(token: Token, word: string, notes: string[]): Token {
  if (stem(word) === token.stem) return token;
  notes.push(`'${token.raw}' was read as '${word}'`);
  return { ...token, word, stem: stem(word) };
}
