import { Agent } from 'node:http';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A way to the record tables; every `dynamodb-*` adapter takes one. */
export type Records = {
  client: DynamoDBDocumentClient;
  /** What every table's name starts with. */
  tablePrefix: string;
  /** Puts items without conditions where this process is the database itself; false when it is not, or not for these. */
  putHere?: PutHere | undefined;
  close(): void;
};

/** Carries a command out in this process; undefined when it must be sent. */
export type RunHere = (command: { input: object }) => Promise<Record<string, unknown>> | undefined;

export type PutHere = (table: string, items: readonly Record<string, unknown>[]) => Promise<boolean>;

export type RecordsOptions = {
  region: string;
  tablePrefix: string;
  endpoint?: string | undefined;
  credentials?: DynamoDBClientConfig['credentials'];
  requestHandler?: DynamoDBClientConfig['requestHandler'];
  maxAttempts?: number;
  putHere?: PutHere;
  runHere?: RunHere;
};

/**
 * The real SDK client; production and one machine differ by endpoint alone. It retries what may be retried
 * (throttling, lost connections, 5xx) with a growing pause: nothing above it tries again.
 */
export function dynamodbRecords(options: RecordsOptions): Records {
  const client = new DynamoDBClient({
    region: options.region,
    maxAttempts: options.maxAttempts ?? 6,
    requestHandler: options.requestHandler ?? httpHandler(),
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    // Numbers come back as exact text; a JavaScript number would lose digits.
    unmarshallOptions: { wrapNumbers: (digits) => digits },
  });
  if (options.runHere) sendOnlyWhatMust(documents, options.runHere);
  return {
    client: documents,
    tablePrefix: options.tablePrefix,
    putHere: options.putHere,
    close: () => client.destroy(),
  };
}

/** Where this process is the database itself, nothing is sent. */
function sendOnlyWhatMust(documents: DynamoDBDocumentClient, runHere: RunHere): void {
  const send = documents.send.bind(documents) as (command: { input: object }) => Promise<unknown>;
  const sendOrRun = (command: { input: object }): Promise<unknown> => runHere(command) ?? send(command);
  documents.send = sendOrRun as unknown as DynamoDBDocumentClient['send'];
}

/** Plain HTTP/1 with connections kept; limits so that a dead network is noticed. */
export function httpHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
  });
}
