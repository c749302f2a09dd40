import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { decimal, divide, multiply, round, toText } from '../domain/decimal.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import { onRecords } from './dynamodb-errors.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

const MICRO = decimal(1_000_000);

/** One counter per day and one per day and person, in millionths of a dollar, added to atomically. */
export function dynamodbModelSpending(records: Records): ModelSpending {
  return {
    async add(day, person, use) {
      const micro = toText(round(multiply(decimal(use.costUsd), MICRO), 0));
      await onRecords(() =>
        Promise.all(
          [counterName(day), counterName(day, person)].map((name) => addTo(records, name, micro, use.tokens)),
        ),
      );
    },
    async spent(day, person) {
      const [everyone, own] = await onRecords(() =>
        Promise.all([read(records, counterName(day)), read(records, counterName(day, person))]),
      );
      return { everyoneUsd: dollars(everyone ?? '0'), personUsd: dollars(own ?? '0') };
    },
  };
}

function counterName(day: string, person?: string): string {
  return person === undefined ? `model#${day}` : `model#${day}#${person}`;
}

async function addTo(records: Records, name: string, micro: string, tokens: number): Promise<void> {
  await records.client.send(
    new UpdateCommand({
      TableName: tableName(records, 'counters'),
      Key: { name },
      UpdateExpression: 'add #spent :micro, #tokens :tokens',
      ExpressionAttributeNames: { '#spent': 'spent_micro_usd', '#tokens': 'tokens' },
      ExpressionAttributeValues: { ':micro': Number(micro), ':tokens': tokens },
    }),
  );
}

async function read(records: Records, name: string): Promise<string | undefined> {
  const reply = await records.client.send(
    new GetCommand({ TableName: tableName(records, 'counters'), Key: { name }, ConsistentRead: true }),
  );
  const spent: unknown = reply.Item?.['spent_micro_usd'];
  return typeof spent === 'string' || typeof spent === 'number' ? String(spent) : undefined;
}

function dollars(micro: string): string {
  const value = divide(decimal(micro), MICRO, 6);
  return value ? toText(value) : '0';
}
