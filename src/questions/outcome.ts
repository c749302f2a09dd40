import type { z } from 'zod';
import type { EmptyReason, RefusalReason, Understood } from '../domain/answer.ts';
import type { Choice, ParameterValue, Provenance } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';

/** What carrying out a plan came to, before it is dressed as an answer. */
export type Outcome =
  | {
      kind: 'result';
      provenance: Provenance;
      title: string;
      table: ResultTable;
      sql: string | null;
      params: Record<string, ParameterValue>;
      tables: string[];
      understood: Understood;
      sentences: string[];
      /** Words and figures that a sentence may hold besides the result's. */
      mayBeSaid: string[];
      vocabulary: string[];
      warnings: string[];
      /** False for text of ours without data (definitions, the catalogue). */
      gated: boolean;
    }
  | {
      kind: 'empty';
      /** Whole questions that would have an answer. */
      choices?: Choice[];
      provenance: Provenance;
      text: string;
      reason: z.infer<typeof EmptyReason>;
      table: ResultTable;
      sql: string | null;
      params: Record<string, ParameterValue>;
      tables: string[];
      understood: Understood;
    }
  /** It may cost much: the person decides. */
  | { kind: 'ask-first'; text: string; choices: Choice[] }
  | { kind: 'refused'; text: string; reason: z.infer<typeof RefusalReason> };

export function refuse(
  reason: z.infer<typeof RefusalReason>,
  text: string,
): Extract<Outcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, text };
}
