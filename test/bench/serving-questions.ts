import { join } from 'node:path';
import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { ReadQuery } from '../../src/ports/warehouse.ts';
import { openPlumbline } from '../../src/wiring.ts';
import { noObjects } from '../support/no-objects.ts';
import { personId, type RunningApp } from './a-running-plumbline.ts';
import { answerForBench, BENCH_QUESTIONS } from './bench-questions.ts';
import { type Measure, percentile } from './measure.ts';
import { DAY } from './serving-home.ts';

/** From a direct message to its posted answer, and the bare SQL of the same answer, in turns. */
export async function postedAnswers(app: RunningApp, home: string, rounds: number): Promise<Measure> {
  const config = readConfig({ PLUMBLINE_HOME: home, LOG_LEVEL: 'silent', PLUMBLINE_TODAY: DAY });
  const queries = await bareReads(config);
  const warehouse = await openDuckdbWarehouse({ folder: join(home, 'warehouse'), objects: noObjects });
  const posted: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, text] of BENCH_QUESTIONS.entries()) {
        const ms = await askAndWait(app, personId(0), text);
        const started = performance.now();
        await warehouse.read(queries[at] as ReadQuery);
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

async function bareReads(config: Config): Promise<ReadQuery[]> {
  const plumbline = await openPlumbline(config);
  const found: ReadQuery[] = [];
  for (const text of BENCH_QUESTIONS) found.push(await answerForBench(text, DAY, plumbline));
  await plumbline.close();
  return found;
}

/** Milliseconds until the answer stands in Slack. */
export async function askAndWait(app: RunningApp, person: string, text: string): Promise<number> {
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
