import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../domain/app-error.ts';
import { isDay } from '../domain/day.ts';

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type GoldCell = z.infer<typeof Cell>;

const Outcome = z.enum(['answered', 'needs-detail', 'refused', 'empty']);

/** One ending that is right. Without `sql` and `rows`, any answer of that outcome is. */
export const Expectation = z.object({
  outcome: Outcome.default('answered'),
  reason: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  /** Gold by a query in Redshift's dialect over qualified names, independent of the semantic model. */
  sql: z.string().optional(),
  /** Gold by its rows. */
  rows: z.array(z.array(Cell)).optional(),
  /** The order of rows counts. */
  ordered: z.boolean().default(false),
  /** `exact`: these rows and no others. `first`: the answer begins with them. `at-least`: they are among the answer's. */
  match: z.enum(['exact', 'first', 'at-least']).default('exact'),
  /** Pieces that the answer's text must hold, whatever their case. */
  says: z.array(z.string()).default([]),
  /** A query whose values must not be seen, neither in a cell nor in the text. */
  hides: z.string().optional(),
});
export type Expectation = z.infer<typeof Expectation>;

const Half = z.enum(['dev', 'held-out']);
export type Half = z.infer<typeof Half>;

const Gold = Expectation.extend({ acceptable: z.array(z.union([Outcome, Expectation])).default([]) });

const Line = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  question: z.string(),
  kind: z.string().default('other'),
  half: Half.optional(),
  thread: z.string().optional(),
  as: z.string().optional(),
  today: z.string().refine(isDay, 'a day as YYYY-MM-DD').optional(),
  expect: z.union([Outcome, Gold]).optional(),
  gold: Gold.optional(),
  answer: z.union([Cell, z.array(z.array(Cell))]).optional(),
});

export type EvalQuestion = {
  id: string;
  question: string;
  kind: string;
  half: Half | null;
  thread?: string;
  as?: string;
  today?: string;
  /** The first is what is hoped for; the others are right too. */
  expectations: Expectation[];
};

/** The questions of a file; every problem is told at once with its line (usage.wrong). */
export async function readQuestions(file: string, half: Half | null = null): Promise<EvalQuestion[]> {
  const problems: string[] = [];
  const questions: EvalQuestion[] = [];
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new AppError('usage.wrong', { detail: `${file} cannot be read.`, cause });
  });
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const read = readQuestion(line, half);
    if ('problem' in read) problems.push(`${file}:${index + 1}: ${read.problem}`);
    else questions.push(read);
  });
  if (problems.length > 0) throw new AppError('usage.wrong', { detail: problems.slice(0, 20).join('\n') });
  return questions;
}

/** Plumbline's own questions: a folder for each half, in it a file for each kind of asker. */
export async function readOwnQuestions(folder: string, half: Half): Promise<EvalQuestion[]> {
  const files = (await readdir(join(folder, half))).filter((name) => name.endsWith('.jsonl')).sort();
  const questions = await Promise.all(files.map((name) => readQuestions(join(folder, half, name), half)));
  return questions.flat();
}

export function readQuestion(line: string, half: Half | null): EvalQuestion | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not JSON' };
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success)
    return {
      problem: parsed.error.issues
        .map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`)
        .join('; '),
    };
  const { expect, gold, answer, half: named, thread, as, today, ...rest } = parsed.data;
  const expectations = expectationsOf(expect ?? gold, answer);
  if (!expectations) return { problem: 'says neither expect, nor gold, nor answer' };
  return {
    ...rest,
    half: named ?? half,
    expectations,
    ...(thread === undefined ? {} : { thread }),
    ...(as === undefined ? {} : { as }),
    ...(today === undefined ? {} : { today }),
  };
}

function expectationsOf(
  gold: z.infer<typeof Gold> | z.infer<typeof Outcome> | undefined,
  answer: z.infer<typeof Line>['answer'],
): Expectation[] | undefined {
  if (typeof gold === 'string') return [Expectation.parse({ outcome: gold })];
  if (gold) {
    const { acceptable, ...first } = gold;
    const others = acceptable.map((one) =>
      typeof one === 'string' ? Expectation.parse({ outcome: one }) : one,
    );
    return [first, ...others];
  }
  if (answer === undefined) return undefined;
  if (Array.isArray(answer)) return [Expectation.parse({ rows: answer })];
  // A name may come at the head of a ranking; a figure must stand alone.
  const match = typeof answer === 'string' && Number.isNaN(Number(answer)) ? 'first' : 'exact';
  return [Expectation.parse({ rows: [[answer]], match })];
}
