import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumeEvents } from '../../etl/events/consume-events.ts';
import type { EventNeeds } from '../../etl/events/event-needs.ts';
import { feedWarehouse } from '../../etl/events/feed-warehouse.ts';
import { loadWindow } from '../../etl/events/load-window.ts';
import { reconcileEvents } from '../../etl/events/reconcile-day.ts';
import { redriveEvents } from '../../etl/events/redrive-events.ts';
import { runEvents } from '../../etl/events/run-events.ts';
import { type EventsDoor, openEventsDoor } from '../../etl/handlers/events-http.ts';
import { kinesisBatch } from '../../etl/handlers/events-kinesis.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import { openEventJournal } from '../../src/adapters/journal-event-stream.ts';
import { AppError } from '../../src/domain/app-error.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { anEvent, onlineRetail } from '../support/some-events.ts';

type Json = Record<string, unknown>;

describe('events from the door to the warehouse', () => {
  let pipeline: APipeline;
  let dynamodb: ADynamodb;
  let needs: Omit<EventNeeds, 'stream'>;
  let folder: string;

  beforeAll(async () => {
    pipeline = await aPipeline();
    dynamodb = await aDynamodb();
    pipeline.needs.invoices = dynamodbInvoices(dynamodb.records);
    folder = await mkdtemp(join(tmpdir(), 'plumbline-events-'));
    needs = {
      invoices: pipeline.needs.invoices,
      objects: pipeline.objects,
      bucket: 'landing',
      feeds: await onlineRetail(),
      log: pipeline.needs.log,
    };
  });
  afterAll(async () => {
    await pipeline.close();
    await dynamodb.close();
    await rm(folder, { recursive: true });
  });

  const feeder = () => ({
    ...needs,
    ids: pipeline.needs.ids,
    clock: pipeline.needs.clock,
    ingestionBucket: 'ingestion',
    load: (file: Parameters<typeof loadWindow>[0]) =>
      loadWindow(file, { ...pipeline.needs, feeds: needs.feeds }),
  });

  async function running(windowMs = 1_000_000) {
    const journal = await openEventJournal({ folder });
    const events = runEvents({ ...feeder(), stream: journal, source: journal, lingerMs: 1, windowMs });
    return {
      journal,
      events,
      stop: async () => {
        await events.stop();
        await journal.close();
      },
    };
  }

  const post = async (door: EventsDoor, body: unknown, headers: Record<string, string> = {}) => {
    const reply = await fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: reply.status, body: (await reply.json()) as Json };
  };

  const compared = (day: string | null, others: Partial<typeof needs> = {}) =>
    reconcileEvents(day, { ...pipeline.needs, ...needs, ...others, pause: async () => undefined });

  const change = (sql: string) =>
    pipeline.needs.warehouse.write({ token: `by hand: ${sql}`, steps: [{ sql }] });

  const inWarehouse = (invoice: string) =>
    pipeline.rows(
      `select line_no, product_id, quantity, unit_price from retail.order_items where order_id = '${invoice}' order by line_no`,
    );

  async function rawEvents(): Promise<{ ids: Set<string>; names: string[] }> {
    const ids = new Set<string>();
    const names: string[] = [];
    for await (const { ref } of needs.objects.list('landing', 'raw/events/')) {
      names.push(ref.key);
      for (const line of (await text((await needs.objects.get(ref)).body)).trim().split('\n'))
        ids.add((JSON.parse(line) as { event: { id: string } }).event.id);
    }
    return { ids, names };
  }

  it('are counted once in DynamoDB, raw objects and warehouse, sent twenty times over and out of order', async () => {
    const { journal, events, stop } = await running();
    const door = await openEventsDoor({ port: 0, apiKey: null }, { ...needs, stream: journal });
    const list = Array.from({ length: 60 }, (_, at) =>
      anEvent(`e-${at}`, {
        invoice: `I${at % 6}`,
        product: at % 10 < 5 ? 'SAME' : `P${at}`,
        price: '0.333',
        customer: at % 6 === 0 ? '' : `C${at % 3}`,
      }),
    );
    for (let time = 0; time < 20; time += 1) {
      const order = time % 2 === 0 ? list : [...list].reverse();
      expect(await post(door, time % 3 === 0 ? { events: order } : order)).toEqual({
        status: 202,
        body: { accepted: 60, refused: [] },
      });
    }
    await events.drained();
    await door.close();
    await stop();

    const sums = { lines: 60, quantity: '360', amount: '119.88' };
    expect(await compared(null)).toMatchObject({
      invoices: 6,
      raw: sums,
      records: sums,
      warehouse: sums,
      pending: 0,
      findings: [],
    });

    const found = await needs.invoices.findAll(['I0', 'I1', 'I2', 'I3', 'I4', 'I5']);
    expect(found.map(({ lines, amount }) => [lines, amount])).toEqual(Array(6).fill([10, '19.98']));
    expect(found.find(({ invoice }) => invoice === 'I0')?.customer).toBeNull();
    expect((await rawEvents()).ids.size).toBe(60);
    expect(
      await pipeline.rows(
        'select count(*), count(distinct order_id), sum(quantity * unit_price) from retail.order_items',
      ),
    ).toEqual([['60', '6', expect.stringMatching(/^119\.880*$/)]]);
  });

  it('put a poison record aside with its reason, load the others, and load the mended one once', async () => {
    const { journal, events, stop } = await running();
    const bad = anEvent('bad', { invoice: 'Q1', quantity: 'six' });
    await journal.append([
      { key: 'x', data: 'not json' },
      { key: 'x', data: JSON.stringify(bad) },
      { key: 'x', data: JSON.stringify(anEvent('good', { invoice: 'Q1' })) },
    ]);
    await events.drained();
    expect((await needs.invoices.find('Q1'))?.lines).toBe(1);
    expect(await inWarehouse('Q1')).toHaveLength(1);
    expect(await redriveEvents({ ...needs, stream: journal })).toEqual({ redriven: 0, left: 2 });

    let object: string | undefined;
    for await (const { ref } of needs.objects.list('landing', 'quarantine/events/')) {
      object = await text((await needs.objects.get(ref)).body);
      expect(object).toContain("'Quantity' is not a number");
      await needs.objects.put(ref, object.replace('six', '6'));
    }
    expect(object).toBeDefined();
    expect(await redriveEvents({ ...needs, stream: journal })).toEqual({ redriven: 1, left: 1 });
    expect(await redriveEvents({ ...needs, stream: journal })).toEqual({ redriven: 0, left: 1 });
    await events.drained();
    expect((await needs.invoices.find('Q1'))?.lines).toBe(2);
    expect(await inWarehouse('Q1')).toHaveLength(2);
    await stop();
  });

  it('are whole after a stop at any step, and the raw objects of a step done twice are the same', async () => {
    for (const [at, name] of ['events-raw', 'events-stored', 'events-noted'].entries()) {
      const records = ['1', '2', '3'].map(
        (id): StreamRecord => ({
          shard: 'stopped',
          sequence: `${at}-${id}`,
          data: JSON.stringify(anEvent(`${name}-${id}`, { invoice: name })),
        }),
      );
      const stopped = {
        ...needs,
        failpoint: async (reached: string) => {
          if (reached === name) throw new AppError('internal', { detail: 'stopped here' });
        },
      };
      await expect(consumeEvents(records, '2026-03-02', stopped)).rejects.toThrow('stopped here');
      const before = (await rawEvents()).names;
      await consumeEvents(records, '2026-03-02', needs);
      expect((await rawEvents()).names).toEqual(before);
      expect((await needs.invoices.find(name))?.lines).toBe(3);
    }
    expect(await feedWarehouse(feeder())).toEqual({ files: 1, invoices: 3, failed: 0 });
    for (const name of ['events-raw', 'events-stored', 'events-noted'])
      expect(await inWarehouse(name)).toHaveLength(3);
    expect(await feedWarehouse(feeder())).toEqual({ files: 0, invoices: 0, failed: 0 });
  });

  it('come again to the warehouse when a load failed', async () => {
    const record = { shard: 'again', sequence: '1', data: JSON.stringify(anEvent('r1', { invoice: 'R1' })) };
    await consumeEvents([record], '2026-03-02', needs);
    expect(await feedWarehouse({ ...feeder(), load: async () => false })).toMatchObject({ failed: 1 });
    expect(await feedWarehouse(feeder())).toMatchObject({ files: 1, failed: 0 });
    expect(await inWarehouse('R1')).toHaveLength(1);
  });

  it('keep the numbers of their lines when an invoice goes on in a later window', async () => {
    for (const product of ['FIRST', 'SECOND']) {
      const data = JSON.stringify(anEvent(product, { invoice: 'W1', product }));
      await consumeEvents([{ shard: 'w', sequence: product, data }], '2026-03-02', needs);
      await feedWarehouse(feeder());
    }
    expect((await inWarehouse('W1')).map(([line, product]) => [line, product])).toEqual([
      ['1', 'FIRST'],
      ['2', 'SECOND'],
    ]);
  });

  it('reach the warehouse as JSON lines where their feed takes nothing else', async () => {
    const feeds = (await onlineRetail()).map((set) => ({
      ...set,
      feeds: set.feeds.map((feed) => ({ ...feed, format: { ...feed.format, type: 'json-lines' as const } })),
    }));
    const data = JSON.stringify(anEvent('j1', { invoice: 'J1', product: 'A "1", B' }));
    await consumeEvents([{ shard: 'j', sequence: '1', data }], '2026-03-02', { ...needs, feeds });
    const load = (file: Parameters<typeof loadWindow>[0]) => loadWindow(file, { ...pipeline.needs, feeds });
    expect(await feedWarehouse({ ...feeder(), feeds, load })).toMatchObject({ files: 1, failed: 0 });
    expect(await inWarehouse('J1')).toEqual([['1', 'A "1", B', '6.0000', '2.5500']]);
  });

  describe('are compared by the night', () => {
    const day = '2026-02-28';
    const some = async (sequence: string, ids: string[], invoice: string, on = day) => {
      const records = ids.map((id) => ({
        shard: 'night',
        sequence: `${sequence}-${id}`,
        data: JSON.stringify(anEvent(`n-${id}`, { invoice, product: id })),
      }));
      await consumeEvents(records, on, needs);
    };
    const said = ({ findings }: Awaited<ReturnType<typeof compared>>) =>
      findings.map(({ check, count, amount }) => [check, count, amount]);

    beforeAll(async () => {
      await some('1', ['a', 'b'], 'N1');
      await some('2', ['c'], 'N2');
      // One that began on the day before, and one that goes on after midnight.
      await some('3', ['d'], 'N3', '2026-02-27');
      await some('4', ['e'], 'N3');
      await some('5', ['f'], 'N2', '2026-03-01');
      expect(await feedWarehouse(feeder())).toMatchObject({ files: 1, failed: 0 });
    });

    it('and agree, also when an invoice goes on over midnight or waits for the warehouse', async () => {
      await some('6', ['g'], 'N1');
      expect(await compared(day)).toMatchObject({ day, invoices: 3, pending: 1, findings: [] });
      await feedWarehouse(feeder());
      const sums = { lines: 7, quantity: '42', amount: '107.1' };
      const all = { raw: sums, records: sums, warehouse: sums, pending: 0, findings: [] };
      expect(await compared(day)).toMatchObject(all);
    });

    it('find a line that the warehouse has lost, one that it has twice and one that was changed there', async () => {
      await change("delete from retail.order_items where order_id = 'N1' and line_no = 2");
      await change(
        "insert into retail.order_items select * replace (9 as line_no) from retail.order_items where order_id = 'N2' and line_no = 1",
      );
      await change("update retail.order_items set quantity = 60 where order_id = 'N3' and line_no = 1");
      expect(said(await compared(day))).toEqual([
        ['events-not-loaded', 1, '15.3'],
        ['events-loaded-twice', 1, '15.3'],
        ['events-changed', 2, '137.7'],
      ]);
      const rows = await pipeline.rows(
        "select finding_id, severity, query from ops.findings where check_name = 'events-not-loaded'",
      );
      expect(rows[0]?.slice(0, 2)).toEqual([`events-${day}-events-not-loaded`, 'error']);
      expect(await pipeline.rows(rows[0]?.[2] ?? '')).toHaveLength(2);

      await change("delete from retail.order_items where order_id = 'N2' and line_no = 9");
      await change("update retail.order_items set quantity = 6 where order_id = 'N3' and line_no = 1");
      await some('7', ['h'], 'N1');
      await feedWarehouse(feeder());
      expect(said(await compared(day))).toEqual([]);
      expect(
        await pipeline.rows("select count(*) from ops.findings where check_name like 'events%'"),
      ).toEqual([['0']]);
    });

    it('find a raw object that is gone, and an event that is in no invoice', async () => {
      const names = (await rawEvents()).names.filter((name) => name.includes(`${day}/night-2-c`));
      expect(names).toHaveLength(1);
      const ref = { bucket: 'landing', key: names[0] ?? '' };
      const { body } = await needs.objects.get(ref);
      const kept = await text(body);
      await needs.objects.delete(ref);
      expect(said(await compared(day))).toEqual([['events-raw-lost', 1, null]]);
      expect(said(await compared('2026-03-01'))).toEqual([['events-not-told', 1, '15.3']]);

      await needs.objects.put(ref, kept.replace('n-c', 'n-nobody'));
      expect(said(await compared(day))).toEqual([
        ['events-not-stored', 1, null],
        ['events-not-told', 1, null],
      ]);
      await needs.objects.put(ref, kept);
      expect(said(await compared(null))).toEqual([]);
      expect(said(await compared(day))).toEqual([]);
    });

    it('and by each load of them, whose notice says so', async () => {
      await some('8', ['i'], 'N8');
      for (const name of (await rawEvents()).names)
        if (name.includes('night-8')) await needs.objects.delete({ bucket: 'landing', key: name });
      expect(await feedWarehouse(feeder())).toMatchObject({ files: 1, failed: 0 });
      const notice = pipeline.notices.at(-1);
      expect(notice?.run).toMatchObject({ findings: 1, startedBy: 'events' });
      const [found] = await pipeline.rows(
        `select check_name, row_count, sentence from ops.findings where run_id = '${notice?.run.id}'`,
      );
      expect(found?.slice(0, 2)).toEqual(['events-raw-lost', '1']);
      expect(found?.[2]).toContain('gone from the landing bucket');
    });
  });

  it('come from Kinesis in batches, of which only what failed comes again', async () => {
    const record = (sequence: number, event: Json) => ({
      eventID: `shardId-000000000001:${sequence}`,
      kinesis: {
        sequenceNumber: String(sequence),
        partitionKey: 'k',
        data: Buffer.from(JSON.stringify(event, null, 2)).toString('base64'),
        approximateArrivalTimestamp: 1_772_000_000.5,
      },
    });
    const Records = [
      record(1, anEvent('k1', { invoice: 'K1' })),
      record(2, anEvent('k2', { invoice: 'K2' })),
      record(3, { nonsense: true }),
      record(4, anEvent('k4', { invoice: 'K1' })),
    ];
    const throttled: Omit<EventNeeds, 'stream'> = {
      ...needs,
      invoices: {
        ...needs.invoices,
        apply: async (changes) => {
          const outcome = await needs.invoices.apply(changes.filter(({ invoice }) => invoice !== 'K2'));
          const failed = [{ invoice: 'K2', error: new AppError('records.throttled') }];
          return { ...outcome, failed };
        },
      },
    };
    expect(await kinesisBatch({ Records }, throttled)).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
    expect(await kinesisBatch({ Records: Records.slice(1) }, needs)).toEqual({ batchItemFailures: [] });
    expect((await needs.invoices.find('K1'))?.lines).toBe(2);
    expect((await needs.invoices.find('K2'))?.lines).toBe(1);
  });
});
