import type { Run } from '../domain/run.ts';

/** The record of every run, written before anything is told. Errors: records.conflict, records.unavailable. */
export type RunLog = {
  /** Fails with records.conflict when a run with this id is there. */
  create(run: Run): Promise<void>;
  /** Saves when the stored version is `run.version`, and gives the run with version + 1; else records.conflict. */
  save(run: Run): Promise<Run>;
  find(id: string): Promise<Run | undefined>;
  /** The newest run that loaded these very files and was not undone. */
  findLoaded(contentHash: string): Promise<Run | undefined>;
  /** Newest first. */
  list(options: { limit: number; feed?: string; outcome?: Run['outcome'] }): Promise<Run[]>;
  /** The next batch number; each call gives a higher one. */
  nextBatchNumber(): Promise<number>;
};
