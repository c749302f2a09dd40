import { AppError } from '../domain/app-error.ts';
import type { ParameterValue } from '../domain/plan.ts';
import { type SqlToken, sqlText, sqlTokens } from '../warehouse/sql-tokens.ts';

export type BoundSql = { sql: string; parameters: { name: string; value: string }[] };

/**
 * The Data API passes values as text only, turns NULL into the word 'null' and fails on ''. So nulls, numbers, booleans and
 * empty text become literals, by tokens; all other text stays a parameter. `prefix` keeps names of one batch apart.
 */
export function bindForDataApi(
  sql: string,
  params: Record<string, ParameterValue> = {},
  prefix = '',
): BoundSql {
  const parameters = new Map<string, string>();
  const tokens = sqlTokens(sql).map((token): SqlToken => {
    if (token.kind !== 'parameter') return token;
    const name = token.text.slice(1);
    const value = params[name];
    if (typeof value === 'string' && value !== '') {
      parameters.set(`${prefix}${name}`, value);
      return { ...token, text: `:${prefix}${name}` };
    }
    return { ...token, text: literal(value) };
  });
  return {
    sql: sqlText(tokens),
    parameters: [...parameters].map(([name, value]) => ({ name, value })),
  };
}

function literal(value: ParameterValue | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return "''";
  const text = String(value);
  if (!/^-?\d+(\.\d+)?(e[+-]\d+)?$/.test(text))
    throw new AppError('warehouse.bad-parameter', { detail: `'${text}' is not a number.` });
  return value < 0 ? `(${text})` : text;
}
