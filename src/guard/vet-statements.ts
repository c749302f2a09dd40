import { z } from 'zod';
import { sentenceFor } from '../domain/app-error.ts';
import { ParameterValue } from '../domain/plan.ts';
import type { ResultColumn } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Guard, Verdict } from './vet-sql.ts';

/** One line of `vet` and `query`. */
const StatementLine = z.object({
  id: z.union([z.string(), z.number()]),
  sql: z.string(),
  as: z.string().optional(),
  params: z.record(z.string(), ParameterValue).optional(),
});
type StatementLine = z.infer<typeof StatementLine>;

export type VetReply = { id: string | number | null; ms: number } & (
  | { verdict: 'accepted'; tables: string[]; columns: string[]; parameters: string[]; fingerprint: string }
  | { verdict: 'refused'; code: string; reason: string }
);

export type QueryReply =
  | {
      id: string | number | null;
      verdict: 'accepted';
      columns: ResultColumn[];
      rows: unknown[][];
      truncated: boolean;
    }
  | { id: string | number | null; verdict: 'refused' | 'failed'; reason: string; code: string };

/** The guard alone over JSON lines; a line that is no statement is answered like any other. */
export async function* vetStatements(
  lines: AsyncIterable<string>,
  needs: { guard: Guard; rightsFor: (user: string | undefined) => Rights | undefined },
): AsyncGenerator<VetReply> {
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (!read.ok) {
      yield { id: read.id, ms: 0, verdict: 'refused', code: 'syntax', reason: read.reason };
      continue;
    }
    const started = performance.now();
    const verdict = vetLine(read.statement, needs);
    yield { id: read.statement.id, ms: rounded(performance.now() - started), ...verdict };
  }
}

/** Guard, then the locked engine. `prepare` makes the asker's policy schema ready and names it. */
export async function* queryStatements(
  lines: AsyncIterable<string>,
  needs: {
    guard: Guard;
    warehouse: Pick<Warehouse, 'read'>;
    rightsFor: (user: string | undefined) => Rights;
    prepare: (rights: Rights) => Promise<string>;
    maxRows?: number;
    timeoutMs?: number;
  },
): AsyncGenerator<QueryReply> {
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (!read.ok) {
      yield { id: read.id, verdict: 'refused', code: 'syntax', reason: read.reason };
      continue;
    }
    yield await queryLine(read.statement, needs);
  }
}

async function queryLine(
  statement: StatementLine,
  needs: Parameters<typeof queryStatements>[1],
): Promise<QueryReply> {
  const verdict = vetLine(statement, needs);
  if (verdict.verdict === 'refused') return { id: statement.id, ...verdict };
  // One statement that fails must not end the stream.
  try {
    const table = await needs.warehouse.read({
      sql: statement.sql,
      params: onlyUsed(statement.params ?? {}, verdict.parameters),
      schema: await needs.prepare(needs.rightsFor(statement.as)),
      maxRows: needs.maxRows ?? 10_000,
      timeoutMs: needs.timeoutMs ?? 30_000,
    });
    const { columns, rows, truncated } = table;
    return { id: statement.id, verdict: 'accepted', columns, rows, truncated };
  } catch (error) {
    return { id: statement.id, verdict: 'failed', code: 'engine', reason: sentenceFor(error) };
  }
}

function vetLine(
  statement: StatementLine,
  needs: { guard: Guard; rightsFor: (user: string | undefined) => Rights | undefined },
): Verdict {
  const rights = needs.rightsFor(statement.as);
  return needs.guard.vet(statement.sql, {
    ...(rights ? { rights } : {}),
    ...(statement.params ? { params: statement.params } : {}),
  });
}

type ReadLine =
  | { ok: true; statement: StatementLine }
  | { ok: false; id: string | number | null; reason: string };

function readLine(line: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, id: null, reason: 'The line is not JSON.' };
  }
  const statement = StatementLine.safeParse(value);
  if (statement.success) return { ok: true, statement: statement.data };
  const id = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(value);
  return {
    ok: false,
    id: id.success ? id.data.id : null,
    reason: "The line needs an 'id' and an 'sql' text.",
  };
}

function onlyUsed(params: Record<string, ParameterValue>, names: string[]): Record<string, ParameterValue> {
  return Object.fromEntries(names.map((name) => [name, params[name] ?? null]));
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
