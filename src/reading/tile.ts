import type { TimeContext, TimeMeaning } from '../periods/time-meaning.ts';
import type { Lexicon, WordMeaning } from '../vocabulary/understand-lexicon.ts';
import type { Token } from '../vocabulary/understand-words.ts';
import type { ValueHit, ValueIndex } from '../vocabulary/value-index.ts';

export type CompareOperator = 'at-least' | 'more-than' | 'at-most' | 'less-than' | 'between';

export type Meaning =
  | WordMeaning
  | { kind: 'time'; time: TimeMeaning }
  | { kind: 'value'; hits: ValueHit[]; part?: boolean }
  | { kind: 'number'; value: string; unit: 'percent' | 'money' | null; ordinal: boolean }
  | {
      kind: 'condition';
      operator: CompareOperator;
      values: string[];
      unit: 'percent' | 'money' | null;
      /** 'more than once', 'three times': how often somebody bought. */
      times?: boolean;
    }
  | { kind: 'unknown' };

/** A stretch of the question with what it can mean, best first. */
export type Tile = { start: number; length: number; text: string; word: string; meanings: Meaning[] };

/** `written`: the words before any was mended. */
export type Tiling = { written: Token[]; all: Token[]; tiles: Tile[]; notes: string[] };

export type TilingNeeds = {
  lexicon: Lexicon;
  values: ValueIndex;
  time: TimeContext;
  /** Figures of which nothing is loaded: other readings of the same words stand before them. */
  unloaded?: ReadonlySet<string>;
};
