/**
 * `npm run test:attacks [-- --seed N --mutants N --queries N --json]`: everything that an attacker may send, judged by its
 * effect. Exit code 1 when anything had one.
 */
import { parseArgs } from 'node:util';
import { attackEventsDoor, attackSlackDoor } from './doors.ts';
import { attackEngineAlone } from './engine-alone.ts';
import { attackDownloads, attackWorkbooks } from './files.ts';
import { attackGuardAlone } from './guard-alone.ts';
import { attackPermissions } from './permissions.ts';
import { attackByQuestion, attackThroughCells, attackThroughModel } from './questions.ts';
import type { Tally } from './tally.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    mutants: { type: 'string', default: '10000' },
    queries: { type: 'string', default: '5000' },
    permissions: { type: 'string', default: '3000' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);

const tallies: Tally[] = [
  await attackSlackDoor(),
  await attackEventsDoor(),
  await attackDownloads(),
  await attackWorkbooks({ mostMs: 60_000 }),
  await attackByQuestion({ mostMs: 5_000 }),
  await attackThroughCells(),
  await attackThroughModel({ every: 1 }),
  ...(await attackGuardAlone({ mutants: Number(values.mutants), queries: Number(values.queries), seed })),
  await attackEngineAlone({ every: 1 }),
  await attackPermissions({ queries: Number(values.permissions), policies: 6, seed }),
];

if (values.json) console.log(JSON.stringify(tallies));
else print(tallies);
process.exit(tallies.some((tally) => tally.effects.length > 0) ? 1 : 0);

function print(all: Tally[]): void {
  console.table(
    all.map(({ name, tried, stopped, failed, harmless, effects, slowestMs }) => ({
      attacks: name,
      tried,
      stopped,
      'engine said no': failed,
      harmless,
      effect: effects.length,
      'slowest ms': Math.round(slowestMs),
    })),
  );
  for (const { name, effects } of all) {
    for (const { kind, what, sql } of effects) console.log(`${name} (${kind}): ${what}\n  ${sql}`);
  }
}
