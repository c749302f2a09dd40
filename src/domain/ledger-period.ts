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
