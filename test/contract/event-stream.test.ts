import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import kinesalite from 'kinesalite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpHandler } from '../../src/adapters/dynamodb-records.ts';
import { type EventJournal, openEventJournal } from '../../src/adapters/journal-event-stream.ts';
import { type KinesisEventStream, kinesisEventStream } from '../../src/adapters/kinesis-event-stream.ts';
import type { EventStream, StreamRecord } from '../../src/ports/event-stream.ts';
import { serving } from '../support/serving.ts';

const ALL = { records: 10_000, bytes: 10_000_000 };

type Opened = { stream: EventStream; read(): Promise<StreamRecord[]>; close(): Promise<void> };

describe.each([
  ['the journal of one machine', aJournal],
  ['Kinesis', aKinesis],
])('an event stream: %s', (_, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it('gives back every record that it took, those of one key in their order', async () => {
    const records = Array.from({ length: 1_200 }, (_, at) => ({
      key: `invoice-${at % 7}`,
      data: JSON.stringify({ at, text: 'Zürich €' }),
    }));
    const [one, two] = [records.slice(0, 700), records.slice(700)];
    expect(await opened.stream.append(one)).toEqual({ refused: [] });
    await Promise.all([opened.stream.append([]), opened.stream.append(two)]);
    const read = (await opened.read()).map(({ data }) => JSON.parse(data) as { at: number; text: string });
    expect(read).toHaveLength(1_200);
    expect(read.every(({ text }) => text === 'Zürich €')).toBe(true);
    for (let key = 0; key < 7; key += 1) {
      const order = read.filter(({ at }) => at % 7 === key).map(({ at }) => at);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });
});

describe('the journal', () => {
  const folders: string[] = [];
  const journals: EventJournal[] = [];
  afterAll(async () => {
    for (const journal of journals) await journal.close().catch(() => undefined);
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  async function aFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-journal-'));
    folders.push(folder);
    return folder;
  }

  async function opened(folder: string, segmentBytes?: number, mostWaiting?: number): Promise<EventJournal> {
    const journal = await openEventJournal({
      folder,
      ...(segmentBytes ? { segmentBytes } : {}),
      ...(mostWaiting ? { mostWaiting } : {}),
    });
    journals.push(journal);
    return journal;
  }

  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ key: 'k', data: `{"n":${from + at}}` }));
  const numbersOf = (records: StreamRecord[] = []) =>
    records.map(({ data }) => (JSON.parse(data) as { n: number }).n);

  it('gives the same range again after a stop half-way, and goes on behind it', async () => {
    const folder = await aFolder();
    const first = await opened(folder);
    await first.append(numbered(0, 50));
    const before = await first.next({ records: 20, bytes: 10_000 });
    await first.append(numbered(50, 60));
    await first.close();

    const second = await opened(folder);
    expect(second.waiting()).toBe(60);
    const again = await second.next(ALL);
    expect(again).toEqual({ ...before, again: true });
    await second.done();
    expect(numbersOf((await second.next(ALL))?.records)).toEqual(numbered(20, 60).map((_, at) => at + 20));
    await second.done();
    expect(await second.next(ALL)).toBeUndefined();
  });

  it('drops a line that a crash cut short, which nobody was told was taken', async () => {
    const folder = await aFolder();
    const first = await opened(folder);
    await first.append(numbered(0, 3));
    await first.close();
    const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
    await appendFile(join(folder, file), '{"n":3');

    const second = await opened(folder);
    await second.append(numbered(4, 6));
    expect(numbersOf((await second.next(ALL))?.records)).toEqual([0, 1, 2, 4, 5]);
  });

  it('goes on over many files, removes those that are done, and keeps numbers that never come twice', async () => {
    const folder = await aFolder();
    let journal = await opened(folder, 500);
    const read: number[] = [];
    const places = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      await journal.append(numbered(round * 50, round * 50 + 50));
      const batch = await journal.next({ records: 37, bytes: 100_000 });
      for (const { sequence } of batch?.records ?? []) places.add(sequence);
      read.push(...numbersOf(batch?.records));
      await journal.done();
      if (round % 6 !== 5) continue;
      await journal.close();
      journal = await opened(folder, 500);
    }
    for (;;) {
      const batch = await journal.next(ALL);
      if (!batch) break;
      for (const { sequence } of batch.records) places.add(sequence);
      read.push(...numbersOf(batch.records));
      await journal.done();
    }
    expect(read).toEqual(numbered(0, 1_000).map((_, at) => at));
    expect(places.size).toBe(1_000);
    expect((await readdir(folder)).filter((name) => name.endsWith('.jsonl')).length).toBeLessThan(3);
  });

  it('takes no more when too much is waiting, and belongs to one process at a time', async () => {
    const folder = await aFolder();
    const journal = await opened(folder, undefined, 10);
    await journal.append(numbered(0, 10));
    await expect(journal.append(numbered(10, 11))).rejects.toMatchObject({ code: 'events.unavailable' });
    await expect(openEventJournal({ folder })).rejects.toMatchObject({ code: 'home.locked' });
  });
});

async function aJournal(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-journal-'));
  const stream = await openEventJournal({ folder });
  return {
    stream,
    read: async () => (await stream.next(ALL))?.records ?? [],
    async close() {
      await stream.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The real client against a stand-in with three shards. */
async function aKinesis(): Promise<Opened> {
  const { origin: endpoint, close } = await serving(kinesalite({ createStreamMs: 0 }));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new KinesisClient({
    region: 'eu-west-1',
    endpoint,
    credentials,
    requestHandler: httpHandler(),
  });
  const StreamName = 'events';
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 3 }));
  const stream: KinesisEventStream = kinesisEventStream({
    region: 'eu-west-1',
    stream: StreamName,
    endpoint,
    credentials,
  });
  return {
    stream,
    async read() {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }));
      const shards = StreamDescription?.Shards ?? [];
      const perShard = await Promise.all(
        shards.map(({ ShardId = '' }) => readShard(client, StreamName, ShardId)),
      );
      // One key for all would leave shards empty.
      expect(perShard.filter((records) => records.length > 0).length).toBeGreaterThan(1);
      return perShard.flat();
    },
    async close() {
      stream.close();
      client.destroy();
      await close();
    },
  };
}

async function readShard(client: KinesisClient, StreamName: string, shard: string): Promise<StreamRecord[]> {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamName, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 10_000 }));
  return Records.map(({ Data, SequenceNumber = '' }) => ({
    shard,
    sequence: SequenceNumber,
    data: Buffer.from(Data ?? []).toString('utf8'),
  }));
}
