import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** What is wrong, and in which line of the text. */
export type YamlProblem = { line: number; text: string };

/** The line of the thing at this path, or of the nearest one around it. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** A declaration written in YAML, checked against its schema; or everything that is wrong with it. */
export function readYaml<S extends z.ZodType>(
  text: string,
  schema: S,
): { value: z.infer<S>; lineOf: LineOf } | { problems: YamlProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return {
      problems: document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        text: message.split('\n')[0] ?? 'it is not YAML',
      })),
    };
  const lineOf: LineOf = (path) => lines.linePos(offsetOf(path, document)).line;
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (parsed.success) return { value: parsed.data, lineOf };
  return { problems: parsed.error.issues.map((issue) => problemOf(issue, lineOf)) };
}

function offsetOf(path: readonly PropertyKey[], document: Document): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
  }
  return 0;
}

function problemOf(issue: z.core.$ZodIssue, lineOf: LineOf): YamlProblem {
  const place = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  if (issue.code !== 'unrecognized_keys')
    return { line: lineOf(issue.path), text: `${place}${issue.message}` };
  const [first = ''] = issue.keys;
  return {
    line: lineOf([...issue.path, first]),
    text: `${place}unknown word '${issue.keys.join("', '")}'`,
  };
}
