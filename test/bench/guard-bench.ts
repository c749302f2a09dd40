import nodeSqlParser from 'node-sql-parser/build/redshift.js';
import { createGuard } from '../../src/guard/vet-sql.ts';
import { readCorpus, retailCatalogue } from '../unit/guard/retail-catalogue.ts';

export type GuardBenchResult = {
  name: string;
  ours: number;
  baseline: number;
  ratio: number;
  unit: string;
  rounds: number;
};

/**
 * The guard on queries that it has not seen, against one node-sql-parser parse of the same texts (those that it can
 * parse at all), round robin; and on queries that it has seen. Median of the rounds, milliseconds a query.
 */
export function guardBench(options: { rounds?: number } = {}): GuardBenchResult[] {
  const rounds = options.rounds ?? 7;
  const parser = new nodeSqlParser.Parser();
  const texts = readCorpus('good-queries.sql').filter((sql) => canParse(parser, sql));
  const catalogue = retailCatalogue();
  const params = { from: '2025-01-01', to: '2025-02-01', until: '2025-03-01', brand: 'x' };
  const fresh: number[] = [];
  const seen: number[] = [];
  const parse: number[] = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    const guard = createGuard({ catalogue });
    const vetAll = () => {
      for (const sql of texts) {
        const verdict = guard.vet(sql, { params });
        if (verdict.verdict === 'refused') throw new Error(verdict.reason);
      }
    };
    const freshMs = timed(vetAll);
    const parseMs = timed(() => {
      for (const sql of texts) parser.astify(sql, { database: 'redshift' });
    });
    const seenMs = timed(vetAll);
    if (round < 2) continue; // The first rounds warm both up.
    fresh.push(freshMs / texts.length);
    parse.push(parseMs / texts.length);
    seen.push(seenMs / texts.length);
  }
  const baseline = median(parse);
  return [
    {
      name: 'guard, fresh query',
      ours: median(fresh),
      baseline,
      ratio: median(fresh) / baseline,
      unit: 'ms',
      rounds,
    },
    {
      name: 'guard, seen query',
      ours: median(seen),
      baseline: 0.05,
      ratio: median(seen) / 0.05,
      unit: 'ms',
      rounds,
    },
  ];
}

function canParse(parser: InstanceType<typeof nodeSqlParser.Parser>, sql: string): boolean {
  try {
    parser.astify(sql, { database: 'redshift' });
    return true;
  } catch {
    return false;
  }
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
