import { AppError } from '../domain/app-error.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { ComposedQuery } from '../model/composed-query.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';

/** Guard first, then the locked engine: the very text that was vetted is what runs. */
export async function readVetted(
  query: ComposedQuery,
  question: Question,
  needs: QuestionNeeds,
): Promise<ResultTable | Extract<Outcome, { kind: 'refused' }>> {
  const verdict = needs.vet(query.sql, { rights: question.rights, params: query.params });
  if (verdict.verdict === 'refused')
    return refuse('unsafe', `The guard stopped this query: ${verdict.reason}`);
  await needs.ensureRights(question.rights);
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
