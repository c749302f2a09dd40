import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { generateSample } from '../../infra/local/sample-data.ts';
import { readConfig } from '../../src/config.ts';
import { openPlumbline, type Plumbline } from '../../src/wiring.ts';
import { answerForBench, BENCH_QUESTIONS } from './bench-questions.ts';
import { type Measure, measure, percentile } from './measure.ts';

const SEED = 7;
const DAY = '2026-11-16';

/**
 * The whole orders job (read, judge each row, quarantine, load, reconcile, KPIs) against DuckDB's bare typed read and
 * aggregate of the same files; then questions to answers against the bare SQL of the same questions.
 */
export async function ordersBench(options: { scale: number; rounds: number }): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const files = join(folder, 'files');
  try {
    const sample = generateSample({ seed: SEED, folder: files, until: DAY, scale: options.scale });
    const ours: Spent[] = [];
    const bare: Spent[] = [];
    let questions: Measure[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      bare.push(await spent(() => bareRead(files)));
      const home = join(folder, `home-${round}`);
      const config = readConfig({ PLUMBLINE_HOME: home, LOG_LEVEL: 'silent', PLUMBLINE_TODAY: DAY });
      const plumbline = await openPlumbline(config);
      const needs = await plumbline.pipeline();
      ours.push(
        await spent(async () => {
          const [run] = await loadFiles({ paths: [files], feed: null, startedBy: 'bench' }, needs);
          if (run?.outcome !== 'loaded')
            throw new Error(`The load ended as ${run?.outcome}: ${run?.failure?.sentence}`);
        }),
      );
      if (round === options.rounds - 1) questions = await questionBench(plumbline);
      await plumbline.close();
      await rm(home, { recursive: true, force: true });
    }
    const job = `orders job, ${sample.items} items`;
    const of = (what: keyof Spent) => [ours, bare].map((rounds) => rounds.map((one) => one[what]));
    const [wall = [], bareWall = []] = of('wall');
    const [processor = [], bareProcessor = []] = of('processor');
    return [
      measure(job, 's', wall, bareWall),
      measure(`${job}, processor time`, 's', processor, bareProcessor),
      ...questions,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** p95 over all questions, each asked ten times after a first time. */
async function questionBench(plumbline: Plumbline): Promise<Measure[]> {
  const answered: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    for (const text of BENCH_QUESTIONS) {
      const started = performance.now();
      const query = await answerForBench(text, DAY, plumbline);
      const ms = performance.now() - started;
      const plain = (await seconds(() => plumbline.warehouse.read(query))) * 1000;
      if (round === 0) continue;
      answered.push(ms);
      bare.push(plain);
    }
  }
  const [own, other] = [percentile(answered, 0.95), percentile(bare, 0.95)];
  return [
    {
      name: 'question to answer, p95',
      ours: own,
      baseline: other,
      ratio: own / other,
      unit: 'ms',
      rounds: 10,
    },
  ];
}

/** What a bare read costs: every column typed, every amount summed. */
async function bareRead(folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if (!name.endsWith('.csv') || (await stat(path)).size === 0) continue;
    await connection.runAndReadAll(
      `select count(*), max(columns(*)) from read_csv('${path}', header = true)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

type Spent = { wall: number; processor: number };

/** Both do all their work in this process and its threads. */
async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const before = process.cpuUsage();
  const wall = await seconds(work);
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1e6 };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
