import { isValueOf, pseudonymOf, type Subject } from '../../src/forgetting/subject.ts';

/** Bytes as letters of Latin-1, so that a text of any such encoding keeps each byte that is not changed. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The same person, as a text whose bytes are read one by one knows them: in UTF-8 and in Latin-1. */
export function inBytes({ pseudonyms, values }: Subject): Subject {
  return {
    pseudonyms: new Map(
      [...pseudonyms].flatMap(([name, other]) => [[asBytes(name), other] as const, [name, other] as const]),
    ),
    values: values.flatMap((value) => [asBytes(value), value]),
  };
}

/** Whether a place of a record becomes empty beside the name of the person, whatever it holds. */
export type BlankedColumns = ReadonlySet<number>;

/**
 * A record of a delimited text with the person's names replaced, and with what belongs to the person blank. Undefined when
 * the person is not in it. All other bytes stay as they are.
 */
export function redactDelimited(
  record: string,
  delimiter: string,
  subject: Subject,
  blanked: BlankedColumns = new Set(),
): string | undefined {
  const cells = splitCells(record, delimiter);
  if (!cells.some((cell) => pseudonymOf(plain(cell), subject) !== undefined)) return undefined;
  return cells
    .map((cell, place) => {
      const name = pseudonymOf(plain(cell), subject);
      if (name !== undefined) return cell.replace(plain(cell).trim(), name);
      return blanked.has(place) || isValueOf(plain(cell), subject) ? '' : cell;
    })
    .join(delimiter);
}

/** A JSON value with the person taken out; undefined when the person is not in it. */
export function redactJson(value: unknown, subject: Subject): { value: unknown } | undefined {
  let found = false;
  const names = mapTexts(value, (text) => {
    const name = pseudonymOf(text, subject);
    if (name !== undefined) found = true;
    return name ?? text;
  });
  if (!found) return undefined;
  return { value: mapTexts(names, (text) => (isValueOf(text, subject) ? '' : text)) };
}

/** The same of a line that may be JSON. */
export function redactJsonText(text: string, subject: Subject): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const found = redactJson(JSON.parse(text), subject);
    return found && JSON.stringify(found.value);
  } catch {
    return undefined;
  }
}

/** Texts and whole numbers, also those of JSON within a text. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    if (/^\s*[{[]/.test(value)) {
      try {
        return JSON.stringify(mapTexts(JSON.parse(value), change));
      } catch {
        return change(value);
      }
    }
    return change(value);
  }
  if (typeof value === 'number') {
    const text = change(String(value));
    return text === String(value) ? value : text;
  }
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapTexts(each, change)]));
  return value;
}

export function splitCells(record: string, delimiter: string): string[] {
  const cells: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < record.length; at++) {
    if (record[at] === '"') quoted = !quoted;
    else if (!quoted && record[at] === delimiter) {
      cells.push(record.slice(from, at));
      from = at + 1;
    }
  }
  return [...cells, record.slice(from)];
}

/** The text of a cell, without its quotes. */
export function plain(cell: string): string {
  const text = cell.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"')
    : text;
}

export function delimiterOf(header: string): string {
  const counts = [',', ';', '\t', '|'].map((mark) => splitCells(header, mark).length);
  return [',', ';', '\t', '|'][counts.indexOf(Math.max(...counts))] ?? ',';
}
