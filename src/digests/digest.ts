import { z } from 'zod';
import { ChartSpec } from '../domain/answer.ts';
import { ResultTable } from '../domain/result-table.ts';

export const DIGEST_KPIS = [
  'revenue',
  'orders',
  'average_order_value',
  'units',
  'return_rate',
  'new_customers',
] as const;
export const DigestKpi = z.enum(DIGEST_KPIS);
export type DigestKpi = z.infer<typeof DigestKpi>;

/** What a digest is about: all of the company, one branch (its number) or one category. */
export const DigestScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('company') }),
  z.object({ kind: z.literal('branch'), branch: z.string().min(1), name: z.string() }),
  z.object({ kind: z.literal('category'), category: z.string().min(1) }),
]);
export type DigestScope = z.infer<typeof DigestScope>;

/** One KPI of the day as people read it; a comparison is null where there is nothing to compare with. */
export const DigestTile = z.object({
  kpi: DigestKpi,
  label: z.string(),
  value: z.string(),
  dayBefore: z.string().nullable(),
  sameWeekday: z.string().nullable(),
});

/** One morning's message: facts and sentences, before it becomes blocks. Deterministic: same data, same digest. */
export const Digest = z.object({
  day: z.string(),
  scope: DigestScope,
  title: z.string(),
  /** Said first: what is missing or does not add up. Empty when all is well. */
  warnings: z.array(z.string()),
  complete: z.boolean(),
  /** The sentence that matters most. */
  headline: z.string(),
  tiles: z.array(DigestTile),
  sentences: z.array(z.string()),
  course: z.object({ table: ResultTable, chart: ChartSpec }).nullable(),
  standsOut: z.array(z.object({ headline: z.string(), sentences: z.array(z.string()), why: z.string() })),
  dataLine: z.string(),
  /** All of it as plain text. */
  text: z.string(),
});
export type Digest = z.infer<typeof Digest>;
