/** One event as it lies in a stream: JSON text on one line, and its place. */
export type StreamRecord = { shard: string; sequence: string; data: string };

/**
 * Where accepted events wait for the consumer. Told at least once, in order within one key.
 * Errors: events.unavailable, home.disk-full.
 */
export type EventStream = {
  /**
   * Durable when it resolves. Records of one key keep their order; different keys may lie on different shards.
   * `data` is one line. Gives the indexes of records that could not be taken.
   */
  append(records: readonly { key: string; data: string }[]): Promise<{ refused: number[] }>;
};
