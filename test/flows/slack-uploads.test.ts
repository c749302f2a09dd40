import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type AnUploadDesk, anUploadDesk } from '../support/an-upload-desk.ts';
import { buildXlsx, formula } from '../unit/uploads/build-xlsx.ts';

let store: ADynamodb;
let desk: AnUploadDesk;
beforeAll(async () => {
  store = await aDynamodb();
  desk = await anUploadDesk(store);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await store.close();
});

const JOURNAL = `Date,Account,Account name,Description,Debit,Credit
2026-02-03,6000,Rent,Shop rent,1200.50,
2026-02-03,1200,Bank,Shop rent,,1200.50
2026-02-04,6100,Power,Light,80.25,
2026-02-04,1200,Bank,Light,,80.25
Total,,,,1280.75,1280.75
`;

const TAKINGS = `Date,Branch,Takings
2026-02-01,b1,200.25
2026-02-02,b2,150.50
`;

const BANK =
  'Booking date,Counterparty,Text,Amount,Balance\n2026-01-05,Acme,a,-15.50,84.50\n2026-01-06,Bolt,b,10.00,94.50\n';

/** The card or receipt in the thread of a shared file. */
async function reply(dropped: Message, words: string): Promise<Message> {
  return desk.workspace.waitFor(`a reply with '${words}'`, () =>
    desk.workspace.replies(dropped).find((each) => textOf(each).includes(words)),
  );
}

function textOf(message: Message): string {
  return `${message.text} ${JSON.stringify(message.blocks ?? [])}`;
}

const entries = () =>
  desk.pipeline.rows('select count(*), sum(debit), sum(credit) from retail.ledger_entries');

describe('a spreadsheet in Slack', () => {
  test('is shown, loaded once Load is pressed, receipted to the cent, and taken back', async () => {
    const { workspace } = desk;
    const dropped = await workspace.uploads('aisha', '#finance', { 'journal.csv': JOURNAL });
    const card = await reply(dropped, 'Nothing is loaded yet');
    expect(card.text).toContain('journal.csv: 4 ledger entries, 3 Feb 2026 to 4 Feb 2026');
    for (const said of ['6000 Rent', '1,280.75', 'left out as total']) expect(textOf(card)).toContain(said);
    expect(await desk.deliver()).toEqual([]);
    expect(await entries()).toEqual([['0', 'null', 'null']]);

    await workspace.clicks('aisha', card, 'Load');
    await workspace.waitFor('the bucket', async () => true);
    await reply(dropped, 'pressed Load');
    const [run] = await desk.deliver();
    expect(run).toMatchObject({ outcome: 'loaded', rows: { read: 4, loaded: 4, refused: 0 } });
    expect(await entries()).toEqual([['4', '1280.7500', '1280.7500']]);
    const receipt = await reply(dropped, 'journal.csv is loaded');
    for (const said of [
      '4 rows read = 4 loaded + 0 refused',
      'debit: 1,280.75 in the file, the same',
      String(run?.batch),
    ])
      expect(textOf(receipt)).toContain(said);

    await workspace.clicks('aisha', receipt, 'Undo');
    await reply(dropped, 'was taken back');
    expect(await entries()).toEqual([['0', 'null', 'null']]);
    const [noted] = await desk.pipeline.rows(
      'select person_name, file_name, what, rows_loaded, rows_left_out, undone_at is not null from retail.uploads',
    );
    expect(noted).toEqual([expect.any(String), 'journal.csv', 'ledger entries', '4', '0', 'true']);
  });

  test('is loaded once when two people press Load at once and the event comes twice', async () => {
    const { workspace } = desk;
    const dropped = await workspace.uploads('aisha', '#finance', { 'takings.csv': TAKINGS });
    const card = await reply(dropped, 'Nothing is loaded yet');
    await Promise.all([workspace.clicks('aisha', card, 'Load'), workspace.clicks('dana', card, 'Load')]);
    await reply(dropped, 'pressed Load already');
    await reply(dropped, 'receipt comes here');
    const runs = await desk.deliver(3);
    expect(runs.map(({ outcome }) => outcome)).toContain('loaded');
    expect(await desk.pipeline.rows('select sum(amount), count(*) from retail.branch_takings')).toEqual([
      ['350.7500', '2'],
    ]);
  });

  test('that was loaded before is noticed by its content, whatever it is called', async () => {
    const again = await desk.workspace.uploads('dana', '#finance', { 'other name.csv': TAKINGS });
    const card = await reply(again, 'Nothing is loaded yet');
    expect(textOf(card)).toMatch(/This very file was loaded by Aisha .* on 3 Mar 2026/);
    expect(textOf(card)).not.toContain('upload.load');
  });

  test('that corrects an earlier one takes its place in one step', async () => {
    const { workspace } = desk;
    const corrected = TAKINGS.replace('150.50', '160.50').concat('2026-02-03,b3,10.00\n');
    const dropped = await workspace.uploads('aisha', '#finance', { 'takings (2).csv': corrected });
    const card = await reply(dropped, 'replace it');
    await workspace.clicks('aisha', card, 'Replace the earlier file');
    await reply(dropped, 'receipt comes here');
    const [run] = await desk.deliver();
    expect(run?.outcome).toBe('loaded');
    expect(await desk.pipeline.rows('select sum(amount), count(*) from retail.branch_takings')).toEqual([
      ['370.7500', '3'],
    ]);
    const receipt = await reply(dropped, 'is loaded');
    expect(textOf(receipt)).toContain('took the place of takings.csv');
    const changes = await desk.pipeline.rows(
      `select item, rows_before, rows_after, amount_before, amount_after from retail.upload_changes
       where batch_id = '${run?.batch}' order by item`,
    );
    expect(changes).toEqual([
      ['b1', '1', '1', '200.2500', '200.2500'],
      ['b2', '1', '1', '150.5000', '160.5000'],
      ['b3', '0', '1', '0.0000', '10.0000'],
    ]);
    // The earlier receipt says that its rows are out.
    const said = () =>
      workspace.messages('#finance').some((each) => each.text.includes('has taken the place of takings.csv'));
    await workspace.waitFor('the earlier receipt', said);
    await workspace.clicks('aisha', receipt, 'Undo');
    await reply(dropped, 'was taken back');
    expect(await desk.pipeline.rows('select count(*) from retail.branch_takings')).toEqual([['0']]);
  });

  test('is forgotten with a word when nobody confirms it', async () => {
    const dropped = await desk.workspace.uploads('aisha', '@aisha', {
      'price list.csv': 'Article,Price,Valid from\nA-1,10.50,2026-01-01\nA-2,3.00,2026-01-01\n',
    });
    const card = await reply(dropped, 'Nothing is loaded yet');
    desk.later(25 * 3_600_000);
    await desk.app.sweepUploads();
    await reply(dropped, 'forgotten it');
    const now = () => desk.workspace.messages('@aisha').find(({ ts }) => ts === card.ts);
    expect(textOf(now() as Message)).not.toContain('upload.load');
  });

  test('that cannot be read, or holds Slack marks and formulas, does no harm', async () => {
    const { workspace } = desk;
    const locked = await workspace.uploads('aisha', '@aisha', {
      'locked.xlsx': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    });
    await reply(locked, 'I cannot load locked.xlsx.');
    const nasty = `Date,Supplier,Invoice no,Amount
2026-03-01,<!channel> *bold* <http://evil|x>,=1+1,10.00
2026-03-02,=cmd|' /C calc'!A0,R2,ten
`;
    const dropped = await workspace.uploads('aisha', '@aisha', { '<!here> invoices.csv': nasty });
    const card = await reply(dropped, 'Nothing is loaded yet');
    expect(card.text).not.toMatch(/<!|<http/);
    expect(JSON.stringify(card.blocks)).not.toContain('mrkdwn');
    expect(textOf(card)).toContain('It is not a number.');
    const marked = await workspace.waitFor('the marked workbook', () =>
      workspace.replies(dropped).find((each) => each.files?.length && each.ts !== dropped.ts),
    );
    const file = workspace.parts.workspace.files.get(marked.files?.[0] ?? '');
    expect(file?.name).toMatch(/\(marked\)\.xlsx$/);
    await workspace.clicks('aisha', card, 'Load');
    await reply(dropped, 'receipt comes here');
    await desk.deliver();
    expect(textOf(await reply(dropped, 'is loaded'))).toContain('2 rows read = 1 loaded + 1 refused');
    await desk.takeAllBack('supplier_invoices');
  });

  test('that is a bomb is refused, and macros and links are told and left alone', async () => {
    const { workspace } = desk;
    const bomb = await workspace.uploads('aisha', '@aisha', {
      'takings.csv.gz': gzipSync(Buffer.alloc(64 * 2 ** 20, 65)),
    });
    await reply(bomb, 'I cannot load takings.csv.gz. It unpacks to');
    const extra = {
      'xl/vbaProject.bin': 'x',
      'xl/externalLinks/externalLink1.xml':
        '<externalLink><externalBook r:id="http://localhost:1/x"/></externalLink>',
    };
    const rows = [
      ['Date', 'Branch', 'Takings'],
      ['2026-02-21', 'b7', formula("'[1]Other'!A1", 12.5)],
      ['2026-02-22', 'b7', formula("WEBSERVICE('http://localhost:1')")],
    ];
    const dropped = await workspace.uploads('aisha', '@aisha', {
      'macros.xlsm': buildXlsx([{ rows }], { extra }),
    });
    const card = await reply(dropped, 'Nothing is loaded yet');
    expect(textOf(card)).toMatch(/macros.*not run/);
    expect(textOf(card)).toMatch(/links.*not followed/);
    expect(textOf(card)).toContain('was saved without its result');
    expect(card.text).toContain('1 branch taking,');
    await workspace.clicks('aisha', card, 'Cancel');
    await reply(dropped, 'Nothing was loaded');
  });

  test('has another mapping form as soon as another kind of file is chosen in it', async () => {
    const { workspace } = desk;
    const dropped = await workspace.uploads('aisha', '@aisha', {
      'paid.csv': 'Date,Supplier,Category,Amount\n2026-02-13,Acme,Rent,12.00\n2026-02-14,Bolt,Rent,13.00\n',
    });
    const card = await reply(dropped, 'Nothing is loaded yet');
    await workspace.clicks('aisha', card, 'Fix mapping');
    const columns = (): string[] =>
      JSON.stringify(workspace.form('aisha') ?? {}).match(/column\.0\.[a-z_.]+/g) ?? [];
    await workspace.waitFor('the form', () => columns().length > 0);
    expect(columns()).toContain('column.0.supplier_invoices.due_date');
    const other = { type: 'static_select', selected_option: { value: 'expenses' } };
    await workspace.clicks('aisha', 'form', 'upload.feed.0', other);
    await workspace.waitFor('its columns', () => columns().includes('column.0.expenses.paid_by'));
    expect(textOf((await reply(dropped, 'Nothing is loaded yet')) as Message)).toContain('supplier invoices');
    expect(await workspace.submitsForm('aisha', { 'upload.feed.0': 'expenses' })).toMatchObject({ ok: true });
    await reply(dropped, 'paid.csv: 2 expense claims');
    await workspace.clicks('aisha', await reply(dropped, '2 expense claims'), 'Cancel');
    await reply(dropped, 'Nothing was loaded');
  });

  test('of people without the right, and in channels that are not switched on, is left alone; who may upload is told once where', async () => {
    const { workspace } = desk;
    const mara = await workspace.uploads('mara', '@mara', { 'journal.csv': JOURNAL });
    await reply(mara, 'You may not upload files here');
    const hints = () =>
      workspace.messages('#sales').filter((each) => each.ephemeralFor === workspace.person('aisha'));
    await workspace.uploads('aisha', '#sales', { 'journal.csv': JOURNAL });
    await workspace.waitFor('the hint', () => hints().length > 0);
    await workspace.uploads('aisha', '#sales', { 'journal.csv': JOURNAL });
    await workspace.uploads('mara', '#sales', { 'journal.csv': JOURNAL });
    const dropped = await workspace.uploads('aisha', '@aisha', { 'journal2.csv': `${JOURNAL}\n` });
    const card = await reply(dropped, 'Nothing is loaded yet');
    expect(workspace.messages('#sales').filter(({ text }) => text.includes('journal'))).toEqual([]);
    expect(hints().map(({ text }) => text)).toEqual([
      expect.stringContaining('I take spreadsheets in #finance'),
    ]);
    await workspace.clicks('aisha', card, 'Cancel');
    await workspace.waitFor('the end', () =>
      workspace.replies(dropped).some((each) => each.text.includes('Nothing was loaded')),
    );
    expect(await desk.deliver()).toEqual([]);
  });
});

describe('an upload that is interrupted', () => {
  const invoices = (amount: string) =>
    `Invoice date,Supplier,Invoice no,Amount\n2026-01-05,Acme,R1,${amount}\n2026-01-09,Bolt,R2,20.00\n`;
  const sums = () => desk.pipeline.rows('select count(*), sum(amount) from retail.supplier_invoices');
  const drop = async (name: string, text: string, press: string) => {
    const dropped = await desk.workspace.uploads('aisha', '#finance', { [name]: text });
    const card = await reply(dropped, press === 'Load' ? 'Nothing is loaded yet' : 'replace it');
    await desk.workspace.clicks('aisha', card, press);
    await reply(dropped, 'receipt comes here');
    return dropped;
  };

  test.each(['after-load', 'before-refresh-kpis'] as const)(
    'at %s leaves the earlier file or the corrected one, and the sweeper ends it',
    async (at) => {
      await drop(`invoices ${at}.csv`, invoices('100.00').concat(`2026-01-10,${at},R3,1.00\n`), 'Load');
      const first = await desk.deliver();
      expect(first.map((run) => [run.outcome, run.failure])).toEqual([['loaded', null]]);
      expect(await sums()).toEqual([['3', '121.0000']]);
      const dropped = await drop(
        `invoices ${at} (2).csv`,
        invoices('90.00').concat(`2026-01-10,${at},R3,1.00\n`),
        'Replace the earlier file',
      );
      const stopped = new Error('stopped');
      const failpoint = async (name: string) => {
        if (name === at) throw stopped;
      };
      await desk.deliverWith({ failpoint }).catch(() => undefined);
      const [[, between]] = (await sums()) as [string[]];
      expect(['121.0000', '111.0000']).toContain(between);
      // Another process finds the run and ends it, or the run failed and is run again by hand.
      await desk.resume();
      const [[, after]] = (await sums()) as [string[]];
      const said = await desk.workspace.waitFor('the verdict', () =>
        desk.workspace.replies(dropped).find((each) => /is loaded|was not loaded/.test(each.text)),
      );
      expect(after).toBe(said.text.includes('is loaded') ? '111.0000' : '121.0000');
      await desk.takeAllBack('supplier_invoices');
      expect(await sums()).toEqual([['0', 'null']]);
    },
    30_000,
  );

  test('between Load and the bucket is put there by the sweeper', async () => {
    const { workspace, smallRecords } = desk;
    const dropped = await workspace.uploads('aisha', '#finance', { 'bank.csv': BANK });
    await reply(dropped, 'Nothing is loaded yet');
    const [upload] = await desk.uploads.mine(workspace.person('aisha'));
    const record = await smallRecords.find('upload', upload?.id ?? '');
    // As a program leaves it that died right after the press.
    await smallRecords.save('upload', {
      id: upload?.id ?? '',
      version: record?.version ?? 0,
      value: { ...(record?.value as object), state: 'loading', confirmedAt: '2026-03-04T10:00:00.000Z' },
    });
    desk.later(5 * 60_000);
    await desk.app.sweepUploads();
    await desk.deliver();
    await reply(dropped, 'bank.csv is loaded');
    expect(await desk.pipeline.rows('select sum(amount) from retail.bank_transactions')).toEqual([
      ['-5.5000'],
    ]);
  });
});
