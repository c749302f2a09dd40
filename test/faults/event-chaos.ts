import { text } from 'node:stream/consumers';
import { consumeEvents } from '../../etl/events/consume-events.ts';
import { feedWarehouse } from '../../etl/events/feed-warehouse.ts';
import { loadWindow } from '../../etl/events/load-window.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { type Chaos, chaotic } from '../support/chaotic.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { anEvent, onlineRetail } from '../support/some-events.ts';
import { ignoreFault } from './on-purpose.ts';

const EVENTS = 40;
const INVOICES = 5;
const MOST_TIMES = 20;
const DAY = '2026-03-02';

type EventsOutcome = { seed: number; sent: number; faults: number; differences: string[] };

/**
 * Each event comes once to twenty times, in any order, to two instances that work at the same time, while records and objects
 * lose calls and answers. What failed comes again, as a stream brings it. Afterwards each event is there once: in its invoice,
 * as a raw object, and in the warehouse.
 */
export async function* eventChaos(seeds: readonly number[]): AsyncGenerator<EventsOutcome> {
  const feeds = await onlineRetail();
  for (const seed of seeds) {
    const pipeline = await aPipeline();
    try {
      yield await oneRound(seed, pipeline, feeds);
    } finally {
      await pipeline.close();
    }
  }
}

async function oneRound(
  seed: number,
  pipeline: APipeline,
  feeds: Awaited<ReturnType<typeof onlineRetail>>,
): Promise<EventsOutcome> {
  const random = randomFrom(seed);
  const invoices = dynamodbInvoices(pipeline.records);
  pipeline.needs.invoices = invoices;
  const chaos = (codes: Chaos['codes']): Chaos => ({
    random,
    lost: 0.1,
    unanswered: 0.1,
    flapping: random.chance(0.5) ? 0.05 : 0,
    slowMs: 2,
    codes,
  });
  const sick = {
    invoices: chaotic(invoices, chaos(['records.unavailable', 'records.throttled'])),
    objects: chaotic(pipeline.objects, chaos(['objects.unavailable'])),
  };
  const well = { invoices, objects: pipeline.objects, bucket: 'landing', feeds, log: pipeline.needs.log };
  const needs = { ...well, invoices: sick.invoices.part, objects: sick.objects.part };
  const feeder = (with_: typeof needs) => ({
    ...with_,
    ids: pipeline.needs.ids,
    clock: pipeline.needs.clock,
    ingestionBucket: 'ingestion',
    load: (file: Parameters<typeof loadWindow>[0]) => loadWindow(file, { ...pipeline.needs, feeds }),
  });

  const batches = batchesOf(random);
  const sent = batches.reduce((sum, batch) => sum + batch.length, 0);
  const instance = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const done = await consumeEvents(batch, DAY, needs).catch(ignoreFault);
      const failed = new Set(done?.again.map(({ sequence }) => sequence));
      const left = done ? batch.filter(({ sequence }) => failed.has(sequence)) : batch;
      if (left.length > 0) batches.push(left);
      if (random.chance(0.1)) await feedWarehouse(feeder(needs)).catch(ignoreFault);
    }
  };
  await Promise.all([instance(), instance()]);
  sick.invoices.calm();
  sick.objects.calm();
  while ((await feedWarehouse(feeder(well))).files > 0);
  return {
    seed,
    sent,
    faults: sick.invoices.faults() + sick.objects.faults(),
    differences: await differences(pipeline, well),
  };
}

function eventOf(at: number): Record<string, unknown> {
  return anEvent(`e-${at}`, {
    invoice: `I${at % INVOICES}`,
    product: `P${at}`,
    price: '0.333',
    quantity: '2',
  });
}

function batchesOf(random: Random): StreamRecord[][] {
  const records: StreamRecord[] = [];
  for (let at = 0; at < EVENTS; at += 1)
    for (let times = 1 + random.upTo(MOST_TIMES); times > 0; times -= 1)
      records.splice(random.upTo(records.length + 1), 0, {
        shard: 's',
        sequence: '',
        data: JSON.stringify(eventOf(at)),
      });
  const batches: StreamRecord[][] = [];
  for (let at = 0; at < records.length; ) {
    const size = 1 + random.upTo(30);
    batches.push(
      records
        .slice(at, at + size)
        .map((record, i) => ({ ...record, sequence: String(at + i).padStart(6, '0') })),
    );
    at += size;
  }
  return batches;
}

async function differences(
  { rows }: APipeline,
  well: { invoices: ReturnType<typeof dynamodbInvoices>; objects: APipeline['objects'] },
): Promise<string[]> {
  const found: string[] = [];
  const must = (what: string, is: unknown, shouldBe: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(shouldBe))
      found.push(`${what}: is ${JSON.stringify(is)}, should be ${JSON.stringify(shouldBe)}`);
  };
  const names = Array.from({ length: INVOICES }, (_, at) => `I${at}`);
  const each = EVENTS / INVOICES;
  const kept = await well.invoices.findAll(names);
  must(
    'invoices',
    kept
      .map(({ invoice, lines, amount }) => [invoice, lines, Number(amount).toFixed(3)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    names.map((name) => [name, each, (each * 2 * 0.333).toFixed(3)]),
  );
  const raw = new Set<string>();
  for await (const { ref } of well.objects.list('landing', 'raw/events/'))
    for (const line of (await text((await well.objects.get(ref)).body)).trim().split('\n'))
      raw.add((JSON.parse(line) as { event: { id: string } }).event.id);
  must('raw events', raw.size, EVENTS);
  must(
    'warehouse',
    await rows('select count(*), count(distinct product_id), sum(quantity) from retail.order_items'),
    [[String(EVENTS), String(EVENTS), `${EVENTS * 2}.0000`]],
  );
  return found;
}
