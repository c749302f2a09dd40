import { type RefusalCode, refusal } from './vet-refusal.ts';
import type { Token } from './vet-tokens.ts';
import type { Bag, Parsed, Query, Role } from './vet-tree.ts';

/** Where the strict parser stands, and what it has noted so far. */
export type Cursor = {
  tokens: Token[];
  at: number;
  depth: number;
  queryDepth: number;
  callDepth: number;
  work: number;
  notes: Omit<Parsed, 'query'>;
  grammar: Grammar;
};

/** Rules that need each other across files, bound when a statement is read. */
export type Grammar = { query: (c: Cursor) => Query; call: (c: Cursor, bag: Bag) => void };

/** Bounds that keep the strict parser and the second parser quick on any text. */
const DEPTHS = { expression: 36, query: 16, calls: 12, work: 60_000 } as const;

export function cursorOver(tokens: Token[], grammar: Grammar): Cursor {
  return {
    tokens,
    grammar,
    at: 0,
    depth: 0,
    queryDepth: 0,
    callDepth: 0,
    work: 0,
    notes: { roles: new Map(), functions: new Set(), parameters: new Set(), blanks: [] },
  };
}

export function peek(c: Cursor, ahead = 0): Token {
  return c.tokens[c.at + ahead] ?? (c.tokens[c.tokens.length - 1] as Token);
}

export function next(c: Cursor): Token {
  const token = peek(c);
  c.at += 1;
  return token;
}

export function isWord(c: Cursor, word: string, ahead = 0): boolean {
  const token = peek(c, ahead);
  return token.kind === 'word' && token.text === word;
}

export function isMark(c: Cursor, mark: string, ahead = 0): boolean {
  const token = peek(c, ahead);
  return token.kind === 'mark' && token.text === mark;
}

/** Takes these words if they all come next. */
export function takeWords(c: Cursor, ...words: string[]): boolean {
  for (let index = 0; index < words.length; index += 1) {
    if (!isWord(c, words[index] as string, index)) return false;
  }
  c.at += words.length;
  return true;
}

export function takeMark(c: Cursor, mark: string): boolean {
  if (!isMark(c, mark)) return false;
  c.at += 1;
  return true;
}

export function needWord(c: Cursor, word: string): void {
  if (!takeWords(c, word)) throw unexpected(c, `'${word}' was expected`);
}

export function needMark(c: Cursor, mark: string): void {
  if (!takeMark(c, mark)) throw unexpected(c, `'${mark}' was expected`);
}

export function note(c: Cursor, at: number, role: Role): void {
  c.notes.roles.set(at, role);
}

export function unexpected(c: Cursor, expectation: string, code: RefusalCode = 'syntax'): Error {
  const token = peek(c);
  const found = token.kind === 'end' ? 'the end of the query' : `'${token.text.slice(0, 40)}'`;
  return refusal(
    code,
    `The query could not be read at ${found} (character ${token.start + 1}): ${expectation}.`,
  );
}

/** One level deeper, within bounds. */
export function deeper<T>(c: Cursor, kind: 'depth' | 'queryDepth' | 'callDepth', read: () => T): T {
  c[kind] += 1;
  const limit = kind === 'depth' ? DEPTHS.expression : kind === 'queryDepth' ? DEPTHS.query : DEPTHS.calls;
  if (c[kind] > limit) throw refusal('too-deep', 'The query nests too deeply.');
  const result = read();
  c[kind] -= 1;
  return result;
}

/** The second parser's time doubles with every call inside a call; so does what we count. */
export function countWork(c: Cursor): void {
  c.work += 1 << c.callDepth;
  if (c.work > DEPTHS.work) throw refusal('too-deep', 'The query nests too many calls.');
}
