import { setTimeout as pause } from 'node:timers/promises';
import { KinesisClient, type KinesisClientConfig, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { AppError } from '../domain/app-error.ts';
import type { EventStream } from '../ports/event-stream.ts';
import { httpHandler } from './dynamodb-records.ts';

export type KinesisOptions = {
  region: string;
  stream: string;
  endpoint?: string | undefined;
  credentials?: KinesisClientConfig['credentials'];
};

export type KinesisEventStream = EventStream & { close(): void };

/** What one PutRecords may hold. */
const MOST_RECORDS = 500;
const MOST_BYTES = 4_500_000;
const ROUNDS = 6;

/**
 * Events into a Kinesis stream. The partition key is the record's own key, so that events spread over the shards and
 * those of one invoice keep their order. Records that the stream was too busy for are sent again; what it does not
 * take after that is told as refused.
 */
export function kinesisEventStream(options: KinesisOptions): KinesisEventStream {
  const client = new KinesisClient({
    region: options.region,
    // The default handler speaks HTTP/2 only, which stand-ins do not.
    requestHandler: httpHandler(),
    maxAttempts: 5,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  return {
    async append(records) {
      const refused: number[] = [];
      for (const chunk of chunksOf(records)) refused.push(...(await putAll(client, options.stream, chunk)));
      return { refused: refused.sort((a, b) => a - b) };
    },
    close: () => client.destroy(),
  };
}

type Entry = { index: number; key: string; bytes: Uint8Array };

async function putAll(client: KinesisClient, stream: string, entries: Entry[]): Promise<number[]> {
  let left = entries;
  for (let round = 0; left.length > 0 && round < ROUNDS; round += 1) {
    if (round > 0) await pause(Math.min(2_000, 50 * 2 ** round) * (0.5 + Math.random() / 2));
    left = await putOnce(client, stream, left);
  }
  return left.map(({ index }) => index);
}

/** Gives what was not taken. */
async function putOnce(client: KinesisClient, stream: string, entries: Entry[]): Promise<Entry[]> {
  try {
    const reply = await client.send(
      new PutRecordsCommand({
        StreamName: stream,
        Records: entries.map(({ key, bytes }) => ({ PartitionKey: key.slice(0, 256), Data: bytes })),
      }),
    );
    return entries.filter((_, at) => reply.Records?.[at]?.ErrorCode !== undefined);
  } catch (cause) {
    const error = cause instanceof Error ? cause.name : typeof cause;
    if (error === 'ProvisionedThroughputExceededException') return entries;
    const detail = error === 'ResourceNotFoundException' ? `There is no stream '${stream}'.` : '';
    throw new AppError('events.unavailable', { cause, detail, context: { service: 'kinesis', error } });
  }
}

function* chunksOf(records: readonly { key: string; data: string }[]): Generator<Entry[]> {
  let chunk: Entry[] = [];
  let size = 0;
  for (const [index, { key, data }] of records.entries()) {
    const bytes = Buffer.from(data, 'utf8');
    if (chunk.length > 0 && (chunk.length >= MOST_RECORDS || size + bytes.length > MOST_BYTES)) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push({ index, key, bytes });
    size += bytes.length + key.length;
  }
  if (chunk.length > 0) yield chunk;
}
