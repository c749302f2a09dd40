import type { StreamRecord } from '../../src/ports/event-stream.ts';
import { type Consumed, consumeEvents } from '../events/consume-events.ts';
import type { EventNeeds } from '../events/event-needs.ts';

/** What Lambda gives a function that reads a Kinesis stream. */
export type KinesisBatch = {
  Records: {
    eventID: string;
    kinesis: {
      sequenceNumber: string;
      partitionKey: string;
      /** Base64. */
      data: string;
      /** Seconds since 1970. */
      approximateArrivalTimestamp: number;
    };
  }[];
};

export type BatchReply = { batchItemFailures: { itemIdentifier: string }[] };

/**
 * Consumes a batch of one shard. When some invoices could not be stored for now, Lambda is told the first record of
 * theirs and gives that and what follows again (`ReportBatchItemFailures`); what was stored by then is not counted
 * twice. Bad records are in quarantine and hold up nobody.
 */
export async function kinesisBatch(
  batch: KinesisBatch,
  needs: Omit<EventNeeds, 'stream'>,
): Promise<BatchReply> {
  const records = batch.Records.map(
    ({ eventID, kinesis }): StreamRecord => ({
      shard: eventID.split(':')[0] ?? 'shard',
      sequence: kinesis.sequenceNumber,
      data: oneLine(Buffer.from(kinesis.data, 'base64').toString('utf8')),
    }),
  );
  const [first] = batch.Records;
  if (!first) return { batchItemFailures: [] };
  const receivedOn = new Date(first.kinesis.approximateArrivalTimestamp * 1_000).toISOString().slice(0, 10);
  const outcome = await consumeEvents(records, receivedOn, needs);
  tell(outcome, needs);
  const failed = new Set(outcome.again.map(({ sequence }) => sequence));
  const from = records.find(({ sequence }) => failed.has(sequence));
  return { batchItemFailures: from ? [{ itemIdentifier: from.sequence }] : [] };
}

/** Producers of their own may write JSON over several lines. */
function oneLine(text: string): string {
  return text.trim().replace(/[\r\n]+/g, ' ');
}

function tell({ again, ...counts }: Consumed, { log }: Pick<EventNeeds, 'log'>): void {
  const codes = [...new Set(again.map(({ error }) => error.code))];
  if (codes.length > 0) log.warn({ ...counts, codes }, 'some events could not be stored; they come again');
  else log.info(counts, 'events were stored');
}
