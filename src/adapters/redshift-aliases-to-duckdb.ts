import { meaningful, type SqlToken } from '../warehouse/sql-tokens.ts';

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** After these words comes no name of what stood before. */
const NO_VALUE = words(`
  select distinct all from where and or not in is like ilike similar to between case when then else on by having order group
  limit offset fetch union intersect except minus as interval nulls ignore respect current unbounded rows range join left right
  full inner outer cross natural using partition over any some exists with recursive values both leading trailing for at time
  zone double character escape primary collate into window qualify`);

/** And these name nothing themselves. */
const NO_NAME = words(`
  from where and or not in is like ilike similar between as on by having order group limit offset fetch union intersect except
  minus asc desc end then else when null true false nulls preceding following precision varying zone row only ties isnull
  notnull join left right full inner outer cross natural using over within filter escape collate window qualify`);

/**
 * Says AS before a name that stands right behind what it names: there Redshift takes any word that is not reserved
 * (`max(day) last`), and DuckDB none that its grammar knows. Only where the list, the query or the parentheses go on after it.
 */
export function withAliasesSaid(tokens: readonly SqlToken[]): SqlToken[] {
  const said = meaningful(tokens);
  if (!isQuery(said)) return [...tokens];
  const aliases = new Set(said.filter((_, at) => isAlias(said, at)));
  return tokens.map((token) => (aliases.has(token) ? { ...token, text: `as ${token.text}` } : token));
}

function isQuery(said: readonly SqlToken[]): boolean {
  return /^(select|with|\()$/i.test(said[0]?.text ?? '');
}

function isAlias(said: readonly SqlToken[], at: number): boolean {
  const token = said[at];
  const before = said[at - 1];
  if (token?.kind !== 'word' || !before || NO_NAME.has(lower(token))) return false;
  return (
    endsValue(before) &&
    !/^(interval|top)$/.test(lower(said[at - 2])) &&
    /^([,);]|from|)$/.test(lower(said[at + 1]))
  );
}

function endsValue(token: SqlToken): boolean {
  if (token.kind === 'word') return !NO_VALUE.has(lower(token));
  return token.text === ')' || ['quoted', 'string', 'number', 'parameter'].includes(token.kind);
}

function lower(token: SqlToken | undefined): string {
  return token?.text.toLowerCase() ?? '';
}
