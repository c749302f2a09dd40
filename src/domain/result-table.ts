import { z } from 'zod';

export const COLUMN_TYPES = ['text', 'integer', 'decimal', 'date', 'timestamp', 'boolean'] as const;
export const ColumnType = z.enum(COLUMN_TYPES);
export type ColumnType = z.infer<typeof ColumnType>;

/** How a number is meant: money in a currency, a share (0.25 is 25 %), a count of things, days ... */
export const Unit = z.object({
  kind: z.enum(['money', 'share', 'count', 'days', 'ratio', 'none']),
  /** ISO 4217 for money; what is counted ('orders') for counts. */
  of: z.string().optional(),
});
export type Unit = z.infer<typeof Unit>;

export const ResultColumn = z.object({
  name: z.string(),
  label: z.string().optional(),
  type: ColumnType,
  unit: Unit.optional(),
});
export type ResultColumn = z.infer<typeof ResultColumn>;

/** Exact: decimals, big integers, dates and timestamps are text; counts within 2^53 are numbers. */
export const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof Cell>;

export const ResultTable = z.object({
  columns: z.array(ResultColumn),
  rows: z.array(z.array(Cell)),
  /** True when the row cap cut rows off. */
  truncated: z.boolean(),
});
export type ResultTable = z.infer<typeof ResultTable>;
