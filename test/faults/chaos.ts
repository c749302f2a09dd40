import { rerun, sweep } from '../../etl/pipeline/run-care.ts';
import type { ErrorCode } from '../../src/domain/app-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RunNotice } from '../../src/runs/run-notice.ts';
import { BASE_FILES, SECOND_FILES, TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { type Chaos, chaotic } from '../support/chaotic.ts';
import { type PipelineState, pipelineState } from '../support/pipeline-state.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { ignoreFault } from './on-purpose.ts';

/**
 * What may be wrong in a round: one part, or all of them; the disk, the clock; two instances that do the same work at once; files
 * that were half written when they were taken.
 */
const SICK_PARTS = [
  'warehouse',
  'objects',
  'kpis',
  'runLog',
  'announcer',
  'all',
  'disk',
  'clock',
  'instances',
  'half-written',
] as const;
type SickPart = (typeof SICK_PARTS)[number];

export const CHAOS_KINDS = SICK_PARTS.length;

const CODES: Record<'warehouse' | 'objects' | 'kpis' | 'runLog' | 'announcer', readonly ErrorCode[]> = {
  warehouse: ['warehouse.unavailable', 'warehouse.throttled', 'warehouse.timed-out'],
  objects: ['objects.unavailable'],
  kpis: ['records.unavailable', 'records.throttled'],
  runLog: ['records.unavailable', 'records.throttled'],
  announcer: ['slack.unavailable'],
};
/** No process has this number, so a sweep takes up what its runs left. */
const GONE = { pid: 2 ** 30, host: 'test' };
const MOST_SWEEPS = 4;

type ChaosOutcome = {
  seed: number;
  sick: SickPart;
  faults: number;
  outcome: string;
  differences: string[];
};

/** Rounds on one warehouse after another, each compared with a home where all parts were well. */
export async function chaosRounds(seeds: readonly number[]): Promise<ChaosOutcome[]> {
  const oracle = await healthyState();
  const outcomes: ChaosOutcome[] = [];
  for (const seed of seeds) outcomes.push(await chaosRound(seed, oracle));
  return outcomes;
}

async function healthyState(): Promise<PipelineState> {
  const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
  try {
    await pipeline.load(BASE_FILES);
    await pipeline.load(SECOND_FILES);
    return await pipelineState(pipeline.needs);
  } finally {
    await pipeline.close();
  }
}

/**
 * A first load that is well, and a second one while parts are sick. When they are well again a sweep ends what is left;
 * a run that failed must have loaded nothing, or name what it loaded, and is run again.
 */
async function chaosRound(seed: number, oracle: PipelineState): Promise<ChaosOutcome> {
  const random = randomFrom(seed);
  const sick = SICK_PARTS[seed % CHAOS_KINDS] as SickPart;
  const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
  try {
    await pipeline.load(BASE_FILES);
    const before = factsOf(await pipelineState(pipeline.needs));
    const parts = sickNeeds(pipeline, sick, random);
    if (sick === 'half-written') await pipeline.load(halfWritten(random), {}, parts.needs);
    const also = sick === 'instances' ? atTheSameTime(pipeline, parts.needs) : undefined;
    const run = await pipeline.load(SECOND_FILES, {}, parts.needs).catch(ignoreFault);
    await also;
    for (let more = 0; more < MOST_SWEEPS; more += 1) await sweep(parts.needs).catch(ignoreFault);
    parts.calm();
    await sweep(pipeline.needs);
    const [last] = await pipeline.needs.runLog.list({ limit: 1 });
    const differences: string[] = [];
    if (last?.outcome === 'failed' && !last.failure?.sentence)
      differences.push('it failed without a sentence');
    // A load that is committed is named in its run, and running it again finishes it; else nothing is there of it.
    if (last?.outcome === 'failed' && last.batch === null)
      differences.push(...compared(factsOf(await pipelineState(pipeline.needs)), before));
    if (last?.outcome === 'failed') await rerun(last.id, 'test', pipeline.needs);
    else await pipeline.load(SECOND_FILES);
    const state = await pipelineState(pipeline.needs);
    const of = sick === 'half-written' || sick === 'instances' ? figuresOf : factsOf;
    differences.push(...compared(of(state), of(oracle)));
    if (state['unfinished'] !== 0)
      differences.push(`${Number(state['unfinished'])} runs are unfinished or untold`);
    return {
      seed,
      sick,
      faults: parts.faults(),
      outcome: run?.outcome ?? last?.outcome ?? 'not begun',
      differences,
    };
  } finally {
    await pipeline.close();
  }
}

/** Another instance is given the same files, and sweeps up what it takes for left over. */
async function atTheSameTime(pipeline: APipeline, needs: APipeline['needs']): Promise<void> {
  const other = { ...needs, owner: { pid: process.pid, host: 'another' } };
  await Promise.all([pipeline.load(SECOND_FILES, {}, other), sweep(other), sweep(needs)]);
}

/** Each file is cut off somewhere, as it is when it is taken while somebody writes it. */
function halfWritten(random: Random): typeof SECOND_FILES {
  const cut = Object.entries(SECOND_FILES).map(([name, text]) => [
    name,
    text.slice(0, random.upTo(text.length)),
  ]);
  return Object.fromEntries(cut) as typeof SECOND_FILES;
}

function sickNeeds(pipeline: APipeline, sick: SickPart, random: Random) {
  const { needs } = pipeline;
  const ill = (name: keyof typeof CODES): boolean => sick === name || sick === 'all';
  /** `often`: for parts that a load calls once or twice. */
  const chaos = (codes: readonly ErrorCode[], often = 1): Chaos => ({
    random,
    lost: random.next() * 0.1 * often,
    unanswered: random.next() * 0.1 * often,
    flapping: random.chance(0.5) ? 0.03 : 0,
    slowMs: random.chance(0.2) ? 5 : 0,
    codes,
  });
  const of = <T extends object>(name: keyof typeof CODES, part: T) =>
    ill(name)
      ? chaotic(part, chaos(CODES[name], name === 'kpis' || name === 'announcer' ? 5 : 1))
      : { part, faults: () => 0, calm: () => undefined };
  const full = { ...chaos(['home.disk-full']), lost: 0.2, unanswered: 0, flapping: 0 };
  const objects = sick === 'disk' ? chaotic(needs.objects, full) : of('objects', needs.objects);
  const all = {
    warehouse: of('warehouse', needs.warehouse),
    objects,
    kpis: of('kpis', needs.kpis),
    runLog: of('runLog', needs.runLog),
    announcer: of('announcer', needs.announcer),
  };
  return {
    needs: {
      ...needs,
      warehouse: all.warehouse.part,
      objects: all.objects.part,
      kpis: all.kpis.part,
      runLog: all.runLog.part,
      announcer: all.announcer.part as {
        announce(notice: RunNotice): Promise<{ channel: string; ts: string } | null>;
      },
      clock: sick === 'clock' ? jumping(needs.clock, random) : needs.clock,
      owner: GONE,
    },
    faults: () => Object.values(all).reduce((sum, part) => sum + part.faults(), 0),
    calm: () => {
      for (const part of Object.values(all)) part.calm();
    },
  };
}

/** A clock that is put right again and again: hours and days forth and back. */
function jumping(clock: Clock, random: Random): Clock {
  return { ...clock, now: () => new Date(clock.now().getTime() + (random.next() - 0.5) * 6 * 86_400_000) };
}

/** What is said of refused rows and findings is kept for failed runs too, so only facts and KPIs are compared. */
function factsOf(state: PipelineState): PipelineState {
  const { orders, items, products, people, replaced, batches, leftOver, daily, categories, branches } = state;
  return { orders, items, products, people, replaced, batches, leftOver, daily, categories, branches };
}

/**
 * What came of a cut file is a load of its own, whose rows the whole one replaced; and files that two instances are given at the
 * same moment, before either is done, may be two loads, the second of which changes nothing.
 */
function figuresOf(state: PipelineState): PipelineState {
  const { orders, items, products, people, leftOver, daily, categories, branches } = state;
  return { orders, items, products, people, leftOver, daily, categories, branches };
}

function compared(is: PipelineState, shouldBe: PipelineState): string[] {
  return Object.keys(shouldBe)
    .filter((name) => JSON.stringify(is[name]) !== JSON.stringify(shouldBe[name]))
    .map((name) => `${name}: is ${JSON.stringify(is[name])}, should be ${JSON.stringify(shouldBe[name])}`);
}
