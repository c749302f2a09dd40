import { DuckDBDecimalValue, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { ParameterValue } from '../domain/plan.ts';

/** Binds by name. Whole numbers are integers, others exact decimals as written; text stays text and takes its type from its place. */
export function bindParameters(
  statement: DuckDBPreparedStatement,
  params: Record<string, ParameterValue>,
): void {
  for (const [name, value] of Object.entries(params)) {
    const index = statement.parameterIndex(name);
    if (value === null) statement.bindNull(index);
    else if (typeof value === 'boolean') statement.bindBoolean(index, value);
    else if (typeof value === 'string') statement.bindVarchar(index, value);
    else if (Number.isSafeInteger(value)) {
      if (Math.abs(value) < 2 ** 31) statement.bindInteger(index, value);
      else statement.bindBigInt(index, BigInt(value));
    } else {
      const exact = exactDecimal(value);
      if (exact) statement.bindDecimal(index, exact);
      else statement.bindDouble(index, value);
    }
  }
}

function exactDecimal(value: number): DuckDBDecimalValue | undefined {
  const match = /^(-?)(\d{1,20})\.(\d{1,17})$/.exec(String(value));
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  return new DuckDBDecimalValue(
    BigInt(`${sign}${whole}${fraction}`),
    whole.length + fraction.length,
    fraction.length,
  );
}
