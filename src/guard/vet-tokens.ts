import { refusal } from './vet-refusal.ts';

type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'operator' | 'mark' | 'end';

/** `text` is lower-case for words and quoted names (both engines fold them), the value for strings. */
export type Token = { kind: TokenKind; text: string; start: number; end: number };

export const LIMITS = { characters: 40_000, tokens: 8_000, nesting: 40 } as const;

/** Operators that mean the same on Redshift and on the embedded engine. */
const OPERATORS = new Set('+ - * / % ^ = <> != < <= > >= || :: ~ ~* !~ !~*'.split(' '));
const OPERATOR_CHARACTERS = new Set('+-*/%^=<>!|~&@#');

/**
 * The lexical gate: only text whose tokens every parser and engine must cut alike gets through.
 * No comments, backslashes, backticks, dollar quotes, brackets, prefixed or adjacent strings, control
 * or look-alike characters, second statements. Outside strings and quoted names: plain ASCII only.
 */
export function gate(sql: string): Token[] {
  if (sql.length > LIMITS.characters) {
    throw refusal('too-long', `The query is longer than ${LIMITS.characters} characters.`);
  }
  const tokens: Token[] = [];
  let nesting = 0;
  let at = 0;
  while (at < sql.length) {
    const character = sql.charCodeAt(at);
    if (isSpace(character)) {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, character, tokens.at(-1));
    if (token.kind === 'mark') {
      if (token.text === '(') nesting += 1;
      if (token.text === ')') nesting -= 1;
      if (nesting > LIMITS.nesting) throw refusal('too-deep', 'The query nests too many parentheses.');
    }
    tokens.push(token);
    if (tokens.length > LIMITS.tokens) throw refusal('too-long', 'The query has too many words.');
    at = token.end;
  }
  return withoutFinalSemicolon(tokens, sql.length);
}

function withoutFinalSemicolon(tokens: Token[], length: number): Token[] {
  if (tokens.at(-1)?.text === ';' && tokens.at(-1)?.kind === 'mark') tokens.pop();
  if (tokens.length === 0) throw refusal('empty', 'There is no query.');
  if (tokens.some((token) => token.kind === 'mark' && token.text === ';')) {
    throw refusal('several-statements', 'Only one statement is allowed.');
  }
  tokens.push({ kind: 'end', text: '', start: length, end: length });
  return tokens;
}

function readToken(sql: string, at: number, character: number, before: Token | undefined): Token {
  if (isLetter(character)) return readWord(sql, at);
  if (character === 39 /* ' */) return readString(sql, at, before);
  if (character === 34 /* " */) return readQuoted(sql, at, before);
  if (isDigit(character) || (character === 46 && isDigit(sql.charCodeAt(at + 1)) && before?.end !== at)) {
    return readNumber(sql, at);
  }
  if (character === 58 /* : */ && isLetter(sql.charCodeAt(at + 1))) return readParameter(sql, at);
  const text = sql.charAt(at);
  if (text === '(' || text === ')' || text === ',' || text === '.' || text === ';') {
    return { kind: 'mark', text, start: at, end: at + 1 };
  }
  if (text === ':' && sql.charAt(at + 1) === ':')
    return { kind: 'operator', text: '::', start: at, end: at + 2 };
  if (OPERATOR_CHARACTERS.has(text)) return readOperator(sql, at);
  throw refusal('character', `The character ${nameOf(sql, at)} is not allowed in a query.`);
}

function readWord(sql: string, at: number): Token {
  let end = at + 1;
  while (isLetter(sql.charCodeAt(end)) || isDigit(sql.charCodeAt(end))) end += 1;
  return { kind: 'word', text: sql.slice(at, end).toLowerCase(), start: at, end };
}

function readNumber(sql: string, at: number): Token {
  const match = NUMBER.exec(sql.slice(at, at + 64));
  const end = at + (match?.[0].length ?? 0);
  const next = sql.charCodeAt(end);
  if (!match || isLetter(next) || isDigit(next) || next === 46) {
    throw refusal('syntax', 'A number in the query is not written plainly.');
  }
  return { kind: 'number', text: match[0], start: at, end };
}
const NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?/;

function readParameter(sql: string, at: number): Token {
  const word = readWord(sql, at + 1);
  return { kind: 'parameter', text: sql.slice(at + 1, word.end), start: at, end: word.end };
}

/** A run of operator characters is one token, as the engines read it; a sign may follow an operator. */
function readOperator(sql: string, at: number): Token {
  let end = at;
  while (OPERATOR_CHARACTERS.has(sql.charAt(end))) end += 1;
  const run = sql.slice(at, end);
  if (run.includes('--') || run.includes('/*'))
    throw refusal('comment', 'Comments are not allowed in a query.');
  if (OPERATORS.has(run)) return { kind: 'operator', text: run, start: at, end };
  const sign = run.at(-1);
  const head = run.slice(0, -1);
  if ((sign === '-' || sign === '+') && OPERATORS.has(head) && !/[~!%^|]/.test(head)) {
    return { kind: 'operator', text: head, start: at, end: end - 1 };
  }
  throw refusal('character', `The operator ${JSON.stringify(run.slice(0, 10))} is not allowed in a query.`);
}

function readString(sql: string, at: number, before: Token | undefined): Token {
  if (before && before.end === at && before.kind !== 'mark' && before.kind !== 'operator') {
    throw refusal('string', 'A text value must stand apart from what is before it.');
  }
  if (before?.kind === 'string') throw refusal('string', 'Two text values stand side by side.');
  let end = at + 1;
  for (;;) {
    if (end >= sql.length) throw refusal('string', 'A text value is not closed.');
    const character = sql.charCodeAt(end);
    if (character === 39) {
      if (sql.charCodeAt(end + 1) !== 39) break;
      end += 2;
      continue;
    }
    checkInside(sql, end, character);
    end += 1;
  }
  return { kind: 'string', text: sql.slice(at + 1, end).replaceAll("''", "'"), start: at, end: end + 1 };
}

function readQuoted(sql: string, at: number, before: Token | undefined): Token {
  if (before && before.end === at && before.kind !== 'mark' && before.kind !== 'operator') {
    throw refusal('string', 'A quoted name must stand apart from what is before it.');
  }
  let end = at + 1;
  for (; sql.charCodeAt(end) !== 34; end += 1) {
    if (end >= sql.length) throw refusal('string', 'A quoted name is not closed.');
    const character = sql.charCodeAt(end);
    checkInside(sql, end, character);
    if (character === 39 || character === 59)
      throw refusal('string', 'A quoted name holds a quote or semicolon.');
  }
  if (sql.charCodeAt(end + 1) === 34) throw refusal('string', 'A quoted name holds a quote.');
  const text = sql.slice(at + 1, end);
  if (text === '' || text.length > 127) throw refusal('string', 'A quoted name is empty or too long.');
  // Engines fold ASCII only; JavaScript would also turn a Kelvin sign into a k.
  const folded = text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  return { kind: 'quoted', text: folded, start: at, end: end + 1 };
}

/** Inside quotes any letter of any language is fine, but nothing unseen, and nothing that looks like a quote. */
function checkInside(sql: string, at: number, character: number): void {
  if (character === 92 /* \ */) throw refusal('character', 'A backslash is not allowed in a query.');
  if (character >= 32 && character < 127 && character !== 96) return;
  if (character === 10 || character === 13 || character === 9) return;
  const text = sql.charAt(at);
  if (character >= 160 && !UNSEEN_OR_ALIKE.test(text)) return;
  throw refusal('character', `The character ${nameOf(sql, at)} is not allowed in a query.`);
}
const UNSEEN_OR_ALIKE =
  /[\p{C}\p{Script=Inherited}\p{Zl}\p{Zp}\u00a0\u00ad\u02b9-\u02bd\u02ca\u02cb\u115f\u1160\u1680\u2000-\u200f\u2028-\u202f\u2032\u2035\u205f-\u206f\u3000\u3164\uff00-\uffef]/u;

function isSpace(character: number): boolean {
  return character === 32 || character === 10 || character === 9 || character === 13;
}

function isDigit(character: number): boolean {
  return character >= 48 && character <= 57;
}

function isLetter(character: number): boolean {
  return (character >= 97 && character <= 122) || (character >= 65 && character <= 90) || character === 95;
}

function nameOf(sql: string, at: number): string {
  const point = sql.codePointAt(at) ?? 0;
  return point > 32 && point < 127
    ? `'${String.fromCodePoint(point)}'`
    : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
