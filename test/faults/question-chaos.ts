import type { ErrorCode } from '../../src/domain/app-error.ts';
import { type AnsweredQuestion, answerQuestion } from '../../src/questions/answer-question.ts';
import type { QuestionNeeds } from '../../src/questions/needs.ts';
import { aModelServer, type ScriptedReply } from '../support/a-model-server.ts';
import { aQuestion } from '../support/a-question.ts';
import { aQuestionSide } from '../support/a-question-side.ts';
import { chaotic } from '../support/chaotic.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { twoBranches } from '../support/two-branches.ts';
import { ignoreFault } from './on-purpose.ts';

const TODAY = '2026-03-05';
const LAST_DAY = '2026-03-04';

/** The last two are for a model, which is sick all the time. */
const QUESTIONS = [
  'revenue yesterday',
  'revenue by branch last month',
  'top 2 products by revenue last week',
  'orders per week since January',
  'revenue last month against the month before',
  'why did revenue change last week?',
  'which weekday is oddly strong, and is it the boots?',
  'tell me a story about our customers',
];

const CODES: Record<string, readonly ErrorCode[]> = {
  warehouse: ['warehouse.unavailable', 'warehouse.throttled', 'warehouse.timed-out'],
  kpis: ['records.unavailable'],
  conversations: ['records.unavailable', 'records.throttled'],
  receipts: ['records.unavailable'],
  audit: ['records.unavailable', 'records.throttled'],
};

type QuestionsOutcome = {
  seed: number;
  asked: number;
  answered: number;
  faults: number;
  differences: string[];
};

/**
 * Questions while warehouse, records and model are slow, flap, or lose calls and answers: each is answered as it is when all are
 * well, or is not answered. No other figures, and no error but the one that was made on purpose.
 */
export async function* questionChaos(seeds: readonly number[]): AsyncGenerator<QuestionsOutcome> {
  const script: ScriptedReply[] = [{ kind: 'status', status: 500 }];
  const model = await aModelServer(script);
  const side = await aQuestionSide(twoBranches(LAST_DAY), TODAY, {
    OPENAI_API_KEY: 'sk-chaos',
    OPENAI_BASE_URL: model.url,
    PERSON_DAILY_QUESTIONS: '100000',
  });
  try {
    const oracle: string[] = [];
    for (const question of QUESTIONS) oracle.push(said(await ask(question, side.needs)));
    for (const seed of seeds) yield await oneRound(seed, side.needs, { oracle, script });
  } finally {
    await side.close();
    await model.close();
  }
}

async function oneRound(
  seed: number,
  needs: QuestionNeeds,
  { oracle, script }: { oracle: string[]; script: ScriptedReply[] },
): Promise<QuestionsOutcome> {
  const random = randomFrom(seed);
  const outcome: QuestionsOutcome = { seed, asked: 0, answered: 0, faults: 0, differences: [] };
  const sick = sickNeeds(needs, random);
  for (const [at, question] of QUESTIONS.entries()) {
    script[0] = badReply(random);
    outcome.asked += 1;
    const answered = await ask(question, sick.needs).catch(ignoreFault);
    if (answered?.answer.kind !== 'answered') continue;
    outcome.answered += 1;
    if (said(answered) !== oracle[at])
      outcome.differences.push(`'${question}': is ${said(answered)}, should be ${oracle[at]}`);
  }
  outcome.faults = sick.faults();
  return outcome;
}

/** What a person would take from an answer. */
function said({ answer }: AnsweredQuestion): string {
  return answer.kind === 'answered'
    ? JSON.stringify([answer.provenance, answer.table.columns.map(({ name }) => name), answer.table.rows])
    : answer.kind;
}

function ask(text: string, needs: QuestionNeeds): Promise<AnsweredQuestion> {
  return answerQuestion(aQuestion({ text, today: TODAY }), needs);
}

function sickNeeds(needs: QuestionNeeds, random: Random) {
  const names = (['warehouse', 'kpis', 'conversations', 'receipts', 'audit'] as const).filter(() =>
    random.chance(0.5),
  );
  const parts = names.map((name) => {
    const { part, faults } = chaotic(needs[name] as object, {
      random,
      lost: random.next() * 0.06,
      unanswered: random.next() * 0.06,
      flapping: random.chance(0.5) ? 0.03 : 0,
      slowMs: random.chance(0.3) ? 5 : 0,
      codes: CODES[name] ?? [],
    });
    return { name, part, faults };
  });
  const sick = Object.fromEntries(parts.map(({ name, part }) => [name, part])) as Partial<QuestionNeeds>;
  return { needs: { ...needs, ...sick }, faults: () => parts.reduce((sum, { faults }) => sum + faults(), 0) };
}

/** A model that is busy, down, cut off, or talks nonsense. */
function badReply(random: Random): ScriptedReply {
  return random.pick<ScriptedReply>([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    { kind: 'text', text: 'Revenue was 4711 pounds, I am sure.' },
    { kind: 'json', value: { decision: { kind: 'answer', text: 'Revenue was 4711.' } } },
    { kind: 'json', value: null },
  ]);
}
