import { join } from 'node:path';
import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import { readConfig } from '../../src/config.ts';
import { openPlumbline } from '../../src/wiring.ts';
import { noObjects } from '../support/no-objects.ts';
import { personId, type RunningApp } from './a-running-plumbline.ts';
import { type Measure, percentile } from './measure.ts';
import { DAY } from './serving-home.ts';

export const QUESTIONS = [
  'revenue last month',
  'top 5 categories by revenue this year',
  'orders by branch last week',
  'return rate by category last quarter',
  'revenue by month this year vs last year',
];

/** From a direct message to its posted answer, and the bare SQL of the same answer, in turns. */
export async function postedAnswers(app: RunningApp, home: string, rounds: number): Promise<Measure> {
  const config = readConfig({ PLUMBLINE_HOME: home, LOG_LEVEL: 'silent', PLUMBLINE_TODAY: DAY });
  const statements = await statementsOf(config);
  const warehouse = await openDuckdbWarehouse({ folder: join(home, 'warehouse'), objects: noObjects });
  const posted: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, text] of QUESTIONS.entries()) {
        const ms = await askAndWait(app, personId(0), text);
        const { sql, params, schema } = statements[at] as Bare;
        const started = performance.now();
        await warehouse.read({ sql, params, schema, maxRows: 5_000, timeoutMs: 60_000 });
        if (round === 0) continue;
        posted.push(ms);
        bare.push(performance.now() - started);
      }
    }
  } finally {
    await warehouse.close();
  }
  const [own, other] = [percentile(posted, 0.95), percentile(bare, 0.95)];
  return {
    name: 'question to posted answer, p95',
    ours: own,
    baseline: other,
    ratio: own / other,
    unit: 'ms',
    rounds,
  };
}

type Bare = { sql: string; params: Record<string, never>; schema: string };

async function statementsOf(config: ReturnType<typeof readConfig>): Promise<Bare[]> {
  const { ALL_RIGHTS } = await import('../../src/access/rights-for.ts');
  const { answerQuestion } = await import('../../src/questions/answer-question.ts');
  const plumbline = await openPlumbline(config);
  const found: Bare[] = [];
  for (const text of QUESTIONS) {
    const { answer } = await answerQuestion(
      {
        text,
        asker: 'bench',
        rights: ALL_RIGHTS,
        door: 'bench',
        channel: null,
        thread: plumbline.ids.next('thr'),
        today: DAY,
        planner: 'offline',
      },
      plumbline.questions,
    );
    if (answer.kind !== 'answered' || !answer.sql)
      throw new Error(`'${text}' was not answered: ${answer.text}`);
    found.push({
      sql: answer.sql,
      params: answer.params as Bare['params'],
      schema: `policy_${ALL_RIGHTS.id}`,
    });
  }
  await plumbline.close();
  return found;
}

/** Milliseconds until the answer stands in Slack. */
export async function askAndWait(app: RunningApp, person: string, text: string): Promise<number> {
  const { workspace } = app;
  const started = performance.now();
  let first: string | undefined;
  const answered = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No answer to '${text}' within a minute.`)), 60_000);
    const stop = workspace.parts.workspace.onChange((change) => {
      if (change.type !== 'message' || first === undefined) return;
      const { message } = change;
      const isAnswer =
        message.threadTs === first && message.ts !== first && (message.blocks?.length ?? 0) > 1;
      if (!isAnswer || message.stream?.open) return;
      stop();
      clearTimeout(late);
      resolve(performance.now() - started);
    });
  });
  first = workspace.says(person, `@${person}`, text).ts;
  return answered;
}
