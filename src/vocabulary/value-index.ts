import { countryNames } from '../model/country-names.ts';
import { adjectivesOf } from './place-adjectives.ts';
import { createSpelling, type Spelling } from './understand-spelling.ts';
import { fold, stemPhrase, type Token } from './understand-words.ts';

/** `family`: the value is only the start of the names of several. `town`: it was named by the town that it stands in. */
export type ValueHit = { dimension: string; value: string; family?: true; town?: true };
export type ValuesOfDimension = {
  dimension: string;
  values: readonly string[];
  /** Value to other words for it; those of values that are not there do no harm. */
  synonyms?: Readonly<Record<string, readonly string[]>>;
  /** Of branches that stand alone in their town, its name. */
  towns?: Readonly<Record<string, readonly string[]>>;
};

/** Every value that a dimension has, to be found by name in a question. Built after each load, asked often. */
export type ValueIndex = {
  size: number;
  /** Values whose whole name starts at token `at`, longest first. */
  at(all: readonly Token[], at: number): { length: number; hits: ValueHit[]; part: boolean }[];
  /** Values with exactly this name, whatever case, accents and plural. */
  named(text: string): ValueHit[];
  hasWord(stemmed: string): boolean;
  /** Words of values that may have been meant. */
  near(word: string): string[];
  /** Values whose name has all these (stemmed) words; at most `limit`. */
  containing(stems: readonly string[], limit: number): ValueHit[];
  /** Values written nearly so, for 'did you mean'. */
  similar(text: string, dimension: string | null, limit: number): ValueHit[];
  valuesOf(dimension: string): readonly string[];
};

/** Two and three letter codes that are also small English words: only capitals mean the code. */
const SMALL_WORDS = new Set([
  'in',
  'to',
  'me',
  'or',
  'al',
  'se',
  'ma',
  'pa',
  'am',
  'us',
  'is',
  'it',
  'as',
  'at',
  'be',
  'by',
  'do',
  'go',
  'he',
  'hi',
  'id',
  'if',
  'la',
  'my',
  'no',
  'of',
  'oh',
  'ok',
  'on',
  'so',
  'up',
  'we',
  'de',
  'co',
  'an',
  'a',
  'i',
  'the',
  'and',
  'for',
  'per',
  'are',
  'can',
  'did',
  'was',
  'has',
  'had',
  'how',
  'who',
  'why',
  'all',
  'any',
  'our',
  'you',
  'out',
  'not',
  'but',
  'get',
  'got',
  'her',
  'his',
  'its',
  'one',
  'two',
  'ten',
  'six',
  'see',
  'set',
  'top',
  'vs',
  'may',
  'mar',
  'sun',
  'sat',
  'mon',
  'jan',
  'dec',
  'net',
  'avg',
  'max',
  'min',
  'sum',
  'new',
  'old',
  'day',
  'es',
  'ms',
  'mt',
  'pi',
  'ac',
  's',
  't',
  'm',
  'k',
  'x',
  'y',
  'z',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'l',
  'n',
  'o',
  'p',
  'q',
  'r',
]); // prettier-ignore

export function createValueIndex(dimensions: readonly ValuesOfDimension[]): ValueIndex {
  const byPhrase = new Map<string, ValueHit[]>();
  const byLetters = new Map<string, string>();
  const longest = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const hits: { hit: ValueHit; words: string[] }[] = [];
  const lists = new Map<string, readonly string[]>();
  const add = (phrase: string, hit: ValueHit): void => {
    if (phrase === '') return;
    const there = byPhrase.get(phrase);
    if (there) {
      if (!there.some((one) => one.dimension === hit.dimension && one.value === hit.value)) there.push(hit);
      return;
    }
    byPhrase.set(phrase, [hit]);
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    longest.set(first, Math.max(longest.get(first) ?? 0, words.length));
    const letters = words.join('');
    if (letters.length >= 5 && !byLetters.has(letters)) byLetters.set(letters, phrase);
  };

  for (const { dimension, values, synonyms = {}, towns = {} } of dimensions) {
    lists.set(dimension, values);
    for (const value of values) {
      const hit = { dimension, value };
      const phrase = stemPhrase(value);
      add(phrase, hit);
      const words = phrase.split(' ');
      const number = hits.push({ hit, words }) - 1;
      for (const word of new Set(words)) {
        const list = byWord.get(word);
        if (list) list.push(number);
        else byWord.set(word, [number]);
      }
    }
    for (const [value, others] of Object.entries(synonyms)) {
      const real = values.find((one) => fold(one) === fold(value));
      if (real !== undefined) for (const other of others) add(stemPhrase(other), { dimension, value: real });
    }
    for (const [value, places] of Object.entries(towns))
      for (const place of places) add(stemPhrase(place), { dimension, value, town: true });
    if (/country$/.test(dimension)) {
      for (const value of values)
        for (const other of countryNames(value)) add(stemPhrase(other), { dimension, value });
    }
  }
  for (const { dimension, values } of dimensions) {
    if (!/^(?:region|state|branch_country|country)$/.test(dimension)) continue;
    for (const value of values)
      for (const other of adjectivesOf(value)) if (!byPhrase.has(other)) add(other, { dimension, value });
  }
  const families = new Map<string, ValueHit[]>();
  for (const { dimension, values } of dimensions) {
    for (const [phrase, value] of dimension === 'product' ? beginningsOf(values) : []) {
      if (byPhrase.has(phrase) || containing(phrase.split(' '), 2, byWord, hits).length !== 1) continue;
      families.set(phrase, [{ dimension, value }]);
    }
    for (const [phrase, hit] of familiesOf(dimension, values)) {
      if (byPhrase.has(phrase)) continue;
      families.set(phrase, [...(families.get(phrase) ?? []), hit]);
    }
  }
  const isPart = new Set<ValueHit>();
  for (const [phrase, found] of families) {
    for (const hit of found) {
      add(phrase, hit);
      isPart.add(hit);
    }
  }

  let spelling: Spelling | undefined;
  const spellings = (): Spelling => {
    spelling ??= createSpelling([...longest.keys(), ...byWord.keys()]);
    return spelling;
  };
  spellings();

  return {
    size: hits.length,
    at: (all, at) =>
      phrasesAt(all, at, { byPhrase, byLetters, longest }).map(({ length, hits: found }) => ({
        length,
        hits: found,
        part: found.every((hit) => isPart.has(hit)),
      })),
    named: (text) =>
      byPhrase.get(stemPhrase(text)) ?? byPhrase.get(byLetters.get(lettersOf(text)) ?? '') ?? [],
    hasWord: (stemmed) => byWord.has(stemmed),
    near: (word) => spellings().near(word),
    containing: (stems, limit) => containing(stems, limit, byWord, hits),
    similar: (text, dimension, limit) => {
      const phrase = stemPhrase(text);
      const words = phrase.split(' ').flatMap((word) => (byWord.has(word) ? [word] : spellings().near(word)));
      const scored = new Map<number, number>();
      for (const word of words) {
        for (const number of (byWord.get(word) ?? []).slice(0, 120))
          scored.set(number, (scored.get(number) ?? 0) + 1);
      }
      return [...scored]
        .map(([number, score]) => ({ entry: hits[number], score }))
        .filter(({ entry }) => entry && (dimension === null || entry.hit.dimension === dimension))
        .sort(
          (a, b) =>
            b.score - a.score ||
            (a.entry?.words.length ?? 0) - (b.entry?.words.length ?? 0) ||
            compareText(a.entry?.hit.value ?? '', b.entry?.hit.value ?? ''),
        )
        .slice(0, limit)
        .flatMap(({ entry }) => (entry ? [entry.hit] : []));
    },
    valuesOf: (dimension) => lists.get(dimension) ?? [],
  };
}

/**
 * What people call several values together, or one in short: the start that the names of products share
 * ('Ridge Runner' of 'Ridge Runner, blue, EU 38'), and a part that only one branch or account has ('Covent Garden').
 */
function familiesOf(dimension: string, values: readonly string[]): Map<string, ValueHit> {
  const found = new Map<string, ValueHit>();
  if (dimension === 'product') {
    const heads = new Map<string, { text: string; count: number; alike: boolean }>();
    const count = (text: string): void => {
      const phrase = stemPhrase(text);
      const there = heads.get(phrase);
      if (!there) heads.set(phrase, { text, count: 1, alike: true });
      else {
        there.count += 1;
        there.alike &&= there.text.toLowerCase() === text.toLowerCase();
      }
    };
    for (const value of values) {
      const comma = value.indexOf(',');
      const head = comma > 0 ? value.slice(0, comma) : value;
      if (comma > 0) count(head);
      const words = head.split(' ');
      for (let length = 2; length < Math.min(words.length + (comma > 0 ? 0 : 1), 5); length += 1) {
        const last = words[length - 1] ?? '';
        if (/^\p{L}{3,}$/u.test(words[0] ?? '') && /^\p{L}{3,}$/u.test(last) && !JOINING.test(last))
          count(words.slice(0, length).join(' '));
      }
    }
    for (const [phrase, { text, count: times, alike }] of heads) {
      // Spelt in two ways, one beginning would leave some of them out.
      if (times > 1 && alike) found.set(phrase, { dimension, value: text, family: true });
    }
    return found;
  }
  if (!/^(?:branch|account|category|subcategory)$/.test(dimension) || values.length > 300) return found;
  const owners = new Map<string, Set<string>>();
  for (const value of values) {
    const words = stemPhrase(value).split(' ');
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= words.length; to += 1) {
        const part = words.slice(from, to).join(' ');
        if (part.length < 4 || GENERIC.test(part)) continue;
        // Of a place any part names it; of a kind of goods only how its name begins.
        if (from > 0 && /category$/.test(dimension)) continue;
        const set = owners.get(part) ?? new Set<string>();
        owners.set(part, set.add(value));
      }
    }
  }
  for (const [part, set] of owners) {
    const [only] = set;
    if (set.size === 1 && only !== undefined) found.set(part, { dimension, value: only });
  }
  return found;
}

/** How a product's name begins, where no other one begins so: 'Raclette-Ofen' of 'Raclette-Ofen 8P'. */
function beginningsOf(values: readonly string[]): Map<string, string> {
  const owners = new Map<string, string | null>();
  for (const value of values) {
    const words = value.split(' ');
    for (let length = 1; length < Math.min(words.length, 5); length += 1) {
      const phrase = stemPhrase(words.slice(0, length).join(' '));
      const last = words[length - 1] ?? '';
      if (!phrase.includes(' ') || !/\p{L}{3,}$/u.test(last) || JOINING.test(last)) continue;
      owners.set(phrase, owners.has(phrase) ? null : value);
    }
  }
  return new Map([...owners].flatMap(([phrase, value]) => (value === null ? [] : [[phrase, value]])));
}

/** Words that a name has and that name nothing by themselves. */
const GENERIC =
  /^(?:good|goods|product|item|shop|store|branch|street|road|sale|cost|other|general|service|account|bank|cash|card|order|supply|fee|office|new|north|south|east|west|central|city|center|income|expense|revenue|sold|damaged|return|refund|stock|people|team|used|with|from|and)$/;

const JOINING = /^(?:and|the|for|with|from|set|pack|box|per|size|kit)$/i;

type Phrases = {
  byPhrase: Map<string, ValueHit[]>;
  byLetters: Map<string, string>;
  longest: Map<string, number>;
};

function phrasesAt(
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

function mayBeValue(token: Token): boolean {
  if (token.kind === 'number') return token.raw.length >= 4 && !token.unit;
  if (!SMALL_WORDS.has(token.word)) return true;
  return token.raw.length > 1 && token.raw === token.raw.toUpperCase();
}

function containing(
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

/** By code units: the same everywhere, and many times faster than a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lettersOf(text: string): string {
  return stemPhrase(text).replaceAll(' ', '');
}
