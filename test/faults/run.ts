/**
 * `npm run test:faults -- [stops] [kills] [chaos] [events] [questions] [soak]
 *   [--seed S] [--stops N] [--rounds N] [--chaos N] [--events N] [--questions N] [--soak MINUTES]`
 *
 * `stops`: N schedules in this process, each stopped at some call to a part and taken up by another; a thousand take
 * minutes. `kills`: real processes, killed by the system at every failpoint and at N random times. `chaos`: loads while
 * parts are slow, flap, lose calls and answers, the disk is full or the clock jumps, two instances do it at once, or files were
 * half written. `events`: events once to twenty times in any order to two instances, `questions`: questions, while parts are sick. `soak`: work for so many minutes on a
 * clock that runs fast. Without a name all of them, but soak only with its minutes. What is there afterwards is compared
 * with a home where all was well. Ends with 1 when anything differs. The same seed gives the same schedules.
 */
import { RUN_FAILPOINTS, UNDO_FAILPOINTS } from '../../etl/pipeline/failpoints.ts';
import { randomFrom } from '../support/random.ts';
import { CHAOS_KINDS, chaosRounds } from './chaos.ts';
import { eventChaos } from './event-chaos.ts';
import { type Kill, killHarness, type Scenario } from './kill-harness.ts';
import { questionChaos } from './question-chaos.ts';
import { soak } from './soak.ts';
import { stopSchedules } from './stops.ts';

const TOLD_EVERY = 100;
const seed = option('--seed', 1);
const PARTS: Record<string, () => Promise<number>> = {
  stops: () => stops(option('--stops', 100)),
  kills: () => kills(option('--rounds', 20)),
  chaos: () => chaos(option('--chaos', 20)),
  events: () => events(option('--events', 10)),
  questions: () => questions(option('--questions', 20)),
  soak: () => soaked(option('--soak', 0)),
};

let wrong = 0;
const named = process.argv.slice(2).filter((argument) => argument in PARTS);
for (const [name, part] of Object.entries(PARTS))
  if (named.length === 0 || named.includes(name)) wrong += await part();
process.exit(wrong > 0 ? 1 : 0);

async function stops(count: number): Promise<number> {
  const seeds = Array.from({ length: count }, (_, i) => seed + i);
  const sum = { tried: 0, stopped: 0, again: 0, lost: 0, doubled: 0, other: 0 };
  const said = () =>
    `stops: tried ${sum.tried}, stopped ${sum.stopped} (${sum.again} of them once more while taken up), lost ${sum.lost}, doubled ${sum.doubled}, otherwise wrong ${sum.other}`;
  for await (const { seed: own, scenario, stopped, lost, doubled, other } of stopSchedules(seeds)) {
    sum.tried += 1;
    sum.stopped += Math.min(stopped, 1);
    sum.again += Number(stopped > 1);
    sum.lost += lost.length;
    sum.doubled += doubled.length;
    sum.other += other.length;
    const faults = [...lost.map((row) => `lost ${row}`), ...doubled.map((row) => `doubled ${row}`), ...other];
    if (faults.length > 0) console.log(`${scenario} (stops --seed ${own} --stops 1): ${faults.join('; ')}`);
    if (sum.tried % TOLD_EVERY === 0) console.log(said());
  }
  console.log(`${said()} (seeds ${seed} to ${seed + count - 1})`);
  return sum.lost + sum.doubled + sum.other;
}

async function kills(rounds: number): Promise<number> {
  const { next: random } = randomFrom(seed);
  const harness = await killHarness();
  const tries: { scenario: Scenario; kill: Kill }[] = [
    ...RUN_FAILPOINTS.map((failpoint) => ({ scenario: 'load' as const, kill: { failpoint } })),
    ...UNDO_FAILPOINTS.map((failpoint) => ({ scenario: 'undo' as const, kill: { failpoint } })),
  ];
  for (let round = 0; round < rounds; round += 1) {
    const scenario = random() < 0.75 ? 'load' : 'undo';
    tries.push({ scenario, kill: { afterMs: Math.floor(random() * harness.cleanMs[scenario]) } });
  }
  let killed = 0;
  let faults = 0;
  let slowest = 0;
  for (const { scenario, kill } of tries) {
    const outcome = await harness.tryKill(scenario, kill);
    const where = 'failpoint' in kill ? kill.failpoint : `${kill.afterMs} ms`;
    if (outcome.killed) killed += 1;
    else if ('failpoint' in kill) faults += 1;
    if (outcome.differences.length > 0) faults += 1;
    slowest = Math.max(slowest, outcome.ms / harness.cleanMs[scenario]);
    const verdict = outcome.differences.length === 0 ? 'as it should be' : outcome.differences.join('; ');
    console.log(`${scenario} ${where}: ${outcome.killed ? 'killed' : 'ended first'}, ${verdict}`);
  }
  await harness.close();
  console.log(
    `kills: tried ${tries.length}, killed ${killed}, lost or doubled ${faults}, slowest recovery ${slowest.toFixed(1)} of a clean run (seed ${seed})`,
  );
  return faults;
}

async function chaos(rounds: number): Promise<number> {
  let faults = 0;
  const seeds = Array.from({ length: rounds }, (_, i) => CHAOS_KINDS * seed + i);
  for (const { seed: own, sick, faults: made, outcome, differences } of await chaosRounds(seeds)) {
    if (differences.length > 0) faults += 1;
    const verdict = differences.length === 0 ? 'as it should be' : differences.join('; ');
    console.log(`chaos ${own}, ${sick}: ${made} faults, ${outcome}, then ${verdict}`);
  }
  return faults;
}

async function events(rounds: number): Promise<number> {
  let wrong = 0;
  for await (const { seed: own, sent, faults, differences } of eventChaos(seedsOf(rounds))) {
    wrong += differences.length;
    const verdict = differences.length === 0 ? 'each is there once' : differences.join('; ');
    console.log(`events ${own}: ${sent} sent, ${faults} faults, ${verdict}`);
  }
  return wrong;
}

async function questions(rounds: number): Promise<number> {
  let wrong = 0;
  const sum = { asked: 0, answered: 0, faults: 0 };
  for await (const { seed: own, differences, ...one } of questionChaos(seedsOf(rounds))) {
    wrong += differences.length;
    for (const name of ['asked', 'answered', 'faults'] as const) sum[name] += one[name];
    if (differences.length > 0) console.log(`questions ${own}: ${differences.join('; ')}`);
  }
  console.log(
    `questions: ${sum.asked} asked, ${sum.answered} answered, ${sum.faults} faults, ${wrong} answered otherwise than when all is well`,
  );
  return wrong;
}

function seedsOf(rounds: number): number[] {
  return Array.from({ length: rounds }, (_, i) => seed * 1_000 + i);
}

async function soaked(minutes: number): Promise<number> {
  if (minutes === 0) return 0;
  const { days, growth } = await soak({ minutes });
  console.log(
    `soak of ${days} days: memory ${growth.heapMb.toFixed(2)}, open files ${growth.files.toFixed(2)}, handles ${growth.resources.toFixed(2)} of what they were`,
  );
  return growth.heapMb < 1.2 && growth.files < 1.2 && growth.resources < 1.2 ? 0 : 1;
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}
