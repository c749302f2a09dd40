import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { AppError } from '../domain/app-error.ts';
import type { FactTopic } from '../ports/fact-topic.ts';
import { httpHandler } from './dynamodb-records.ts';

export type SnsOptions = {
  region: string;
  topicArn: string;
  endpoint?: string | undefined;
  credentials?: SNSClientConfig['credentials'];
};

const MOST_SUBJECT = 100;
/** SNS takes 256 KB in all. */
const MOST_TEXT = 200_000;

/** An SNS topic. A FIFO topic drops the repeats of a key within five minutes; others tell them again. */
export function snsFactTopic(options: SnsOptions): FactTopic & { close(): void } {
  const client = new SNSClient({
    region: options.region,
    requestHandler: httpHandler(),
    maxAttempts: 4,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  const isFifo = options.topicArn.endsWith('.fifo');
  return {
    async publish(fact) {
      try {
        await client.send(
          new PublishCommand({
            TopicArn: options.topicArn,
            Subject: subjectOf(fact.subject),
            Message: fact.text.slice(0, MOST_TEXT),
            MessageAttributes: Object.fromEntries(
              Object.entries(fact.attributes)
                .filter(([, value]) => value !== '')
                .map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
            ),
            ...(isFifo
              ? { MessageGroupId: 'plumbline', MessageDeduplicationId: fact.key.slice(0, 128) }
              : {}),
          }),
        );
      } catch (cause) {
        throw new AppError('topic.unavailable', { cause, context: { topic: options.topicArn } });
      }
    },
    close: () => client.destroy(),
  };
}

/** SNS takes printable ASCII that begins with a letter, digit or mark. */
function subjectOf(subject: string): string {
  const clean = subject
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7E]/g, '')
    .trim();
  return (clean === '' ? 'Plumbline' : clean).slice(0, MOST_SUBJECT);
}
