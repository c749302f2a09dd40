import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decimal, toText } from '../../../src/domain/decimal.ts';
import { balanceOf } from '../../../src/ledger/build-lines.ts';
import { decideRecord } from '../../../src/ledger/decide-record.ts';
import { findRecords, recordsTable, waitingRecords } from '../../../src/ledger/find-records.ts';
import type { MoneyRecord } from '../../../src/ledger/money-record.ts';
import type { Actor } from '../../../src/ledger/needs.ts';
import { closePeriod, findPeriod, reopenPeriod } from '../../../src/ledger/periods.ts';
import type { RecordFields } from '../../../src/ledger/read-form.ts';
import { newRecordId, recordMoney, reverseRecord } from '../../../src/ledger/record-money.ts';
import { allRecords, findRecord, keepNew } from '../../../src/ledger/record-store.ts';
import { putRecord } from '../../../src/ledger/settle-record.ts';
import { sweepRecords } from '../../../src/ledger/sweep-records.ts';
import { AISHA, type ALedger, aForm, aLedger, DANA, MARA } from '../../support/a-ledger.ts';

let ledger: ALedger;
beforeEach(async () => {
  ledger = await aLedger();
});
afterEach(() => ledger.close());

async function kept(fields: Partial<RecordFields> = {}, actor: Actor = AISHA, id = newRecordId(ledger)) {
  const outcome = await recordMoney({ id, fields: aForm(fields), actor }, ledger);
  if (outcome.outcome !== 'kept') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

async function files(): Promise<string[]> {
  const found: string[] = [];
  for await (const { ref } of ledger.objects.list('ingestion', 'incoming/')) found.push(ref.key);
  return found;
}

async function everyRecord(): Promise<MoneyRecord[]> {
  const found: MoneyRecord[] = [];
  for await (const record of allRecords(ledger)) found.push(record);
  return found;
}

describe('a money record', () => {
  test('is one, however often and at once its form is sent', async () => {
    const id = newRecordId(ledger);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => kept({}, AISHA, id)));
    expect(new Set(all.map((record) => JSON.stringify(record.lines))).size).toBe(1);
    expect(all.every(({ state }) => state === 'posted')).toBe(true);
    expect(await everyRecord()).toHaveLength(1);
    await Promise.all([putRecord(id, ledger), putRecord(id, ledger)]);
    expect(await files()).toEqual([`incoming/record-${id}-posted.csv`]);
  });

  test('makes the same ledger in any order and with any repeats', async () => {
    const forms = [
      { id: newRecordId(ledger), fields: { amount: '10.00' } },
      { id: newRecordId(ledger), fields: { amount: '20.00', kind: 'income', account: '4900' } },
      { id: newRecordId(ledger), fields: { amount: '30.00', tax: 'S20' } },
    ];
    const ledgers = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 5 }), async (repeats) => {
        const own = await aLedger();
        const order = [...repeats, 0, 1, 2].map((index) => forms[index] as (typeof forms)[number]);
        await Promise.all(
          order.map(({ id, fields }) => recordMoney({ id, fields: aForm(fields), actor: AISHA }, own)),
        );
        const records: MoneyRecord[] = [];
        for await (const record of allRecords(own)) records.push(record);
        ledgers.add(
          JSON.stringify(
            records.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, lines }) => ({ id, lines })),
          ),
        );
        await own.close();
      }),
      { numRuns: 4 },
    );
    expect(ledgers.size).toBe(1);
  });

  test('that a process left half-way when it died is judged and put by the sweeper', async () => {
    const whole = await kept();
    const draft: MoneyRecord = {
      ...whole,
      id: newRecordId(ledger),
      version: 0,
      state: 'draft',
      put: [],
    };
    await keepNew(draft, ledger);
    await sweepRecords(ledger);
    await sweepRecords(ledger);
    expect((await findRecord(draft.id, ledger))?.state).toBe('posted');
    expect((await files()).sort()).toEqual(
      [whole.id, draft.id].map((id) => `incoming/record-${id}-posted.csv`).sort(),
    );
  });

  test('comes to the same end wherever between two writes its process dies', async () => {
    const died = new Error('died');
    /** Parts of a process that dies before its write `at`. */
    const mortal = (at: number): typeof ledger => {
      let writes = 0;
      const dying =
        <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          writes += 1;
          if (writes >= at) throw died;
          return write(...args);
        };
      const { smallRecords, objects } = ledger;
      const save = dying(smallRecords.save.bind(smallRecords));
      const remove = dying(smallRecords.remove.bind(smallRecords));
      return {
        ...ledger,
        smallRecords: { ...smallRecords, save, remove },
        objects: { ...objects, put: dying(objects.put.bind(objects)) },
      };
    };
    const fields = aForm({ amount: '5000.00' });
    const life = async (id: string, back: string, needs: typeof ledger) => {
      await recordMoney({ id, fields, actor: AISHA }, needs);
      await putRecord(id, needs);
      await decideRecord({ id, actor: DANA, approved: true, reason: '' }, needs);
      await putRecord(id, needs);
      await reverseRecord(
        { id: back, reverses: id, date: '2025-11-12', reason: 'Twice', actor: AISHA },
        needs,
      );
      await putRecord(back, needs);
    };
    let lives = 0;
    // Every one was tried; every fourth is, to be quick.
    for (let at = 1; ; at += 4) {
      const [id, back] = [newRecordId(ledger), newRecordId(ledger)];
      const ended = await life(id, back, mortal(at)).catch((thrown: unknown) => thrown);
      if (ended !== undefined) expect(ended).toBe(died);
      // Another process finds what is half done, and the people press once more.
      await sweepRecords(ledger);
      await life(id, back, ledger);
      expect(await findRecord(id, ledger)).toMatchObject({
        state: 'posted',
        reversedBy: back,
        decision: { by: 'UDANA', approved: true },
        put: ['waiting', 'posted'],
      });
      expect(await findRecord(back, ledger)).toMatchObject({
        state: 'waiting',
        reverses: id,
        put: ['waiting'],
      });
      lives += 1;
      if (ended === undefined) break;
    }
    expect(lives).toBeGreaterThan(4);
    expect(await everyRecord()).toHaveLength(2 * lives);
    expect(await files()).toHaveLength(3 * lives);
  });

  test('goes to the bucket as balanced lines, whatever people write into its texts', async () => {
    const record = await kept({ text: 'Paper, "white"\n=1+1', counterparty: 'A & <B>', tax: 'S20' });
    await putRecord(record.id, ledger);
    const [key = ''] = await files();
    const { body, info } = await ledger.objects.get({ bucket: 'ingestion', key });
    const csv = await text(body);
    expect(info.metadata).toMatchObject({ feed: 'ledger', person: 'UAISHA' });
    expect(csv.split('\n')).toHaveLength(5);
    expect(csv).toContain('"Paper, ""white"" =1+1"');
    expect(record.lines.map((line) => line.taxAmount)).toEqual(['20.00', '0.00', '0.00']);
  });

  test('is refused from people who may not, for branches that they do not see, and in closed months', async () => {
    const of = async (actor: Actor, fields: Partial<RecordFields> = {}) =>
      JSON.stringify(await recordMoney({ id: newRecordId(ledger), fields: aForm(fields), actor }, ledger));
    expect(await of(MARA)).toContain('You may not record money here');
    expect(await of({ ...AISHA, branches: ['B02'] })).toContain('You may record for B02 only');
    expect(await of({ ...AISHA, branches: ['B02'] }, { branch: '' })).toContain(
      'You may record for B02 only',
    );
    await closePeriod('2025-10', DANA, { ...ledger, settle: async () => undefined });
    expect(await of(AISHA, { date: '2025-10-31' })).toContain('2025-10 is closed (Dana, 2025-11-12)');
    expect(await everyRecord()).toEqual([]);
  });
});

describe('approval', () => {
  test('is needed above the limit of the role, by somebody else, and is given once', async () => {
    const record = await kept({ amount: '1000.01' });
    expect(record).toMatchObject({
      state: 'waiting',
      needsApproval: '1000.01 GBP is above 1000.00 GBP, up to which the recorder needs nobody else.',
    });
    expect(
      await decideRecord({ id: record.id, approved: true, reason: '', actor: AISHA }, ledger),
    ).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('your own entry'),
    });
    const both = await Promise.all(
      [MARA, DANA].map((actor) => decideRecord({ id: record.id, approved: true, reason: '', actor }, ledger)),
    );
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['decided', 'refused']);
    const after = await findRecord(record.id, ledger);
    expect(after?.state).toBe('posted');
    const loser = both.find(({ outcome }) => outcome === 'refused');
    expect(loser).toMatchObject({ reason: `${after?.decision?.byName} has approved this entry already.` });
  });

  test('and decline at once leave one decision', async () => {
    const record = await kept({ amount: '5000' });
    const both = await Promise.all([
      decideRecord({ id: record.id, approved: true, reason: '', actor: MARA }, ledger),
      decideRecord({ id: record.id, approved: false, reason: 'No receipt.', actor: DANA }, ledger),
    ]);
    expect(both.filter(({ outcome }) => outcome === 'decided')).toHaveLength(1);
    const after = await findRecord(record.id, ledger);
    expect(after?.state).toBe(after?.decision?.approved ? 'posted' : 'declined');
  });

  test('that waits has no line in the file for the warehouse', async () => {
    const record = await kept({ amount: '5000' });
    await putRecord(record.id, ledger);
    const { body } = await ledger.objects.get({
      bucket: 'ingestion',
      key: `incoming/record-${record.id}-waiting.csv`,
    });
    const rows = (await text(body)).trim().split('\n');
    expect(rows).toHaveLength(2);
    expect(rows[1]).not.toContain(`${record.id}-1`);
    await decideRecord({ id: record.id, approved: true, reason: '', actor: MARA }, ledger);
    await putRecord(record.id, ledger);
    expect((await files()).sort()).toEqual([
      `incoming/record-${record.id}-posted.csv`,
      `incoming/record-${record.id}-waiting.csv`,
    ]);
  });

  test('declined has a reason, and an entry that it was to take back may be taken back again', async () => {
    const original = await kept({ amount: '900' });
    const first = await reverseRecord(
      {
        id: newRecordId(ledger),
        reverses: original.id,
        date: '2025-11-12',
        reason: 'Twice',
        actor: { ...AISHA, roles: ['manager', 'accountant'] },
      },
      { ...ledger, settings: { ...ledger.settings, limits: { accountant: '100' } } },
    );
    if (first.outcome !== 'kept') throw new Error(JSON.stringify(first));
    expect(first.record.state).toBe('waiting');
    expect(
      await decideRecord({ id: first.record.id, approved: false, reason: ' ', actor: MARA }, ledger),
    ).toMatchObject({ outcome: 'refused' });
    await decideRecord({ id: first.record.id, approved: false, reason: 'It is right.', actor: MARA }, ledger);
    expect((await findRecord(original.id, ledger))?.reversedBy).toBeNull();
  });
});

describe('an entry in the books', () => {
  test('is taken back once, though two try, and is linked both ways', async () => {
    const original = await kept({ tax: 'S20' });
    const tries = await Promise.all(
      [AISHA, DANA].map((actor) =>
        reverseRecord(
          { id: newRecordId(ledger), reverses: original.id, date: '2025-11-12', reason: 'Wrong shop', actor },
          ledger,
        ),
      ),
    );
    const records = (await everyRecord()).filter(({ state }) => state === 'posted');
    expect(records).toHaveLength(2);
    expect(tries).toHaveLength(2);
    const reversal = records.find(({ kind }) => kind === 'reversal');
    expect(reversal?.reverses).toBe(original.id);
    expect((await findRecord(original.id, ledger))?.reversedBy).toBe(reversal?.id);
    for (const account of ['6700', '2200', '1200'])
      expect(
        balanceOf(records.flatMap(({ lines }) => lines).filter((line) => line.account === account)).units,
      ).toBe(0n);
  });

  test('is corrected by a reversal and a new entry in one record', async () => {
    const original = await kept({ amount: '120.00' });
    const outcome = await recordMoney(
      { id: newRecordId(ledger), fields: aForm({ amount: '12.00' }), actor: AISHA, corrects: original.id },
      ledger,
    );
    if (outcome.outcome !== 'kept') throw new Error(JSON.stringify(outcome));
    const lines = [...original.lines, ...outcome.record.lines];
    const left = balanceOf(lines.filter(({ account }) => account === '6700'));
    expect(toText(left)).toBe('12.00');
    expect(balanceOf(lines).units).toBe(0n);
    expect((await findRecord(original.id, ledger))?.reversedBy).toBe(outcome.record.id);
    const again = await recordMoney(
      { id: newRecordId(ledger), fields: aForm(), actor: AISHA, corrects: original.id },
      ledger,
    );
    expect(JSON.stringify(again)).toContain('reversed already');
  });
});

describe('a month', () => {
  test('is closed when nothing of it waits or is on its way, and opened again with a reason', async () => {
    const waiting = await kept({ amount: '5000', date: '2025-10-20' });
    const arrived = new Set<string>();
    const needs = {
      ...ledger,
      inWarehouse: async () => arrived,
      settle: (id: string) => putRecord(id, ledger),
    };
    expect(await closePeriod('2025-11', DANA, needs)).toMatchObject({ outcome: 'refused' });
    expect(await closePeriod('2025-10', MARA, needs)).toMatchObject({ outcome: 'refused' });
    expect(await closePeriod('2025-10', DANA, needs)).toMatchObject({
      outcome: 'not-yet',
      reason: expect.stringContaining('1 entry waits for approval'),
    });
    expect(
      JSON.stringify(
        await recordMoney(
          { id: newRecordId(ledger), fields: aForm({ date: '2025-10-21' }), actor: AISHA },
          needs,
        ),
      ),
    ).toContain('2025-10 is being closed');
    expect(
      await decideRecord({ id: waiting.id, approved: true, reason: '', actor: MARA }, needs),
    ).toMatchObject({
      outcome: 'decided',
    });
    expect(await closePeriod('2025-10', DANA, needs)).toMatchObject({
      outcome: 'not-yet',
      reason: expect.stringContaining('on the way to the warehouse'),
    });
    arrived.add(waiting.id);
    expect(await closePeriod('2025-10', DANA, needs)).toMatchObject({ outcome: 'done' });
    expect(await reopenPeriod('2025-10', 'A late invoice', AISHA, needs)).toMatchObject({ outcome: 'done' });
    const { state, history } = await findPeriod('2025-10', ledger);
    expect(state).toBe('open');
    expect(history.map(({ what, byName, reason }) => [what, byName, reason])).toEqual([
      ['closing', 'Dana', null],
      ['closed', 'Dana', null],
      ['reopened', 'Aisha', 'A late invoice'],
    ]);
  });

  test('that closes while entries are sent has each of them in it or none', async () => {
    const ids = Array.from({ length: 12 }, () => newRecordId(ledger));
    const needs = { ...ledger, settle: (id: string) => putRecord(id, ledger) };
    const [closed] = await Promise.all([
      closePeriod('2025-10', DANA, needs),
      ...ids.map((id) => recordMoney({ id, fields: aForm({ date: '2025-10-31' }), actor: AISHA }, ledger)),
    ]);
    const records = await everyRecord();
    const posted = records.filter(({ state }) => state === 'posted');
    expect(records.every(({ state }) => ['posted', 'refused'].includes(state))).toBe(true);
    if (closed.outcome === 'done') for (const record of posted) expect(record.put).toContain('posted');
  });
});

describe('finding records', () => {
  test('is by any of their words, for those who may, within their branches', async () => {
    await kept({ text: 'Rent of the North shop', account: '6100', amount: '800' });
    await kept({ branch: 'B02', counterparty: 'Brightgrid', amount: '99.10' });
    const found = async (actor: Actor, wanted: string) =>
      (await findRecords({ actor, text: wanted, limit: 10 }, ledger)).map(({ amount }) => amount);
    expect(await found(AISHA, 'north RENT')).toEqual(['800.00']);
    expect(await found(AISHA, '99.10')).toEqual(['99.10']);
    expect(await found({ ...AISHA, branches: ['B02'] }, '')).toEqual(['99.10']);
    expect(await found({ ...MARA, roles: ['member'] }, '')).toEqual([]);
    await kept({ amount: '2000' });
    const mine = async (actor: Actor) => (await waitingRecords({ actor, mine: true }, ledger)).length;
    expect([await mine(MARA), await mine(AISHA), await mine({ ...MARA, branches: ['B02'] })]).toEqual([
      1, 0, 0,
    ]);
  });

  test('gives a table of all lines', async () => {
    const record = await kept({ tax: 'S20' });
    const table = recordsTable([record]);
    expect(table.rows).toHaveLength(3);
    expect(table.rows.map((row) => decimal(String(row[11] ?? '0')).units)).toEqual([10000n, 2000n, 0n]);
  });
});
