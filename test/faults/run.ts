/**
 * `npm run test:faults -- [--rounds N] [--seed S] [--chaos N] [--soak MINUTES]`: kills a load and an undo at every
 * failpoint and at N random times; loads while parts are slow, flap, lose calls and answers, the disk is full or the
 * clock jumps; works for so many minutes on a clock that runs fast. Compares what is there afterwards with a home where
 * all was well. Ends with 1 when anything differs. The same seed gives the same schedule.
 */
import { RUN_FAILPOINTS, UNDO_FAILPOINTS } from '../../etl/pipeline/failpoints.ts';
import { randomFrom } from '../support/random.ts';
import { chaosRounds } from './chaos.ts';
import { type Kill, killHarness, type Scenario } from './kill-harness.ts';
import { soak } from './soak.ts';

const rounds = Number(option('--rounds') ?? 20);
const seed = Number(option('--seed') ?? 1);
const chaos = Number(option('--chaos') ?? 16);
const minutes = Number(option('--soak') ?? 0);
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
let wrong = 0;
let slowest = 0;
for (const { scenario, kill } of tries) {
  const outcome = await harness.tryKill(scenario, kill);
  const where = 'failpoint' in kill ? kill.failpoint : `${kill.afterMs} ms`;
  if (outcome.killed) killed += 1;
  else if ('failpoint' in kill) wrong += 1;
  if (outcome.differences.length > 0) wrong += 1;
  slowest = Math.max(slowest, outcome.ms / harness.cleanMs[scenario]);
  const verdict = outcome.differences.length === 0 ? 'as it should be' : outcome.differences.join('; ');
  console.log(`${scenario} ${where}: ${outcome.killed ? 'killed' : 'ended first'}, ${verdict}`);
}
await harness.close();
console.log(
  `tried ${tries.length}, killed ${killed}, lost or doubled ${wrong}, slowest recovery ${slowest.toFixed(1)} of a clean run (seed ${seed})`,
);

for (const { seed: own, sick, faults, outcome, differences } of await chaosRounds(
  Array.from({ length: chaos }, (_, i) => 8 * seed + i),
)) {
  if (differences.length > 0) wrong += 1;
  const verdict = differences.length === 0 ? 'as it should be' : differences.join('; ');
  console.log(`chaos ${own}, ${sick}: ${faults} faults, ${outcome}, then ${verdict}`);
}
if (minutes > 0) {
  const { days, growth } = await soak({ minutes });
  const flat = growth.heapMb < 1.2 && growth.files < 1.2 && growth.resources < 1.2;
  if (!flat) wrong += 1;
  console.log(
    `soak of ${days} days: memory ${growth.heapMb.toFixed(2)}, open files ${growth.files.toFixed(2)}, handles ${growth.resources.toFixed(2)} of what they were`,
  );
}
process.exit(wrong > 0 ? 1 : 0);

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
