import { z } from 'zod';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:00');

/** When a feed is expected, where its owner says so; else it is learnt from the loads so far. */
export const FeedRhythm = z.union([
  z.strictObject({
    /** The local time by which it should have come. */
    by: Clock,
    /** 1 is Monday; every day when left out. */
    days: z.array(z.number().int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]),
  }),
  z.strictObject({
    everyHours: z
      .number()
      .positive()
      .max(24 * 40),
  }),
]);
export type FeedRhythm = z.infer<typeof FeedRhythm>;

/** What is known of a feed by its declaration. */
export type ExpectedFeed = {
  /** As in the runs' records: a set's name, or a feed's when it came alone. */
  feed: string;
  timeZone: string;
  rhythm: FeedRhythm | null;
  /** The warehouse's tables that it fills. */
  tables: string[];
};
