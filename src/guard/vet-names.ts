import { type Cursor, needMark, note, peek, takeMark, unexpected } from './vet-cursor.ts';
import { FORBIDDEN_WORDS } from './vet-functions.ts';
import { NOT_AN_ALIAS, RESERVED } from './vet-words.ts';

export function readNamePart(c: Cursor, first: boolean): string {
  const token = peek(c);
  if (token.kind === 'word') {
    if (FORBIDDEN_WORDS.has(token.text) || (first && RESERVED.has(token.text)))
      throw unexpected(c, 'a name was expected');
  } else if (token.kind !== 'quoted') throw unexpected(c, 'a name was expected');
  c.at += 1;
  return token.text;
}

/** (a, b, c); columns that are read (USING, EXCLUDE) are noted as such. */
export function readNames(c: Cursor, areRead = false): string[] {
  needMark(c, '(');
  const names: string[] = [];
  do {
    if (areRead) note(c, peek(c).start, 'column');
    names.push(readNamePart(c, true));
  } while (takeMark(c, ','));
  needMark(c, ')');
  return names;
}

/** An alias without AS, if there is one. */
export function readBareAlias(c: Cursor): string | null {
  const token = peek(c);
  if (token.kind === 'quoted' || (token.kind === 'word' && !NOT_AN_ALIAS.has(token.text))) {
    c.at += 1;
    return token.text;
  }
  return null;
}
