import { fileURLToPath } from 'node:url';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import { readLedgerSettings } from '../../src/ledger/ledger-settings.ts';
import type { Actor, LedgerNeeds } from '../../src/ledger/needs.ts';
import type { RecordFields } from '../../src/ledger/read-form.ts';
import { type ADynamodb, aDynamodb } from './a-dynamodb.ts';

export const LEDGER_FILE = fileURLToPath(new URL('../../src/ledger/ledger.yaml', import.meta.url));

export type ALedger = LedgerNeeds & { store: ADynamodb; close(): Promise<void> };

/** Money records on a record store of their own, on 12 November 2025, for a company in pounds with two branches. */
export async function aLedger(given: Partial<LedgerNeeds> = {}): Promise<ALedger> {
  const store = await aDynamodb();
  return {
    store,
    settings: readLedgerSettings(LEDGER_FILE),
    smallRecords: dynamodbVersionedRecords(store.records),
    objects: memoryObjectStore(),
    ingestionBucket: 'ingestion',
    companyCurrency: async () => 'GBP',
    branches: async () => [
      { id: 'B01', name: 'North' },
      { id: 'B02', name: 'South' },
    ],
    inWarehouse: async (journals) => new Set(journals),
    loadsUnderWay: async () => 0,
    clock: {
      now: () => new Date('2025-11-12T10:00:00Z'),
      today: () => '2025-11-12',
      timeZone: 'Europe/London',
    },
    ids: sortableIds(),
    ...given,
    close: () => store.close(),
  };
}

export function aForm(given: Partial<RecordFields> = {}): RecordFields {
  return {
    kind: 'expense',
    amount: '120.00',
    currency: 'GBP',
    rate: '',
    tax: '',
    taxAmount: '',
    account: '6700',
    counterAccount: '1200',
    branch: 'B01',
    date: '2025-11-10',
    documentNo: 'R-1',
    counterparty: 'Paper Mill (example)',
    text: 'Paper for the printer',
    ...given,
  };
}

export const AISHA: Actor = { user: 'UAISHA', name: 'Aisha', roles: ['accountant'], branches: undefined };
export const DANA: Actor = { user: 'UDANA', name: 'Dana', roles: ['data-owner'], branches: undefined };
export const MARA: Actor = { user: 'UMARA', name: 'Mara', roles: ['manager'], branches: undefined };
