/** Where a landed file came from; its records are named after it. */
export type LandedFile = {
  /** SHA-256 over its bytes. */
  sha256: string;
  feed: string;
  name: string;
  uploadedOn: string;
  run: string;
  records: number;
};

export type LandedRecord = {
  /** The same record of the same file has the same id, whenever and however often it lands. */
  id: string;
  file: string;
  feed: string;
  uploadedOn: string;
  /** Counted from 1, where the record begins in the file (in a sheet: its row). */
  line: number;
  /** The record as it came, in UTF-8. Lines of the header are records, too. */
  raw: string;
};

/**
 * Each record of the feeds that are so configured, before it is worked on.
 * Errors: records.unavailable, records.throttled.
 */
export type LandingRecords = {
  /** Said twice, they are there once. */
  put(file: Omit<LandedFile, 'records'>, rows: readonly { line: number; raw: string }[]): Promise<void>;
  /** All of the file's records are there; `lastLine` is the last one's. */
  complete(file: LandedFile, lastLine: number): Promise<void>;
  /** A file all of whose records are there. */
  find(feed: string, sha256: string): Promise<LandedFile | undefined>;
  record(id: string): Promise<LandedRecord | undefined>;
  /** In the order of lines. */
  read(feed: string, sha256: string): AsyncIterable<LandedRecord>;
  /** Goes through all records of all files; where `change` gives another text, that stands there if `write`. Gives how many. */
  rewrite(change: (raw: string) => string | undefined, options: { write: boolean }): Promise<number>;
};
