import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { generateSample } from '../../infra/local/sample-data.ts';
import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import { readConfig } from '../../src/config.ts';
import { openPlumbline } from '../../src/wiring.ts';
import { noObjects } from '../support/no-objects.ts';
import { aBareBoltApp, aRunningPlumbline, personId, type RunningApp } from './a-running-plumbline.ts';
import { type Measure, measure, percentile } from './measure.ts';

const DAY = '2026-11-16';
const QUESTIONS = [
  'revenue last month',
  'top 5 categories by revenue this year',
  'orders by branch last week',
  'return rate by category last quarter',
  'revenue by month this year vs last year',
];
const RUN = fileURLToPath(new URL('../../infra/run.js', import.meta.url));

export type ServingOptions = {
  scale: number;
  rounds: number;
  /** At once, and how often. */
  events: number;
  bursts: number;
  people: number;
  seconds: number;
};

/**
 * Plumbline as it runs, in a process of its own, seen from Slack: how long a person waits for a posted answer, how
 * fast events are acknowledged while a load runs, how it stands many people, and how long a cold start takes.
 */
export async function servingBench(options: ServingOptions): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-serving-'));
  const home = join(folder, 'home');
  try {
    await prepare(home, folder, options.scale);
    const cold = await coldStarts(home, options.rounds);
    const plumbline = await aRunningPlumbline({ home, today: DAY, people: options.people });
    const bare = await aBareBoltApp();
    try {
      return [
        cold,
        await postedAnswers(plumbline, home, options.rounds),
        ...(await manyPeople(plumbline, options)),
        ...(await acknowledgements(plumbline, bare, { ...options, home, folder })),
      ];
    } finally {
      await plumbline.stop();
      await bare.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(home: string, folder: string, scale: number): Promise<void> {
  const files = join(folder, 'files');
  generateSample({ seed: 7, folder: files, until: DAY, scale });
  const config = readConfig({ PLUMBLINE_HOME: home, LOG_LEVEL: 'silent', PLUMBLINE_TODAY: DAY });
  const plumbline = await openPlumbline(config);
  const needs = await plumbline.pipeline();
  const [run] = await loadFiles({ paths: [files], feed: null, startedBy: 'bench' }, needs);
  await plumbline.close();
  if (run?.outcome !== 'loaded') throw new Error(`The load ended as ${run?.outcome}.`);
}

/** From nothing to the first answer, each time in a new process; the goal stands as the baseline. */
async function coldStarts(home: string, rounds: number): Promise<Measure> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [RUN, 'src/cli.ts', 'ask', 'revenue last month', '--today', DAY, '--json'],
        {
          stdio: ['ignore', 'pipe', 'ignore'],
          env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, LOG_LEVEL: 'silent' },
        },
      );
      child.stdout.once('data', () => took.push((performance.now() - started) / 1000));
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ask ended with ${code}`))));
    });
  }
  return measure(
    'cold start to first answer (goal as baseline)',
    's',
    took,
    took.map(() => 3),
  );
}

/** From a direct message to its posted answer, and the bare SQL of the same answer, in turns. */
async function postedAnswers(app: RunningApp, home: string, rounds: number): Promise<Measure> {
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

async function askAndWait(app: RunningApp, person: string, text: string): Promise<number> {
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

/** One person asking question after question, then many at once. */
async function manyPeople(app: RunningApp, options: ServingOptions): Promise<Measure[]> {
  const alone = await askFor(app, 1, Math.min(10, options.seconds));
  const before = app.memoryMb();
  const together = await askFor(app, options.people, options.seconds);
  const after = app.memoryMb();
  const p95 = percentile(together, 0.95);
  return [
    {
      name: `${options.people} people asking at once, p95 (against one person)`,
      ours: p95,
      baseline: percentile(alone, 0.95),
      ratio: p95 / percentile(alone, 0.95),
      unit: 'ms',
      rounds: together.length,
    },
    {
      name: `memory after ${options.people} people (against before)`,
      ours: after,
      baseline: before,
      ratio: after / before,
      unit: 'MB',
      rounds: 1,
    },
  ];
}

async function askFor(app: RunningApp, people: number, seconds: number): Promise<number[]> {
  const until = Date.now() + seconds * 1000;
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: people }, async (_, i) => {
      for (let at = i; Date.now() < until; at += 1)
        took.push(await askAndWait(app, personId(i), QUESTIONS[at % QUESTIONS.length] as string));
    }),
  );
  return took;
}

/**
 * Bursts of events to ours and to a bare app in turns, while loads run in ours: the files are put there again whenever the
 * last ones are done. Slack calls an event late after 3 s.
 */
async function acknowledgements(
  app: RunningApp,
  bare: RunningApp,
  options: ServingOptions & { home: string; folder: string },
): Promise<Measure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let late = 0;
  for (let round = 0; round < options.bursts; round += 1) {
    if (round % BURSTS_A_LOAD === 0) await startLoad(round / BURSTS_A_LOAD, options);
    const [own, other] = [await burst(app, options.events), await burst(bare, options.events)];
    late += own.filter((ms) => ms >= 2_999).length;
    ours.push(percentile(own, 0.95));
    theirs.push(percentile(other, 0.95));
  }
  return [
    measure(`acknowledgement of ${options.events} events at once while a load runs, p95`, 'ms', ours, theirs),
    {
      name: `late of ${options.bursts * options.events} events`,
      ours: late,
      baseline: 0,
      ratio: late,
      unit: 'events',
      rounds: options.bursts,
    },
  ];
}

const BURSTS_A_LOAD = 5;

/** Other files each time: the same ones would be known, and not loaded. */
async function startLoad(
  number: number,
  { home, folder, scale }: { home: string; folder: string; scale: number },
): Promise<void> {
  const later = join(folder, `later-${number}`);
  generateSample({ seed: 8 + number, folder: later, until: DAY, scale });
  const incoming = join(home, 'objects', 'ingestion', 'incoming', `later-${number}`);
  await mkdir(incoming, { recursive: true });
  await cp(later, incoming, { recursive: true });
  await writeFile(join(incoming, '_ready'), '');
  await rm(later, { recursive: true, force: true });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}

async function burst(app: RunningApp, events: number): Promise<number[]> {
  app.acknowledgedMs.length = 0;
  for (let i = 0; i < events; i += 1) app.workspace.says(personId(0), '#general', `message ${i} to all`);
  await app.workspace.waitFor('all to be acknowledged', () => app.acknowledgedMs.length >= events, 60_000);
  return [...app.acknowledgedMs];
}
