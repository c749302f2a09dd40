import { createJsonRowReader, jsonHeaders } from '../stages/read-json-rows.ts';
import { ColumnDeclaration, type FeedColumn } from './feed.ts';

/** JSON lines as separated text with a header, to be looked at; undefined for any other text. */
export function csvOfJsonLines(text: string): string | undefined {
  const names = jsonHeaders(text);
  if (names.length === 0) return undefined;
  const leaves = names.filter((name) => !names.some((other) => other.startsWith(`${name}.`)));
  const columns = leaves.map(
    (header): FeedColumn => ({ ...ColumnDeclaration.parse({}), header, target: null }),
  );
  const lines = [leaves.map(quoted).join(',')];
  const reader = createJsonRowReader(columns, { maxLineBytes: 1_000_000 }, (row) => {
    if (row.fault !== undefined) return;
    const cells = columns.map((_, i) => row.buffer.toString('utf8', row.start[i], row.end[i]));
    lines.push(cells.map(quoted).join(','));
  });
  reader.push(Buffer.from(text));
  reader.end();
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replace(/\s+/g, ' ').replaceAll('"', '""')}"`;
}
