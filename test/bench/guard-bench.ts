import nodeSqlParser from 'node-sql-parser/build/redshift.js';
import { createGuard } from '../../src/guard/vet-sql.ts';
import { readCorpus, retailCatalogue } from '../unit/guard/retail-catalogue.ts';
import { type Measure, measure } from './measure.ts';

/**
 * The guard on queries that it has not seen, against one node-sql-parser parse of the same texts (those that it can
 * parse at all), round robin; and on queries that it has seen. Median of the rounds, milliseconds a query.
 */
export function guardBench(options: { rounds?: number } = {}): Measure[] {
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
  return [
    measure('guard, fresh query', 'ms', fresh, parse),
    measure(
      'guard, seen query (goal as baseline)',
      'ms',
      seen,
      seen.map(() => 0.05),
    ),
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
