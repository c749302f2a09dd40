import { readFileSync } from 'node:fs';
import type { GuardCatalogue } from '../../../src/guard/vet-catalogue.ts';

/** The star schema as the guard's catalogue, read from the SQL in Git. */
export function retailCatalogue(): GuardCatalogue {
  const sql = readFileSync(new URL('../../../sql-templates/schema/0001-retail.sql', import.meta.url), 'utf8');
  const tables: GuardCatalogue['tables'] = {};
  for (const [, name = '', body = ''] of sql.matchAll(/create table retail\.(\w+) \(([\s\S]*?)\n\)/g)) {
    const columns: string[] = [];
    const personal: string[] = [];
    for (const line of body.split('\n')) {
      const column = /^ {2}(\w+) /.exec(line)?.[1];
      if (!column || column === 'primary') continue;
      columns.push(column);
      if (/-- personal/.test(line)) personal.push(column);
    }
    tables[name] = { columns, personal };
  }
  return { tables };
}

/** The statements of a corpus: one a line, each closed by a semicolon. */
export function readCorpus(name: string): string[] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .split(/;\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
