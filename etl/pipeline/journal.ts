import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run } from '../../src/domain/run.ts';
import { LOAD_TABLES } from '../stages/load-tables.ts';
import { fromLanding } from './from-landing.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';

type Needs = Pick<PipelineNeeds, 'objects' | 'landingBucket'>;

const Rows = z.object({ read: z.number(), loaded: z.number(), refused: z.number(), waiting: z.number() });

/** What must be known of a run to do it again when all else is lost. It lies beside the landed files themselves. */
export const JournalEntry = z.object({
  run: z.string(),
  batch: z.string(),
  /** Loads are done again in this order. */
  number: z.number().int(),
  input: RunInput,
  rows: Rows,
  /** Its batch was taken back. */
  undone: z.boolean(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** Rows, and exact sums of amounts and quantities, by 'table' and 'table.column'. */
export const Totals = z.record(z.string(), z.string());
export type Totals = z.infer<typeof Totals>;

const PREFIX = 'journal/runs/';
const TOTALS = 'journal/totals.json';
/** The totals that a rebuild is to come to, for as long as it is under way. */
const GOAL = 'journal/rebuild-goal.json';

/** Notes a run that has loaded something. Said twice, it is one entry. */
export async function noteRun(run: Run, needs: Needs): Promise<void> {
  const number = z.object({ batchNumber: z.number() }).safeParse(run.outputs['load-plan']).data?.batchNumber;
  if (run.batch === null || number === undefined) return;
  const entry: JournalEntry = {
    run: run.id,
    batch: run.batch,
    number,
    input: { ...fromLanding(run), startedBy: run.startedBy, again: true },
    rows: run.rows,
    undone: run.undoneAt !== undefined && run.undoneAt !== null,
  };
  await put(entry, needs);
}

/** Every run that loaded something, in the order of loading. */
export async function readJournal(needs: Needs): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const info of needs.objects.list(needs.landingBucket, PREFIX)) {
    const { body } = await needs.objects.get(info.ref);
    entries.push(JournalEntry.parse(JSON.parse(await text(body))));
  }
  return entries.sort((a, b) => a.number - b.number);
}

/** What the warehouse holds now, to the last digit: what a rebuilt one is compared with. */
export async function noteTotals(needs: Needs & Pick<PipelineNeeds, 'warehouse'>): Promise<void> {
  const totals = await warehouseTotals(needs);
  await needs.objects.put(ref(TOTALS, needs), JSON.stringify(totals, null, 2), {
    contentType: 'application/json',
  });
}

/** What a rebuild is to come to: each run that it does again notes totals of its own, so the first are put aside. */
export async function rebuildGoal(needs: Needs): Promise<Totals | undefined> {
  const { objects } = needs;
  if (!(await objects.head(ref(GOAL, needs)))) {
    if (!(await objects.head(ref(TOTALS, needs)))) return undefined;
    await objects.copy(ref(TOTALS, needs), ref(GOAL, needs));
  }
  const { body } = await objects.get(ref(GOAL, needs));
  return Totals.parse(JSON.parse(await text(body)));
}

export async function forgetRebuildGoal(needs: Needs): Promise<void> {
  await needs.objects.delete(ref(GOAL, needs));
}

/** One pass over each table of facts and dimensions, in one question. */
export async function warehouseTotals({ warehouse }: Pick<PipelineNeeds, 'warehouse'>): Promise<Totals> {
  const tables = LOAD_TABLES.map(({ name, columns }) => ({
    name,
    summed: columns.filter(({ type }) => type === 'decimal').map((column) => column.name),
  }));
  const sql = tables
    .map(({ name, summed }) => {
      const sums = summed.map((column) => `coalesce(sum(${column}), 0)`);
      const texts = ['count(*)', ...sums].map((sum) => `cast(${sum} as varchar(60))`);
      return `select '${name}' as table_name, ${texts.join(" || '|' || ")} as sums from retail.${name}`;
    })
    .join('\nunion all\n');
  const found = await warehouse.read({ sql, schema: 'retail', maxRows: 1_000, timeoutMs: 300_000 });
  const sumsOf = new Map(found.rows.map(([name, sums]) => [String(name), String(sums).split('|')]));
  const totals: Totals = {};
  for (const { name, summed } of tables) {
    const [count = '0', ...sums] = sumsOf.get(name) ?? [];
    totals[name] = count;
    for (const [index, column] of summed.entries()) totals[`${name}.${column}`] = sums[index] ?? '0';
  }
  return totals;
}

async function put(entry: JournalEntry, needs: Needs): Promise<void> {
  const key = `${PREFIX}${entry.run}.json`;
  await needs.objects.put(ref(key, needs), JSON.stringify(entry, null, 2), {
    contentType: 'application/json',
  });
}

function ref(key: string, { landingBucket }: Needs): ObjectRef {
  return { bucket: landingBucket, key };
}
