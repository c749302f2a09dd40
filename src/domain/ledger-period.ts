import { z } from 'zod';

/** A month of the books. `closing`: no new entry, but what is on its way arrives. `closed`: nothing lands in it. */
export const LedgerPeriod = z.object({
  /** YYYY-MM */
  month: z.string(),
  state: z.enum(['open', 'closing', 'closed']),
  history: z.array(
    z.object({
      what: z.enum(['closing', 'closed', 'reopened']),
      by: z.string(),
      byName: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  version: z.number().int(),
});
export type LedgerPeriod = z.infer<typeof LedgerPeriod>;

/** Under which kind the record store keeps them, by month. Read by the money records and by the pipeline's check. */
export const LEDGER_PERIOD = 'ledger-period';

/** A batch that is being taken back. It stands before the closed months are looked at, so that a closing sees it. */
export const UndoUnderWay = z.object({ since: z.string() });
/** Under which kind the record store keeps them, by batch. */
export const UNDO_UNDER_WAY = 'undo-under-way';
/** One that a stopped process left behind counts no longer. */
export const UNDO_LASTS_MS = 30 * 60_000;
