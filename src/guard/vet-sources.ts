import { readCall } from './vet-calls.ts';
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
import { readExpression, startsQuery } from './vet-expressions.ts';
import { readBareAlias, readNamePart, readNames } from './vet-names.ts';
import { refusal } from './vet-refusal.ts';
import { type Bag, emptyBag, type Source } from './vet-tree.ts';

/** Reads what stands in FROM: tables, queries and joins; never a function. */
export function readSources(c: Cursor): Source[] {
  const sources: Source[] = [];
  do {
    sources.push(readJoined(c));
    if (sources.length > 60) throw refusal('too-deep', 'The query joins too many tables.');
  } while (takeMark(c, ','));
  return sources;
}

function readJoined(c: Cursor): Source {
  return deeper(c, 'depth', () => {
    let left = readSource(c);
    for (let joins = 0; ; joins += 1) {
      const join = readJoinWords(c);
      if (!join) return left;
      if (joins >= 60) throw refusal('too-deep', 'The query joins too many tables.');
      const right = readSource(c);
      const using = join.conditional && takeWords(c, 'using') ? readNames(c, true) : [];
      let on: Bag | null = null;
      if (join.conditional && using.length === 0) {
        needWord(c, 'on');
        on = emptyBag();
        readExpression(c, on);
      }
      left = { kind: 'join', left, right, natural: join.natural, using, on };
    }
  });
}

function readJoinWords(c: Cursor): { natural: boolean; conditional: boolean } | undefined {
  if (takeWords(c, 'cross', 'join')) return { natural: false, conditional: false };
  const natural = takeWords(c, 'natural');
  const sided = takeWords(c, 'left') || takeWords(c, 'right') || takeWords(c, 'full');
  if (sided) takeWords(c, 'outer');
  const inner = !sided && takeWords(c, 'inner');
  if (takeWords(c, 'join')) return { natural, conditional: !natural };
  if (natural || sided || inner) throw unexpected(c, 'JOIN was expected');
  return undefined;
}

function readSource(c: Cursor): Source {
  const source = readPlainSource(c);
  if (isWord(c, 'pivot') && isMark(c, '(', 1)) return readPivot(c, source);
  return isWord(c, 'unpivot') ? readUnpivot(c, source) : source;
}

function readPlainSource(c: Cursor): Source {
  if (isWord(c, 'lateral') && startsQuery(c, 1)) {
    c.at += 1;
    return readDerived(c, true);
  }
  if (isMark(c, '(')) {
    if (startsQuery(c, 1) && !joinsInside(c)) return readDerived(c);
    needMark(c, '(');
    const joined = readJoined(c);
    if (joined.kind === 'table') throw unexpected(c, 'a table needs no parentheses');
    needMark(c, ')');
    return joined;
  }
  return readTable(c);
}

/** `((select ...) a join ...)`: the first parenthesis opens a join, not a query. */
function joinsInside(c: Cursor): boolean {
  if (!isMark(c, '(', 1)) return false;
  let depth = 0;
  for (let index = 1; ; index += 1) {
    const token = peek(c, index);
    if (token.kind === 'end') return false;
    if (token.kind !== 'mark') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) {
      const after = peek(c, index + 1);
      const goesOn =
        after.kind === 'word' &&
        ['union', 'intersect', 'except', 'minus', 'order', 'limit'].includes(after.text);
      return !goesOn && !(after.kind === 'mark' && after.text === ')');
    }
  }
}

function readDerived(c: Cursor, isLateral = false): Source {
  needMark(c, '(');
  const query = c.grammar.query(c);
  needMark(c, ')');
  return { kind: 'query', query, isLateral, ...readAlias(c) };
}

function readTable(c: Cursor): Source {
  const first = peek(c);
  if (first.kind === 'string') throw refusal('unknown-table', 'A file cannot be read in a query.');
  const parts = [readNamePart(c, true)];
  while (takeMark(c, '.')) parts.push(readNamePart(c, false));
  if (isMark(c, '('))
    throw refusal('function', `A function (${parts.join('.').slice(0, 60)}) may not stand in FROM.`);
  note(c, first.start, 'table');
  return { kind: 'table', parts, at: first.start, ...readAlias(c) };
}

function readAlias(c: Cursor): { alias: string | null; columns: string[] } {
  const alias = takeWords(c, 'as') ? readNamePart(c, true) : readBareAlias(c);
  const columns = alias !== null && isMark(c, '(') ? readNames(c) : [];
  return { alias, columns };
}

/** PIVOT (sum(x) [AS a] FOR column IN ('v' [AS name], ...)) [AS alias] */
function readPivot(c: Cursor, source: Source): Source {
  if (source.kind !== 'query')
    throw unexpected(c, 'PIVOT needs a query in parentheses before it', 'not-allowed-here');
  c.at += 2;
  const bag = emptyBag();
  readCall(c, bag);
  const suffix = takeWords(c, 'as') ? readNamePart(c, true) : readBareAliasBefore(c);
  needWord(c, 'for');
  const column = peek(c);
  bag.refs.push({ parts: [readNamePart(c, true)], at: column.start });
  note(c, column.start, 'column');
  needWord(c, 'in');
  needMark(c, '(');
  const made: string[] = [];
  do {
    const value = next(c);
    if (value.kind !== 'string' && value.kind !== 'number')
      throw unexpected(c, 'a written value was expected');
    const name = takeWords(c, 'as') ? readNamePart(c, true) : (readBareAlias(c) ?? value.text.toLowerCase());
    made.push(suffix ? `${name}_${suffix}` : name);
  } while (takeMark(c, ','));
  needMark(c, ')');
  needMark(c, ')');
  const { alias } = readAlias(c);
  return { kind: 'pivot', source, bag, made, alias };
}

/** UNPIVOT [INCLUDE NULLS] (value FOR name IN (column [AS 'text'], ...)) [AS alias] */
function readUnpivot(c: Cursor, source: Source): Source {
  if (source.kind !== 'query')
    throw unexpected(c, 'UNPIVOT needs a query in parentheses before it', 'not-allowed-here');
  c.at += 1;
  if (takeWords(c, 'include') || takeWords(c, 'exclude')) needWord(c, 'nulls');
  needMark(c, '(');
  // The names that it makes are no columns yet; the second parser takes the first of them for one.
  note(c, peek(c).start, 'column');
  const made = [readNamePart(c, true)];
  needWord(c, 'for');
  made.push(readNamePart(c, true));
  needWord(c, 'in');
  needMark(c, '(');
  const bag = emptyBag();
  do {
    const column = peek(c);
    bag.refs.push({ parts: [readNamePart(c, true)], at: column.start });
    note(c, column.start, 'column');
    if (takeWords(c, 'as') && next(c).kind !== 'string') throw unexpected(c, 'a written value was expected');
  } while (takeMark(c, ','));
  needMark(c, ')');
  needMark(c, ')');
  const { alias } = readAlias(c);
  return { kind: 'pivot', source, bag, made, alias };
}

function readBareAliasBefore(c: Cursor): string | null {
  return isWord(c, 'for') ? null : readBareAlias(c);
}
