import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import type { Answer } from '../domain/answer.ts';
import { AppError } from '../domain/app-error.ts';
import { answerQuestion } from '../questions/answer-question.ts';
import { openPlumbline, type Plumbline } from '../wiring.ts';
import { plannerOption, rightsOf } from './ask-command.ts';
import {
  type EvalQuestion,
  type Expectation,
  type Half,
  readOwnQuestions,
  readQuestions,
} from './eval-question.ts';
import { type Expected, judgeAnswer, type Verdict } from './judge-answer.ts';
import { loadSampleWhenEmpty } from './load-sample.ts';
import { printJson, progress, say } from './output.ts';
import { type Judged, scorecard, scorecardText } from './scorecard.ts';

export type EvalOptions = {
  planner?: string;
  questions?: string;
  half?: string;
  show?: boolean;
  json?: boolean;
};

/** The gold of our own questions speaks of fixed days, so the sample shop is made as of this one. */
const EVAL_DAY = '2026-11-16';
const OWN_QUESTIONS = fileURLToPath(new URL('../../test/evals/', import.meta.url));

/**
 * The scorecard. Our own questions run over a sample shop of their own (in the home's `eval` folder, made once);
 * other people's run over the home as it is.
 */
export async function evalCommand(options: EvalOptions, config: Config): Promise<void> {
  const half = halfOption(options.half);
  const questions = options.questions
    ? await readQuestions(options.questions)
    : (await Promise.all(half.map((one) => readOwnQuestions(OWN_QUESTIONS, one)))).flat();
  const plumbline = await openPlumbline(options.questions ? config : evalConfig(config));
  try {
    if (!options.questions) await loadSampleWhenEmpty(plumbline);
    const results = await askAll(questions, options, plumbline);
    tell(results, options, half);
  } finally {
    await plumbline.close();
  }
}

function evalConfig(config: Config): Config {
  if (config.mode !== 'local')
    throw new AppError('usage.wrong', {
      detail:
        'The built-in questions run on the embedded parts: set PLUMBLINE_MODE=local, or give --questions.',
    });
  const home = join(config.home, 'eval');
  return {
    ...config,
    home,
    today: EVAL_DAY,
    warehouse: { kind: 'embedded', folder: join(home, 'warehouse') },
    records: {
      kind: 'embedded',
      folder: join(home, 'dynamodb'),
      tablePrefix: config.records.tablePrefix,
    },
    objects: { kind: 'disk', folder: join(home, 'objects'), buckets: config.objects.buckets },
  };
}

type Result = Judged & {
  question: EvalQuestion;
  expected: Expected[];
  answer: Answer | undefined;
  fault: string | null;
};

/** One after the other, since follow-ups need what came before. */
async function askAll(
  questions: readonly EvalQuestion[],
  options: EvalOptions,
  plumbline: Plumbline,
): Promise<Result[]> {
  const run = plumbline.ids.next('eval');
  const results: Result[] = [];
  for (const question of questions) {
    results.push(await askOne(question, run, options, plumbline));
    if (results.length % 50 === 0) progress(`${results.length} of ${questions.length} questions ...`);
  }
  return results;
}

async function askOne(
  question: EvalQuestion,
  run: string,
  options: EvalOptions,
  plumbline: Plumbline,
): Promise<Result> {
  const expected = await Promise.all(question.expectations.map((one) => withGold(one, question, plumbline)));
  const facts = { question, kind: question.kind, expected, answerable: expected[0]?.outcome === 'answered' };
  try {
    const { answer, use, tookMs } = await answerQuestion(
      {
        text: question.question,
        asker: question.as ?? 'terminal',
        rights: rightsOf(question.as, plumbline.policy),
        door: 'terminal',
        channel: null,
        thread: `${run}-${question.thread ?? question.id}`,
        today: question.today ?? plumbline.clock.today(),
        planner: plannerOption(options.planner, plumbline.config.planner),
      },
      plumbline.questions,
    );
    const verdict = judgeAnswer(expected, answer);
    const tokens = use.input + use.output;
    return { ...facts, verdict, answer, fault: null, tookMs, tokens, costUsd: use.costUsd };
  } catch (thrown) {
    plumbline.log.error({ err: thrown, id: question.id }, 'a question of the scorecard failed');
    const verdict: Verdict = judgeAnswer(expected, undefined);
    const fault = plumbline.sentenceFor(thrown);
    return { ...facts, verdict, answer: undefined, fault, tookMs: 0, tokens: 0, costUsd: '0' };
  }
}

async function withGold(one: Expectation, question: EvalQuestion, plumbline: Plumbline): Promise<Expected> {
  const read = async (sql: string) => {
    try {
      const table = await plumbline.warehouse.read({
        sql,
        schema: 'retail',
        maxRows: 100_000,
        timeoutMs: 60_000,
      });
      return table.rows;
    } catch (cause) {
      throw new AppError('usage.wrong', {
        detail: `The gold of question ${question.id} does not run.`,
        cause,
      });
    }
  };
  const gold = one.rows ?? (one.sql ? await read(one.sql) : null);
  const hidden = one.hides ? (await read(one.hides)).flat().filter((cell) => typeof cell === 'string') : [];
  return { ...one, gold, hidden: new Set(hidden.filter((cell) => cell !== '')) };
}

function tell(results: readonly Result[], options: EvalOptions, half: readonly Half[]): void {
  const card = scorecard(results);
  const missed = results.filter((one) => !GOOD.has(one.verdict));
  // What is held out stays out of sight unless somebody asks to see it.
  const shown = options.show || options.questions || half.every((one) => one === 'dev') ? missed : [];
  if (options.json) {
    printJson({ half: options.questions ? null : half, ...card, failures: shown.map(failureJson) });
    return;
  }
  for (const one of shown) say(failureText(one));
  const of = options.questions ?? `Plumbline's own questions, ${half.join(' and ')} half`;
  say(scorecardText(card, `Scorecard: ${of}`));
  if (shown.length < missed.length) say(`${missed.length} missed; --show tells which.`);
}

const GOOD: ReadonlySet<Verdict> = new Set<Verdict>(['right', 'askedRightly', 'refusedRightly']);

function failureJson(one: Result): Record<string, unknown> {
  const { question, answer, expected } = one;
  return {
    id: question.id,
    kind: question.kind,
    question: question.question,
    ...(question.thread === undefined ? {} : { thread: question.thread }),
    ...(question.as === undefined ? {} : { as: question.as }),
    verdict: one.verdict,
    got: answer?.kind ?? 'fault',
    reason: answer && 'reason' in answer ? answer.reason : null,
    text: answer?.text ?? one.fault,
    understood: answer && 'understood' in answer ? (answer.understood?.line ?? null) : null,
    rows: answer?.kind === 'answered' ? answer.table.rows.slice(0, 5) : [],
    expected: expected.map((each) => ({
      outcome: each.outcome,
      ...(each.reason ? { reason: each.reason } : {}),
      ...(each.sql ? { sql: each.sql } : {}),
      ...(each.gold ? { rows: each.gold.slice(0, 5), rowCount: each.gold.length } : {}),
    })),
  };
}

function failureText(one: Result): string {
  const json = failureJson(one);
  const expected = one.expected
    .map((each) =>
      [each.outcome, each.reason?.join(' or '), each.gold ? JSON.stringify(each.gold.slice(0, 3)) : undefined]
        .filter(Boolean)
        .join(' '),
    )
    .join('; or ');
  return [
    `${one.verdict}  ${plain(json.id)} (${plain(json.kind)}${one.question.thread ? `, thread ${one.question.thread}` : ''}): ${one.question.question}`,
    `  came:  ${plain(json.got)}${json.reason ? ` (${plain(json.reason)})` : ''} ${JSON.stringify(json.rows)} ${plain(json.text)}`,
    ...(json.understood ? [`  understood: ${plain(json.understood)}`] : []),
    `  right: ${expected}`,
    '',
  ].join('\n');
}

function halfOption(text: string | undefined): Half[] {
  if (text === undefined || text === 'held-out') return ['held-out'];
  if (text === 'dev') return ['dev'];
  if (text === 'all') return ['dev', 'held-out'];
  throw new AppError('usage.wrong', { detail: `--half takes dev, held-out or all, not '${text}'.` });
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
