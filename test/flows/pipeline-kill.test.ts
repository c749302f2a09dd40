import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RUN_FAILPOINTS, UNDO_FAILPOINTS } from '../../etl/pipeline/failpoints.ts';
import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import { resumeStopped, sweep, undo } from '../../etl/pipeline/run-care.ts';
import { runProcess } from '../faults/kill-harness.ts';
import { BASE_FILES, TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import { aPipeline } from '../support/a-pipeline.ts';

/** No process has this number, so its runs count as stopped. */
const DEAD = { pid: 2 ** 30, host: 'test' };

/** Stops at the named point for ever, as a killed process does, and says so. */
function stopping(needs: PipelineNeeds, at: string): { needs: PipelineNeeds; stopped: Promise<'stopped'> } {
  let stop: (value: 'stopped') => void = () => undefined;
  const stopped = new Promise<'stopped'>((resolve) => {
    stop = resolve;
  });
  const failpoint = async (name: string): Promise<void> => {
    if (name !== at) return;
    stop('stopped');
    await new Promise(() => undefined);
  };
  return { needs: { ...needs, owner: DEAD, failpoint }, stopped };
}

/** What is before a step is the same as what is after the one before it; `npm run test:faults` goes to those too. */
const POINTS = RUN_FAILPOINTS.filter((point) => !point.startsWith('before-'));

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`;

/** An order of its own day, with one line that is loaded, one refused and one that waits. */
function files(number: number) {
  return {
    'orders.csv': `order_id,ordered_at\nk${number},${day(number)} 10:00:00\n`,
    'order_items.csv': `order_id,line_no,product_id,quantity,unit_price
k${number},1,p1,1,${number}.01
k${number},2,p1,many,1
k${number},3,nobody,1,1
`,
  };
}

describe('a load or an undo that is stopped', () => {
  it('is finished before what came later, so that newer rows stay', async () => {
    const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
    const { needs } = pipeline;
    const amounts = () =>
      pipeline.rows("select order_id, total_amount from retail.orders where order_id like 'n%'");
    const orders = (id: string, amount: number) => ({
      'orders.csv': `order_id,ordered_at,total_amount\n${id},2026-03-01 10:00:00,${amount}\n`,
    });
    try {
      for (const amount of [1, 2, 3]) {
        const killed = stopping(needs, 'recorded-receive');
        await Promise.race([pipeline.load(orders('n1', amount), {}, killed.needs), killed.stopped]);
      }
      expect((await sweep(needs)).resumed).toHaveLength(3);
      expect(await amounts()).toEqual([['n1', '3.0000']]);
      const killed = stopping(needs, 'recorded-check');
      await Promise.race([pipeline.load(orders('n2', 1), {}, killed.needs), killed.stopped]);
      const seen: string[] = [];
      await resumeStopped(needs, (run) => seen.push(run.stage));
      await pipeline.load(orders('n2', 2));
      expect(seen).toEqual(['check']);
      expect(await amounts()).toEqual([
        ['n1', '3.0000'],
        ['n2', '2.0000'],
      ]);
    } finally {
      await pipeline.close();
    }
  });

  it('leaves the rows that came after it, when it is finished after them, and says so', async () => {
    const pipeline = await aPipeline();
    const { needs, notices } = pipeline;
    const order = (id: string, amount: number) => `${id},2026-03-01 10:00:00,${amount}\n`;
    const orders = (...rows: string[]) => ({
      'orders.csv': `order_id,ordered_at,total_amount\n${rows.join('')}`,
    });
    try {
      const points = [
        'recorded-receive',
        'after-check',
        'recorded-check',
        'recorded-load-plan',
        'after-load',
      ];
      for (const point of points) {
        const [shared, alone, late] = [`${point}-s`, `${point}-a`, `${point}-l`];
        const earlier = stopping(needs, 'recorded-receive');
        await Promise.race([pipeline.load(orders(order(late, 1)), {}, earlier.needs), earlier.stopped]);
        const killed = stopping(needs, point);
        const files = orders(order(shared, 1), order(alone, 1), order(late, 2));
        await Promise.race([pipeline.load(files, {}, killed.needs), killed.stopped]);
        const newer = await pipeline.load(orders(order(shared, 3)));
        const { resumed } = await sweep(needs);
        expect(
          resumed.map(({ outcome }) => outcome),
          point,
        ).toEqual(point === 'after-load' ? ['partly-refused', 'loaded'] : ['loaded', 'partly-refused']);
        expect(
          await pipeline.rows(
            `select order_id, total_amount from retail.orders where order_id like '${point}-%' order by 1`,
          ),
          point,
        ).toEqual([
          [alone, '1.0000'],
          [late, '2.0000'],
          [shared, '3.0000'],
        ]);
        if (point === 'after-load') continue;
        expect(resumed[1]?.rows).toEqual({ read: 3, loaded: 2, refused: 1, waiting: 0 });
        expect(notices.at(-1)?.sentences.join(' ')).toContain(
          `A newer version of this row came with batch ${newer.batch}.`,
        );
        expect(notices.at(-1)?.actions).toContain('rerun-over-newer');
      }
      expect(
        await pipeline.rows(
          "select table_name from information_schema.tables where table_schema = 'staging'",
        ),
      ).toEqual([]);
      expect(await pipeline.rows('select count(*) from ops.refused_rows')).toEqual([['5']]);
    } finally {
      await pipeline.close();
    }
  });

  it('is finished by a sweep, whatever the point: nothing lost, nothing twice', async () => {
    const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
    const { needs } = pipeline;
    try {
      await pipeline.load({ 'products.csv': 'product_id,name,category\np1,Boot,Boots\n' });
      const missed: string[] = [];
      for (const [at, point] of POINTS.entries()) {
        const killed = stopping(needs, point);
        const ended = await Promise.race([pipeline.load(files(at + 1), {}, killed.needs), killed.stopped]);
        if (ended !== 'stopped') missed.push(point);
        const { resumed, told } = await sweep(needs);
        if (resumed.length + told.length !== 1) missed.push(`${point}: not swept`);
      }
      const numbers = POINTS.map((_, at) => at + 1);
      const money = numbers.map((number) => `${number}.01`);
      expect(missed).toEqual([]);
      expect(
        await pipeline.rows('select order_id, order_date, net_amount from retail.order_items order by 2'),
      ).toEqual(numbers.map((number, at) => [`k${number}`, day(number), `${money[at]}00`]));
      expect(await pipeline.rows('select count(*) from retail.orders')).toEqual([[`${numbers.length}`]]);
      expect(await pipeline.rows('select count(*), count(distinct run_id) from ops.refused_rows')).toEqual([
        [`${2 * numbers.length}`, `${numbers.length}`],
      ]);
      expect(await pipeline.rows('select count(*) from ops.load_batches')).toEqual([
        [`${numbers.length + 1}`],
      ]);
      expect(
        await pipeline.rows(
          "select table_name from information_schema.tables where table_schema = 'staging'",
        ),
      ).toEqual([]);
      const kpis = async () =>
        (await needs.kpis.daily('2026-03-01', '2026-04-01')).map((kpi) => kpi.totalRevenue);
      expect(await kpis()).toEqual(money);
      for (const run of await needs.runLog.list({ limit: 100 }))
        expect(run).toMatchObject({ announced: true, failure: null });

      for (const point of UNDO_FAILPOINTS) {
        const run = (await needs.runLog.list({ limit: 100 })).find(({ touchedDays }) =>
          touchedDays.includes(day(UNDO_FAILPOINTS.indexOf(point) + 1)),
        );
        const killed = stopping(needs, point);
        const ended = await Promise.race([undo(run?.batch ?? '', killed.needs), killed.stopped]);
        expect(ended, point).toBe('stopped');
        expect((await sweep(needs)).undone).toEqual([run?.batch]);
      }
      const left = money.slice(UNDO_FAILPOINTS.length);
      expect(await kpis()).toEqual(left);
      expect(await pipeline.rows('select count(*), sum(net_amount) from retail.order_items')).toEqual([
        [`${left.length}`, sumOf(left)],
      ]);
      expect((await sweep(needs)).undone).toEqual([]);
    } finally {
      await pipeline.close();
    }
  }, 240_000);
});

function sumOf(money: string[]): string {
  return (money.reduce((total, text) => total + Math.round(Number(text) * 100), 0) / 100).toFixed(4);
}

describe('a process that the system kills', () => {
  it('leaves what another process finishes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-killed-'));
    try {
      const drop = join(folder, 'drop');
      await mkdir(drop);
      for (const [name, text] of Object.entries(BASE_FILES)) await writeFile(join(drop, name), text);
      await writeFile(join(folder, 'feeds.yaml'), TOLERANT_FEEDS);
      const home = join(folder, 'home');
      const feeds = join(folder, 'feeds.yaml');
      const first = await runProcess(home, [feeds, `load:${drop}`], { failpoint: 'after-load' });
      expect(first.killed).toBe(true);
      const { state } = await runProcess(home, [feeds, 'sweep', `load:${drop}`, 'state']);
      expect(state).toMatchObject({ unfinished: 0, unbalanced: 0, leftOver: [], replaced: [] });
      expect(state?.['items']).toHaveLength(5);
      expect(state?.['batches']).toEqual(['shop|15|15|0|0|["2026-02-01","2026-02-02"]']);
      expect(state?.['daily']).toMatchObject([{ totalRevenue: '176.5' }, { totalRevenue: '60.33' }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
