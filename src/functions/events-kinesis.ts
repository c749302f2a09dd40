import { type BatchReply, type KinesisBatch, kinesisBatch } from '../../etl/handlers/events-kinesis.ts';
import { openEvents } from './events-parts.ts';

export async function handler(batch: KinesisBatch): Promise<BatchReply> {
  return kinesisBatch(batch, (await openEvents()).needs);
}
