import { AppError } from '../../src/domain/app-error.ts';
import { type Units, unitsFromText } from './units.ts';

export type Operator = 'or' | 'and' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

export type ExpressionNode =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: Units }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: ExpressionNode[] }
  | { kind: 'binary'; operator: Operator; left: ExpressionNode; right: ExpressionNode }
  | { kind: 'not' | 'negate'; operand: ExpressionNode };

type Token = { kind: 'text' | 'number' | 'name' | 'mark' | 'end'; value: string; at: number };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|`([^`]+)`|(\d+(?:\.\d*)?)|([\p{L}_][\p{L}\p{N}_]*)|(<>|!=|<=|>=|[-+*/=<>(),]))/uy;

const PRECEDENCE: Record<Operator, number> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
const DEEPEST = 50;

/**
 * Reads an expression of a feed declaration: names, 'texts', numbers, `names with spaces`,
 * + - * / = <> < <= > >= and or not, and functions. There are no loops and nothing reaches outside the row.
 */
export function parseExpression(text: string): ExpressionNode {
  const tokens = tokenise(text);
  let position = 0;
  let depth = 0;
  const node = binary(0);
  if (peek().kind !== 'end') fail(`unexpected '${peek().value}'`);
  return node;

  function binary(minimum: number): ExpressionNode {
    if (++depth > DEEPEST) fail('nested too deeply');
    let left = unary();
    for (;;) {
      const operator = operatorOf(peek());
      if (!operator || PRECEDENCE[operator] <= minimum) break;
      position += 1;
      left = { kind: 'binary', operator, left, right: binary(PRECEDENCE[operator]) };
    }
    depth -= 1;
    return left;
  }

  function unary(): ExpressionNode {
    const token = peek();
    if (token.kind === 'name' && token.value === 'not') {
      position += 1;
      return { kind: 'not', operand: binary(3) };
    }
    if (token.kind === 'mark' && token.value === '-') {
      position += 1;
      return { kind: 'negate', operand: binary(6) };
    }
    return primary();
  }

  function primary(): ExpressionNode {
    const token = peek();
    position += 1;
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (token.kind === 'number') {
      const value = unitsFromText(token.value);
      if (value === undefined) fail(`'${token.value}' has more than four decimals`);
      return { kind: 'number', value: value as Units };
    }
    if (token.kind === 'mark' && token.value === '(') {
      const inside = binary(0);
      expect(')');
      return inside;
    }
    if (token.kind !== 'name')
      fail(token.kind === 'end' ? 'it ends too early' : `unexpected '${token.value}'`);
    if (token.value === 'true' || token.value === 'false')
      return { kind: 'boolean', value: token.value === 'true' };
    if (token.value === 'null') return { kind: 'null' };
    if (peek().kind === 'mark' && peek().value === '(')
      return { kind: 'call', name: token.value, args: args() };
    return { kind: 'name', name: token.value };
  }

  function args(): ExpressionNode[] {
    expect('(');
    const list: ExpressionNode[] = [];
    if (peek().value === ')' && peek().kind === 'mark') {
      position += 1;
      return list;
    }
    for (;;) {
      list.push(binary(0));
      if (peek().kind === 'mark' && peek().value === ',') position += 1;
      else break;
    }
    expect(')');
    return list;
  }

  function expect(mark: string): void {
    if (peek().kind !== 'mark' || peek().value !== mark) fail(`'${mark}' is missing`);
    position += 1;
  }

  function peek(): Token {
    return tokens[Math.min(position, tokens.length - 1)] as Token;
  }

  function fail(why: string): never {
    throw new AppError('feed.invalid-declaration', {
      detail: `The expression "${text}" cannot be read at character ${peek().at + 1}: ${why}.`,
    });
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new AppError('feed.invalid-declaration', {
        detail: `The expression "${text}" cannot be read at character ${at + 1}.`,
      });
    }
    const [, quoted, ticked, number, name, mark] = match;
    if (quoted !== undefined)
      tokens.push({ kind: 'text', value: quoted.slice(1, -1).replaceAll("''", "'"), at });
    else if (ticked !== undefined) tokens.push({ kind: 'name', value: ticked, at });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, at });
    else tokens.push({ kind: 'mark', value: mark === '!=' ? '<>' : (mark as string), at });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return tokens;
}

function operatorOf(token: Token): Operator | undefined {
  if (token.kind !== 'mark' && token.kind !== 'name') return undefined;
  return Object.hasOwn(PRECEDENCE, token.value) ? (token.value as Operator) : undefined;
}
