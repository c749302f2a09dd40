/** One small record with the number of its last save. */
export type VersionedRecord = { id: string; version: number; value: unknown };

/**
 * Small records of a kind ('subscription', 'alert'), each saved on condition of its version, so that of two instances
 * one wins. Errors: records.conflict when the stored version is another, records.unavailable, records.throttled.
 */
export type VersionedRecords = {
  find(kind: string, id: string): Promise<VersionedRecord | undefined>;
  /** By id. */
  list(kind: string): Promise<VersionedRecord[]>;
  /** `version` is that of the record as it was read; 0 for one that is not there yet. Gives the new version. */
  save(kind: string, record: VersionedRecord): Promise<number>;
  remove(kind: string, id: string): Promise<void>;
  /** Of every kind, in no order; for copies. */
  all(): AsyncIterable<VersionedRecord & { kind: string }>;
};
