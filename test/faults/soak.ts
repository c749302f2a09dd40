import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import { sweep, undo } from '../../etl/pipeline/run-care.ts';
import { generateSample } from '../../infra/local/sample-data.ts';
import { readConfig } from '../../src/config.ts';
import { addDays } from '../../src/domain/day.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import { openPlumbline, type Plumbline } from '../../src/wiring.ts';
import { aQuestion } from '../support/a-question.ts';
import { writeDrop } from './write-drop.ts';

const FIRST_DAY = '2026-11-16';
const QUESTIONS = [
  'revenue last month',
  'top 5 categories by revenue this year',
  'orders by branch last week',
  'why did revenue fall last week?',
];
/** Rounds that fill caches and let the machine settle are not compared. */
const WARM_UP = 0.25;

type SoakSample = { day: number; heapMb: number; files: number; resources: number };
type SoakOutcome = {
  days: number;
  growth: Record<'heapMb' | 'files' | 'resources', number>;
  samples: SoakSample[];
};

/**
 * Days of mixed work, one after another as fast as they go: a delivery, a correction that is taken back, a sweep, and
 * questions on a clock that is a day further. Says how much memory (after a collection), open files and handles have
 * grown from the first days to the last; 1 is flat.
 */
export async function soak(options: { minutes: number; leastDays?: number }): Promise<SoakOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-soak-'));
  const samples: SoakSample[] = [];
  try {
    generateSample({ seed: 7, folder: join(folder, 'files'), until: FIRST_DAY, scale: 0.02 });
    const config = readConfig({
      PLUMBLINE_HOME: join(folder, 'home'),
      LOG_LEVEL: 'silent',
      PLUMBLINE_TODAY: FIRST_DAY,
    });
    const plumbline = await openPlumbline(config);
    const needs = await plumbline.pipeline();
    await loadOrFail(join(folder, 'files'), needs);
    const until = Date.now() + options.minutes * 60_000;
    for (let day = 1; Date.now() < until || day <= (options.leastDays ?? 0); day += 1) {
      await aDay(day, folder, plumbline, needs);
      samples.push({ day, ...(await held()) });
    }
    await plumbline.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { days: samples.length, growth: growthOf(samples), samples };
}

async function aDay(day: number, folder: string, plumbline: Plumbline, needs: PipelineNeeds): Promise<void> {
  const today = addDays(FIRST_DAY, day);
  const drop = join(folder, `drop-${day}`);
  await writeDrop(drop, { day: today, price: '10.00' });
  await loadOrFail(drop, needs);
  await writeDrop(drop, { day: today, price: '12.00' });
  const batch = await loadOrFail(drop, needs);
  await undo(batch, needs);
  await sweep(needs);
  await rm(drop, { recursive: true });
  for (const text of QUESTIONS) {
    const { answer } = await answerQuestion(
      aQuestion({ text, today, planner: 'offline' }),
      plumbline.questions,
    );
    if (answer.kind === 'refused') throw new Error(`'${text}' was refused: ${answer.text}`);
  }
}

async function loadOrFail(path: string, needs: PipelineNeeds): Promise<string> {
  const [run] = await loadFiles({ paths: [path], feed: null, startedBy: 'soak' }, needs);
  if (run?.outcome !== 'loaded' || !run.batch)
    throw new Error(`A load ended as ${run?.outcome}: ${run?.failure?.sentence}`);
  return run.batch;
}

async function held(): Promise<Omit<SoakSample, 'day'>> {
  collect();
  return {
    heapMb: process.memoryUsage().heapUsed / 1024 ** 2,
    files: (await readdir('/proc/self/fd').catch(() => [])).length,
    resources: process.getActiveResourcesInfo().length,
  };
}

let collector: (() => void) | undefined;

function collect(): void {
  setFlagsFromString('--expose-gc');
  collector ??= runInNewContext('gc') as () => void;
  collector();
}

/** The middle of the last quarter over the middle of the first after the warm-up. */
function growthOf(samples: readonly SoakSample[]): SoakOutcome['growth'] {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP));
  const quarter = Math.max(1, Math.floor(settled.length / 4));
  const middle = (part: readonly SoakSample[], name: keyof SoakOutcome['growth']): number =>
    part.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
  const growth = (name: keyof SoakOutcome['growth']) =>
    middle(settled.slice(-quarter), name) / Math.max(1, middle(settled.slice(0, quarter), name));
  return { heapMb: growth('heapMb'), files: growth('files'), resources: growth('resources') };
}
