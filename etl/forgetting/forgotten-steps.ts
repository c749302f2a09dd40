import type { Statement } from '../../src/ports/warehouse.ts';
import type { LoadTable } from '../stages/load-tables.ts';
import { stagingTable } from '../stages/sql-steps.ts';
import type { Forgotten } from './forgotten.ts';

/** Emptied in the row of a forgotten customer; country, segment and the day of joining say nothing of one person alone. */
export const EMPTIED = ['name', 'email', 'phone', 'postcode', 'city', 'state'] as const;
const NAMES = ['customer_id', 'person_id'] as const;
/** A statement may have 100 KB. */
const AT_ONCE = 400;

/** Gives forgotten customers their other name in the staged rows of a run, before anything is judged or merged. */
export function forgottenSteps(
  run: string,
  tables: readonly LoadTable[],
  forgotten: Forgotten | null,
): Statement[] {
  if (!forgotten || forgotten.pseudonyms.size === 0) return [];
  const all = [...forgotten.pseudonyms];
  const groups = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  return tables.flatMap((table) => {
    const staged = stagingTable(run, table.name);
    const columns = new Set(table.columns.map(({ name }) => name));
    return groups.flatMap((group) => {
      const names = group
        .map(([hash, name]) => `select '${hash}' as hash, '${name}' as name`)
        .join(' union all ');
      // A value of the source, not of ours; hashes and names are our own letters and digits.
      const found = (column: string) => `f.hash = md5('${forgotten.salt}' || s.${column})`;
      const empty =
        table.name === 'customers'
          ? [
              `update ${staged} as s set ${EMPTIED.map((column) => `${column} = null`).join(', ')} from (${names}) f where ${found('customer_id')}`,
            ]
          : [];
      return [
        ...empty,
        ...NAMES.filter((column) => columns.has(column)).map(
          (column) => `update ${staged} as s set ${column} = f.name from (${names}) f where ${found(column)}`,
        ),
      ].map((sql) => ({ sql }));
    });
  });
}
