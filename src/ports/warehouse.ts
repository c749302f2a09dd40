import type { ObjectRef } from '../domain/object-ref.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';

/**
 * Named parameters are written `:name` in the text; the text is Redshift's dialect on every adapter. `onlyIf`, in a write, is a
 * SELECT with the same parameters that gives no row where the statement would change nothing: an engine that can look between
 * steps then leaves it out.
 */
export type Statement = { sql: string; params?: Record<string, ParameterValue>; onlyIf?: string };

export type ReadQuery = Statement & {
  /** Unqualified table names resolve in this schema: 'policy_<rights id>', or 'retail' for our own checks. */
  schema: string;
  maxRows: number;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Its text is wholly ours, as pipelines' is: it may be answered without the walls that are around questions. */
  isOurs?: boolean;
  /** The caller can ask for less: what is too large is said at once, and not tried again with more memory. */
  canAskForLess?: boolean;
};

/** Loads CSV objects (UTF-8, comma, quote doubled, header line, empty and unquoted is NULL) into a table. */
export type CopyStep = { copyInto: string; columns: string[]; objects: ObjectRef[] };

/**
 * A text file of one header line whose cells are taken as text: c0, c1 ..., and source_line, counted from 1. With `types`,
 * of a file whose every cell is known to be of its type or empty, they are taken as that, empty as null.
 */
export type SourceFile = {
  object: ObjectRef;
  delimiter: string;
  cells: number;
  gzip: boolean;
  types?: string[] | undefined;
};

/** Inserts what a SELECT in the engine's own dialect makes of `source`, the lines of a file. */
export type SourceStep = { insertInto: string; columns: string[]; source: SourceFile; select: string };

/** Of staged files: where a row came from, as their last column. */
export const SOURCE_LINE = 'source_line';

/** In the context of warehouse.bad-statement as `refusedRecord`: which record of a CopyStep could not be taken. */
export type RefusedRecord = {
  object: ObjectRef;
  line: number;
  /** The line of the source that the record says it came from. */
  sourceLine: number | null;
  column: string;
  reason: string;
};

/**
 * Makes a table that later writes of this process alone need: where `holdsScratch` is, reads do not see it and it is gone
 * with the process. The text begins with `create table <scratch> (`.
 */
export type ScratchStep = Statement & { scratch: string };

/** All steps happen in one transaction, or none does. */
export type WriteBatch = {
  /** The same token twice writes once: the second call gives the first one's result or does nothing. */
  token: string;
  steps: (Statement | CopyStep | SourceStep | ScratchStep)[];
  timeoutMs?: number;
  signal?: AbortSignal;
};

/** One per step: rows of a SELECT, or how many rows a change touched (null where the engine does not say). */
export type StepResult = { table: ResultTable | null; changed: number | null };

/**
 * The company's facts. Reading goes over a connection that cannot write; writing is for pipelines only.
 * Errors: warehouse.timed-out, .cancelled, .unavailable, .throttled, .locked, .bad-statement, .bad-parameter,
 * .too-large, .write-refused, .expired-result; home.disk-full.
 */
export type Warehouse = {
  /** Runs exactly one SELECT. Exact values: decimals, bigints, dates and timestamps as text. Rows past maxRows are cut and `truncated` set. */
  read(query: ReadQuery): Promise<ResultTable>;
  write(batch: WriteBatch): Promise<StepResult[]>;
  /**
   * What a SELECT in the engine's own dialect makes of `source`, the lines of a file; with it come SourceSteps. Only
   * where the engine reads files of this machine itself. A file that is not plain text of that form is
   * warehouse.bad-statement.
   */
  readSource?(source: SourceFile, select: string, maxRows: number): Promise<ResultTable>;
  /** Loads are quickest from compressed files of like size, as many as a multiple of this; left out: from one plain file. */
  copySlices?(): Promise<number>;
  /** Whether these tables of ScratchSteps are still there; left out: they are tables as all others. */
  holdsScratch?(tables: readonly string[]): Promise<boolean>;
  /**
   * Where a write may still be carried out when the process that asked for it has ended: sees to it that none of this run
   * is, by waiting for it or calling it off. False when that could not be brought about yet.
   */
  settle?(run: string): Promise<boolean>;
  /** Rows that the engine expects to read; null when it cannot tell. */
  estimateRows(query: Omit<ReadQuery, 'maxRows'>): Promise<number | null>;
  close(): Promise<void>;
};
