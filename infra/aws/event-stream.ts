import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

/** Events wait here for a week at most: time to mend whatever keeps the consumer from storing them. */
export function addEventStream(scope: Construct, names: Names, keys: Keys): Stream {
  const stream = new Stream(scope, 'Events', {
    streamName: names.stream,
    streamMode: StreamMode.ON_DEMAND,
    retentionPeriod: Duration.days(7),
    encryption: StreamEncryption.KMS,
    encryptionKey: keys.data,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(stream, {
    KDS3: 'Encrypted with a key of our own, which costs a dollar a month and tells who used it.',
  });
  return stream;
}
