import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbRunLog } from '../../../src/adapters/dynamodb-run-log.ts';
import { dynamodbVersionedRecords } from '../../../src/adapters/dynamodb-versioned-records.ts';
import { noteRestatementDue, tellRestatementsDue } from '../../../src/digests/restatements-due.ts';
import type { Run } from '../../../src/domain/run.ts';
import { type ADynamodb, aDynamodb } from '../../support/a-dynamodb.ts';
import { aRun } from '../../support/a-run.ts';

describe('restatements that are due', () => {
  let dynamodb: ADynamodb;
  let needs: Parameters<typeof tellRestatementsDue>[1];

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    needs = {
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      runLog: dynamodbRunLog(dynamodb.records),
    };
  });
  afterEach(() => dynamodb.close());

  async function loaded(id: string, touchedDays: string[], more: Partial<Run> = {}): Promise<void> {
    const run = aRun({ id, batch: `bat-${id}`, touchedDays, outcome: 'loaded', ...more });
    await dynamodbRunLog(dynamodb.records).create(run);
    await noteRestatementDue(run, needs);
    await noteRestatementDue(run, needs);
  }

  it('are told by who is connected later, all at once and no more', async () => {
    await loaded('run-1', ['2026-03-01', '2026-03-02']);
    await loaded('run-2', ['2026-03-02', '2026-03-03'], { updatedAt: '2026-03-03T00:00:00.000Z' });
    await loaded('run-3', []);
    const told: Run[] = [];
    await tellRestatementsDue(async (run) => told.push(run), needs);
    expect(told).toMatchObject([
      { id: 'run-2', touchedDays: ['2026-03-01', '2026-03-02', '2026-03-03'], batch: null },
    ]);
    await tellRestatementsDue(async (run) => told.push(run), needs);
    expect(told).toHaveLength(1);
  });

  it('wait for the end of their run, which writes the KPIs', async () => {
    await loaded('run-1', ['2026-03-01'], { outcome: 'running' });
    const told: Run[] = [];
    const tell = () => tellRestatementsDue(async (run) => told.push(run), needs);
    await tell();
    expect(told).toEqual([]);
    const runLog = dynamodbRunLog(dynamodb.records);
    const run = await runLog.find('run-1');
    if (run) await runLog.save({ ...run, outcome: 'loaded' });
    await tell();
    expect(told).toMatchObject([{ id: 'run-1' }]);
  });

  it('stay due when telling them fails', async () => {
    await loaded('run-1', ['2026-03-01']);
    const failing = async () => Promise.reject(new Error('Slack is away'));
    await expect(tellRestatementsDue(failing, needs)).rejects.toThrow('Slack is away');
    const told: Run[] = [];
    await tellRestatementsDue(async (run) => told.push(run), needs);
    expect(told).toMatchObject([{ id: 'run-1', batch: 'bat-run-1' }]);
  });
});
