import type { ParameterValue } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';

/** To the reading process. `sql` is DuckDB's dialect already. */
export type ReaderRequest =
  | {
      kind: 'read';
      id: number;
      file: string;
      schema: string;
      sql: string;
      params: Record<string, ParameterValue>;
      maxRows: number;
      explain: boolean;
    }
  /** It will be asked of this file soon. */
  | { kind: 'open'; file: string }
  | { kind: 'stop'; id: number };

/** Back from it; `error` is the engine's message. */
export type ReaderReply = { id: number; table: ResultTable } | { id: number; error: string };
