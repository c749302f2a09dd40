import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { Functions } from './functions.ts';
import type { Right } from './rights.ts';
import { allow } from './rights.ts';

const READS: Right = { why: 'ReadsTheStream', stream: 'read' };

/** The stream's one reader. A record that cannot be stored holds up its shard for a day at most, then is set aside. */
export function addEventConsumer(
  scope: Construct,
  parts: { data: DataStack; functions: Functions; setAside: Queue },
): EventSourceMapping {
  const consumer = parts.functions['events-kinesis'];
  if (consumer.role) allow(consumer.role, [READS], parts.data);
  return new EventSourceMapping(scope, 'EventConsumer', {
    target: consumer,
    eventSourceArn: parts.data.stream.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 500,
    maxBatchingWindow: Duration.seconds(2),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    maxRecordAge: Duration.days(1),
    retryAttempts: 1_000,
    onFailure: new SqsDlq(parts.setAside),
  });
}
