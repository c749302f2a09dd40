import { z } from 'zod';
import type { Policy } from '../access/policy.ts';
import { MANAGER_RIGHTS, rightsFor } from '../access/rights-for.ts';
import { AppError } from '../domain/app-error.ts';
import { type Day, isDay } from '../domain/day.ts';
import type { Rights } from '../domain/rights.ts';
import { answerQuestion } from '../questions/answer-question.ts';
import type { Plumbline } from '../wiring.ts';
import { answerJson, answerText, printJson, say } from './output.ts';
import { readLines } from './read-lines.ts';

export type AskOptions = {
  as?: string;
  channel?: string;
  thread?: string;
  planner?: string;
  today?: string;
  batch?: string;
  json?: boolean;
};

const BatchLine = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  thread: z.string().optional(),
  as: z.string().optional(),
  today: z.string().refine(isDay, 'a day as YYYY-MM-DD').optional(),
  channel: z.string().optional(),
});

/** `ask "<question>"` and `ask --batch FILE.jsonl`: the same way as from Slack. */
export async function askCommand(
  question: string | undefined,
  options: AskOptions,
  plumbline: Plumbline,
): Promise<void> {
  if (options.batch) return askBatch(options.batch, options, plumbline);
  if (!question)
    throw new AppError('usage.wrong', { detail: 'Say what to ask: plumbline ask "revenue last month".' });
  const thread = options.thread ?? plumbline.ids.next('thr');
  const asked = await ask(question, thread, options, plumbline);
  if (options.json) printJson(answerJson(asked, thread));
  else say(answerText(asked.answer));
}

async function askBatch(file: string, options: AskOptions, plumbline: Plumbline): Promise<void> {
  for await (const line of readLines(file)) {
    const parsed = parseLine(line);
    if (!parsed.ok) {
      printJson({ id: parsed.id, kind: 'refused', reason: 'bad-line', text: parsed.problem });
      continue;
    }
    const { id, question, thread: given, ...rest } = parsed.line;
    const thread = given ?? plumbline.ids.next('thr');
    try {
      const asked = await ask(question, thread, { ...options, ...withoutUndefined(rest) }, plumbline);
      printJson({ id, ...answerJson(asked, thread) });
    } catch (thrown) {
      plumbline.log.error({ err: thrown, id }, 'a question of the batch failed');
      printJson({ id, kind: 'refused', reason: 'fault', text: plumbline.sentenceFor(thrown), thread });
    }
  }
}

function ask(text: string, thread: string, options: AskOptions, plumbline: Plumbline) {
  const today = dayOption(options.today, plumbline.clock.today());
  const mode = plannerOption(options.planner, plumbline.config.planner);
  const asker = options.as ?? 'terminal';
  return answerQuestion(
    {
      text,
      asker,
      rights: rightsOf(options.as, plumbline.policy),
      door: 'terminal',
      channel: options.channel ?? null,
      thread,
      today,
      planner: mode,
    },
    plumbline.questions,
  );
}

/** Nobody named is a manager with all rights; a user that the policy does not know is a guest. */
export function rightsOf(user: string | undefined, policy: Policy): Rights {
  if (user === undefined) return MANAGER_RIGHTS;
  const named = Object.entries(policy.people).find(([, grant]) => grant.name === user)?.[0];
  return rightsFor({ user: named ?? user, groups: [], outsider: true }, policy);
}

function dayOption(text: string | undefined, fallback: Day): Day {
  if (text === undefined) return fallback;
  if (!isDay(text))
    throw new AppError('usage.wrong', { detail: `--today takes a day as YYYY-MM-DD, not '${text}'.` });
  return text;
}

export function plannerOption(
  text: string | undefined,
  fallback: 'auto' | 'offline' | 'openai',
): 'auto' | 'offline' | 'openai' {
  if (text === undefined) return fallback;
  if (text === 'auto' || text === 'offline' || text === 'openai') return text;
  throw new AppError('usage.wrong', { detail: `--planner takes offline, openai or auto, not '${text}'.` });
}

function parseLine(
  line: string,
): { ok: true; line: z.infer<typeof BatchLine> } | { ok: false; id: unknown; problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, id: null, problem: 'This line is not JSON.' };
  }
  const parsed = BatchLine.safeParse(value);
  if (parsed.success) return { ok: true, line: parsed.data };
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return {
    ok: false,
    id,
    problem: parsed.error.issues
      .map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`)
      .join('; '),
  };
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };
}
