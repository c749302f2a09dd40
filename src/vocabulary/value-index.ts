import { countryNames } from '../model/country-names.ts';
import { compareText } from './compare-text.ts';
import { containing, lettersOf, phrasesAt } from './find-values.ts';
import { adjectivesOf } from './place-adjectives.ts';
import { createSpelling, type Spelling } from './understand-spelling.ts';
import { fold, stemPhrase, type Token } from './understand-words.ts';
import { beginningsOf, familiesOf } from './value-families.ts';
import { createKinship, type Kinship, type ValuesTogether } from './value-kinship.ts';

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
  kinship: Kinship;
};

export function createValueIndex(
  dimensions: readonly ValuesOfDimension[],
  together: readonly ValuesTogether[] = [],
): ValueIndex {
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
  for (const { dimension, values } of dimensions) {
    if (dimension !== 'counterparty') continue;
    for (const value of values) {
      const phrase = stemPhrase(withoutLegalForm(value));
      if (!byPhrase.has(phrase)) add(phrase, { dimension, value });
    }
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
    kinship: createKinship(together),
  };
}

/** 'Highstreet Lettings Ltd' and 'Highstreet Lettings (London)' are called Highstreet Lettings. */
function withoutLegalForm(name: string): string {
  return name
    .replace(/\s*\([^()]*\)\s*$/, '')
    .replace(/,? (?:ltd|limited|plc|gmbh|inc|llc|corp|ag|bv|sarl|srl|lda|ltda)\.?$/i, '');
}
