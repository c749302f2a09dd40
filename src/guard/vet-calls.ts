import {
  type Cursor,
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
import { readExpression, readExpressions, readOperands, readType, startsQuery } from './vet-expressions.ts';
import { DATE_PART_FIRST, DATE_PARTS, FUNCTIONS, type FunctionRule } from './vet-functions.ts';
import { readNamePart } from './vet-names.ts';
import { refusal } from './vet-refusal.ts';
import type { Bag } from './vet-tree.ts';

/** Reads a call of an allowed function with all that may follow it. */
export function readCall(c: Cursor, bag: Bag): void {
  deeper(c, 'callDepth', () => {
    const approximate = peek(c);
    if (takeWords(c, 'approximate')) {
      c.notes.blanks.push([approximate.start, approximate.end]);
      if (!isWord(c, 'count') && !isWord(c, 'percentile_disc')) throw unexpected(c, 'COUNT was expected');
    }
    const name = next(c);
    const special = SPECIAL[name.text];
    if (special) {
      note(c, name.start, 'function');
      c.notes.functions.add(name.text);
      special(c, bag);
      return;
    }
    const rule = FUNCTIONS.get(name.text);
    if (!rule) throw refusal('function', `The function ${name.text.slice(0, 60)} is not allowed.`);
    note(c, name.start, 'function');
    c.notes.functions.add(name.text);
    const first = c.at;
    const count = readArguments(c, bag, name.text, rule);
    if (count < rule.least || count > rule.most) {
      throw refusal('function', `The function ${name.text} does not take ${count} values.`);
    }
    checkGrowth(c, name.text, first);
    readCallEnd(c, bag, name.text, rule);
  });
}

function readArguments(c: Cursor, bag: Bag, name: string, rule: FunctionRule): number {
  needMark(c, '(');
  if (takeMark(c, ')')) return 0;
  if (name === 'count' && isStar(c)) {
    c.at += 1;
    needMark(c, ')');
    return 1;
  }
  if (rule.kind === 'aggregate' && !takeWords(c, 'distinct')) takeWords(c, 'all');
  let count = 0;
  do {
    count += 1;
    if (count === 1 && DATE_PART_FIRST.has(name) && isBareDatePart(c)) note(c, next(c).start, 'date-part');
    else if (startsQuery(c) && !isMark(c, '(')) throw unexpected(c, 'a value was expected');
    else readExpression(c, bag);
  } while (takeMark(c, ','));
  if (isWord(c, 'ignore') || isWord(c, 'respect')) readNulls(c, rule);
  if (rule.kind === 'aggregate' && takeWords(c, 'order', 'by')) readSortKeys(c, bag);
  needMark(c, ')');
  return count;
}

function isStar(c: Cursor): boolean {
  return peek(c).kind === 'operator' && peek(c).text === '*' && isMark(c, ')', 1);
}

function isBareDatePart(c: Cursor): boolean {
  return peek(c).kind === 'word' && DATE_PARTS.has(peek(c).text) && isMark(c, ',', 1);
}

/** WITHIN GROUP, FILTER, IGNORE NULLS, OVER. */
function readCallEnd(c: Cursor, bag: Bag, name: string, rule: FunctionRule): void {
  if (rule.kind === 'scalar') return;
  if (rule.kind === 'aggregate' && takeWords(c, 'within', 'group')) {
    needMark(c, '(');
    needWord(c, 'order');
    needWord(c, 'by');
    readSortKeys(c, bag);
    needMark(c, ')');
  }
  if (rule.kind === 'aggregate' && isWord(c, 'filter') && isMark(c, '(', 1)) {
    c.at += 2;
    needWord(c, 'where');
    readExpression(c, bag);
    needMark(c, ')');
  }
  if (isWord(c, 'ignore') || isWord(c, 'respect')) readNulls(c, rule);
  if (takeWords(c, 'over')) readOver(c, bag);
  else if (rule.kind === 'window') throw refusal('function', `The function ${name} needs OVER (...).`);
}

function readNulls(c: Cursor, rule: FunctionRule): void {
  if (rule.kind === 'scalar') throw unexpected(c, "')' was expected");
  c.at += 1;
  needWord(c, 'nulls');
}

function readOver(c: Cursor, bag: Bag): void {
  if (!isMark(c, '(')) {
    readNamePart(c, true);
    return;
  }
  readWindow(c, bag);
}

/** (PARTITION BY ... ORDER BY ... ROWS BETWEEN ...), also of the WINDOW clause. */
export function readWindow(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  if (takeWords(c, 'partition', 'by')) readExpressions(c, bag);
  if (takeWords(c, 'order', 'by')) readSortKeys(c, bag);
  if (takeWords(c, 'rows') || takeWords(c, 'range') || takeWords(c, 'groups')) {
    if (takeWords(c, 'between')) {
      readBound(c);
      needWord(c, 'and');
    }
    readBound(c);
  }
  needMark(c, ')');
}

function readBound(c: Cursor): void {
  if (takeWords(c, 'current', 'row')) return;
  if (!takeWords(c, 'unbounded')) {
    if (takeWords(c, 'interval')) {
      if (next(c).kind !== 'string') throw unexpected(c, 'an interval was expected');
      if (peek(c).kind === 'word' && /^(day|month|year|hour|week)s?$/.test(peek(c).text)) c.at += 1;
    } else if (next(c).kind !== 'number') throw unexpected(c, 'a number of rows was expected');
  }
  if (!takeWords(c, 'preceding') && !takeWords(c, 'following'))
    throw unexpected(c, 'PRECEDING or FOLLOWING was expected');
}

/** `mayBeOutput`: in the ORDER BY of a whole query, where a bare name is first an output column. */
export function readSortKeys(c: Cursor, bag: Bag, mayBeOutput = false): void {
  do {
    const before = bag.refs.length;
    const start = c.at;
    readExpression(c, bag);
    const only = bag.refs[before];
    if (mayBeOutput && only && bag.refs.length === before + 1 && c.at === start + 1) only.isSortKey = true;
    if (!takeWords(c, 'asc')) takeWords(c, 'desc');
    if (takeWords(c, 'nulls') && !takeWords(c, 'first') && !takeWords(c, 'last'))
      throw unexpected(c, 'FIRST or LAST was expected');
  } while (takeMark(c, ','));
}

/** Text must not grow without bound: padding to at most 200, replacements of at most 20 characters. */
function checkGrowth(c: Cursor, name: string, first: number): void {
  if (name === 'lpad' || name === 'rpad') {
    const size = argument(c, first, 1);
    if (size?.kind !== 'number' || Number(size.text) > 200) {
      throw refusal('function', `The length given to ${name} must be a number up to 200.`);
    }
  }
  if (name === 'replace' || name === 'regexp_replace') {
    const put = argument(c, first, 2);
    const fits =
      put === undefined ? name === 'regexp_replace' : put.kind === 'string' && put.text.length <= 20;
    if (!fits) throw refusal('function', `${name} may only put in a written text of up to 20 characters.`);
  }
  if (name === 'concat_ws' || name.startsWith('regexp_')) {
    const pattern = argument(c, first, name === 'concat_ws' ? 0 : 1);
    if (pattern?.kind !== 'string' && pattern?.kind !== 'parameter') {
      throw refusal('function', `The pattern of ${name} must be written in the query.`);
    }
  }
}

/** The token of an argument that is one token; undefined when there is no such argument. */
function argument(c: Cursor, first: number, index: number): Cursor['tokens'][number] | undefined {
  let depth = 0;
  let argumentIndex = 0;
  for (let at = first; at < c.at; at += 1) {
    const token = c.tokens[at] as Cursor['tokens'][number];
    if (token.kind === 'mark') {
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (token.text === ',' && depth === 1) argumentIndex += 1;
    }
    const opens = token.kind === 'mark' && (token.text === '(' || token.text === ',') && depth === 1;
    if (opens && argumentIndex === index) {
      const only = c.tokens[at + 1];
      const after = c.tokens[at + 2];
      const isOnly = after?.kind === 'mark' && (after.text === ',' || after.text === ')');
      return isOnly ? only : { kind: 'end', text: '', start: 0, end: 0 };
    }
  }
  return undefined;
}

type Special = (c: Cursor, bag: Bag) => void;

/** Calls with a grammar of their own. */
const SPECIAL: Record<string, Special> = Object.assign(Object.create(null) as Record<string, Special>, {
  cast: readCast,
  try_cast: readCast,
  convert: readConvert,
  extract: readExtract,
  substring: readSubstring,
  trim: readTrim,
  position: readPosition,
});

function readCast(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  readExpression(c, bag);
  needWord(c, 'as');
  readType(c);
  needMark(c, ')');
}

/** A type is a call to the second parser: it sees the value alone, in its parentheses. */
function readConvert(c: Cursor, bag: Bag): void {
  const name = peek(c, -1);
  needMark(c, '(');
  const type = peek(c);
  readType(c);
  c.notes.blanks.push([name.start, name.end], [type.start, peek(c).end]);
  needMark(c, ',');
  readExpression(c, bag);
  needMark(c, ')');
}

function readExtract(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  const part = next(c);
  const isPart = (part.kind === 'word' || part.kind === 'string') && DATE_PARTS.has(part.text.toLowerCase());
  if (!isPart) throw refusal('syntax', 'EXTRACT needs a date part.');
  needWord(c, 'from');
  readExpression(c, bag);
  needMark(c, ')');
}

function readSubstring(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  readExpression(c, bag);
  if (takeWords(c, 'from')) {
    readExpression(c, bag);
    if (takeWords(c, 'for')) readExpression(c, bag);
  } else {
    needMark(c, ',');
    readExpression(c, bag);
    if (takeMark(c, ',')) readExpression(c, bag);
  }
  needMark(c, ')');
}

function readTrim(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  if (takeWords(c, 'both') || takeWords(c, 'leading') || takeWords(c, 'trailing')) {
    if (!isWord(c, 'from')) readExpression(c, bag);
    needWord(c, 'from');
    readExpression(c, bag);
  } else {
    readExpression(c, bag);
    if (takeMark(c, ',') || takeWords(c, 'from')) readExpression(c, bag);
  }
  needMark(c, ')');
}

/** In POSITION(a IN b), IN is not a predicate, so the first value is read without one. */
function readPosition(c: Cursor, bag: Bag): void {
  needMark(c, '(');
  readOperands(c, bag);
  needWord(c, 'in');
  readExpression(c, bag);
  needMark(c, ')');
}
