import type { ResultTable } from '../domain/result-table.ts';

const USUAL = 8;
const MOST = 512;

/** A cluster tells its slices to everyone; a workgroup its capacity to a superuser, and each RPU is a slice. */
const ASKED = [
  'select count(distinct slice) as slices from stv_slices',
  "select max(compute_capacity) as slices from sys_serverless_usage where start_time > dateadd('day', -7, getdate())",
];

/**
 * How many files the warehouse reads at once, as it says itself; 8, which fits the smallest workgroups, where its login may
 * not know. Asked once.
 */
export function askedSlices(read: (sql: string) => Promise<ResultTable>): () => Promise<number> {
  let asked: Promise<number> | undefined;
  return () => {
    asked ??= ask(read);
    return asked;
  };
}

async function ask(read: (sql: string) => Promise<ResultTable>): Promise<number> {
  for (const sql of ASKED) {
    const found = await read(sql).catch(() => undefined);
    const slices = Math.round(Number(found?.rows[0]?.[0] ?? 0));
    if (slices >= 1) return Math.min(slices, MOST);
  }
  return USUAL;
}
