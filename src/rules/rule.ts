import { z } from 'zod';
import { MetricQuery } from '../domain/metric-query.ts';

/** Hours in which nothing is told, in a time zone; over midnight when `fromHour` is later. */
export const QuietHours = z.object({
  fromHour: z.number().int().min(0).max(23),
  toHour: z.number().int().min(0).max(23),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** What is held against the threshold: the figure itself, or how far it is from another. */
export const RuleMeasure = z.object({
  /** Days of the window that ends with the last loaded day. */
  days: z.number().int().min(1).max(366),
  against: z.enum(['nothing', 'window-before', 'same-weekday', 'last-year']),
  /** A change is a share of what it is held against, points of a rate, or an amount. */
  change: z.enum(['share', 'points', 'amount']).nullable(),
  direction: z.enum(['above', 'below']),
  /** 'at least' rather than 'more than'. */
  inclusive: z.boolean(),
  /** Exact decimal text; a rate or a share as a part of one. For a fall it is the size of the fall. */
  threshold: z.string().regex(/^-?\d+(\.\d+)?$/),
});
export type RuleMeasure = z.infer<typeof RuleMeasure>;

/** Somebody's own alert. `query` has no period: the window is put in when it is looked at. */
export const Rule = z.object({
  id: z.string(),
  owner: z.string(),
  /** A channel's id, or the owner's for a direct message. */
  to: z.string().min(1),
  words: z.string().max(600),
  query: MetricQuery,
  measure: RuleMeasure,
  quiet: QuietHours.nullable(),
  timeZone: z.string(),
  /** A draft waits for its owner's yes; a forbidden one is about what its owner may no longer see. */
  status: z.enum(['draft', 'on', 'paused', 'forbidden']),
  /** How often it has begun to hold. */
  crossings: z.number().int(),
  phase: z.enum(['calm', 'crossed']),
  /** The day judged when it began to hold. */
  since: z.string().nullable(),
  /** The message of this crossing; null until it is told. */
  place: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  /** What was found when it was last looked at, in words. */
  last: z.object({ day: z.string(), value: z.string() }).nullable(),
  createdAt: z.string(),
  version: z.number().int(),
});
export type Rule = z.infer<typeof Rule>;
