import { eventsBench } from './events-bench.ts';
import { guardBench } from './guard-bench.ts';
import type { Measure } from './measure.ts';
import { ordersBench } from './orders-bench.ts';
import { benchPlanner } from './planner-bench.ts';

/** `npm run bench [-- --json] [-- --long] [-- guard planner orders]`: see README.md beside this file. */
async function main(args: string[]): Promise<void> {
  const long = args.includes('--long');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const measures: Measure[] = [];
  for (const [name, bench] of Object.entries(benches(long))) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`${name} ...\n`);
    measures.push(...(await bench()));
  }
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(measures)}\n`);
  else process.stdout.write(`${table(measures)}\n`);
}

function benches(long: boolean): Record<string, () => Promise<Measure[]>> {
  return {
    guard: async () => guardBench(),
    planner: async () => {
      const { p50Ms, p95Ms, questions } = await benchPlanner(50_000);
      return [
        {
          name: 'planner, 50k values, p95 (goal as baseline)',
          ours: p95Ms,
          baseline: 10,
          ratio: p95Ms / 10,
          unit: 'ms',
          rounds: questions,
        },
        {
          name: 'planner, 50k values, p50 (goal as baseline)',
          ours: p50Ms,
          baseline: 10,
          ratio: p50Ms / 10,
          unit: 'ms',
          rounds: questions,
        },
      ];
    },
    events: () => eventsBench(),
    orders: () => ordersBench(long ? { scale: 9, rounds: 5 } : { scale: 1, rounds: 5 }),
  };
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
