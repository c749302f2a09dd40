import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbAuditLog } from '../../src/adapters/dynamodb-audit-log.ts';
import type { AuditEntry, AuditLog } from '../../src/ports/audit-log.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';

const entry = (hour: number, asker = 'U1'): AuditEntry => ({
  id: `aud-${hour}`,
  at: `2026-03-02T${hour}:00:00.000Z`,
  asker,
  door: 'slack',
  channel: 'C1',
  thread: null,
  question: 'revenue of [a person]?',
  outcome: 'answered',
  provenance: 'vetted',
  planKind: 'template',
  sqlFingerprint: 'f00',
  rows: 3,
  tookMs: 12.5,
  tokens: 0,
  costUsd: '0.0012',
  rule: null,
  receiptId: `rcp-${hour}`,
});

describe.each([
  { name: 'in DynamoDB', of: (dynamodb: ADynamodb): AuditLog => dynamodbAuditLog(dynamodb.records) },
])('the audit log $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let audit: AuditLog;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    audit = of(dynamodb);
  });
  afterEach(() => dynamodb.close());

  it('lists what was appended, newest first', async () => {
    for (const hour of [11, 10, 12]) await audit.append(entry(hour));
    await audit.append(entry(12));
    expect(await audit.list({ limit: 10 })).toEqual([entry(12), entry(11), entry(10)]);
    expect(await audit.list({ limit: 1 })).toEqual([entry(12)]);
    expect(await audit.list({ limit: 10, since: '2026-03-02T11:00:00.000Z' })).toEqual([
      entry(12),
      entry(11),
    ]);
  });

  it('forgets what is older than an instant, for every asker, and nothing else', async () => {
    for (const hour of [10, 11, 12]) await audit.append(entry(hour, hour === 10 ? 'U2' : 'U1'));
    expect(await audit.removeBefore('2026-03-02T12:00:00.000Z')).toBe(2);
    expect(await audit.list({ limit: 10 })).toEqual([entry(12)]);
    expect(await audit.list({ limit: 10, asker: 'U2' })).toEqual([]);
    expect(await audit.removeBefore('2026-03-02T12:00:00.000Z')).toBe(0);
  });

  it('lists one asker alone', async () => {
    for (const hour of [10, 12]) await audit.append(entry(hour, 'U1'));
    await audit.append(entry(11, 'U2'));
    expect(await audit.list({ limit: 10, asker: 'U2' })).toEqual([entry(11, 'U2')]);
    expect(await audit.list({ limit: 10, asker: 'U1', since: '2026-03-02T11:00:00.000Z' })).toEqual([
      entry(12),
    ]);
    expect(await audit.list({ limit: 10, asker: 'U3' })).toEqual([]);
  });
});
