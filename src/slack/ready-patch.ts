import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { ParameterValue } from '../domain/plan.ts';
import type { ResultColumn } from '../domain/result-table.ts';
import { sqlTokens } from '../warehouse/sql-tokens.ts';

/** A change that `git apply` takes, made from a data owner's decision. */
export type ReadyPatch = { name: string; text: string };

const MODEL = fileURLToPath(new URL('../../sql-templates/model/', import.meta.url));

/** A new file in sql-templates/questions, and an eval case that holds it. */
export function templatePatch(of: {
  name: string;
  examples: string[];
  sql: string;
  params: Record<string, ParameterValue>;
  columns: ResultColumn[];
  tables: string[];
  owner: string;
}): ReadyPatch & { template: string } {
  const [first = of.name] = of.examples;
  const header = stringify({
    name: of.name,
    title: sentenceCase(first).slice(0, 80),
    question: sentenceCase(first),
    examples: of.examples,
    cues: cuesOf(of.examples),
    columns: of.columns.map((column) => ({ ...column, label: column.label ?? column.name })),
    tables: of.tables.map((table) => table.split('.').at(-1) ?? table),
    owner: of.owner,
  });
  const commented = header
    .trimEnd()
    .split('\n')
    .map((line) => `-- ${line}`.trimEnd());
  const template = `${commented.join('\n')}\n${withValues(of.sql.trim().replace(/;$/, ''), of.params)}\n`;
  const cases = of.examples.map((question, index) => evalCase(`${of.name}-${index + 1}`, question));
  return {
    name: of.name,
    template,
    text:
      newFile(`sql-templates/questions/${of.name}.sql`, template) +
      newFile(`test/evals/dev/learned-${of.name}.jsonl`, `${cases.join('\n')}\n`),
  };
}

/** One more synonym in the semantic model; null when the model has no such name. */
export function synonymPatch(of: { word: string; of: string; question: string }): ReadyPatch | null {
  for (const file of readdirSync(MODEL).sort()) {
    const lines = readFileSync(join(MODEL, file), 'utf8').split('\n');
    const change = withSynonym(lines, of.of, of.word);
    if (!change) continue;
    const name = `synonym-${of.word.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
    return {
      name,
      text:
        replacedLines(`sql-templates/model/${file}`, lines, change) +
        newFile(`test/evals/dev/learned-${name}.jsonl`, `${evalCase(name, of.question)}\n`),
    };
  }
  return null;
}

type Change = { at: number; removed: string[]; added: string[] };

/** The list may stand on one line or over several. */
function withSynonym(lines: string[], name: string, word: string): Change | null {
  const start = lines.findIndex((line) => line.trim() === `- name: ${name}`);
  if (start < 0 || name === '') return null;
  const next = lines.findIndex((line, index) => index > start && /^\s*- name: /.test(line));
  const end = next < 0 ? lines.length : next;
  const at = lines.findIndex((line, index) => index > start && index < end && /^\s*synonyms:/.test(line));
  if (at < 0) return null;
  const quoted = /^[a-z][a-z0-9 -]*$/i.test(word) ? word : JSON.stringify(word);
  const line = lines[at] ?? '';
  if (line.includes(']')) {
    const separator = /\[\s*\]/.test(line) ? '' : ', ';
    const added = `${line.slice(0, line.lastIndexOf(']')).trimEnd()}${separator}${quoted}${line.slice(line.lastIndexOf(']'))}`;
    return { at, removed: [line], added: [added] };
  }
  const close = lines.findIndex((each, index) => index > at && index < end && each.trim() === ']');
  if (close < 0) return null;
  const indent = /^\s*/.exec(lines[close - 1] ?? '')?.[0] ?? '';
  return { at: close, removed: [lines[close] ?? ''], added: [`${indent}${quoted},`, lines[close] ?? ''] };
}

function replacedLines(path: string, lines: string[], change: Change): string {
  const before = lines.slice(Math.max(0, change.at - 3), change.at);
  const after = lines.slice(change.at + change.removed.length, change.at + change.removed.length + 3);
  const from = change.at - before.length + 1;
  const oldLength = before.length + change.removed.length + after.length;
  const newLength = before.length + change.added.length + after.length;
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${from},${oldLength} +${from},${newLength} @@`,
    ...before.map((line) => ` ${line}`),
    ...change.removed.map((line) => `-${line}`),
    ...change.added.map((line) => `+${line}`),
    ...after.map((line) => ` ${line}`),
    '',
  ].join('\n');
}

function newFile(path: string, content: string): string {
  const lines = content.replace(/\n$/, '').split('\n');
  return [
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
}

/** Held from now on by `npm run eval`. */
function evalCase(id: string, question: string): string {
  return JSON.stringify({ id, question, kind: 'learned', expect: 'answered' });
}

/** A vetted query has no values that only its first asker had: those become literals, to be made parameters by hand. */
function withValues(sql: string, params: Record<string, ParameterValue>): string {
  return sqlTokens(sql)
    .map((token) => {
      const name = /^:([a-z_][a-z0-9_]*)$/i.exec(token.text)?.[1];
      return name !== undefined && Object.hasOwn(params, name) ? literal(params[name] ?? null) : token.text;
    })
    .join('');
}

function literal(value: ParameterValue): string {
  if (value === null) return 'null';
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : String(value);
}

const COMMON = new Set(
  'a an and are as at by did do does for from had has have how i in is it last many me much my of on our per show that the this to was we were what when which who with year month week day'.split(
    ' ',
  ),
);

/** Up to three words that all examples share: a question must have each of them. */
function cuesOf(examples: string[]): string[][] {
  const [first = [], ...others] = examples.map(
    (example): string[] => example.toLowerCase().match(/[a-z]{3,}/g) ?? [],
  );
  const shared = first.filter((word) => !COMMON.has(word) && others.every((words) => words.includes(word)));
  const words = shared.length > 0 ? shared : first.filter((word) => !COMMON.has(word));
  return [...new Set(words)].slice(0, 3).map((word) => [word]);
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
