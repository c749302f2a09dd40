import { readSortKeys, readWindow } from './vet-calls.ts';
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
import { readExpression, readExpressions, startsQuery } from './vet-expressions.ts';
import { readBareAlias, readNamePart, readNames } from './vet-names.ts';
import { refusal } from './vet-refusal.ts';
import { readSources } from './vet-sources.ts';
import { type Body, emptyBag, type Item, type Query, type Select } from './vet-tree.ts';

/** Reads [WITH ...] select [UNION ...] [ORDER BY ...] [LIMIT ...]. */
export function readQuery(c: Cursor): Query {
  return deeper(c, 'queryDepth', () => {
    const ctes = takeWords(c, 'with') ? readCtes(c) : [];
    const body = readBody(c);
    const order = emptyBag();
    if (takeWords(c, 'order', 'by')) readSortKeys(c, order, true);
    readLimits(c);
    return { kind: 'query', ctes, body, order };
  });
}

function readCtes(c: Cursor): Query['ctes'] {
  if (isWord(c, 'recursive'))
    throw refusal('recursion', 'A query that repeats itself (WITH RECURSIVE) is not allowed.');
  const ctes: Query['ctes'] = [];
  do {
    const name = readNamePart(c, true);
    const columns = isMark(c, '(') ? readNames(c) : [];
    needWord(c, 'as');
    needMark(c, '(');
    if (!startsQuery(c)) throw unexpected(c, 'only SELECT is allowed in WITH', 'writes');
    ctes.push({ name, columns, query: readQuery(c) });
    needMark(c, ')');
  } while (takeMark(c, ','));
  return ctes;
}

function readBody(c: Cursor): Body {
  const arms: Body[] = [readArm(c)];
  while (
    takeWords(c, 'union') ||
    takeWords(c, 'intersect') ||
    takeWords(c, 'except') ||
    takeWords(c, 'minus')
  ) {
    if (!takeWords(c, 'all')) takeWords(c, 'distinct');
    arms.push(readArm(c));
    if (arms.length > 60) throw refusal('too-deep', 'The query joins too many queries.');
  }
  return arms.length === 1 ? (arms[0] as Body) : { kind: 'set', arms };
}

function readArm(c: Cursor): Body {
  if (isMark(c, '(') && startsQuery(c)) {
    c.at += 1;
    const query = readQuery(c);
    needMark(c, ')');
    return query;
  }
  return readSelect(c);
}

function readSelect(c: Cursor): Select {
  needWord(c, 'select');
  if (!takeWords(c, 'distinct')) takeWords(c, 'all');
  if (isWord(c, 'top') && peek(c, 1).kind === 'number') c.at += 2;
  const select: Select = { kind: 'select', items: [], from: [], where: emptyBag(), groups: emptyBag() };
  do select.items.push(readItem(c));
  while (takeMark(c, ','));
  if (isWord(c, 'into')) throw unexpected(c, 'SELECT INTO would write', 'writes');
  if (takeWords(c, 'from')) select.from = readSources(c);
  if (takeWords(c, 'where')) readExpression(c, select.where);
  if (takeWords(c, 'group', 'by')) readGroups(c, select);
  if (takeWords(c, 'having')) readExpression(c, select.groups);
  if (takeWords(c, 'qualify')) readExpression(c, select.groups);
  if (takeWords(c, 'window')) readWindows(c, select);
  return select;
}

function readItem(c: Cursor): Item {
  const star = readStar(c);
  if (star) return star;
  const bag = emptyBag();
  const start = c.at;
  readExpression(c, bag);
  const only =
    bag.refs.length === 1 && c.at === start + (bag.refs[0]?.parts.length ?? 0) * 2 - 1
      ? bag.refs[0]
      : undefined;
  const alias = readItemAlias(c);
  return { kind: 'value', alias, name: alias ?? only?.parts.at(-1) ?? null, bag };
}

/** `*` or `t.*`, with an EXCLUDE list. */
function readStar(c: Cursor): Item | undefined {
  const at = peek(c).start;
  let ahead = 0;
  const qualifier: string[] = [];
  while ((peek(c, ahead).kind === 'word' || peek(c, ahead).kind === 'quoted') && isMark(c, '.', ahead + 1)) {
    qualifier.push(peek(c, ahead).text);
    ahead += 2;
  }
  const star = peek(c, ahead);
  if (star.kind !== 'operator' || star.text !== '*') return undefined;
  if (qualifier.length > 0) note(c, at, 'column');
  c.at += ahead + 1;
  const excluded = isWord(c, 'exclude') && isMark(c, '(', 1) ? (next(c), readNames(c, true)) : [];
  return { kind: 'star', qualifier, excluded, at };
}

function readItemAlias(c: Cursor): string | null {
  if (takeWords(c, 'as')) {
    const token = next(c);
    if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(c, 'a name was expected after AS');
    return token.text;
  }
  return readBareAlias(c);
}

function readGroups(c: Cursor, select: Select): void {
  if (takeWords(c, 'all')) return;
  do readGrouping(c, select, 0);
  while (takeMark(c, ','));
}

/** An expression, ROLLUP (...), CUBE (...), GROUPING SETS (...) or (). */
function readGrouping(c: Cursor, select: Select, depth: number): void {
  if (depth > 3) throw refusal('too-deep', 'The query nests groupings too deeply.');
  if ((isWord(c, 'rollup') || isWord(c, 'cube')) && isMark(c, '(', 1)) {
    const isCube = isWord(c, 'cube');
    const name = next(c);
    note(c, name.start, 'function');
    c.notes.functions.add(name.text);
    needMark(c, '(');
    if (readExpressions(c, select.groups) > (isCube ? 6 : 12))
      throw refusal('too-deep', 'The query groups by too much.');
    needMark(c, ')');
    return;
  }
  if (takeWords(c, 'grouping', 'sets')) {
    needMark(c, '(');
    do readGrouping(c, select, depth + 1);
    while (takeMark(c, ','));
    needMark(c, ')');
    return;
  }
  if (isMark(c, '(') && isMark(c, ')', 1)) {
    c.at += 2;
    return;
  }
  readExpression(c, select.groups);
}

function readWindows(c: Cursor, select: Select): void {
  do {
    readNamePart(c, true);
    needWord(c, 'as');
    readWindow(c, select.groups);
  } while (takeMark(c, ','));
}

function readLimits(c: Cursor): void {
  for (;;) {
    if (takeWords(c, 'limit')) {
      if (!takeWords(c, 'all')) readCount(c);
    } else if (takeWords(c, 'offset')) {
      readCount(c);
      if (!takeWords(c, 'rows')) takeWords(c, 'row');
    } else if (takeWords(c, 'fetch')) {
      if (!takeWords(c, 'first') && !takeWords(c, 'next')) throw unexpected(c, 'FIRST was expected');
      if (peek(c).kind === 'number') c.at += 1;
      if (!takeWords(c, 'rows')) needWord(c, 'row');
      needWord(c, 'only');
    } else return;
  }
}

function readCount(c: Cursor): void {
  const token = next(c);
  if (token.kind === 'parameter') c.notes.parameters.add(token.text);
  else if (token.kind !== 'number' || !/^\d+$/.test(token.text))
    throw unexpected(c, 'a number of rows was expected');
}
