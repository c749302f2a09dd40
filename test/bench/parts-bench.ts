import { monitorEventLoopDelay } from 'node:perf_hooks';
import { unzipSync } from 'fflate';
import { createSpreadsheetReader } from '../../src/adapters/spreadsheet-reader.ts';
import { vegaChartDrawer } from '../../src/adapters/vega-chart-drawer.ts';
import type { ChartSpec } from '../../src/domain/answer.ts';
import type { ResultTable } from '../../src/domain/result-table.ts';
import { aPipeline } from '../support/a-pipeline.ts';
import { buildXlsx, dated, type TestCell } from '../unit/uploads/build-xlsx.ts';
import { type Measure, measure, percentile, single } from './measure.ts';

/** A ledger of 100,000 rows read, judged and previewed, against inflating its sheets alone. */
export async function xlsxBench(options: { rows: number; rounds: number }): Promise<Measure[]> {
  const bytes = buildXlsx([{ name: 'Ledger', rows: ledger(options.rows) }]);
  const reader = createSpreadsheetReader();
  const ours: number[] = [];
  const bare: number[] = [];
  unzipSync(bytes); // The first one is slower for every program.
  for (let round = 0; round < options.rounds; round += 1) {
    bare.push(await seconds(async () => void unzipSync(bytes)));
    ours.push(
      await seconds(async () => {
        const preview = await reader.preview({ name: 'ledger.xlsx', bytes: bytes.slice() }, {});
        const read = preview.sheets[0]?.rowsRead;
        if (read !== options.rows)
          throw new Error(`${read} of ${options.rows} rows were read: ${preview.reason}`);
      }),
    );
  }
  return [measure(`xlsx of ${options.rows} rows read, judged, previewed (against inflate)`, 's', ours, bare)];
}

function ledger(rows: number): TestCell[][] {
  const body = Array.from({ length: rows }, (_, i): TestCell[] => [
    dated(45_658 + (i % 365)),
    `D${i}`,
    String(4000 + (i % 40)),
    `Sales of day ${i % 365}`,
    `B${1 + (i % 12)}`,
    (i % 9_973) + 0.25,
  ]);
  return [['Date', 'Document', 'Account', 'Description', 'Branch', 'Amount'], ...body];
}

/** Charts one after another, and how long the event loop was held up meanwhile; the goals stand as baselines. */
export async function chartBench(options: { charts: number }): Promise<Measure[]> {
  const drawer = vegaChartDrawer();
  const took: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    await drawer.draw(SPEC, TABLE);
    delay.enable();
    for (let i = 0; i < options.charts; i += 1)
      took.push(1000 * (await seconds(() => drawer.draw(SPEC, TABLE))));
    delay.disable();
  } finally {
    await drawer.close();
  }
  const p95 = percentile(took, 0.95);
  const held = delay.percentile(99) / 1e6;
  return [
    {
      name: 'chart, p95 (goal as baseline)',
      ours: p95,
      baseline: 200,
      ratio: p95 / 200,
      unit: 'ms',
      rounds: took.length,
    },
    {
      name: 'event loop held up while charts are drawn, p99 (goal as baseline)',
      ours: held,
      baseline: 20,
      ratio: held / 20,
      unit: 'ms',
      rounds: took.length,
    },
  ];
}

const TABLE: ResultTable = {
  columns: [
    { name: 'day', type: 'date' },
    { name: 'revenue', type: 'decimal' },
  ],
  rows: Array.from({ length: 90 }, (_, i) => [
    new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    `${1000 + ((i * 37) % 400)}.50`,
  ]),
  truncated: false,
};
const SPEC: ChartSpec = {
  kind: 'line',
  title: 'Revenue per day',
  x: 'day',
  y: ['revenue'],
  series: null,
  unitLabel: 'GBP',
  source: 'Plumbline',
};

/** KPI items written: all at first, none for the same files again, those of one day for a correction of that day. */
export async function kpiBench(options: { days: number }): Promise<Measure[]> {
  const pipeline = await aPipeline();
  try {
    const files = shop(options.days, '10.00');
    const written = async (run: { outputs: Record<string, unknown>; outcome: string }) => {
      const kpis = run.outputs['refresh-kpis'] as { written: number } | undefined;
      if (!kpis) throw new Error(`The load ended as ${run.outcome}.`);
      return kpis.written;
    };
    const all = await written(await pipeline.load(files));
    const again = await written(await pipeline.load(files, { again: true }));
    const header = files['order_items.csv']?.split('\n')[0] ?? '';
    const day = await written(await pipeline.load({ 'order_items.csv': `${header}\no5-0,1,p0,1,99.00\n` }));
    return [
      single('KPI items written for the same files again', 'items', again, all),
      single('KPI items written for a correction of one day', 'items', day, all),
    ];
  } finally {
    await pipeline.close();
  }
}

function shop(days: number, price: string): Record<string, string> {
  const orders = ['order_id,ordered_at'];
  const items = ['order_id,line_no,product_id,quantity,unit_price'];
  for (let day = 0; day < days; day += 1)
    for (let i = 0; i < 4; i += 1) {
      const at = new Date(Date.UTC(2026, 0, 1 + day, 10)).toISOString().slice(0, 19).replace('T', ' ');
      orders.push(`o${day}-${i},${at}`);
      items.push(`o${day}-${i},1,p${i},1,${price}`);
    }
  const products = [0, 1, 2, 3].map((i) => `p${i},Thing ${i},Category ${i}`);
  return {
    'products.csv': `${['product_id,name,category', ...products].join('\n')}\n`,
    'orders.csv': `${orders.join('\n')}\n`,
    'order_items.csv': `${items.join('\n')}\n`,
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
