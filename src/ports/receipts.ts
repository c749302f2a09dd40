import type { Receipt } from '../domain/receipt.ts';

/** Errors: records.unavailable, records.throttled. */
export type Receipts = {
  save(receipt: Receipt): Promise<void>;
  find(id: string): Promise<Receipt | undefined>;
  /** Newest first; asked at or after `since` (ISO instant). */
  listSince(since: string, limit: number): Promise<Receipt[]>;
  /** Removing what is not there is no error. */
  remove(id: string): Promise<void>;
};
