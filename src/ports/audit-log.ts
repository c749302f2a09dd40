/** One line per question from door to answer. Personal data in questions is not kept in clear. */
export type AuditEntry = {
  id: string;
  at: string;
  asker: string;
  door: string;
  channel: string | null;
  thread: string | null;
  question: string;
  outcome: string;
  provenance: string | null;
  planKind: string | null;
  sqlFingerprint: string | null;
  rows: number;
  tookMs: number;
  tokens: number;
  costUsd: string;
  rule: string | null;
  /** Where the question stands in Slack. */
  link?: string | null;
  receiptId: string | null;
  /** The number that the question's log lines carry, and of which the id of its trace is made. */
  trace?: string;
  /** Sentences of the language model that could not be proved from the result and were not said. */
  dropped?: number;
};

export type AuditLog = {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(options: { limit: number; since?: string; asker?: string }): Promise<AuditEntry[]>;
  /** Takes out what is older than this instant, and says how many entries that was. */
  removeBefore(instant: string): Promise<number>;
};
