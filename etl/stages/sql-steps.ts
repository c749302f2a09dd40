import { readFileSync } from 'node:fs';
import { AppError } from '../../src/domain/app-error.ts';

/** The named statements of one file under `sql-templates`, in their order; each begins with '-- step: name'. */
export type SqlSteps = ReadonlyMap<string, string>;

const known = new Map<string, SqlSteps>();

export function sqlSteps(path: string): SqlSteps {
  const before = known.get(path);
  if (before) return before;
  const text = readFileSync(new URL(`../../sql-templates/${path}`, import.meta.url), 'utf8');
  const steps = new Map<string, string>();
  for (const part of text.split(/^-- step: /m).slice(1)) {
    const end = part.indexOf('\n');
    steps.set(
      part.slice(0, end).trim(),
      part
        .slice(end + 1)
        .trim()
        .replace(/;$/, ''),
    );
  }
  if (steps.size === 0) throw new AppError('internal', { detail: `${path} holds no step.` });
  known.set(path, steps);
  return steps;
}

/** Fills the {{slots}} of a step. Slots are names and expressions from our own table descriptions, never data. */
export function fillStep(steps: SqlSteps, name: string, slots: Record<string, string>): string {
  const text = steps.get(name);
  if (text === undefined) throw new AppError('internal', { detail: `There is no SQL step '${name}'.` });
  return text.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new AppError('internal', { detail: `Step '${name}' lacks ${slot}.` });
    return value;
  });
}

/** `a.x = b.x and a.y = b.y` */
export function sameKey(a: string, b: string, key: readonly string[]): string {
  return key.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ');
}

/** True where any of the columns differs, with NULL equal to NULL (Redshift has no IS DISTINCT FROM). */
export function anyDiffers(a: string, b: string, columns: readonly string[]): string {
  if (columns.length === 0) return '1 = 0';
  return columns
    .map(
      (column) =>
        `${a}.${column} <> ${b}.${column} or (${a}.${column} is null and ${b}.${column} is not null) or (${a}.${column} is not null and ${b}.${column} is null)`,
    )
    .join('\n    or ');
}

/** The table of one run in the staging schema; a run's id holds nothing that SQL would read. */
export function stagingTable(run: string, what: string): string {
  return `staging.${run.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${what}`;
}

const files = new Map<string, string>();

/** A whole file under `sql-templates` that holds one statement. */
export function sqlFile(path: string): string {
  const before = files.get(path);
  if (before !== undefined) return before;
  const text = readFileSync(new URL(`../../sql-templates/${path}`, import.meta.url), 'utf8').trim();
  files.set(path, text);
  return text;
}
