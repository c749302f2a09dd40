import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';

export type PipelineState = Record<string, unknown>;

const FACTS = {
  orders:
    'select order_id, customer_id, person_id, branch_id, order_date, items_amount from retail.orders order by 1',
  items:
    'select order_id, line_no, product_id, customer_id, branch_id, order_date, quantity, net_amount, cost_amount from retail.order_items order by 1, 2',
  products: 'select product_id, category from retail.products order by 1',
  people: 'select customer_id, person_id from retail.customers order by 1',
  replaced:
    "select 'order', order_id, order_date from history.orders union all select 'item', order_id, order_date from history.order_items order by 1, 2, 3",
  refused: 'select file_name, line_no, column_name, value, reason from ops.refused_rows order by 1, 2, 3',
  batches:
    'select feed, rows_read, rows_loaded, rows_refused, rows_waiting, touched_days from ops.load_batches where undone_at is null order by batch_no',
  findings:
    'select f.check_name, f.row_count, f.amount from ops.findings f join ops.load_batches b on b.batch_id = f.batch_id and b.undone_at is null order by b.batch_no, 1',
  leftOver: "select table_name from information_schema.tables where table_schema = 'staging'",
};

/** All that a load leaves behind, without its ids: two homes that went through the same are equal. */
export async function pipelineState(needs: PipelineNeeds): Promise<PipelineState> {
  const state: PipelineState = {};
  for (const [name, sql] of Object.entries(FACTS)) {
    const found = await needs.warehouse.read({ sql, schema: 'retail', maxRows: 100_000, timeoutMs: 30_000 });
    state[name] = found.rows.map((row) => row.join('|'));
  }
  const [from, to] = ['2020-01-01', '2030-01-01'];
  state['daily'] = await needs.kpis.daily(from, to);
  const { categories, branches, byCategory, byBranch } = needs.kpis;
  state['categories'] = (
    await Promise.all((await categories()).map((name) => byCategory(name, from, to)))
  ).flat();
  state['branches'] = (await Promise.all((await branches()).map((name) => byBranch(name, from, to)))).flat();
  const runs = await needs.runLog.list({ limit: 100 });
  state['unfinished'] = runs.filter((run) => run.outcome === 'running' || !run.announced).length;
  state['unbalanced'] = runs.filter(
    ({ rows }) => rows.read !== rows.loaded + rows.refused + rows.waiting,
  ).length;
  return state;
}
