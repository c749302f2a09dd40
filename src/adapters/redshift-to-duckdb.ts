import { AppError } from '../domain/app-error.ts';
import { closing, meaningful, type SqlToken, sqlTokens } from '../warehouse/sql-tokens.ts';
import { withAliasesSaid } from './redshift-aliases-to-duckdb.ts';
import { ddlToDuckdb, isDdl, isWithoutMeaning } from './redshift-ddl-to-duckdb.ts';
import { FUNCTION_RULES, type TranslateOptions } from './redshift-functions-to-duckdb.ts';
import { typeName } from './redshift-types-to-duckdb.ts';

/** Rewrites one piece of SQL; handed to the rules so that they can go into what is in parentheses. */
type Rewrite = (tokens: readonly SqlToken[]) => string;

/**
 * One Redshift statement as DuckDB understands it, with the same meaning; '' for what means nothing on one machine
 * (grants, vacuum). Works on tokens, so text in strings and quoted names is never touched. Together with the settings in
 * duckdb-settings.ts and the macros in duckdb-macros.ts it closes the differences that would be silent:
 * integer division and AVG, FLOAT's width, NUMERIC's default scale, nulls in sorting, in CONCAT and in DECODE,
 * DATE_TRUNC's type, `~` and SIMILAR TO, REGEXP_REPLACE, percentiles of decimals, backslashes in strings.
 * Not closed: a division by zero is null here and an error there; ASCII order of text is the same, collations are not.
 */
export function redshiftToDuckdb(sql: string, options: TranslateOptions = {}): string {
  const tokens = withoutComments(sqlTokens(sql));
  if (isWithoutMeaning(tokens)) return '';
  const prepared = isDdl(tokens) ? columnTypes(ddlToDuckdb(tokens)) : withAliasesSaid(tokens);
  return rewriteLevel(prepared, options).trim();
}

function withoutComments(tokens: readonly SqlToken[]): SqlToken[] {
  return tokens.map((token) =>
    token.kind === 'space' && token.text.trim() !== ''
      ? { ...token, text: token.text.includes('\n') ? '\n' : ' ' }
      : token,
  );
}

/** One level of parentheses; deeper ones are rewritten first. */
function rewriteLevel(tokens: readonly SqlToken[], options: TranslateOptions): string {
  const rewrite: Rewrite = (inner) => rewriteLevel(inner, options);
  let out = '';
  let atEnd = '';
  let previous: SqlToken | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as SqlToken;
    const next = nextMeaningful(tokens, i);
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    const nextText = tokens[next]?.text.toLowerCase() ?? '';
    const isName = previous?.text === '.' || nextText === '.';

    if (token.kind === 'space') {
      out += token.text;
      continue;
    }
    if (token.kind === 'symbol' && token.text === '(') {
      const close = closing(tokens, i);
      out += `(${rewrite(tokens.slice(i + 1, close))})`;
      i = close;
    } else if (word === 'top' && isSelect(previous) && tokens[next]?.kind === 'number') {
      refuseSetOperators(tokens, token.line);
      atEnd = ` limit ${nextText}`;
      i = next;
      continue;
    } else if (word === 'approximate' && !isName && tokens[next]?.kind === 'word') {
      continue;
    } else if (word === 'minus' && (nextText === 'select' || nextText === '(' || nextText === 'with')) {
      out += 'except';
    } else if (!isName && nextText === '(' && word in FUNCTION_RULES) {
      const close = closing(tokens, next);
      const call = callOf(word, tokens.slice(next + 1, close), rewrite);
      const rule = FUNCTION_RULES[word] as (typeof FUNCTION_RULES)[string];
      const suffix = suffixesOf(tokens, close, rewrite);
      out += rule({ ...call, ...suffix, options });
      i = suffix.end;
    } else if (!isName && options.now && nextText !== '(' && /^(sysdate|current_date|today)$/.test(word)) {
      out += momentLiteral(word, options.now);
    } else if (
      token.kind === 'symbol' &&
      (token.text === '~' || token.text === '~*' || token.text === '!~' || token.text === '!~*')
    ) {
      const operand = operandAfter(tokens, i, rewrite);
      const flags = token.text.endsWith('*') ? '(?is)' : '(?s)';
      out += `${token.text.startsWith('!') ? '!~' : '~'} ('${flags}.*(?:' || ${operand.text} || ').*')`;
      i = operand.end;
    } else if (word === 'similar' && nextText === 'to') {
      const operand = operandAfter(tokens, next, rewrite);
      out += `similar to rs_similar_pattern(${operand.text})`;
      i = operand.end;
    } else if ((word === 'like' || word === 'ilike') && !isName && usesBackslash(tokens[next])) {
      const operand = operandAfter(tokens, i, rewrite);
      const after = tokens[nextMeaningful(tokens, operand.end)]?.text.toLowerCase();
      out += `${word} ${operand.text}${after === 'escape' ? '' : " escape '\\'"}`;
      i = operand.end;
    } else if (/^(decimal|numeric|dec)$/.test(word) && nextText === '(' && isNineteen(tokens, next)) {
      const close = closing(tokens, next);
      out += `decimal(18${rewrite(tokens.slice(nextMeaningful(tokens, next) + 1, close))})`;
      i = close;
    } else if (/^(n?varchar|varying)$/.test(word) && nextText === '(' && isMax(tokens, next)) {
      out += word;
      i = closing(tokens, next);
    } else if (word !== '' && isTypePosition(previous, tokens, i)) {
      out += typeName(word, nextText);
    } else {
      out += plainToken(token);
    }
    previous = token;
  }
  return out.replace(/\s+$/, '') + atEnd;
}

function plainToken(token: SqlToken): string {
  if (token.kind === 'parameter') return `$${token.text.slice(1)}`;
  if (token.kind === 'string' && token.text.includes('\\')) return `E${token.text}`;
  return token.text;
}

function callOf(name: string, inner: readonly SqlToken[], rewrite: Rewrite) {
  const rawArgs = splitAtCommas(inner);
  return { name, rawArgs, args: rawArgs.map((arg) => rewrite(arg).trim()) };
}

/** What may follow an aggregate: `within group (...)`, `filter (...)`, `ignore nulls` and `over (...)`. */
function suffixesOf(tokens: readonly SqlToken[], close: number, rewrite: Rewrite) {
  let end = close;
  let nulls = '';
  let within: SqlToken[] | undefined;
  let over: string | undefined;
  let filter = '';
  const at = nextMeaningful(tokens, end);
  const group = nextMeaningful(tokens, at);
  if (isWord(tokens[at], 'within') && isWord(tokens[group], 'group')) {
    const open = nextMeaningful(tokens, group);
    end = closing(tokens, open);
    within = tokens.slice(open + 1, end);
  }
  const filterAt = nextMeaningful(tokens, end);
  const condition = nextMeaningful(tokens, filterAt);
  if (isWord(tokens[filterAt], 'filter') && tokens[condition]?.text === '(') {
    end = closing(tokens, condition);
    filter = ` filter ${rewrite(tokens.slice(condition, end + 1))}`;
  }
  const nullsAt = nextMeaningful(tokens, end);
  if (isWord(tokens[nullsAt], 'ignore') || isWord(tokens[nullsAt], 'respect')) {
    end = nextMeaningful(tokens, nullsAt);
    nulls = ` ${tokens[nullsAt]?.text} nulls`;
  }
  const overAt = nextMeaningful(tokens, end);
  if (isWord(tokens[overAt], 'over')) {
    const open = nextMeaningful(tokens, overAt);
    end = tokens[open]?.text === '(' ? closing(tokens, open) : open;
    over = ` over ${rewrite(tokens.slice(open, end + 1))}`;
  }
  return { within: within && rewrite(within).trim(), nulls, over: `${filter}${over ?? ''}`, end };
}

/** The value right of an infix operator: a literal, a parameter, a name, a call or something in parentheses. */
function operandAfter(tokens: readonly SqlToken[], at: number, rewrite: Rewrite) {
  const start = nextMeaningful(tokens, at);
  let end = start;
  if (tokens[start]?.text === '(') end = closing(tokens, start);
  else {
    while (tokens[end + 1]?.text === '.' && tokens[end + 2]) end += 2;
    const open = nextMeaningful(tokens, end);
    if (tokens[end]?.kind === 'word' && tokens[open]?.text === '(') end = closing(tokens, open);
  }
  return { text: rewrite(tokens.slice(start, end + 1)), end };
}

/** In the column list of a table the type stands after the column's name, so it can be told by its place. */
function columnTypes(tokens: readonly SqlToken[]): SqlToken[] {
  const words = meaningful(tokens);
  const isTable = words[1]?.text.toLowerCase() === 'table' && !words.some((token) => isWord(token, 'select'));
  if (!isTable) return [...tokens];
  let previous: SqlToken | undefined;
  return tokens.map((token, at) => {
    const isType = token.kind === 'word' && (previous?.kind === 'word' || previous?.kind === 'quoted');
    if (token.kind !== 'space') previous = token;
    if (!isType) return token;
    const next = nextMeaningful(tokens, at);
    return { ...token, text: typeName(token.text.toLowerCase(), tokens[next]?.text ?? '') };
  });
}

function isTypePosition(previous: SqlToken | undefined, tokens: readonly SqlToken[], at: number): boolean {
  if (previous?.text === '::') return true;
  if (previous?.kind === 'word' && previous.text.toLowerCase() === 'as') {
    const after = tokens[nextMeaningful(tokens, at)];
    return after === undefined || after.text === '(';
  }
  return false;
}

/**
 * Redshift keeps up to 19 digits in eight bytes, DuckDB up to 18; one more makes casts and loads 15 times slower. So here
 * decimal(19,4) holds 14 digits before the point instead of 15. What does not fit is an error, never a wrong number.
 */
function isNineteen(tokens: readonly SqlToken[], open: number): boolean {
  return tokens[nextMeaningful(tokens, open)]?.text === '19';
}

function isMax(tokens: readonly SqlToken[], open: number): boolean {
  return isWord(tokens[nextMeaningful(tokens, open)], 'max');
}

function momentLiteral(word: string, now: Date): string {
  const text = now.toISOString();
  return word === 'current_date' || word === 'today'
    ? `date '${text.slice(0, 10)}'`
    : `timestamp '${text.slice(0, 23).replace('T', ' ')}'`;
}

function refuseSetOperators(tokens: readonly SqlToken[], line: number): void {
  if (tokens.some((token) => /^(union|except|intersect|minus)$/i.test(token.text)))
    throw new AppError('warehouse.bad-statement', {
      detail: `TOP on line ${line} stands beside UNION, EXCEPT or INTERSECT; use LIMIT in parentheses.`,
    });
}

function isSelect(token: SqlToken | undefined): boolean {
  return isWord(token, 'select') || isWord(token, 'distinct');
}

function usesBackslash(token: SqlToken | undefined): boolean {
  return token?.kind === 'string' && token.text.includes('\\');
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

/** Index of the next token that is no space; the length when there is none. */
function nextMeaningful(tokens: readonly SqlToken[], at: number): number {
  let i = at + 1;
  while (tokens[i]?.kind === 'space') i++;
  return i;
}

function splitAtCommas(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && token.text === '(') depth++;
    if (token.kind === 'symbol' && token.text === ')') depth--;
    if (token.kind === 'symbol' && token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return meaningful(parts.flat()).length === 0 ? [] : parts;
}
