import {
  type Cursor,
  countWork,
  deeper,
  isMark,
  isWord,
  needMark,
  needWord,
  next,
  note,
  peek,
  takeMark,
  takeWords,
  unexpected,
} from './vet-cursor.ts';
import { BARE_FUNCTIONS, TYPES } from './vet-functions.ts';
import { readNamePart } from './vet-names.ts';
import { refusal } from './vet-refusal.ts';
import type { Bag } from './vet-tree.ts';

/** Reads one expression; every name and inner query in it goes into the bag. */
export function readExpression(c: Cursor, bag: Bag): void {
  deeper(c, 'depth', () => {
    let links = 0;
    do {
      do {
        readNegatable(c, bag);
        links = link(links);
      } while (takeWords(c, 'and'));
    } while (takeWords(c, 'or'));
  });
}

/** A chain of operators is a tree as deep as it is long to the second parser. */
function link(links: number): number {
  if (links >= 250) throw refusal('too-deep', 'The query chains too many conditions or operators.');
  return links + 1;
}

export function readExpressions(c: Cursor, bag: Bag): number {
  let count = 0;
  do {
    readExpression(c, bag);
    count += 1;
  } while (takeMark(c, ','));
  return count;
}

export function startsQuery(c: Cursor, ahead = 0): boolean {
  let index = ahead;
  while (isMark(c, '(', index)) index += 1;
  return isWord(c, 'select', index) || isWord(c, 'with', index);
}

function readNegatable(c: Cursor, bag: Bag): void {
  let negations = 0;
  while (takeWords(c, 'not')) negations += 1;
  if (negations > 3) throw refusal('too-deep', 'The query negates the same thing too often.');
  readOperands(c, bag);
  let ends = 0;
  while (readPredicateEnd(c, bag)) {
    ends += 1;
    if (ends > 3) throw refusal('too-deep', 'The query chains too many conditions or operators.');
  }
}

/** a + b * c = d: all binary operators at one level, as no tree is needed. */
export function readOperands(c: Cursor, bag: Bag): void {
  readOperand(c, bag);
  let links = 0;
  while (peek(c).kind === 'operator' && peek(c).text !== '::') {
    links = link(links);
    const operator = next(c).text;
    if (
      COMPARISONS.has(operator) &&
      (isWord(c, 'any') || isWord(c, 'some') || isWord(c, 'all')) &&
      isMark(c, '(', 1)
    ) {
      c.at += 1;
      if (!startsQuery(c, 1)) throw unexpected(c, 'a query in parentheses was expected');
      readInnerQuery(c, bag, false);
    } else readOperand(c, bag);
  }
}
const COMPARISONS = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

/** IS NULL, IN (...), LIKE ..., BETWEEN ...: true when one was there. */
function readPredicateEnd(c: Cursor, bag: Bag): boolean {
  if (takeWords(c, 'is')) {
    takeWords(c, 'not');
    if (takeWords(c, 'distinct', 'from')) readOperands(c, bag);
    else if (!['null', 'true', 'false', 'unknown'].some((word) => takeWords(c, word))) {
      throw unexpected(c, 'NULL, TRUE, FALSE or DISTINCT FROM was expected');
    }
    return true;
  }
  if ((isWord(c, 'isnull') || isWord(c, 'notnull')) && !isMark(c, '(', 1)) {
    c.at += 1;
    return true;
  }
  const ahead = isWord(c, 'not') ? 1 : 0;
  const word = peek(c, ahead).kind === 'word' ? peek(c, ahead).text : '';
  if (word === 'in') {
    c.at += ahead + 1;
    readInList(c, bag);
    return true;
  }
  if (word === 'like' || word === 'ilike' || word === 'similar') {
    c.at += ahead + 1;
    if (word === 'similar') needWord(c, 'to');
    readOperands(c, bag);
    if (takeWords(c, 'escape') && next(c).kind !== 'string')
      throw unexpected(c, 'an escape character was expected');
    return true;
  }
  if (word === 'between') {
    c.at += ahead + 1;
    readOperands(c, bag);
    needWord(c, 'and');
    readOperands(c, bag);
    return true;
  }
  if (ahead === 1) throw unexpected(c, 'IN, LIKE or BETWEEN was expected after NOT');
  return false;
}

function readInList(c: Cursor, bag: Bag): void {
  if (!isMark(c, '(')) throw unexpected(c, "'(' was expected");
  if (startsQuery(c, 1)) {
    readInnerQuery(c, bag, false);
    return;
  }
  needMark(c, '(');
  readExpressions(c, bag);
  needMark(c, ')');
}

function readOperand(c: Cursor, bag: Bag): void {
  let signs = 0;
  while (peek(c).kind === 'operator' && (peek(c).text === '-' || peek(c).text === '+')) {
    c.at += 1;
    signs += 1;
  }
  if (signs > 2) throw refusal('too-deep', 'The query has too many signs in a row.');
  countWork(c);
  readPrimary(c, bag);
  let suffixes = 0;
  for (;;) {
    if (peek(c).kind === 'operator' && peek(c).text === '::') {
      c.at += 1;
      readType(c);
    } else if (takeWords(c, 'at', 'time', 'zone')) {
      const zone = next(c);
      if (zone.kind !== 'string' && zone.kind !== 'parameter')
        throw unexpected(c, 'a time zone was expected');
      if (zone.kind === 'parameter') c.notes.parameters.add(zone.text);
    } else return;
    suffixes += 1;
    if (suffixes > 4) throw refusal('too-deep', 'The query casts the same value too often.');
  }
}

function readPrimary(c: Cursor, bag: Bag): void {
  const token = peek(c);
  switch (token.kind) {
    case 'number':
    case 'string':
      c.at += 1;
      return;
    case 'parameter':
      c.at += 1;
      c.notes.parameters.add(token.text);
      return;
    case 'quoted':
      readName(c, bag);
      return;
    case 'word':
      readWordPrimary(c, bag, token.text);
      return;
    case 'mark':
      if (token.text === '(') return readParenthesised(c, bag);
      throw unexpected(c, 'a value was expected');
    case 'operator':
    case 'end':
      throw unexpected(c, 'a value was expected');
  }
}

function readWordPrimary(c: Cursor, bag: Bag, word: string): void {
  if (word === 'null' || word === 'true' || word === 'false') {
    c.at += 1;
    return;
  }
  if (word === 'case') return readCase(c, bag);
  if (word === 'exists') {
    c.at += 1;
    if (!startsQuery(c, 1)) throw unexpected(c, 'a query in parentheses was expected');
    return readInnerQuery(c, bag, true);
  }
  const isInterval =
    word === 'interval' && peek(c, 1).kind === 'number' && INTERVAL_UNITS.has(peek(c, 2).text);
  if (peek(c, 1).kind === 'string' || isInterval) return readTypedLiteral(c, word);
  if (isMark(c, '(', 1) || (word === 'approximate' && isMark(c, '(', 2))) return c.grammar.call(c, bag);
  if (BARE_FUNCTIONS.has(word)) {
    note(c, next(c).start, 'bare-function');
    c.notes.functions.add(word);
    return;
  }
  readName(c, bag);
}

/** A column: name, table.name or schema.table.name. */
function readName(c: Cursor, bag: Bag): void {
  const first = peek(c);
  const parts = [readNamePart(c, true)];
  while (takeMark(c, '.')) parts.push(readNamePart(c, false));
  if (parts.length > 3) throw refusal('syntax', 'A name in the query has too many parts.');
  if (isMark(c, '(')) throw refusal('function', `The function ${parts.join('.')} is not allowed.`);
  note(c, first.start, 'column');
  bag.refs.push({ parts, at: first.start });
}

function readCase(c: Cursor, bag: Bag): void {
  needWord(c, 'case');
  if (!isWord(c, 'when')) readExpression(c, bag);
  if (!isWord(c, 'when')) throw unexpected(c, 'WHEN was expected');
  while (takeWords(c, 'when')) {
    readExpression(c, bag);
    needWord(c, 'then');
    readExpression(c, bag);
  }
  if (takeWords(c, 'else')) readExpression(c, bag);
  needWord(c, 'end');
}

/** DATE '...', TIMESTAMP '...', INTERVAL '...' with or without a unit. */
function readTypedLiteral(c: Cursor, word: string): void {
  if (!['date', 'time', 'timestamp', 'timestamptz', 'interval'].includes(word)) {
    throw refusal('string', `A text value may not follow '${word.slice(0, 40)}'.`);
  }
  c.at += 2;
  if (word === 'interval' && peek(c).kind === 'word' && INTERVAL_UNITS.has(peek(c).text)) {
    c.at += 1;
    if (takeMark(c, '(') && (next(c).kind !== 'number' || !takeMark(c, ')')))
      throw unexpected(c, 'a precision was expected');
    if (takeWords(c, 'to') && !INTERVAL_UNITS.has(next(c).text)) throw unexpected(c, 'a unit was expected');
  }
}
const INTERVAL_UNITS = new Set(
  'year years quarter quarters month months week weeks day days hour hours minute minutes second seconds'.split(
    ' ',
  ),
);

/** (query), (expression) or a row of values. */
function readParenthesised(c: Cursor, bag: Bag): void {
  if (startsQuery(c, 1) && queryClosesHere(c)) return readInnerQuery(c, bag, false);
  needMark(c, '(');
  readExpressions(c, bag);
  needMark(c, ')');
}

/** Whether `((select ...) ...` is a query in parentheses, or an expression that begins with one. */
function queryClosesHere(c: Cursor): boolean {
  if (isWord(c, 'select', 1) || isWord(c, 'with', 1)) return true;
  let depth = 0;
  for (let index = 1; ; index += 1) {
    const token = peek(c, index);
    if (token.kind === 'end') return false;
    if (token.kind !== 'mark') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) {
      const after = peek(c, index + 1);
      return after.kind === 'word' ? SET_WORDS.has(after.text) : after.kind === 'mark' && after.text === ')';
    }
  }
}
const SET_WORDS = new Set(['union', 'intersect', 'except', 'minus', 'order', 'limit', 'offset', 'fetch']);

function readInnerQuery(c: Cursor, bag: Bag, onlyExistence: boolean): void {
  needMark(c, '(');
  bag.queries.push({ query: c.grammar.query(c), onlyExistence });
  needMark(c, ')');
}

export function readType(c: Cursor): void {
  const token = next(c);
  if (token.kind !== 'word' || !TYPES.has(token.text)) {
    throw refusal('type', `A cast to '${token.text.slice(0, 40)}' is not allowed.`);
  }
  if (token.text === 'double') needWord(c, 'precision');
  if (token.text === 'character') takeWords(c, 'varying');
  if (takeMark(c, '(')) {
    do {
      const size = next(c);
      const isSize = size.kind === 'number' && /^\d{1,5}$/.test(size.text) && Number(size.text) <= 65_535;
      if (!isSize && !(size.kind === 'word' && size.text === 'max'))
        throw refusal('type', 'A type has a wrong size.');
    } while (takeMark(c, ','));
    needMark(c, ')');
  }
  if (
    /^time(stamp)?$/.test(token.text) &&
    (isWord(c, 'with') || isWord(c, 'without')) &&
    isWord(c, 'time', 1)
  ) {
    c.at += 1;
    if (!takeWords(c, 'time', 'zone')) throw unexpected(c, "'time zone' was expected");
  }
}
