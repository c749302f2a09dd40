import { closing, meaningful, type SqlToken } from '../warehouse/sql-tokens.ts';

export function isDdl(tokens: readonly SqlToken[]): boolean {
  return /^(create|alter|drop)$/i.test(meaningful(tokens)[0]?.text ?? '');
}

/** Rights, roles and upkeep: nothing to do where one process owns one file. */
export function isWithoutMeaning(tokens: readonly SqlToken[]): boolean {
  const [first, second, third] = meaningful(tokens).map((token) => token.text.toLowerCase());
  if (first === undefined) return true;
  if (/^(grant|revoke|vacuum|analyze|lock)$/.test(first)) return true;
  if (first === 'refresh' && second === 'materialized') return true;
  if (/^(create|alter|drop)$/.test(first) && /^(user|role|group|datashare)$/.test(second ?? '')) return true;
  if (first === 'alter' && second === 'default' && third === 'privileges') return true;
  return first === 'set' && /^(query_group|statement_timeout|enable_\w+)$/.test(second ?? '');
}

/**
 * Drops what only a cluster needs: distribution and sort keys, encodings, late-binding views, and primary and foreign
 * keys, which Redshift keeps as hints and never enforces (here they would cost an index and refuse rows).
 */
export function ddlToDuckdb(tokens: readonly SqlToken[]): SqlToken[] {
  const out: SqlToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const end = endOfDropped(tokens, i);
    if (end === undefined) {
      out.push(tokens[i] as SqlToken);
      continue;
    }
    dropCommaBefore(out, tokens, i, end);
    i = end;
  }
  return out;
}

/** Index of the last token of a clause to drop that begins at `at`. */
function endOfDropped(tokens: readonly SqlToken[], at: number): number | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word' || isNamePosition(tokens, at)) return undefined;
  const word = token.text.toLowerCase();
  const next = after(tokens, at);
  const nextWord = tokens[next]?.text.toLowerCase() ?? '';
  const wordThenGroup = (index: number) =>
    tokens[after(tokens, index)]?.text === '(' ? closing(tokens, after(tokens, index)) : index;
  switch (word) {
    case 'diststyle':
    case 'encode':
      return next;
    case 'compound':
    case 'interleaved':
      return nextWord === 'sortkey' ? wordThenGroup(next) : undefined;
    case 'distkey':
    case 'sortkey':
      return nextWord === 'auto' ? next : wordThenGroup(at);
    case 'backup':
      return next;
    case 'primary':
      return nextWord === 'key' ? wordThenGroup(next) : undefined;
    case 'unique':
      return wordThenGroup(at);
    case 'foreign':
      return nextWord === 'key' ? endOfReferences(tokens, wordThenGroup(next)) : undefined;
    case 'references':
      return endOfReferences(tokens, at - 1);
    case 'identity':
      return wordThenGroup(at);
    case 'materialized':
      return at;
    case 'auto':
      return nextWord === 'refresh' ? after(tokens, next) : undefined;
    case 'with':
      return nextWord === 'no' ? after(tokens, after(tokens, next)) : undefined;
    default:
      return undefined;
  }
}

/** `references table (columns)` that follows index `at`. */
function endOfReferences(tokens: readonly SqlToken[], at: number): number {
  let end = after(tokens, after(tokens, at));
  while (tokens[end + 1]?.text === '.') end += 2;
  const open = after(tokens, end);
  return tokens[open]?.text === '(' ? closing(tokens, open) : end;
}

/** A column may be called `backup`: right after an opening parenthesis or a comma a word is a name, save for the keys. */
function isNamePosition(tokens: readonly SqlToken[], at: number): boolean {
  let i = at - 1;
  while (tokens[i]?.kind === 'space') i--;
  const before = tokens[i]?.text ?? '';
  if (before === '.') return true;
  return (before === '(' || before === ',') && !/^(primary|foreign|unique)$/i.test(tokens[at]?.text ?? '');
}

/** A dropped table constraint takes the comma before it along. */
function dropCommaBefore(out: SqlToken[], tokens: readonly SqlToken[], at: number, end: number): void {
  if (!/^(primary|foreign|unique)$/i.test(tokens[at]?.text ?? '')) return;
  const closes = tokens[after(tokens, end)]?.text === ')' || tokens[after(tokens, end)]?.text === ',';
  let last = out.length - 1;
  while (out[last]?.kind === 'space') last--;
  if (closes && out[last]?.text === ',') out.splice(last, 1);
}

function after(tokens: readonly SqlToken[], at: number): number {
  let i = at + 1;
  while (tokens[i]?.kind === 'space') i++;
  return i;
}
