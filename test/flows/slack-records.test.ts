import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { findRecords } from '../../src/ledger/find-records.ts';
import type { MoneyRecord } from '../../src/ledger/money-record.ts';
import { closePeriod } from '../../src/ledger/periods.ts';
import { findRecord } from '../../src/ledger/record-store.ts';
import { AISHA, type ALedger, aLedger, DANA } from '../support/a-ledger.ts';
import { anAnswer, aSlackApp, scriptedNeeds } from '../support/a-slack-app.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
/** Closed last: what an app does after it was stopped still finds its records. */
const stores: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of stores) await close();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const ledger = await aLedger();
  stores.push(() => ledger.close());
  const workspace = await aWorkspace();
  closing.push(() => workspace.close());
  const app = await aSlackApp(workspace, { ...scriptedNeeds(ledger.store, () => anAnswer()), ledger });
  closing.push(() => app.stop());
  return { workspace, ledger, app };
}

const ENTRY = {
  kind: 'expense',
  amount: '120.00',
  tax: 'S20',
  account: '6700',
  counterAccount: '1200',
  branch: 'B01',
  date: '2025-11-10',
  text: 'Paper for the printer',
  documentNo: 'R-77',
};

async function fills(workspace: WorkspaceForTests, user: string, values: Record<string, unknown>) {
  await workspace.runsCommand(user, '#finance', '/record');
  await workspace.waitFor('the form', () => workspace.form(user));
  return workspace.submitsForm(user, values);
}

async function theRecord(ledger: ALedger, fits: (record: MoneyRecord) => boolean): Promise<MoneyRecord> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = (await findRecords({ actor: AISHA, limit: 50 }, ledger)).find(fits);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('there is no such record');
}

function told(workspace: WorkspaceForTests, user: string, words: string): Promise<Message> {
  return workspace.waitFor(`'${words}' for ${user}`, () =>
    workspace.messages(`@${user}`).findLast((message) => JSON.stringify(message).includes(words)),
  );
}

describe('/record', () => {
  test('opens a form whose mistakes are told beside the inputs, and whose entry is told and put into the bucket', async () => {
    const { workspace, ledger } = await open();
    const wrong = await fills(workspace, 'aisha', {
      ...ENTRY,
      amount: 'twelve',
      taxAmount: '3.00',
      account: '4000',
    });
    expect(wrong).toMatchObject({
      ok: false,
      errors: { amount: expect.stringContaining('such as 1234.50') },
    });
    const differs = await workspace.submitsForm('aisha', { ...ENTRY, taxAmount: '3.00' });
    expect(differs).toMatchObject({ errors: { taxAmount: expect.stringContaining('is 20.00, not 3.00') } });
    expect(
      await workspace.submitsForm('aisha', { ...ENTRY, attachment: { 'invoice.pdf': 'a document' } }),
    ).toMatchObject({ ok: true });
    const message = await told(workspace, 'aisha', 'Expense of £120.00 is in the books.');
    for (const shown of [
      '6700 Office supplies',
      '2200 Value added tax',
      '£100.00',
      '£20.00',
      'R-77',
      'invoice.pdf',
    ])
      expect(JSON.stringify(message.blocks)).toContain(shown);
    const record = await theRecord(ledger, ({ put }) => put.includes('posted'));
    const put = await ledger.objects.head({
      bucket: 'ingestion',
      key: `incoming/record-${record.id}-posted.csv`,
    });
    expect(put?.metadata).toEqual({
      feed: 'ledger',
      person: workspace.person('aisha'),
      'reply-channel': workspace.channel('@aisha'),
      'reply-thread': message.ts,
    });
    expect(
      await ledger.objects.head(record.attachment?.object ?? { bucket: 'none', key: 'x' }),
    ).toMatchObject({
      sizeBytes: 10,
    });
  });

  test('makes one record though the button is pressed several times at once', async () => {
    const { workspace, ledger } = await open();
    await workspace.runsCommand('aisha', '#finance', '/record');
    await workspace.waitFor('the form', () => workspace.form('aisha'));
    const sent = await Promise.all([1, 2, 3].map(() => workspace.submitsForm('aisha', ENTRY)));
    expect(sent).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    await told(workspace, 'aisha', 'is in the books');
    await theRecord(ledger, ({ put }) => put.includes('posted'));
    expect(await findRecords({ actor: AISHA, limit: 50 }, ledger)).toHaveLength(1);
  });

  test('is for those who keep the books', async () => {
    const { workspace } = await open();
    await workspace.runsCommand('mara', '#finance', '/record');
    await workspace.waitFor('the refusal', () =>
      JSON.stringify(workspace.messages('#finance')).includes('You may not record money here'),
    );
    await workspace.runsCommand('guest', '#general', '/record', 'list');
    await workspace.waitFor('the refusal', () =>
      JSON.stringify(workspace.messages('#general')).includes(
        'Money records are for people who keep the books',
      ),
    );
    expect(workspace.form('mara')).toBeUndefined();
  });
});

describe('an entry above the limit', () => {
  test('is approved by somebody else, once, and everybody concerned is told', async () => {
    const { workspace, ledger } = await open();
    await fills(workspace, 'aisha', { ...ENTRY, amount: '2500' });
    const own = await told(workspace, 'aisha', 'waits for approval');
    expect(JSON.stringify(own.blocks)).toContain('Asked to approve: Mara Lindqvist, Dana Novak.');
    const atMara = await told(workspace, 'mara', 'Aisha Rahman asks you to approve: expense of £2,500.00.');
    const atDana = await told(workspace, 'dana', 'asks you to approve');
    expect(JSON.stringify(workspace.messages('@ben'))).not.toContain('asks you to approve');
    await Promise.all([
      workspace.clicks('mara', atMara, 'Approve'),
      workspace.clicks('dana', atDana, 'Approve'),
    ]);
    const record = await theRecord(ledger, ({ state, put }) => state === 'posted' && put.length === 2);
    await told(workspace, 'aisha', 'is in the books');
    await told(workspace, 'aisha', `Approved by ${record.decision?.byName}.`);
    for (const approver of ['mara', 'dana'])
      await workspace.waitFor('closed messages', () => {
        const message = workspace.messages(`@${approver}`).find((each) => each.text.includes('asks you'));
        const blocks = JSON.stringify(message?.blocks);
        return (
          blocks.includes(`Approved by ${record.decision?.byName}.`) && !blocks.includes('record.approve')
        );
      });
    const both = () =>
      [...workspace.messages('@mara'), ...workspace.messages('@dana')].map(({ text }) => text);
    await workspace.waitFor('both to be told', () =>
      both().some((text) => text.includes('approved this entry already')),
    );
    await workspace.waitFor('both to be told', () => both().some((text) => text.startsWith('Approved. The')));
    expect(both().filter((text) => text.startsWith('Approved. The recorder'))).toHaveLength(1);
  });

  test('is declined with a reason that the recorder reads', async () => {
    const { workspace, ledger } = await open();
    await fills(workspace, 'aisha', { ...ENTRY, amount: '2500' });
    const atMara = await told(workspace, 'mara', 'asks you to approve');
    await workspace.clicks('mara', atMara, 'Decline');
    await workspace.waitFor('the form', () => workspace.form('mara'));
    await workspace.submitsForm('mara', { reason: 'There is <!channel> no receipt.' });
    await told(workspace, 'aisha', 'was declined');
    const message = await told(workspace, 'aisha', 'no receipt.');
    expect(message.text).not.toContain('<!channel>');
    expect((await theRecord(ledger, ({ state }) => state === 'declined')).decision?.byName).toBe(
      'Mara Lindqvist',
    );
  });

  test('waits on Home of who may approve it', async () => {
    const { workspace, ledger } = await open();
    await fills(workspace, 'aisha', { ...ENTRY, amount: '2500' });
    await told(workspace, 'mara', 'asks you to approve');
    workspace.opensHome('mara');
    await workspace.waitFor('Home', () =>
      JSON.stringify(workspace.home('mara') ?? '').includes('Waiting for approval: 1'),
    );
    await workspace.clicks('mara', 'home', 'record.approve');
    await theRecord(ledger, ({ state }) => state === 'posted');
  });
});

describe('an entry in the books', () => {
  test('is shown, corrected and reversed, linked both ways', async () => {
    const { workspace, ledger } = await open();
    await fills(workspace, 'aisha', ENTRY);
    const message = await told(workspace, 'aisha', 'is in the books');
    const original = await theRecord(ledger, ({ put }) => put.includes('posted'));
    await workspace.clicks('aisha', message, 'Correct');
    await workspace.waitFor('the form', () => workspace.form('aisha'));
    expect(await workspace.submitsForm('aisha', { amount: '12.00' })).toMatchObject({ ok: true });
    const correction = await theRecord(ledger, ({ amount, put }) => amount === '12.00' && put.length === 1);
    expect(correction).toMatchObject({
      reverses: original.id,
      account: '6700',
      documentNo: 'R-77',
      kind: 'expense',
    });
    expect((await findRecord(original.id, ledger))?.reversedBy).toBe(correction.id);

    await workspace.runsCommand('aisha', '#finance', '/record', 'find r-77 12.00');
    const list = await workspace.waitFor('the list', () =>
      workspace.messages('#finance').find((each) => each.text.includes('Money records that fit')),
    );
    await workspace.clicks('aisha', list, 'record.show');
    await workspace.waitFor('the record', () =>
      JSON.stringify(workspace.form('aisha') ?? '').includes('Takes back'),
    );
    await workspace.clicks('aisha', 'form', 'Reverse');
    await workspace.waitFor('the form', () =>
      JSON.stringify(workspace.form('aisha')).includes('Date of the reversal'),
    );
    expect(await workspace.submitsForm('aisha', { text: 'Not ours' })).toMatchObject({ ok: true });
    await theRecord(ledger, ({ kind, state }) => kind === 'reversal' && state === 'posted');
    expect((await findRecord(correction.id, ledger))?.reversedBy).toMatch(/^mr-/);
  });

  test('is exported with all else of its month, with cells that are no formulas', async () => {
    const { workspace, ledger } = await open();
    await fills(workspace, 'aisha', { ...ENTRY, text: '=HYPERLINK("http://x")' });
    await theRecord(ledger, ({ put }) => put.includes('posted'));
    await workspace.runsCommand('aisha', '#finance', '/record', 'export 2025-11');
    const message = await told(workspace, 'aisha', '1 money record, one line of the books a row');
    const [id = ''] = message.files ?? [];
    expect(workspace.parts.workspace.files.get(id)?.name).toBe('money-records-2025-11.csv');
    const csv = Buffer.from((await workspace.parts.workspace.storage.readFile(id)) ?? []).toString('utf8');
    expect(csv.trim().split('\n')).toHaveLength(4);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

describe('a month', () => {
  test('is closed and opened again by those who may, and the form says so', async () => {
    const { workspace, ledger } = await open();
    const whispered = (words: string) =>
      workspace.waitFor(words, () => JSON.stringify(workspace.messages('#finance')).includes(words));
    await workspace.runsCommand('mara', '#finance', '/record', 'close 2025-10');
    await whispered('You may not close months');
    await workspace.runsCommand('dana', '#finance', '/record', 'close 2025-10');
    await whispered('2025-10 is closed. Nothing can be dated in it any more');
    const refused = await fills(workspace, 'aisha', { ...ENTRY, date: '2025-10-31' });
    expect(refused).toMatchObject({
      errors: { date: expect.stringContaining('2025-10 is closed (Dana Novak') },
    });
    await workspace.runsCommand('dana', '#finance', '/record', 'reopen 2025-10');
    await whispered('Say why');
    await workspace.runsCommand('dana', '#finance', '/record', 'reopen 2025-10 a late invoice');
    await whispered('2025-10 is open again');
    expect(await workspace.submitsForm('aisha', { ...ENTRY, date: '2025-10-31' })).toMatchObject({
      ok: true,
    });
    await workspace.runsCommand('dana', '#finance', '/record', 'months');
    await whispered('(a late invoice)');
    expect(await closePeriod('2025-12', DANA, { ...ledger, settle: async () => undefined })).toMatchObject({
      outcome: 'refused',
    });
  });
});
