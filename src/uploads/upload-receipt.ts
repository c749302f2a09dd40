import { compare, decimal } from '../domain/decimal.ts';
import type { Run } from '../domain/run.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { noteVerdict } from './end-upload.ts';
import type { UploadNeeds } from './needs.ts';
import { STAGED_FEEDS, type StagedFeed } from './staged-feeds.ts';
import type { Upload } from './upload.ts';

/** One sum of the file beside what the warehouse holds of it. */
export type ControlTotal = { feed: string; column: string; file: string; warehouse: string; agrees: boolean };

export type UploadReceipt = {
  upload: Upload;
  run: Run;
  controls: ControlTotal[];
  /** Metrics and reports that read what was loaded. */
  touches: string[];
};

export type ReceiptNeeds = Pick<UploadNeeds, 'smallRecords'> & {
  warehouse: Warehouse;
  /** Names of metrics and templates that read one of these tables. */
  touchesOf(tables: readonly string[]): string[];
};

/** How an upload ended: noted, and its sums compared with the warehouse to the cent. */
export async function uploadReceipt(run: Run, needs: ReceiptNeeds): Promise<UploadReceipt | undefined> {
  const upload = await noteVerdict(run, needs);
  if (!upload) return undefined;
  const isIn = upload.state === 'loaded' && upload.batch !== null && run.batch === upload.batch;
  return {
    upload,
    run,
    controls: isIn ? await controlTotals(upload, upload.batch ?? '', needs.warehouse) : [],
    touches: isIn ? needs.touchesOf(upload.totals.map(({ feed }) => feed)) : [],
  };
}

/** Rows that were there already, the same in every column, stayed with their batch and count as loaded by this one too. */
async function controlTotals(upload: Upload, batch: string, warehouse: Warehouse): Promise<ControlTotal[]> {
  const controls: ControlTotal[] = [];
  for (const { feed, rows, sums } of upload.totals) {
    const columns = Object.keys(sums).filter((name) => STAGED_FEEDS[feed as StagedFeed]?.sums.includes(name));
    const selected = columns.map((name) => `sum(t.${name}) as ${name}`).join(', ');
    const found = await warehouse.read({
      sql: `
select count(*) as row_count${selected === '' ? '' : `, ${selected}`}
from retail.${feed} t
where t.batch_id = :batch${confirmedBy(feed as StagedFeed)}`,
      params: { batch },
      schema: 'retail',
      maxRows: 1,
      timeoutMs: 60_000,
    });
    const [row = []] = found.rows;
    controls.push(control(feed, 'rows', String(rows), String(row[0] ?? '0')));
    columns.forEach((name, index) => {
      controls.push(control(feed, name, sums[name] ?? '0', String(row[index + 1] ?? '0')));
    });
  }
  return controls;
}

/** Tables with a key of the trade, where the same row may have come before. */
const KEYS: Partial<Record<StagedFeed, readonly string[]>> = {
  budgets: ['budget_id'],
  stock_counts: ['branch_id', 'product_id', 'counted_on'],
};

function confirmedBy(feed: StagedFeed): string {
  const key = KEYS[feed];
  if (!key) return '';
  const same = key.map((column) => `c.${column} = t.${column}`).join(' and ');
  return `
  or exists (select 1 from history.${feed}_confirmed c where c.confirmed_by = :batch and ${same})`;
}

function control(feed: string, column: string, file: string, warehouse: string): ControlTotal {
  return { feed, column, file, warehouse, agrees: compare(decimal(file), decimal(warehouse)) === 0 };
}
