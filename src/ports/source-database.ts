export type SourceColumn = { name: string; type: string; nullable: boolean };

export type SourceTable = {
  columns: SourceColumn[];
  /** Null when the source does not say, as of a view. */
  keyIsUnique: boolean | null;
};

/** Where a reading of a table stands: the watermark and key of a row, as the source writes them. */
export type Place = { watermark: string | null; key: string[] };

/** A table as it is declared: its name, what identifies a row, what grows with each change. */
export type SourceTableName = {
  table: string;
  key: string[];
  watermark: string | null;
  /** A condition in the source's SQL, from the declaration. */
  where: string | null;
};

export type SourceRequest = SourceTableName & {
  columns: string[];
  /** Rows with a watermark, by watermark and key; or those without one (and tables without any), by key. */
  part: 'marked' | 'unmarked';
  /** Only rows after this place, or (when `from` is given as well) from this watermark on. Both null: all of them. */
  after: Place | null;
  from: string | null;
  rows: number;
};

export type SourceRow = { cells: (string | null)[]; place: Place };

/**
 * One look at the database, as it stood when it began where `isSnapshot`. Cells are text that a feed reads: ISO times
 * (with Z where the source knows the zone), a decimal point, true and false, nothing for null.
 */
export type SourceReading = {
  isSnapshot: boolean;
  describe(table: SourceTableName): Promise<SourceTable>;
  /**
   * The watermark from which a later look must read so that it misses nothing: the greatest that is seen, never after
   * the database's own clock, less the age of the oldest open transaction and the overlap. Null: from the beginning.
   */
  reach(table: SourceTableName): Promise<string | null>;
  /** At most `rows` rows, in order. Fewer: the part is read to its end. */
  read(request: SourceRequest): Promise<SourceRow[]>;
  close(): Promise<void>;
};

/**
 * An operational database, only read.
 * Errors: source.unavailable (tried again), source.refused for a wrong login, table, column or condition.
 */
export type SourceDatabase = {
  begin(): Promise<SourceReading>;
  close(): Promise<void>;
};
