import { z } from 'zod';

/** A value of a row; numbers are kept as the text that they were sent as. */
const Value = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);

/**
 * One line of an invoice, as a till, a shop or a replay tells of it. The same `id` is the same event, however often
 * it comes. `data` has the columns of the feed's declaration.
 */
export const SalesEvent = z.strictObject({
  id: z.string().min(1).max(200),
  feed: z.string().min(1).max(40),
  type: z.literal('invoice-line').default('invoice-line'),
  /** When it was sent. */
  at: z.iso.datetime({ offset: true, local: true }).optional(),
  data: z
    .record(z.string().max(200), Value)
    .refine((data) => Object.keys(data).length <= 200, 'too many columns'),
});
export type SalesEvent = z.infer<typeof SalesEvent>;

/** Of one event, as JSON. A stream's record may have 1 MB. */
export const MOST_EVENT_BYTES = 64_000;

/** The text of a value, empty for none. */
export function textOf(value: z.infer<typeof Value> | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
