import type { Grain } from '../domain/period.ts';
import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Span } from '../periods/understand-calendar.ts';
import { NO_PERIODS, type PeriodsRead } from '../periods/understand-periods.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import type { Token } from '../vocabulary/understand-words.ts';
import type { ValueHit } from '../vocabulary/value-index.ts';
import type { CompareOperator, TilingNeeds } from './tile.ts';

export type FilterRead = { hits: ValueHit[]; negated: boolean; at: number; said: string };

export type ConditionRead = {
  metric: string | null;
  dimension: string | null;
  operator: CompareOperator;
  values: string[];
  unit: 'percent' | 'money' | null;
  /** Whole members that must meet it: the orders of 'orders over 500', the customers who bought twice. */
  of: string | null;
};

/** Everything that a question says, before it is decided what to do about it. */
export type Reading = {
  text: string;
  /** Its words, before any was mended. */
  words: Token[];
  metrics: string[];
  /** In the order said. `subject` is what a ranking or 'which' is about. */
  dimensions: { name: string; how: 'by' | 'subject' | 'plain'; plural: boolean }[];
  filters: FilterRead[];
  texts: { dimension: string | null; text: string; negated: boolean }[];
  emptiness: { dimension: string; empty: boolean }[];
  segments: string[];
  periods: PeriodsRead;
  grain: Grain | null;
  /** 'which month', 'best day': a time unit as the subject. */
  subjectUnit: Grain | null;
  subjectUnitPlural: boolean;
  ranking: { direction: 'top' | 'bottom'; limit: number | null; word: string; place?: number } | null;
  /** 'best and worst'. */
  bothEnds: boolean;
  rankingMetric: string | null;
  conditions: ConditionRead[];
  change: Grain | null;
  window: number | null;
  roles: ReadonlySet<Role>;
  howMany: boolean;
  /** 'per order', 'per customer'. */
  per: { metric: string; dimension: string | null } | null;
  /** So much of one figure per one of another. */
  ratio: { of: string; to: string } | null;
  outside: { subject: string; said: string }[];
  /** Content words that nothing accounts for. */
  leftovers: { text: string; start: number; end: number }[];
  unknown: { text: string; start: number; end: number }[];
  vague: string[];
  notes: string[];
  /** Names of different kinds that were set against each other. */
  unlike: [FilterRead, FilterRead] | null;
  /** No period was said, and all of time would be no answer. */
  soFar: Grain | null;
  /** A second time in which the same ones must have bought, or must not have. */
  otherTime: { span: Span; without: boolean } | null;
  /** 'the UK against the rest'. */
  apart: boolean;
  /** 'how did York do': no figure was named. */
  performance: boolean;
  /** 'how many different products'. */
  distinct: boolean;
  /** Of what each metric (or segment) was said: 'orders arrived late'. */
  said: Record<string, string>;
  /** Two readings of one word that change the answer: which word, and what it may name. */
  ambiguous: { said: string; start: number; end: number; hits: ValueHit[] } | null;
  /** Two names of one kind that nothing joins: 'from SP to RJ'. */
  unjoined: [string, string] | null;
  /** A second figure that says of which the first one is: 'revenue of late orders'. */
  narrowing: { figure: string; by: string; said: string } | null;
  contentTiles: number;
};

export type UnderstandNeeds = TilingNeeds & { model: SemanticModel; reach: Reach };

export function emptyReading(text: string, words: Token[], notes: string[]): Reading {
  return {
    text,
    words,
    metrics: [],
    dimensions: [],
    filters: [],
    texts: [],
    emptiness: [],
    segments: [],
    periods: { ...NO_PERIODS, weekdays: [], notes: [] },
    grain: null,
    subjectUnit: null,
    subjectUnitPlural: false,
    ranking: null,
    bothEnds: false,
    rankingMetric: null,
    conditions: [],
    change: null,
    window: null,
    roles: new Set(),
    howMany: false,
    per: null,
    ratio: null,
    outside: [],
    leftovers: [],
    unknown: [],
    vague: [],
    notes: [...notes],
    unlike: null,
    soFar: null,
    otherTime: null,
    apart: false,
    performance: false,
    distinct: false,
    said: {},
    ambiguous: null,
    unjoined: null,
    narrowing: null,
    contentTiles: 0,
  }; // prettier-ignore
}
