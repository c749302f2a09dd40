import { AppError } from '../domain/app-error.ts';
import type { ParameterValue } from '../domain/plan.ts';
import { parameterNames, sqlTokens } from '../warehouse/sql-tokens.ts';

/** Every `:name` has a value and every value is used and passable; else warehouse.bad-parameter with the names. */
export function checkParameters(sql: string, params: Record<string, ParameterValue> = {}): void {
  const used = parameterNames(sqlTokens(sql));
  const given = Object.keys(params);
  const missing = used.filter((name) => !Object.hasOwn(params, name) || params[name] === undefined);
  if (missing.length > 0) refuse(`No value was given for ${missing.join(', ')}.`);
  const extra = given.filter((name) => !used.includes(name));
  if (extra.length > 0) refuse(`The statement has no parameter ${extra.join(', ')}.`);
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      refuse(`The value of ${name} has to be text, a number, true, false or null.`);
    if (typeof value === 'number' && !Number.isFinite(value)) refuse(`The value of ${name} is not a number.`);
    if (typeof value === 'string' && value.includes('\0'))
      refuse(`The value of ${name} has a null character.`);
  }
}

function refuse(detail: string): never {
  throw new AppError('warehouse.bad-parameter', { detail });
}
