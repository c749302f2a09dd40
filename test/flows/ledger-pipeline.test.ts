import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectCreated } from '../../etl/handlers/object-created.ts';
import { undo } from '../../etl/pipeline/run-care.ts';
import { decideRecord } from '../../src/ledger/decide-record.ts';
import { closePeriod, reopenPeriod } from '../../src/ledger/periods.ts';
import { newRecordId, recordMoney, reverseRecord } from '../../src/ledger/record-money.ts';
import { putRecord } from '../../src/ledger/settle-record.ts';
import { AISHA, type ALedger, aForm, aLedger, DANA, MARA } from '../support/a-ledger.ts';
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
    ['waiting', 'Aisha', '2400.00 GBP is above 1000.00 GBP, up to which the recorder needs nobody else.'],
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

test('nothing lands in a closed month, from no file, and nothing is taken out of it', async () => {
  const line = (id: string, date: string, debit: string, credit: string, account = '6100') =>
    `${id},J9,${date},${account},expense,${debit},${credit}\n`;
  const header = 'entry_id,journal_id,entry_date,account_code,account_kind,debit,credit\n';
  const october = `${header}${line('o1', '2025-10-05', '50', '0')}${line('o2', '2025-10-05', '0', '50', '1200')}`;
  const first = await pipeline.load({ 'ledger_entries.csv': october });
  expect(first.outcome).toBe('loaded');
  await closePeriod('2025-10', DANA, { ...ledger, settle: async () => undefined });
  const needs = { ...pipeline.needs, smallRecords: ledger.smallRecords };
  const tried = async (csv: string) =>
    (await pipeline.load({ 'ledger_entries.csv': csv }, {}, needs)).failure?.sentence;
  const closed = 'The month 2025-10 was closed by Dana on 2025-11-12, so nothing in it may change.';

  expect(await tried(`${october}${line('o3', '2025-10-31', '1', '0')}`)).toContain(
    `1 of 3 rows were refused. ${closed}`,
  );
  expect(await tried(`${header}${line('o1', '2025-10-05', '51', '0')}`)).toContain(closed);
  expect(await tried(`${header}${line('o1', '2025-11-05', '50', '0')}`)).toContain(closed);
  expect(await tried(`${october}${line('n1', '2025-11-01', '1', '0')}`)).toBeUndefined();
  expect(await balances("entry_id like 'o%'")).toEqual([
    ['1200', '0.0000', '50.0000'],
    ['6100', '50.0000', '0.0000'],
  ]);
  await expect(undo(first.batch ?? '', needs)).rejects.toMatchObject({ code: 'batch.kept' });
  await reopenPeriod('2025-10', 'late', DANA, ledger);
  expect(await undo(first.batch ?? '', needs)).toMatchObject({ batch: first.batch });
});

test('a month closes over no load that is under way, and a load begins over no month that closed meanwhile', async () => {
  const csv = `entry_id,journal_id,entry_date,account_code,account_kind,debit,credit
w1,W1,2025-09-05,6100,expense,5,0
w2,W1,2025-09-05,1200,asset,0,5
`;
  const under = { ...ledger, loadsUnderWay: async () => 1, settle: async () => undefined };
  expect(await closePeriod('2025-09', DANA, under)).toMatchObject({
    outcome: 'not-yet',
    reason: expect.stringContaining('a load or an undo is under way'),
    period: { state: 'closing' },
  });
  const failpoint = async (name: string) => {
    if (name !== 'after-check') return;
    expect(await closePeriod('2025-09', DANA, { ...under, loadsUnderWay: async () => 0 })).toMatchObject({
      outcome: 'done',
    });
  };
  const needs = { ...pipeline.needs, smallRecords: ledger.smallRecords, failpoint };
  const run = await pipeline.load({ 'ledger_entries.csv': csv }, {}, needs);
  expect(run.failure).toMatchObject({
    sentence: expect.stringContaining('was closed while the file was being checked'),
  });
  expect(await balances("entry_id like 'w%'")).toEqual([]);
  await reopenPeriod('2025-09', 'late', DANA, ledger);
});

test('a month closes over no undo that is under way', async () => {
  const csv = `entry_id,journal_id,entry_date,account_code,account_kind,debit,credit
u1,U1,2025-08-05,6100,expense,5,0
u2,U1,2025-08-05,1200,asset,0,5
`;
  const closing = () => closePeriod('2025-08', DANA, { ...ledger, settle: async () => undefined });
  let meanwhile: unknown;
  const failpoint = async (name: string) => {
    if (name === 'undo-checked') meanwhile = await closing();
  };
  const needs = { ...pipeline.needs, clock: ledger.clock, smallRecords: ledger.smallRecords, failpoint };
  const run = await pipeline.load({ 'ledger_entries.csv': csv }, {}, needs);
  await undo(run.batch ?? '', needs);
  expect(meanwhile).toMatchObject({ outcome: 'not-yet', period: { state: 'closing' } });
  expect(await balances("entry_id like 'u%'")).toEqual([]);
  expect(await closing()).toMatchObject({ outcome: 'done' });
  await reopenPeriod('2025-08', 'late', DANA, ledger);
});

test('a money record is not undone as a batch', async () => {
  const record = await kept({ amount: '5.00' });
  await putRecord(record.id, ledger);
  await arrives();
  const [found] = await pipeline.rows(
    `select batch_id from ledger_entries where journal_id = '${record.id}'`,
  );
  const batch = found?.[0] ?? '';
  await expect(undo(batch, pipeline.needs)).rejects.toMatchObject({
    code: 'batch.kept',
    detail: expect.stringContaining('press Reverse'),
  });
});
