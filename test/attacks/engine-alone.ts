import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aWarehouseOfSnapshots } from '../support/a-warehouse.ts';
import { attackCorpus } from './attack-corpus.ts';
import { newTally, type Tally } from './tally.ts';

/** Kinds of attack that the engine must stop by itself; what may be read is the guard's and the views' part. */
const KINDS = new Set([
  'writes',
  'several statements',
  'strings and quotes',
  'comments',
  'functions and files',
  'too much',
  'other statements',
]);

/** What the engine has for a good question, its process's start with it, on a machine that has other work. */
const PATIENT_MS = 30_000;

/**
 * The locked engine without the guard: each text goes straight to the reading process. An effect is a change of
 * any file, a canary of a file or of the environment in the rows, or an engine that no longer answers.
 */
export async function attackEngineAlone(options: { every: number }): Promise<Tally> {
  const outside = await mkdtemp(join(tmpdir(), 'plumbline-outside-'));
  const file = join(outside, 'secret.csv');
  await writeFile(file, 'a,b\nCANARY-file,1\n');
  process.env['PLUMBLINE_CANARY'] = 'CANARY-environment';
  const { warehouse, folder, close } = await aWarehouseOfSnapshots();
  const tally = newTally('SQL attacks, engine alone');
  const read = (sql: string, timeoutMs = 1_500) =>
    warehouse.read({ sql, schema: 'retail', maxRows: 100, timeoutMs });
  try {
    await read('select count(*) from orders', PATIENT_MS);
    const attacks = [
      ...attackCorpus({ dir: outside, file }).filter((attack) => KINDS.has(attack.kind)),
      { kind: 'functions and files', sql: "select getenv('PLUMBLINE_CANARY')" },
      { kind: 'writes', sql: `copy (select 1) to '${folder}/x.csv'` },
      { kind: 'writes', sql: 'create table retail.x as select 1 as a' },
      { kind: 'writes', sql: 'delete from retail.dates' },
    ].map((attack) => ({
      ...attack,
      sql: attack.sql.replaceAll('shop.', 'retail.').replaceAll('secret.users', 'ops.load_batches'),
    }));
    const before = await digest(folder, outside);
    for (const [index, { kind, sql }] of attacks.entries()) {
      if (index % options.every !== 0) continue;
      tally.tried += 1;
      const started = performance.now();
      const outcome = await read(sql).then(
        (table) => JSON.stringify(table.rows),
        () => undefined,
      );
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
      if (outcome === undefined) tally.stopped += 1;
      else if (outcome.includes('CANARY')) tally.effects.push({ kind, sql, what: 'a canary was shown' });
      else tally.harmless += 1;
    }
    if ((await digest(folder, outside)) !== before)
      tally.effects.push({ kind: 'all', sql: '', what: 'a file was changed' });
    const days = await read('select count(*) from dates', PATIENT_MS).catch(() => undefined);
    if (!days || Number(days.rows[0]?.[0]) === 0)
      tally.effects.push({ kind: 'all', sql: '', what: 'the engine no longer answers' });
    return tally;
  } finally {
    await close();
    await rm(outside, { recursive: true, force: true });
  }
}

async function digest(...folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      hash.update(entry.name);
      if (entry.isFile()) hash.update(await readFile(join(folder, entry.name)));
    }
  }
  return hash.digest('hex');
}
