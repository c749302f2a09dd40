import { eventsBench } from './events-bench.ts';
import { guardBench } from './guard-bench.ts';
import { keepHistory, regressions } from './history.ts';
import { type Measure, single } from './measure.ts';
import { memoryBench } from './memory-bench.ts';
import { ordersBench } from './orders-bench.ts';
import { chartBench, kpiBench, xlsxBench } from './parts-bench.ts';
import { benchPlanner } from './planner-bench.ts';
import { servingBench } from './serving-bench.ts';
import { soakBench } from './soak-bench.ts';

type Benches = Record<string, () => Promise<Measure[]>>;

/** Of those that seem worse, how often each is measured again: noise of the machine passes, a slower program does not. */
const MORE_TRIES = 2;

/** Not part of a short bench, unless they are named. */
const LONG_ONES: readonly string[] = ['serving', 'soak', 'memory'];

/** `npm run bench [-- --json] [--long | --short] [--check | --keep] [guard orders ...]`: see README.md beside this file. */
async function main(args: string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const size = args.includes('--long') ? 'long' : args.includes('--short') ? 'short' : 'usual';
  const benches = Object.entries(benchesOf(size)).filter(([name]) =>
    wanted.length > 0 ? wanted.includes(name) : size !== 'short' || !LONG_ONES.includes(name),
  );
  const measures: Measure[] = [];
  const worse: string[] = [];
  for (const [name, bench] of benches) {
    process.stderr.write(`${name} ...\n`);
    let found = await bench();
    for (
      let more = 0;
      args.includes('--check') && more < MORE_TRIES && regressions(found).length > 0;
      more += 1
    )
      found = await bench();
    measures.push(...found);
    if (args.includes('--check')) worse.push(...regressions(found));
  }
  if (args.includes('--keep')) keepHistory(measures);
  for (const one of worse) process.stderr.write(`Worse than before: ${one}\n`);
  const said = args.includes('--json') ? JSON.stringify(measures) : table(measures);
  process.stdout.write(`${said}\n`, () => process.exit(worse.length > 0 ? 1 : 0));
}

function benchesOf(size: 'short' | 'usual' | 'long'): Benches {
  const of = <T>(short: T, usual: T, long: T): T => ({ short, usual, long })[size];
  return {
    guard: async () => guardBench(),
    planner: () => plannerMeasures(of(10, 30, 30)),
    kpis: () => kpiBench({ days: 60 }),
    charts: () => chartBench({ charts: of(20, 100, 100) }),
    xlsx: () => xlsxBench({ rows: of(20_000, 100_000, 100_000), rounds: of(3, 5, 5) }),
    events: () => eventsBench({ rounds: of(2, 5, 5) }),
    orders: () => ordersBench({ scale: of(0.3, 1, 9), rounds: of(3, 5, 5) }),
    serving: () =>
      servingBench({
        scale: of(0.1, 1, 9),
        rounds: of(2, 5, 20),
        events: 200,
        bursts: of(2, 5, 100),
        people: 50,
        seconds: of(5, 15, 60),
      }),
    soak: () => soakBench({ scale: of(0.1, 0.3, 1), people: of(5, 20, 50), minutes: of(20, 30, 60) }),
    memory: () => memoryBench({ scales: of([0.3, 1], [1, 4], [9, 36, 144]) }),
  };
}

async function plannerMeasures(rounds: number): Promise<Measure[]> {
  const { p50Ms, p95Ms, questions } = await benchPlanner(50_000, rounds);
  return [
    single('planner, 50k values, p95 (goal as baseline)', 'ms', p95Ms, 10, questions),
    single('planner, 50k values, p50 (goal as baseline)', 'ms', p50Ms, 10, questions),
  ];
}

function table(measures: readonly Measure[]): string {
  const rows = measures.map((one) => [
    one.name,
    one.ours.toFixed(3),
    one.baseline.toFixed(3),
    one.ratio.toFixed(2),
    one.unit,
    String(one.rounds),
  ]);
  const all = [['what', 'ours', 'baseline', 'ratio', 'unit', 'rounds'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

await main(process.argv.slice(2));
