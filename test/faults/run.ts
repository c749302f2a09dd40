/**
 * `npm run test:faults -- [--rounds N] [--seed S]`: kills a load and an undo at every failpoint and at random times,
 * and compares what is there after recovery with a home where nothing was killed. Ends with 1 when anything differs.
 */
import { RUN_FAILPOINTS, UNDO_FAILPOINTS } from '../../etl/pipeline/failpoints.ts';
import { type Kill, killHarness, type Scenario } from './kill-harness.ts';

const rounds = Number(option('--rounds') ?? 20);
const seed = Number(option('--seed') ?? 1);
const random = mulberry32(seed);

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
process.exitCode = wrong > 0 ? 1 : 0;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The same numbers for the same seed. */
function mulberry32(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
