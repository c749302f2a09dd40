import { AppError } from '../domain/app-error.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { ComposedQuery } from '../model/composed-query.ts';
import { askBeforeCostly } from './ask-before-costly.ts';
import type { AskedNow } from './asked-now.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';

/** The guard stopped it, or the person is asked first whether it may cost that much. */
export type NotRead = Extract<Outcome, { kind: 'refused' | 'ask-first' }>;

/** Guard first, then the locked engine: the very text that was vetted is what runs. */
export async function readVetted(
  query: ComposedQuery,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<ResultTable | NotRead> {
  const verdict = needs.vet(query.sql, { rights: question.rights, params: query.params });
  if (verdict.verdict === 'refused')
    return refuse('unsafe', `The guard stopped this query: ${verdict.reason}`);
  await needs.ensureRights(question.rights);
  const costly = await askBeforeCostly(query, question, needs);
  if (costly) return costly;
  question.onProgress?.('reading');
  const table = await needs.warehouse.read({
    sql: query.sql,
    params: query.params,
    schema: `policy_${question.rights.id}`,
    maxRows: needs.limits.maxRows,
    timeoutMs: needs.limits.timeoutMs,
    ...(question.signal ? { signal: question.signal } : {}),
  });
  question.onProgress?.('checking');
  return withDeclaredColumns(table, query);
}

/** The declared columns carry labels and units; names must agree with what the engine gave. */
function withDeclaredColumns(table: ResultTable, query: ComposedQuery): ResultTable {
  if (query.columns.length === 0) return table;
  const names = table.columns.map((column) => column.name);
  if (
    names.length !== query.columns.length ||
    query.columns.some((column, index) => column.name !== names[index])
  ) {
    throw new AppError('internal', {
      detail: 'The result has other columns than the query declares.',
      context: { names },
    });
  }
  return { ...table, columns: query.columns };
}
