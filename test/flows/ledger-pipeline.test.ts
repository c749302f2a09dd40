import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectCreated } from '../../etl/handlers/object-created.ts';
import { decideRecord } from '../../src/ledger/decide-record.ts';
import { newRecordId, recordMoney, reverseRecord } from '../../src/ledger/record-money.ts';
import { putRecord } from '../../src/ledger/settle-record.ts';
import { AISHA, type ALedger, aForm, aLedger, MARA } from '../support/a-ledger.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';

let pipeline: APipeline;
let ledger: ALedger;
beforeAll(async () => {
  pipeline = await aPipeline();
  ledger = await aLedger({ objects: pipeline.objects });
  await pipeline.load({ 'branches.csv': 'branch_id,name\nB01,North\nB02,South\n' });
});
afterAll(async () => {
  await ledger.close();
  await pipeline.close();
});

async function kept(fields: Parameters<typeof aForm>[0] = {}) {
  const outcome = await recordMoney({ id: newRecordId(ledger), fields: aForm(fields), actor: AISHA }, ledger);
  if (outcome.outcome !== 'kept') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

/** What came into the bucket is told to the pipeline, last first, and each twice. */
async function arrives() {
  const events = [];
  for await (const { ref, sizeBytes, etag } of pipeline.objects.list('ingestion', 'incoming/'))
    events.push({ ref, sizeBytes, etag, sequencer: '1' });
  const runs = [];
  for (const event of events.reverse())
    runs.push(await objectCreated(event, pipeline.needs), await objectCreated(event, pipeline.needs));
  return runs.flatMap((run) => (run ? [run.failure?.sentence ?? run.outcome] : []));
}

const balances = (where = '1 = 1') =>
  pipeline.rows(
    `select account_code, sum(debit), sum(credit) from ledger_entries where ${where} group by account_code order by 1`,
  );

test('money records reach the warehouse through the ordinary pipeline, whatever is repeated and in any order', async () => {
  const record = await kept({ tax: 'S20', text: 'Paper, "white"' });
  const waiting = await kept({ amount: '2400.00', account: '6100', branch: 'B02' });
  await putRecord(record.id, ledger);
  await putRecord(waiting.id, ledger);
  expect([...new Set(await arrives())]).toEqual(['loaded']);
  expect(await balances()).toEqual([
    ['1200', '0.0000', '120.0000'],
    ['2200', '20.0000', '0.0000'],
    ['6700', '100.0000', '0.0000'],
  ]);
  expect(
    await pipeline.rows(
      'select record_id, step, amount, branch_id, person_name from ledger_steps order by step',
    ),
  ).toEqual([
    [record.id, 'posted', '120.0000', 'B01', 'Aisha'],
    [waiting.id, 'waiting', '2400.0000', 'B02', 'Aisha'],
  ]);

  await decideRecord({ id: waiting.id, approved: true, reason: 'Seen', actor: MARA }, ledger);
  await putRecord(waiting.id, ledger);
  await arrives();
  expect(
    await pipeline.rows(
      `select step, person_name, reason from ledger_steps where record_id = '${waiting.id}' order by step`,
    ),
  ).toEqual([
    ['approved', 'Mara', 'Seen'],
    ['posted', 'Aisha', 'null'],
    ['waiting', 'Aisha', '2400.00 GBP is above your limit of 1000.00 GBP.'],
  ]);
  expect(await balances("account_code = '6100'")).toEqual([['6100', '2400.0000', '0.0000']]);

  const reversed = await reverseRecord(
    { id: newRecordId(ledger), reverses: record.id, date: '2025-11-12', reason: 'Not ours', actor: AISHA },
    ledger,
  );
  if (reversed.outcome !== 'kept') throw new Error(JSON.stringify(reversed));
  await putRecord(reversed.record.id, ledger);
  await arrives();
  expect(
    await pipeline.rows(
      `select account_code, sum(amount), count(*) from ledger_entries where journal_id like '${record.id}%' or reverses like '${record.id}%' group by account_code order by 1`,
    ),
  ).toEqual([
    ['1200', '0.0000', '2'],
    ['2200', '0.0000', '2'],
    ['6700', '0.0000', '2'],
  ]);
});
