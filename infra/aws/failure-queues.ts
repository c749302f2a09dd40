import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

export type FailureQueues = { calls: Queue; records: Queue };

/** Calls that no function could carry out, and places in the stream that could not be stored. Kept for two weeks. */
export function addFailureQueues(scope: Construct, names: Names, keys: Keys): FailureQueues {
  const add = (id: string, name: string): Queue => {
    const queue = new Queue(scope, id, {
      queueName: `${names.prefix}-${name}`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.logs,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, { SQS3: 'It is itself where failures go.' });
    return queue;
  };
  return { calls: add('FailedCalls', 'failed-calls'), records: add('FailedRecords', 'failed-records') };
}
