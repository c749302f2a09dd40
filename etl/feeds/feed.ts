import { z } from 'zod';
import { FeedRhythm } from '../../src/domain/feed-rhythm.ts';

/**
 * A feed declaration as it is written in YAML. `etl/feeds/README.md` explains each word;
 * `load-feeds.ts` reads it and gives the plain, complete form at the end of this file.
 */
const ColumnType = z.enum(['text', 'code', 'integer', 'decimal', 'date', 'timestamp', 'time', 'boolean']);
type ColumnType = z.infer<typeof ColumnType>;

/** How many refused rows a set bears before nothing is loaded. */
export const Tolerance = z
  .strictObject({ rows: z.number().int().min(0).optional(), share: z.number().min(0).max(1).optional() })
  .refine(
    (tolerance) => tolerance.rows === undefined || tolerance.share === undefined,
    'rows or share, not both',
  );
export type Tolerance = z.infer<typeof Tolerance>;

const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const ColumnDeclaration = z.strictObject({
  type: ColumnType.default('text'),
  /** The target's column; the source's own name when left out, nothing when null. */
  to: z.string().nullable().optional(),
  /** The cell may not be empty. */
  required: z.boolean().default(false),
  /** The whole column may be missing from the file. */
  optional: z.boolean().default(false),
  synonyms: z.array(z.string()).default([]),
  oneOf: z.array(Scalar).optional(),
  min: Scalar.optional(),
  max: Scalar.optional(),
  /** In characters. */
  maxLength: z.number().int().positive().optional(),
  minLength: z.number().int().positive().optional(),
  /** Cuts a text that is too long for its target, instead of refusing the row. */
  cut: z.boolean().default(false),
  formats: z.array(z.string()).default([]),
  decimalComma: z.boolean().default(false),
  /** Written before or after a number, as in '10,17 €' or 'EUR 5'; any other unit is refused. */
  units: z.array(z.string().min(1)).default([]),
  /** Rounds to four decimals instead of refusing a number with more. */
  round: z.boolean().default(false),
  case: z.enum(['lower', 'upper']).optional(),
  /** Cells that mean 'nothing' besides the empty cell. */
  emptyValues: z.array(Scalar).default([]),
});
export type ColumnDeclaration = z.infer<typeof ColumnDeclaration>;

export const Reference = z.strictObject({
  columns: z.array(z.string()).min(1),
  table: z.string(),
  /** What to do with a row whose partner is neither in the set nor in the warehouse. */
  onMissing: z.enum(['refuse', 'wait', 'allow']).default('refuse'),
});
export type Reference = z.infer<typeof Reference>;

/** What to do with several rows of one key in one set. */
const Duplicates = z.enum(['refuse', 'first', 'last']);
type Duplicates = z.infer<typeof Duplicates>;

export const TargetDeclaration = z.strictObject({
  table: z.string(),
  /** One row of the target for all source rows that agree in these expressions. */
  group: z.array(z.string()).min(1).optional(),
  /** Only source rows for which this holds. */
  when: z.string().optional(),
  fill: z.record(z.string(), Scalar).default({}),
  references: z.array(Reference).default([]),
  duplicates: Duplicates.default('refuse'),
});
export type TargetDeclaration = z.infer<typeof TargetDeclaration>;

const Format = z.strictObject({
  /** Cells with a delimiter, or one JSON object a line; workbooks are known by themselves. */
  type: z.enum(['auto', 'separated', 'json-lines']).default('auto'),
  delimiter: z.string().length(1).or(z.literal('auto')).default('auto'),
  encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']).default('auto'),
  quote: z.enum(['"', "'", 'none']).default('"'),
  /** Of a workbook with several sheets: names or patterns of those that the feed takes. */
  sheets: z.array(z.string()).min(1).optional(),
  /** Lines before the header. */
  skipLines: z.number().int().min(0).default(0),
  /** Names of the columns when the file has no header line. */
  header: z.array(z.string()).min(1).optional(),
  emptyValues: z.array(Scalar).default([]),
  maxLineBytes: z.number().int().min(100).max(16_000_000).default(1_000_000),
});
type Format = z.infer<typeof Format>;

const RowRule = z.strictObject({ check: z.string(), say: z.string() });
type RowRule = z.infer<typeof RowRule>;

export const FeedDeclaration = z.strictObject({
  match: z.array(z.string()).default([]),
  owner: z.string().optional(),
  channel: z.string().optional(),
  tolerance: Tolerance.optional(),
  /** Each record is put into the landing table, as it came, before it is worked on. */
  landRecords: z.boolean().default(false),
  format: Format.prefault({}),
  columns: z.record(z.string(), z.union([ColumnType, ColumnDeclaration])),
  /** Named expressions over a row, for use in rules and targets. */
  compute: z.record(z.string(), Scalar).default({}),
  rules: z.array(RowRule).default([]),
  /** The short form for one target: columns by their `to`, plus these. */
  target: z.string().optional(),
  fill: z.record(z.string(), Scalar).optional(),
  references: z.array(Reference).optional(),
  duplicates: Duplicates.optional(),
  /** The long form for several targets. */
  targets: z.array(TargetDeclaration).min(1).optional(),
});
export type FeedDeclaration = z.infer<typeof FeedDeclaration>;

export const LookupDeclaration = z.strictObject({
  /** A file of the set ... */
  match: z.array(z.string()).optional(),
  key: z.string().optional(),
  value: z.string().optional(),
  format: Format.prefault({}),
  /** ... or the pairs themselves. */
  values: z.record(z.string(), Scalar).optional(),
});
export type LookupDeclaration = z.infer<typeof LookupDeclaration>;

export const SetDeclaration = z.strictObject({
  set: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters (ISO 4217)'),
  timeZone: z.string().default('UTC').refine(isTimeZone, 'an IANA time zone such as Europe/London'),
  owner: z.string().optional(),
  channel: z.string().optional(),
  tolerance: Tolerance.default({ rows: 0 }),
  /** When it is expected; learnt from the loads when left out. */
  expected: FeedRhythm.optional(),
  lookups: z.record(z.string(), LookupDeclaration).default({}),
  feeds: z.record(z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/), FeedDeclaration),
});
export type SetDeclaration = z.infer<typeof SetDeclaration>;

/** A column with everything filled in. `header` is the source's name; expressions use either name. */
export type FeedColumn = ColumnDeclaration & { header: string; target: string | null };

/** Expressions are kept as text, so that a feed can be sent to a worker or a container as JSON. */
export type FeedTarget = {
  table: string;
  key: string[];
  group: string[] | null;
  when: string | null;
  /** In the table's column order, defaults included. */
  fill: { column: string; expression: string }[];
  references: Reference[];
  duplicates: Duplicates;
};

export type Feed = {
  name: string;
  match: string[];
  owner: string | null;
  channel: string | null;
  tolerance: Tolerance;
  landRecords: boolean;
  format: Format;
  columns: FeedColumn[];
  compute: Record<string, string>;
  rules: RowRule[];
  targets: FeedTarget[];
};

export type FeedSet = {
  name: string;
  currency: string;
  timeZone: string;
  owner: string | null;
  channel: string | null;
  tolerance: Tolerance;
  expected: FeedRhythm | null;
  lookups: Record<string, LookupDeclaration>;
  feeds: Feed[];
  /** The file that declared it. */
  source: string;
};

/** Names are compared without case, spaces, underscores, hyphens or other marks. */
export function plainName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? name.trim().toLowerCase() : letters;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
