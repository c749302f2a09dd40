import { afterAll, beforeAll, expect, it } from 'vitest';
import { replaceFindings } from '../../etl/stages/reconcile.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { type FoundWrong, tellFindings } from '../../src/alerts/tell-findings.ts';
import type { Finding } from '../../src/domain/load-batch.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type AMemoryWarehouse, aMemoryWarehouse } from '../support/a-memory-warehouse.ts';

let memory: AMemoryWarehouse;
let dynamodb: ADynamodb;
beforeAll(async () => {
  memory = await aMemoryWarehouse(memoryObjectStore());
  dynamodb = await aDynamodb();
});
afterAll(async () => {
  await memory.close();
  await dynamodb.close();
});

const finding = (check: string, more: Partial<Finding> = {}): Finding => ({
  id: `events-2026-03-04-${check}`,
  check,
  severity: 'error',
  batch: null,
  run: null,
  sentence: `Said of ${check}.`,
  count: 1,
  amount: null,
  examples: [],
  sql: 'select 1',
  foundAt: '2026-03-05T03:30:00.000Z',
  ...more,
});

it('errors that were found are told once, those of one look together, again when there are more, and no warnings', async () => {
  const clock = {
    now: () => new Date('2026-03-05T10:00:00Z'),
    today: () => '2026-03-05',
    timeZone: 'UTC',
  };
  const told: FoundWrong[] = [];
  const keys: string[] = [];
  const warehouse = memory;
  const tell = () =>
    tellFindings({
      warehouse,
      clock,
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      poster: {
        async post(found, key) {
          told.push(found);
          return String(keys.push(key));
        },
        findPosted: async (key) => (keys.includes(key) ? String(keys.indexOf(key) + 1) : null),
      },
    });
  const lost = finding('events-raw-lost');
  const old = finding('events-changed', {
    id: 'events-2026-02-01-events-changed',
    foundAt: '2026-02-02T03:30:00.000Z',
  });
  await replaceFindings('events-2026-03-04', [lost, finding('late', { severity: 'warning' })], warehouse);
  await replaceFindings('events-2026-02-01', [old], warehouse);
  expect(await tell()).toEqual(['events-2026-03-04']);
  expect(told).toMatchObject([{ batch: null, feed: null, sentences: ['Said of events-raw-lost.'] }]);
  expect(await tell()).toEqual([]);

  await replaceFindings('events-2026-03-04', [lost, finding('events-not-loaded')], warehouse);
  expect(await tell()).toEqual(['events-2026-03-04']);
  expect(told[1]?.sentences).toEqual(['Said of events-not-loaded.', 'Said of events-raw-lost.']);
  await replaceFindings('events-2026-03-04', [], warehouse);
  expect(await tell()).toEqual([]);
  expect(told).toHaveLength(2);
});
