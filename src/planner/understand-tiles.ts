import { type TimeContext, type TimeMeaning } from './time-meaning.ts';
import { TIME_WORDS } from './time-vocabulary.ts';
import type { Lexicon, WordMeaning } from './understand-lexicon.ts';
import { NUMBER_WORDS, readNumber } from './understand-numbers.ts';
import { readTime } from './understand-time.ts';
import { stem, type Token, tokens } from './understand-words.ts';
import type { ValueHit, ValueIndex } from './value-index.ts';

export type CompareOperator = 'at-least' | 'more-than' | 'at-most' | 'less-than' | 'between';

export type Meaning =
  | WordMeaning
  | { kind: 'time'; time: TimeMeaning }
  | { kind: 'value'; hits: ValueHit[]; part?: boolean }
  | { kind: 'number'; value: string; unit: 'percent' | 'money' | null; ordinal: boolean }
  | { kind: 'condition'; operator: CompareOperator; values: string[]; unit: 'percent' | 'money' | null }
  | { kind: 'unknown' };

/** A stretch of the question with what it can mean, best first. */
export type Tile = { start: number; length: number; text: string; word: string; meanings: Meaning[] };

export type Tiling = { all: Token[]; tiles: Tile[]; notes: string[] };

export type TilingNeeds = { lexicon: Lexicon; values: ValueIndex; time: TimeContext };

/** Cuts a question into the fewest stretches that mean something; slips of spelling are mended first and told. */
export function tile(question: string, needs: TilingNeeds): Tiling {
  const { all, notes } = mend(tokens(question), needs);
  let tiles = fewestTiles(all, needs);
  const again = mendUnknown(all, tiles, needs);
  if (again.notes.length > 0) tiles = fewestTiles(again.all, needs);
  return { all: again.all, tiles, notes: [...notes, ...again.notes] };
}

/** Small words cost a little less, so that of two ways to cut a question the one with longer names wins. */
const COST = { unknown: 1000, tile: 10, stop: 9 } as const;

function fewestTiles(all: Token[], needs: TilingNeeds): Tile[] {
  const best: { cost: number; tile: Tile | null }[] = Array.from({ length: all.length + 1 }, () => ({
    cost: 0,
    tile: null,
  }));
  for (let at = all.length - 1; at >= 0; at -= 1) {
    let least: { cost: number; tile: Tile | null } = { cost: Number.POSITIVE_INFINITY, tile: null };
    for (const candidate of candidatesAt(all, at, needs)) {
      const rest = best[at + candidate.tile.length];
      const cost = candidate.cost + (rest?.cost ?? 0);
      if (cost < least.cost) least = { cost, tile: candidate.tile };
    }
    best[at] = least;
  }
  const tiles: Tile[] = [];
  for (let at = 0; at < all.length; ) {
    const next = best[at]?.tile;
    if (!next) break;
    tiles.push(next);
    at += next.length;
  }
  return tiles;
}

type Candidate = { tile: Tile; cost: number };

function candidatesAt(all: Token[], at: number, needs: TilingNeeds): Candidate[] {
  const token = all[at];
  if (!token) return [];
  const byLength = new Map<number, Meaning[]>();
  const add = (length: number, meaning: Meaning): void => {
    const there = byLength.get(length);
    if (there) there.push(meaning);
    else byLength.set(length, [meaning]);
  };
  const time = readTime(all, at, needs.time);
  if (time && plausible(time.meaning, all, at, time.length, needs.time))
    add(time.length, { kind: 'time', time: time.meaning });
  for (const { length, meanings } of needs.lexicon.at(all, at)) for (const one of meanings) add(length, one);
  for (const { length, hits, part } of needs.values.at(all, at))
    add(length, part ? { kind: 'value', hits, part } : { kind: 'value', hits });
  for (const [length, meanings] of byLength) {
    if (!meanings.some((one) => one.kind === 'outside')) continue;
    const booked = needs.values
      .at(all, at)
      .some((value) => value.length <= length && value.hits.some((hit) => hit.dimension === 'account'));
    const kept = booked ? meanings.filter((one) => one.kind !== 'outside') : meanings;
    if (kept.length > 0) byLength.set(length, kept);
    else byLength.delete(length);
  }
  const condition = readCondition(all, at);
  if (condition) add(condition.length, condition.meaning);
  const number = readNumber(all, at);
  if (number) add(number.length, { kind: 'number', value: number.value, unit: number.unit, ordinal: false });
  else if (token.ordinal && token.number)
    add(1, { kind: 'number', value: token.number, unit: null, ordinal: true });
  if (byLength.size === 0 || !byLength.has(1)) {
    if (token.kind === 'symbol' && !/[%&,;<>=≥≤#$€£]/.test(token.word))
      add(1, { kind: 'role', role: 'stop' });
    else if (!byLength.has(1)) add(1, { kind: 'unknown' });
  }
  return [...byLength].map(([length, meanings]) => {
    const sorted = [...meanings].sort((a, b) => rank(a) - rank(b));
    const first = sorted[0];
    const unknown = first?.kind === 'unknown' ? COST.unknown : 0;
    return {
      cost: (isStop(first) ? COST.stop : COST.tile) + unknown + partly(first) + rank(first) / 100,
      tile: {
        start: at,
        length,
        text: rawText(all, at, length),
        word: all
          .slice(at, at + length)
          .map((one) => one.word)
          .join(' '),
        meanings: sorted,
      }, // prettier-ignore
    };
  });
}

/** A part of a name stands behind two words that are known whole. */
function partly(meaning: Meaning | undefined): number {
  return meaning?.kind === 'value' && meaning.part === true ? 12 : 0;
}

function isStop(meaning: Meaning | undefined): boolean {
  return meaning?.kind === 'role' && meaning.role === 'stop';
}

const RANK: Record<Meaning['kind'], number> = {
  time: 0,
  condition: 1,
  change: 2,
  grain: 3,
  metric: 4,
  dimension: 5,
  segment: 6,
  unit: 7,
  value: 8,
  outside: 9,
  number: 10,
  role: 12,
  unknown: 50,
}; // prettier-ignore

function rank(meaning: Meaning | undefined): number {
  if (!meaning) return 99;
  if (meaning.kind === 'role') return meaning.role === 'stop' ? 20 : meaning.role === 'vague' ? 19 : 6.5;
  return RANK[meaning.kind];
}

/** A lone four-digit number is a year only near the years of the data. */
function plausible(
  time: TimeMeaning,
  all: Token[],
  at: number,
  length: number,
  context: TimeContext,
): boolean {
  if (time.kind !== 'span') return true;
  const only = all.slice(at, at + length).filter((token) => token.kind === 'number');
  if (
    only.length !== length &&
    !/^(?:in|of|for|over|at|by|from|on|during|within|the)$/.test(all[at]?.word ?? '')
  )
    return true;
  if (all.slice(at + 1, at + length).some((token) => token.kind !== 'number')) return true;
  const year = Number(only[0]?.raw);
  if (!(year > 1980)) return true;
  const first = Number((context.dataFrom ?? context.today).slice(0, 4)) - 8;
  const last =
    Math.max(Number((context.dataTo ?? context.today).slice(0, 4)), Number(context.today.slice(0, 4))) + 2;
  return year >= first && year <= last;
}

const CONDITIONS: [RegExp, CompareOperator][] = [
  [
    /^(?:at least|no less than|not less than|no fewer than|not fewer than|minimum of|a minimum of|min|minimum|>=|=>|≥|from)$/,
    'at-least',
  ],
  [
    /^(?:more than|over|above|greater than|exceeding|exceed|exceeds|exceeded|higher than|larger than|bigger than|upwards of|north of|>|beyond|in excess of|better than|was over|is over|was above|is above)$/,
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
]; // prettier-ignore

/** 'at least 100', 'over 1,000', 'between 5 and 10', '3 or more', 'exactly 2', 'more than once'. */
function readCondition(all: Token[], at: number): { length: number; meaning: Meaning } | undefined {
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
      return { length: count + 1, meaning: { kind: 'condition', operator, values: [value], unit: null } };
    }
    let start = at + count;
    if (/^(?:of|about|a total of)$/.test(all[start]?.word ?? '')) start += 1;
    const number = readNumber(all, start);
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
  const condition = (operator: CompareOperator, length: number): { length: number; meaning: Meaning } => ({
    length,
    meaning: { kind: 'condition', operator, values: [number.value], unit: number.unit },
  });
  if (atLeast) return condition('at-least', number.length + 2);
  if (atMost) return condition('at-most', number.length + 2);
  return all[after]?.word === '+' ? condition('at-least', number.length + 1) : undefined;
}

/** Mends words that nothing knows, when exactly one known word is near. */
function mend(all: Token[], needs: TilingNeeds): { all: Token[]; notes: string[] } {
  const notes: string[] = [];
  const mended = all.map((token) => {
    if (token.kind !== 'word' || isKnown(token, needs)) return token;
    const small = SMALL_SLIPS.get(token.word);
    if (small !== undefined) return replaced(token, small, notes);
    return mendToken(token, needs, notes);
  });
  return { all: mended, notes };
}

/** Mends words that are part of some value's name but mean nothing here. */
function mendUnknown(all: Token[], tiles: Tile[], needs: TilingNeeds): { all: Token[]; notes: string[] } {
  const notes: string[] = [];
  const out = [...all];
  for (const one of tiles) {
    const token = all[one.start];
    if (one.meanings[0]?.kind !== 'unknown' || token?.kind !== 'word') continue;
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

const SMALL =
  'how what many much make made the which when were did does have with last this that month week year from show sales total best most where give than orders order'.split(
    ' ',
  );

/** Small words with a vowel left out or two letters swapped: 'hw', 'mny', 'teh'. */
const SMALL_SLIPS: ReadonlyMap<string, string> = new Map(
  SMALL.flatMap((word) => slipsOf(word).map((slip): [string, string] => [slip, word])).filter(
    ([slip], index, every) => every.findIndex(([other]) => other === slip) === index && !SMALL.includes(slip),
  ),
);

function slipsOf(word: string): string[] {
  const slips: string[] = [];
  for (let at = 0; at < word.length; at += 1) {
    if (at > 0 && /[aeiou]/.test(word[at] ?? '')) slips.push(word.slice(0, at) + word.slice(at + 1));
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
]; // prettier-ignore

function mendToken(token: Token, needs: TilingNeeds, notes: string[]): Token {
  const words = distinctStems([...nearWords(token, needs), ...nearTime(token.word)]);
  const [word] = words;
  if (words.length === 1 && word !== undefined) return replaced(token, word, notes);
  if (words.length > 1) return token;
  const values = distinctStems(needs.values.near(token.word));
  const [value] = values;
  return values.length === 1 && value !== undefined ? replaced(token, value, notes) : token;
}

/** The vocabulary is kept in the singular, so a misspelt plural is looked for in both forms. */
function nearWords(token: Token, needs: TilingNeeds): string[] {
  const found = needs.lexicon.near(token.word);
  return found.length > 0 || token.stem === token.word ? found : needs.lexicon.near(token.stem);
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

function rawText(all: Token[], at: number, length: number): string {
  return all
    .slice(at, at + length)
    .map((token) => token.raw)
    .join(' '); // prettier-ignore
}
