import type { TimeContext, TimeMeaning } from '../periods/time-meaning.ts';
import { readTime } from '../periods/understand-time.ts';
import { readNumber } from '../vocabulary/understand-numbers.ts';
import { type Token, tokens } from '../vocabulary/understand-words.ts';
import { mend, mendUnknown } from './mend-words.ts';
import { readCondition } from './number-condition.ts';
import type { Meaning, Tile, Tiling, TilingNeeds } from './tile.ts';

/** Cuts a question into the fewest stretches that mean something; slips of spelling are mended first and told. */
export function tile(question: string, needs: TilingNeeds): Tiling {
  const written = tokens(question);
  const { all, notes } = mend(written, needs);
  let tiles = fewestTiles(all, needs);
  const again = mendUnknown(all, tiles, needs);
  if (again.notes.length > 0) tiles = fewestTiles(again.all, needs);
  return { written, all: again.all, tiles, notes: [...notes, ...again.notes] };
}

/** Small words cost a little less, so that of two ways to cut a question the one with longer names wins. */
const COST = { unknown: 1000, part: 12, tile: 10, stop: 9 } as const;

function fewestTiles(all: Token[], needs: TilingNeeds): Tile[] {
  const best: { cost: number; tile: Tile | null }[] = [...all, null].map(() => ({ cost: 0, tile: null }));
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
      cost:
        (isStop(first) ? COST.stop : COST.tile) +
        unknown +
        (partly(first) && !isOnlyName(all, at, length, needs) ? COST.part : 0) +
        withoutData(first, needs) +
        (cutsShort(first, all, at, length, needs) ? COST.part : 0) +
        rank(first) / 100,
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

function withoutData(meaning: Meaning | undefined, needs: TilingNeeds): number {
  return meaning?.kind === 'metric' && needs.unloaded?.has(meaning.name) === true ? 15 : 0;
}

/** 'revenue per seller state' is revenue by the state of the seller, and not revenue per seller. */
function cutsShort(
  meaning: Meaning | undefined,
  all: Token[],
  at: number,
  length: number,
  { lexicon }: TilingNeeds,
): boolean {
  const last = at + length - 1;
  if (meaning?.kind !== 'metric' || length < 3 || all[last - 1]?.word !== 'per') return false;
  return lexicon
    .at(all, last)
    .some((longer) => longer.length > 1 && longer.meanings.some(({ kind }) => kind === 'dimension'));
}

/** A part of a name stands behind two words that are known whole. */
function partly(meaning: Meaning | undefined): boolean {
  return meaning?.kind === 'value' && meaning.part === true;
}

/** 'running socks', where no socks are in the category Running: the words can only be the start of that name. */
function isOnlyName(all: Token[], at: number, length: number, { values }: TilingNeeds): boolean {
  return values
    .at(all, at)
    .some(
      (head) =>
        head.length < length &&
        values
          .at(all, at + head.length)
          .some(
            (tail) =>
              head.length + tail.length === length &&
              head.hits.every((one) => tail.hits.every((other) => !values.kinship.together(one, other))),
          ),
    );
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
};

// prettier-ignore

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

function rawText(all: Token[], at: number, length: number): string {
  return all
    .slice(at, at + length)
    .map((token) => token.raw)
    .join(' '); // prettier-ignore
}
