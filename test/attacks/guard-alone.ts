import { createGuard, type Guard } from '../../src/guard/vet-sql.ts';
import { randomFrom } from '../support/random.ts';
import { type Attack, attackCorpus, GOOD_SHOP_QUERIES } from './attack-corpus.ts';
import { mutate } from './mutate.ts';
import { randomQuery } from './random-queries.ts';
import { newTally, type Tally } from './tally.ts';
import { aWorld, WORLD_CATALOGUE, type World } from './worlds.ts';

/**
 * The guard alone before an engine without any lock. An accepted query has an effect when it changes anything,
 * shows a canary, or answers differently in a world that differs only in what may not be read.
 */
export async function attackGuardAlone(options: {
  mutants: number;
  queries: number;
  seed: number;
}): Promise<Tally[]> {
  const worlds = [await aWorld('one'), await aWorld('another')] as const;
  const guard = createGuard({ catalogue: WORLD_CATALOGUE });
  const corpus = attackCorpus({ dir: worlds[0].folder, file: worlds[0].file });
  const texts = [...GOOD_SHOP_QUERIES, ...GOOD_SHOP_QUERIES, ...corpus.map((attack) => attack.sql)];
  const mutants = randomFrom(options.seed);
  const queries = randomFrom(options.seed + 1);
  try {
    return [
      await judgeAll('SQL attacks, by hand', corpus, guard, worlds),
      await judgeAll(
        'SQL attacks, mutants',
        made(options.mutants, 'mutant', () => mutate(mutants, texts)),
        guard,
        worlds,
      ),
      await judgeAll(
        'SQL attacks, random queries',
        made(options.queries, 'query', () => randomQuery(queries)),
        guard,
        worlds,
      ),
    ];
  } finally {
    for (const world of worlds) world.close();
  }
}

function* made(count: number, kind: string, make: () => string): Generator<Attack> {
  for (let n = 0; n < count; n += 1) yield { kind, sql: make() };
}

/** A whole value of a world; a text that only says CANARY was in the attack itself. */
const CANARY = /CANARY-[\w-]*-(one|another)\b|CANARY-(token|file)-(one|another)/;

async function judgeAll(
  name: string,
  attacks: Iterable<Attack>,
  guard: Guard,
  worlds: readonly [World, World],
): Promise<Tally> {
  const tally = newTally(name);
  const atStart = await worlds[0].state(true);
  let before = await worlds[0].state();
  for (const { kind, sql } of attacks) {
    tally.tried += 1;
    const started = performance.now();
    const verdict = guard.vet(sql);
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
    if (verdict.verdict === 'refused') {
      tally.stopped += 1;
      continue;
    }
    const [one, another] = [await worlds[0].run(sql), await worlds[1].run(sql)];
    const after = await worlds[0].state();
    if (after !== before) tally.effects.push({ kind, sql, what: 'something was changed' });
    before = after;
    if ('error' in one && 'error' in another) tally.failed += 1;
    else if (CANARY.test(JSON.stringify([one, another])))
      tally.effects.push({ kind, sql, what: 'a canary was shown' });
    else if (JSON.stringify(one) !== JSON.stringify(another))
      tally.effects.push({ kind, sql, what: 'the answer depends on what may not be read' });
    else tally.harmless += 1;
  }
  if ((await worlds[0].state(true)) !== atStart)
    tally.effects.push({ kind: 'all', sql: '', what: 'something was changed' });
  return tally;
}
