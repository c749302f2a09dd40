import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { AppError } from '../domain/app-error.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { duckdbError } from './duckdb-errors.ts';
import { bindParameters } from './duckdb-parameters.ts';
import { resultTable } from './duckdb-results.ts';
import { searchPathStatement } from './duckdb-settings.ts';

/** `sql` is DuckDB's dialect already. */
type Read = {
  schema: string;
  sql: string;
  params: Record<string, ParameterValue>;
  maxRows: number;
  explain: boolean;
};

/** Runs one SELECT, and nothing else, on a connection of its own. Throws the engine's words; `readError` makes them ours. */
export async function readOn(connection: DuckDBConnection, read: Read): Promise<ResultTable> {
  await connection.run(searchPathStatement(read.schema));
  const statement = await connection.prepare(read.explain ? `explain ${read.sql}` : read.sql);
  const wanted = read.explain ? StatementType.EXPLAIN : StatementType.SELECT;
  if (statement.statementType !== wanted) throw new Error('NOT A SELECT');
  bindParameters(statement, read.params);
  return resultTable(await statement.stream(), read.maxRows);
}

export function readError(message: string): AppError {
  if (message === 'NOT A SELECT')
    return new AppError('warehouse.write-refused', { detail: 'Only a single SELECT may run here.' });
  if (/Cannot prepare multiple statements/i.test(message))
    return new AppError('warehouse.write-refused', { detail: 'Only one statement may run at a time.' });
  return duckdbError(message);
}
