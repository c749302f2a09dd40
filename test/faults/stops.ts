import { redrive, sweep, undo } from '../../etl/pipeline/run-care.ts';
import { TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import { type APipeline, aPipeline, type Files } from '../support/a-pipeline.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { type StopAt, stoppable } from '../support/stoppable.ts';

type Scenario = 'load' | 'undo' | 'redrive';

export type StopOutcome = {
  seed: number;
  scenario: Scenario;
  /** How many processes were stopped on the way, those that recovered included. */
  stopped: number;
  lost: string[];
  doubled: string[];
  /** What else is not as it should be: runs without an end, leftovers, KPIs. */
  other: string[];
};

/** Schedules that share a home; each has orders, a product and a day of its own in it. */
const IN_A_HOME = 40;
/** Somewhat more calls than the longest scenario makes: a stop beyond the last one stops nothing. */
const MOST_CALLS: Record<Scenario, number> = { load: 90, undo: 32, redrive: 93 };
const MOST_STOPS = 4;

/**
 * Schedules of stops, each by its seed: a load, an undo or a second try of waiting rows is stopped at any call to
 * warehouse, objects, records or Slack, before or after the call is done; so may be whoever takes over; then one is left
 * in peace. What is there is compared with what must be, row by row and to the cent. No process is started, so a
 * thousand take minutes; those of `killHarness` are killed by the system, but are few.
 */
export async function* stopSchedules(seeds: readonly number[]): AsyncGenerator<StopOutcome> {
  for (let from = 0; from < seeds.length; from += IN_A_HOME) {
    const part = seeds.slice(from, from + IN_A_HOME);
    const pipeline = await aPipeline({ feeds: TOLERANT_FEEDS });
    try {
      await pipeline.load(baseFiles(part.length));
      for (const [at, seed] of part.entries()) yield await oneSchedule(seed, at, pipeline);
    } finally {
      await pipeline.close();
    }
  }
}

async function oneSchedule(seed: number, at: number, pipeline: APipeline): Promise<StopOutcome> {
  const random = randomFrom(seed);
  const scenario = random.pick(['load', 'load', 'load', 'undo', 'redrive'] as const);
  const work = await prepared(scenario, at, pipeline);
  let stopped = 0;
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const first = stops === 0;
    if (!first && !random.chance(0.4)) break;
    const process = stoppable(pipeline, stopAt(scenario, random));
    const doing = first ? work(process.needs) : sweep(process.needs);
    if ((await Promise.race([doing, process.stopped])) === 'stopped') stopped += 1;
  }
  await sweep(pipeline.needs);
  // What was not even begun is asked for again; what was done is not done twice.
  await work(pipeline.needs).catch(unlessDone);
  return { seed, scenario, stopped, ...(await judged(scenario, at, pipeline)) };
}

function stopAt(scenario: Scenario, random: Random): StopAt {
  return { call: 1 + random.upTo(MOST_CALLS[scenario]), done: random.chance(0.5) };
}

/** Brings the home to where the scenario begins, and gives what it does. */
async function prepared(
  scenario: Scenario,
  at: number,
  pipeline: APipeline,
): Promise<(needs: APipeline['needs']) => Promise<unknown>> {
  if (scenario === 'load') return (needs) => pipeline.load(secondFiles(at), {}, needs);
  const run = await pipeline.load(secondFiles(at));
  if (scenario === 'undo') return (needs) => undo(run.batch ?? '', needs);
  await pipeline.load({ 'products.csv': `product_id,name,category\nlate${at},Late,Care\n` });
  return (needs) => redrive('test', needs);
}

function unlessDone(thrown: { code?: string }): void {
  if (thrown.code !== 'batch.already-undone') throw thrown;
}

/** The first day of each home's schedules; they do not touch each other's days. */
const dayOf = (at: number): string => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
const centsOf = (at: number): string => `100.${String(10 + (at % 90))}`;

function baseFiles(schedules: number): Files {
  const all = Array.from({ length: schedules }, (_, at) => at);
  return {
    'products.csv': 'product_id,name,category\np1,Boot,Boots\np2,Clog,Clogs\n',
    'orders.csv': `order_id,ordered_at\n${all.map((at) => `b${at},${dayOf(at)} 10:00:00\n`).join('')}`,
    'order_items.csv': `order_id,line_no,product_id,quantity,unit_price\n${all
      .map((at) => `b${at},1,p1,1,${centsOf(at)}\nb${at},2,p2,1,25.50\n`)
      .join('')}`,
  };
}

/** Corrects a line, brings an order, one line that is refused and one that waits for its product. */
function secondFiles(at: number): Files {
  return {
    'orders.csv': `order_id,ordered_at\ns${at},${dayOf(at)} 11:00:00\n`,
    'order_items.csv': `order_id,line_no,product_id,quantity,unit_price
b${at},2,p2,3,25.50
s${at},1,p1,2,99.99
s${at},2,late${at},1,7.77
s${at},3,p1,many,7.77
`,
  };
}

/** Every row that must be there, and nothing else. */
function expected(scenario: Scenario, at: number) {
  const isUndone = scenario === 'undo';
  const items = [
    `b${at}|1|p1|${centsOf(at)}00`,
    isUndone ? `b${at}|2|p2|25.5000` : `b${at}|2|p2|76.5000`,
    ...(isUndone ? [] : [`s${at}|1|p1|199.9800`]),
    ...(scenario === 'redrive' ? [`s${at}|2|late${at}|7.7700`] : []),
  ];
  return {
    items,
    orders: [`b${at}`, ...(isUndone ? [] : [`s${at}`])],
    history: isUndone ? [] : [`b${at}|2|25.5000`],
    revenue: (
      items.reduce((sum, item) => sum + Math.round(Number(item.split('|')[3]) * 100), 0) / 100
    ).toFixed(2),
  };
}

async function judged(
  scenario: Scenario,
  at: number,
  { needs, rows }: APipeline,
): Promise<Pick<StopOutcome, 'lost' | 'doubled' | 'other'>> {
  const wanted = expected(scenario, at);
  const mine = `in ('b${at}', 's${at}')`;
  const found = async (sql: string) => (await rows(sql)).map((row) => row.join('|'));
  const there = {
    items: await found(
      `select order_id, line_no, product_id, net_amount from retail.order_items where order_id ${mine}`,
    ),
    orders: await found(`select order_id from retail.orders where order_id ${mine}`),
    history: await found(
      `select order_id, line_no, net_amount from history.order_items where order_id ${mine}`,
    ),
  };
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const what of ['items', 'orders', 'history'] as const) {
    lost.push(...without(wanted[what], there[what]).map((row) => `${what}: ${row}`));
    doubled.push(...without(there[what], wanted[what]).map((row) => `${what}: ${row}`));
  }
  return { lost, doubled, other: await otherFaults(scenario, at, wanted.revenue, { needs, rows }) };
}

async function otherFaults(
  scenario: Scenario,
  at: number,
  revenue: string,
  { needs, rows }: Pick<APipeline, 'needs' | 'rows'>,
): Promise<string[]> {
  const other: string[] = [];
  const must = (what: string, is: unknown, shouldBe: unknown) => {
    if (String(is) !== String(shouldBe))
      other.push(`${what}: is ${String(is)}, should be ${String(shouldBe)}`);
  };
  const next = dayOf(at + 1);
  const [kpi] = await needs.kpis.daily(dayOf(at), next);
  must('revenue of the day', Number(kpi?.totalRevenue).toFixed(2), revenue);
  let ofCategories = 0;
  for (const category of await needs.kpis.categories())
    for (const one of await needs.kpis.byCategory(category, dayOf(at), next))
      ofCategories += Math.round(Number(one.dailyRevenue) * 100);
  must('revenue of its categories', (ofCategories / 100).toFixed(2), revenue);
  const staged = "select count(*) from information_schema.tables where table_schema = 'staging'";
  must('staging tables', await rows(staged), 0);
  const refused = `select count(*) from ops.refused_rows where raw like 's${at},%' or value = 'late${at}'`;
  must('refused and waiting rows', await rows(refused), { load: 2, undo: 2, redrive: 1 }[scenario]);
  const runs = await needs.runLog.list({ limit: 500 });
  for (const { id, outcome, announced, failure, rows: counts } of runs) {
    if (outcome === 'running' || !announced) other.push(`${id} has no end, or was not told`);
    if (failure) other.push(`${id} failed: ${failure.sentence}`);
    if (counts.read !== counts.loaded + counts.refused + counts.waiting) other.push(`${id} does not add up`);
  }
  return other;
}

/** Those of `rows` that `others` does not have, one for one. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
