import { readdirSync } from 'node:fs';
import { z } from 'zod';
import type { Finding } from '../../src/domain/load-batch.ts';
import { fillStep, sqlFile, sqlSteps } from './sql-steps.ts';

/** One file of `sql-templates/checks/rules`: a header, and a SELECT of what is wrong as (example, amount). */
export type Check = {
  name: string;
  severity: Finding['severity'];
  /** {count} and {amount} are filled in. */
  sentence: string;
  /** The check is made when the load brought rows of one of these. */
  tables: string[];
  /** May name {{parts}} of `checks/parts.sql`. */
  sql: string;
};

const PARTS = 'checks/parts.sql';

let checks: Check[] | undefined;

export function readChecks(): Check[] {
  checks ??= readdirSync(new URL('../../sql-templates/checks/rules/', import.meta.url))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseCheck(file.replace('.sql', ''), sqlFile(`checks/rules/${file}`)));
  return checks;
}

/** A check by itself, as people run it again. */
export function checkSql(check: Check): string {
  return withParts([check.sql], ([sql = '']) => sql);
}

/**
 * Several checks as one question: what they share is made once. Rows are (check, example, count of all, sum of all), at most
 * `examples` a check, worst first. `ofMost`: the batch is so much of all there is that sums are made of all.
 */
export function checksQuery(wanted: readonly Check[], examples: number, ofMost: boolean): string {
  return withParts(
    wanted.map(({ sql }) => sql),
    (sqls) =>
      sqls
        .map(
          (sql, i) => `select '${wanted[i]?.name}' as check_name, example, row_count, amount, place
from (
select example, count(*) over () as row_count, sum(abs(amount)) over () as amount, row_number() over (order by abs(amount) desc, example) as place
from (
${sql}
) wrong
) placed
where place <= ${examples}`,
        )
        .join('\nunion all\n'),
    ofMost,
  );
}

/** What `sums` joins is of touched orders alone with it and without it: only how much is read differs. */
const ONLY_TOUCHED = '\nwhere order_id in (select order_id from {{touched}})';

/** Puts the parts that any of the texts names before what is made of them, each before those that name it. */
function withParts(sqls: readonly string[], body: (sqls: string[]) => string, ofMost = false): string {
  const parts = ofMost
    ? new Map([...sqlSteps(PARTS)].map(([name, sql]) => [name, sql.replace(ONLY_TOUCHED, '')]))
    : sqlSteps(PARTS);
  const needed = new Set<string>();
  const need = (text: string): void => {
    for (const [, part = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) {
      if (needed.has(part)) continue;
      need(parts.get(part) ?? '');
      needed.add(part);
    }
  };
  for (const sql of sqls) need(sql);
  const named = (text: string) => text.replace(/\{\{(\w+)\}\}/g, '$1');
  const own = Object.fromEntries([...parts.keys()].map((part) => [part, part]));
  const shared = [...needed].map((part) => `${part} as (\n${fillStep(parts, part, own)}\n)`);
  const text = body(sqls.map(named));
  return shared.length === 0 ? text : `with ${shared.join(', ')}\n${text}`;
}

const Header = z.object({
  severity: z.enum(['info', 'warning', 'error']),
  sentence: z.string(),
  tables: z.string().transform((text) => text.split(/,\s*/)),
});

function parseCheck(name: string, text: string): Check {
  const header: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(/^-- (\w+): (.*)$/gm)) header[key] = value.trim();
  const sql = text.replace(/^--.*\n/gm, '').trim();
  return { name, ...Header.parse(header), sql };
}
