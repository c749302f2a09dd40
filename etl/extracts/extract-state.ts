import { z } from 'zod';
import { AppError, hasCode } from '../../src/domain/app-error.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';

const Place = z.object({ watermark: z.string().nullable(), key: z.array(z.string()) });

/** A table within a round. A row is still to be read when it is past any of the bounds; with no bounds, all rows are. */
const TableState = z.object({
  bounds: z.object({ after: Place.nullable(), from: z.string().nullable() }).nullable(),
  /** Where this leg's reading stands. */
  at: z.object({ part: z.enum(['marked', 'unmarked']), after: Place.nullable() }).nullable(),
  done: z.boolean(),
  /** From where a later leg or round must read, as this leg's look at the source says. */
  reach: z.string().nullable(),
  rows: z.number().int(),
  files: z.number().int(),
});
export type TableState = z.infer<typeof TableState>;

const Round = z.object({
  id: z.string(),
  run: z.string(),
  startedAt: z.string(),
  /** Each look at the source is a leg; a crash or a lost connection makes another. */
  leg: z.number().int(),
  tables: z.record(z.string(), TableState),
  /** The watermarks from which the round read, by feed. */
  low: z.record(z.string(), z.string().nullable()),
  /** All is read and lies in the ingestion bucket. */
  sealed: z.boolean(),
  notes: z.array(z.string()),
});
export type Round = z.infer<typeof Round>;

export const ExtractState = z.object({
  /** From where the next round reads, by feed. */
  low: z.record(z.string(), z.string().nullable()).default({}),
  /** The source's columns as they were seen last, by feed. */
  columns: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** The round that is under way, or whose run has not ended. */
  round: Round.nullable().default(null),
  /** Loaded rounds, newest first: what to go back to when one is undone. */
  loaded: z
    .array(z.object({ id: z.string(), run: z.string(), low: z.record(z.string(), z.string().nullable()) }))
    .default([]),
  /** Where the rows that were given last are remembered. */
  seen: z.string().nullable().default(null),
});
export type ExtractState = z.infer<typeof ExtractState>;

export type StateRecord = { state: ExtractState; save(change: Partial<ExtractState>): Promise<void> };

const KIND = 'extract';

/** The state of an extract; each save names the version it replaces, so of two processes one goes on. */
export async function openState(name: string, records: VersionedRecords): Promise<StateRecord> {
  const found = await records.find(KIND, name);
  let version = found?.version ?? 0;
  const record: StateRecord = {
    state: ExtractState.parse(found?.value ?? {}),
    async save(change) {
      const state = { ...record.state, ...change };
      try {
        version = await records.save(KIND, { id: name, version, value: state });
      } catch (thrown) {
        if (!hasCode(thrown, 'records.conflict')) throw thrown;
        throw new AppError('records.conflict', {
          detail: `Another process is reading the extract '${name}'; this one stops.`,
          cause: thrown,
        });
      }
      record.state = state;
    },
  };
  return record;
}
