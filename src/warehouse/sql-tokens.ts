import { AppError } from '../domain/app-error.ts';

/** A piece of SQL text. `space` also covers comments; joining all `text` gives the input back. */
export type SqlToken = {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol' | 'space';
  text: string;
  /** Counted from 1. */
  line: number;
};

/**
 * Splits Redshift SQL into tokens. A backslash in a string escapes the next character, as it does in Redshift.
 * `parameter` is `:name`; a cast `::` is one symbol. Throws warehouse.bad-statement where a string or comment never ends.
 */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  let line = 1;
  while (at < sql.length) {
    const [kind, end] = nextToken(sql, at, line);
    const text = sql.slice(at, end);
    tokens.push({ kind, text, line });
    for (let i = at; i < end; i++) if (sql.charCodeAt(i) === 10) line++;
    at = end;
  }
  return tokens;
}

export function sqlText(tokens: readonly SqlToken[]): string {
  return tokens.map((token) => token.text).join('');
}

/** Tokens that count: no white space, no comments. */
export function meaningful(tokens: readonly SqlToken[]): SqlToken[] {
  return tokens.filter((token) => token.kind !== 'space');
}

/** The names used as `:name`, each once. */
export function parameterNames(tokens: readonly SqlToken[]): string[] {
  return [
    ...new Set(tokens.filter((token) => token.kind === 'parameter').map((token) => token.text.slice(1))),
  ];
}

/** Index of the parenthesis that closes the one at `open`. Throws warehouse.bad-statement when there is none. */
export function closing(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i] as SqlToken;
    if (token.kind !== 'symbol') continue;
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth === 0) return i;
  }
  throw new AppError('warehouse.bad-statement', {
    detail: `A parenthesis on line ${tokens[open]?.line ?? 1} is never closed.`,
  });
}

const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n]*/y;
const PARAMETER = /:[A-Za-z_][A-Za-z0-9_]*/y;
const SYMBOL = /::|<>|<=|>=|!=|\|\||!~\*|!~|~\*|[^]/y;

function nextToken(sql: string, at: number, line: number): [SqlToken['kind'], number] {
  const first = sql[at] ?? '';
  const second = sql[at + 1] ?? '';
  if (first === "'") return ['string', endOfQuoted(sql, at, "'", true, line)];
  if (first === '"') return ['quoted', endOfQuoted(sql, at, '"', false, line)];
  if (first === '/' && second === '*') return ['space', endOfComment(sql, at, line)];
  const space = match(SPACE, sql, at) || match(LINE_COMMENT, sql, at);
  if (space) return ['space', space];
  const word = match(WORD, sql, at);
  if (word) return ['word', word];
  const number = match(NUMBER, sql, at);
  if (number) return ['number', number];
  const parameter = sql[at - 1] === ':' ? 0 : match(PARAMETER, sql, at);
  if (parameter) return ['parameter', parameter];
  return ['symbol', match(SYMBOL, sql, at) || at + 1];
}

function match(pattern: RegExp, sql: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : 0;
}

function endOfQuoted(sql: string, at: number, quote: string, escapes: boolean, line: number): number {
  for (let i = at + 1; i < sql.length; i++) {
    if (escapes && sql[i] === '\\') i++;
    else if (sql[i] === quote && sql[i + 1] === quote) i++;
    else if (sql[i] === quote) return i + 1;
  }
  throw new AppError('warehouse.bad-statement', { detail: `A quote on line ${line} is never closed.` });
}

function endOfComment(sql: string, at: number, line: number): number {
  const end = sql.indexOf('*/', at + 2);
  if (end < 0)
    throw new AppError('warehouse.bad-statement', { detail: `A comment on line ${line} is never closed.` });
  return end + 2;
}
