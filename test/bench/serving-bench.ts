import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aBareBoltApp, aRunningPlumbline, personId, type RunningApp } from './a-running-plumbline.ts';
import { BENCH_QUESTIONS } from './bench-questions.ts';
import { type Measure, percentile, single } from './measure.ts';
import { acknowledgements } from './serving-acks.ts';
import { coldStarts } from './serving-cold.ts';
import { DAY, prepareHome } from './serving-home.ts';
import { askAndWait, postedAnswers } from './serving-questions.ts';

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
    const prepared = { home, folder, scale: options.scale };
    await prepareHome(prepared);
    const cold = await coldStarts(home, options.rounds);
    const plumbline = await aRunningPlumbline({ home, today: DAY, people: options.people });
    const bare = await aBareBoltApp();
    try {
      return [
        cold,
        await postedAnswers(plumbline, home, options.rounds),
        ...(await manyPeople(plumbline, options)),
        ...(await acknowledgements(plumbline, bare, { ...options, ...prepared })),
      ];
    } finally {
      await plumbline.stop();
      await bare.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * One person asking question after question, then many at once. Slack is a stand-in in this process: what it costs itself
 * would not be there in production, and is told beside what the program costs.
 */
async function manyPeople(app: RunningApp, options: ServingOptions): Promise<Measure[]> {
  const alone = percentile(await askFor(app, 1, Math.min(10, options.seconds)), 0.95);
  const [memory, program, own] = [app.memoryMb(), app.processorMs(), process.cpuUsage()];
  const together = await askFor(app, options.people, options.seconds);
  const { user, system } = process.cpuUsage(own);
  const count = together.length;
  return [
    single(
      `${options.people} people asking at once, p95 (against one person)`,
      'ms',
      percentile(together, 0.95),
      alone,
      count,
    ),
    single(`memory after ${options.people} people (against before)`, 'MB', app.memoryMb(), memory),
    single(
      "processor time a question (the Slack stand-in's own as baseline)",
      'ms',
      (app.processorMs() - program) / count,
      (user + system) / 1000 / count,
      count,
    ),
  ];
}

async function askFor(app: RunningApp, people: number, seconds: number): Promise<number[]> {
  const until = Date.now() + seconds * 1000;
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: people }, async (_, i) => {
      for (let at = i; Date.now() < until; at += 1)
        took.push(await askAndWait(app, personId(i), BENCH_QUESTIONS[at % BENCH_QUESTIONS.length] as string));
    }),
  );
  return took;
}
