import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../src/adapters/spreadsheet-bytes.ts';
import { markWorkbook } from '../../../src/adapters/spreadsheet-marker.ts';
import { createSpreadsheetReader } from '../../../src/adapters/spreadsheet-reader.ts';
import type { KnownNames } from '../../../src/uploads/known-names.ts';
import { readUpload } from '../../../src/uploads/read-upload.ts';
import { toStagedCsv } from '../../../src/uploads/stage-upload.ts';
import type { ReadOptions } from '../../../src/uploads/upload-preview.ts';
import { buildXlsx, dated } from './build-xlsx.ts';

const read = async (text: string | Uint8Array, options: ReadOptions = {}) => {
  const file = { name: 'file.csv', bytes: typeof text === 'string' ? Buffer.from(text) : text };
  return readUpload(await readWorkbook(file), file, options);
};

const stage = async (text: string | Uint8Array, answers: Record<string, string> = {}, known?: KnownNames) => {
  const options = { answers, ...(known ? { known } : {}) };
  const staged = toStagedCsv(await read(text, options), options);
  if (staged.outcome !== 'staged') return staged;
  return staged.files.map(({ feed, csv }) => ({ feed, lines: csv.trimEnd().split('\n') }));
};

describe('what is loaded of a spreadsheet', () => {
  it('is ledger lines with debit or credit, each with an id of its own that is the same every time', async () => {
    const text =
      'Date,Account,Description,Debit,Credit\n2025-01-15,1-1110 Cash,"a, b",100.50,\n2025-01-15,4000 Sales,x,,100.50\n2025-01-15,4000 Sales,bad,abc,\n';
    const [first] = (await stage(text)) as { feed: string; lines: string[] }[];
    expect(first?.feed).toBe('ledger_entries');
    expect(first?.lines).toHaveLength(3);
    expect(first?.lines[1]).toMatch(/^file!2,.*-1-2,.*,2025-01-15,1-1110,Cash,,,,,"a, b",100\.5,,,,USD$/);
    expect(first?.lines[2]).toMatch(/,4000,Sales,,,,,x,,100\.5,,,USD$/);
    expect(await stage(text)).toEqual([first]);
  });

  it('waits for the questions that are open', async () => {
    const text = 'Product,Quantity\nBoot,12\n';
    expect(await stage(text, { feed: 'stock_counts' })).toMatchObject({
      outcome: 'needs-detail',
      questions: [{ id: 'day:file' }, { id: 'branch' }],
    });
    const answers = { feed: 'stock_counts', 'day:file': '2025-01-31', branch: 'B01' };
    expect(await stage(text, answers)).toEqual([
      {
        feed: 'stock_counts',
        lines: ['upload_row,branch_id,product_id,counted_on,quantity', 'file!2,B01,Boot,2025-01-31,12'],
      },
    ]);
  });

  it('is a row for each month of a budget with months across', async () => {
    const rows = [
      ['Account', 'Name', 'Jan', 'Feb', 'Mar'],
      ['4000', 'Sales', 100, 110, 120],
    ];
    const [first] = (await stage(buildXlsx([{ name: 'Budget', rows }]), {
      'unpivot:Budget': 'yes',
      'year:Budget': '2025',
      measure: 'revenue',
    })) as { feed: string; lines: string[] }[];
    expect(first).toEqual({
      feed: 'budgets',
      lines: [
        'upload_row,budget_id,scenario,month,account_code,account_name,branch_id,category,measure,amount,currency',
        'Budget!2,budget|2025-01-01|4000|||revenue,budget,2025-01-01,4000,Sales,,,revenue,100,USD',
        'Budget!2,budget|2025-02-01|4000|||revenue,budget,2025-02-01,4000,Sales,,,revenue,110,USD',
        'Budget!2,budget|2025-03-01|4000|||revenue,budget,2025-03-01,4000,Sales,,,revenue,120,USD',
      ],
    });
  });

  it('is the plan alone where plan and actual stand under merged months, and whole where quarters stand over months', async () => {
    const plan = [
      ['Account', 'Jan 2026', null, 'Feb 2026', null, 'Mar 2026', null],
      [null, 'Budget', 'Actual', 'Budget', 'Actual', 'Budget', 'Actual'],
      ['6000', 10, 11, 20, 21, 30, 31],
      ['6100', 1, 2, 3, 4, 5, 6],
    ];
    const answers = { 'unpivot:Plan': 'yes', 'unpivot:Quarters': 'yes', measure: 'expense' };
    const merges = ['B1:C1', 'D1:E1', 'F1:G1'];
    const [first] = (await stage(buildXlsx([{ name: 'Plan', rows: plan, merges }]), answers)) as {
      lines: string[];
    }[];
    expect(
      first?.lines.slice(1).map((line) =>
        line
          .split(',')
          .slice(2, 5)
          .concat(line.split(',')[9] ?? ''),
      ),
    ).toEqual([
      ['budget', '2026-01-01', '6000', '10'],
      ['budget', '2026-02-01', '6000', '20'],
      ['budget', '2026-03-01', '6000', '30'],
      ['budget', '2026-01-01', '6100', '1'],
      ['budget', '2026-02-01', '6100', '3'],
      ['budget', '2026-03-01', '6100', '5'],
    ]);
    const quarters = [
      ['Cost centre', 'Account', '2026', null, null, null],
      [null, null, 'Q1', null, null, 'Q2'],
      [null, null, 'Jan', 'Feb', 'Mar', 'Apr'],
      ['B01', '6000', 1, 2, 3, 4],
      ['B02', '6000', 5, 6, 7, 8],
    ];
    const over = buildXlsx([
      { name: 'Quarters', rows: quarters, merges: ['C1:F1', 'C2:E2', 'A1:A3', 'B1:B3'] },
    ]);
    const [second] = (await stage(over, answers)) as { lines: string[] }[];
    expect(second?.lines.slice(1).map((line) => line.split(',')[3])).toEqual(
      ['01', '02', '03', '04', '01', '02', '03', '04'].map((month) => `2026-${month}-01`),
    );
  });

  it('is a row for each day of takings with days across, of branches by their names', async () => {
    const rows = [
      ['Branch', dated(46335), dated(46336), dated(46337)],
      ['High Street', 100.5, 90, 80],
      ['Riverside (B02)', 50, 40, 30],
      ['Kiosk', 5, 4, 3],
    ];
    const known = {
      branches: [
        { id: 'B01', name: 'High Street Store' },
        { id: 'B02', name: 'Riverside' },
      ],
      accounts: [],
    };
    const workbook = buildXlsx([{ name: 'Takings', rows }]);
    const answers = { 'unpivot:Takings': 'yes' };
    expect(await stage(workbook, answers, known)).toMatchObject({
      outcome: 'needs-detail',
      questions: [{ id: 'branch-name:kiosk', question: "Which branch is 'Kiosk'?" }],
    });
    const [file] = (await stage(workbook, { ...answers, 'branch-name:kiosk': 'B02' }, known)) as {
      feed: string;
      lines: string[];
    }[];
    expect(file?.feed).toBe('branch_takings');
    expect(file?.lines.slice(1).map((line) => line.split(',').slice(2, 4).join(' '))).toEqual(
      ['B01', 'B02', 'B02'].flatMap((branch) =>
        ['2026-11-09', '2026-11-10', '2026-11-11'].map((day) => `${day} ${branch}`),
      ),
    );
  });

  it('asks what sheets are whose figures would fall together', async () => {
    const rows = (from: number) => [
      ['Account', 'Jan', 'Feb', 'Mar'],
      ['6000', from, from, from],
    ];
    const workbook = buildXlsx([
      { name: 'North', rows: rows(1) },
      { name: 'South', rows: rows(10) },
    ]);
    const answers = { 'unpivot:North': 'yes', 'year:North': '2026' };
    const asked = await stage(workbook, { ...answers, measure: 'expense' });
    expect(asked).toMatchObject({ outcome: 'needs-detail', questions: [{ id: 'sheets' }] });
    const linesFor = async (meaning: string) => {
      const staged = await stage(workbook, { ...answers, measure: 'expense', sheets: meaning });
      return Array.isArray(staged) ? staged[0]?.lines.slice(1).map((line) => line.split(',')) : staged;
    };
    expect(await linesFor('branch')).toMatchObject([
      { 6: 'North', 9: '1' },
      { 6: 'North' },
      { 6: 'North' },
      { 6: 'South', 9: '10' },
      { 6: 'South' },
      { 6: 'South' },
    ]);
    expect(await linesFor('add')).toMatchObject([{ 6: '', 9: '11' }, { 9: '11' }, { 9: '11' }]);
  });

  it('has words under a month refused, though the whole month holds nothing else', async () => {
    const text = 'Account,Jan 2026,Feb 2026,Mar 2026\n6000,1,see note,3\n6100,4,see note,6\n';
    const answers = { 'unpivot:file': 'yes', measure: 'expense' };
    const staged = toStagedCsv(await read(text, { answers }), { answers });
    expect(staged).toMatchObject({ outcome: 'refused' });
    const some = await stage(`${text}6200,7,8,9\n6300,7,8,9\n6400,7,8,9\n`, answers);
    expect(JSON.stringify(some)).not.toContain('see note');
  });

  it('is asked about when its amounts are in thousands, and is in the currency that it names', async () => {
    const rows = [
      ['Beträge in TEUR'],
      ['Datum', 'Konto', 'Text', 'Betrag'],
      [dated(46308), '4200', 'Miete', 12.5],
      [dated(46309), '4240', 'Strom', -3],
    ];
    const workbook = buildXlsx([{ name: 'S', rows }]);
    expect(await stage(workbook)).toMatchObject({
      outcome: 'needs-detail',
      questions: [{ id: 'scale:S', choices: [{ value: '3' }, { value: '0' }] }],
    });
    const amounts = async (places: string) => {
      const [file] = (await stage(workbook, { 'scale:S': places })) as { lines: string[] }[];
      return file?.lines.slice(1).map((line) => line.split(',').slice(11));
    };
    expect(await amounts('3')).toEqual([
      ['12500', '', '', '', 'EUR'],
      ['', '3000', '', '', 'EUR'],
    ]);
    expect((await amounts('0'))?.map(([debit, credit]) => debit || credit)).toEqual(['12.5', '3']);
  });

  it('is a row for each branch and day of takings with branches across', async () => {
    const rows = [
      ['Date', 'High Street', 'Riverside', 'Kiosk', 'Total'],
      [dated(46335), 100.5, 50, 5, 155.5],
      [dated(46336), 90, null, 4, 94],
      ['Total', 190.5, 50, 9, 249.5],
    ];
    const branches = [
      { id: 'B01', name: 'High Street Store' },
      { id: 'B02', name: 'Riverside' },
    ];
    const workbook = buildXlsx([{ name: 'Takings', rows }]);
    const asked = (answers: Record<string, string>) => stage(workbook, answers, { branches, accounts: [] });
    expect(await asked({})).toMatchObject({
      questions: [{ id: 'unpivot:Takings', question: expect.stringContaining('branches across') }],
    });
    expect(await asked({ 'unpivot:Takings': 'no' })).toMatchObject({ outcome: 'refused' });
    const answers = { 'unpivot:Takings': 'yes', 'branch-name:kiosk': 'B02' };
    expect(await asked({ 'unpivot:Takings': 'yes' })).toMatchObject({
      questions: [{ id: 'branch-name:kiosk' }],
    });
    const [file] = (await asked(answers)) as { feed: string; lines: string[] }[];
    expect(file?.feed).toBe('branch_takings');
    const rowOf = (line: string) => line.replace(/^.*?,.*?,/, '').replace(/,+/g, ' ');
    expect(file?.lines.slice(1).map(rowOf)).toEqual([
      '2026-11-09 B01 100.5 USD',
      '2026-11-09 B02 50 USD',
      '2026-11-09 B02 5 USD',
      '2026-11-10 B01 90 USD',
      '2026-11-10 B02 4 USD',
    ]);
  });

  it('has the day that year, month and day in three columns come to', async () => {
    const text =
      'Day,Month,Year,Employee,Category,Amount\n13,10,2026,A,Rent,1.00\n14,Nov,2026,B,Power,2.00\n';
    const staging = toStagedCsv(
      await read(`${text}31,2,2026,C,Power,3.00\n1,1,2026,C,Power,4.00\n2,1,2026,C,Power,4.00\n`),
      {},
    );
    if (staging.outcome !== 'staged') throw new Error(JSON.stringify(staging));
    const days = staging.files[0]?.csv.match(/2026-\d\d-\d\d/g);
    expect(days).toEqual(['2026-10-13', '2026-11-14', '2026-01-01', '2026-01-02']);
    const helped = await read('Date,Year,Month,Day,Category,Amount\n2026-10-13,2026,10,13,Rent,1.00\n');
    expect(helped.tables[0]?.columns.map(({ header }) => header)).toContain('Month');
  });

  it('is in the currency of each amount where a column has several signs, and refused where one does not say it', async () => {
    const staged = async (head: string, ...rows: string[]) => {
      const staging = toStagedCsv(await read([head, ...rows, ''].join('\n')), { currency: 'GBP' });
      if (staging.outcome !== 'staged') throw new Error(JSON.stringify(staging));
      const [file] = staging.files;
      const currencies = file?.csv.trimEnd().split('\n').slice(1);
      return [currencies?.map((line) => line.slice(-3)), staging.refused.map(({ cell }) => cell)];
    };
    const rows = ['€10.00', '£5.00', '$7.00', '8.00'].map(
      (amount, at) => `2026-01-1${at + 1},6000,${amount}`,
    );
    expect(await staged('Date,Account,Amount', ...rows)).toEqual([
      ['EUR', 'GBP'],
      ['C4', 'C5'],
    ]);
    await expect(staged('Date,Account,Amount', ...rows.slice(2))).rejects.toThrow(
      'No row of it can be loaded',
    );
    expect(await staged('Date,Account,Amount EUR', ...rows)).toEqual([
      ['EUR', 'EUR'],
      ['C3', 'C4'],
    ]);
    const stated = ['EUR', 'EUR', 'usd', '$'].map((code, at) => `${rows[at]},${code}`);
    expect(await staged('Date,Account,Amount,Currency', ...stated)).toEqual([
      ['EUR', 'USD'],
      ['C3', 'D5'],
    ]);
  });

  it('is the balance at the end where a trial balance has one at the start and what moved', async () => {
    const [file] = (await stage(
      'Trial balance 31/10/2026\nCode,Account,Opening,Debit,Credit,Closing balance\n1200,Bank,1000.00,500.00,300.00,1200.00 DR\n4000,Sales,0.00,0.00,1200.00,1200.00 CR\n',
    )) as { feed: string; lines: string[] }[];
    expect(file?.feed).toBe('account_balances');
    expect(file?.lines.slice(1).map((line) => line.split(',').slice(7, 9))).toEqual([
      ['1200', ''],
      ['', '1200'],
    ]);
  });

  it('has the account of a heading that stands alone above its entries, and not the number of a document', async () => {
    const rows = [
      [null, 'Date', 'Type', 'Num', 'Name', 'Amount', 'Balance'],
      ['1000 Cash'],
      [null, dated(46308), 'Deposit', 12, 'Acme', 120, 620],
      [null, dated(46309), 'Expense', 13, 'Bolt', -20, 600],
      ['Total for 1000 Cash', null, null, null, null, 100],
      ['4000 Sales'],
      [null, dated(46308), 'Deposit', 12, 'Acme', -120, -120],
      ['Total for 4000 Sales', null, null, null, null, -120],
    ];
    const [file] = (await stage(buildXlsx([{ name: 'General Ledger', rows }]))) as { lines: string[] }[];
    expect(file?.lines.slice(1).map((line) => [...line.split(',').slice(4, 6), line.split(',')[9]])).toEqual([
      ['1000', 'Cash', '12'],
      ['1000', 'Cash', '13'],
      ['4000', 'Sales', '12'],
    ]);
  });

  it('takes revenue and expense of a budget from the kinds of its accounts, and asks about the others', async () => {
    const text = 'Budget account,Month,Budget amount\n4000,2026-01,10\n6000,2026-01,20\n';
    const accounts = [
      { code: '4000', kind: 'income' },
      { code: '6000', kind: 'expense' },
    ];
    const answers = { feed: 'budgets', 'column:file:account_code': 'A' };
    const [file] = (await stage(text, answers, { branches: [], accounts })) as { lines: string[] }[];
    expect(file?.lines.slice(1).map((line) => line.split(',')[8])).toEqual(['revenue', 'expense']);
    expect(await stage(text, answers, { branches: [], accounts: accounts.slice(0, 1) })).toMatchObject({
      questions: [{ id: 'measure', question: 'Are the amounts of account 6000 revenue or expenses?' }],
    });
  });

  it('gives accounts the kind that the books give them, unless the file says another', async () => {
    const text =
      'Date,Account,Account type,Debit,Credit\n2025-01-15,6000,,10,\n2025-01-15,1200,Asset,,10\n2025-01-15,9999,,1,\n';
    const known = {
      branches: [],
      accounts: [
        { code: '6000', kind: 'expense' },
        { code: '1200', kind: 'liability' },
      ],
    };
    const [file] = (await stage(text, {}, known)) as { lines: string[] }[];
    expect(file?.lines.slice(1).map((line) => line.split(',')[6])).toEqual(['expense', 'asset', '']);
  });

  it('is revenue and expense of a budget as rows of their own', async () => {
    const [first] = (await stage(
      'month,department,budget_revenue,budget_expenses\n2025-01,Sales,10.00,5.00\n',
    )) as { lines: string[] }[];
    expect(first?.lines.slice(1)).toEqual([
      'file!2,budget|2025-01-01||Sales||revenue,budget,2025-01-01,,,Sales,,revenue,10.00,USD',
      'file!2,budget|2025-01-01||Sales||expense,budget,2025-01-01,,,Sales,,expense,5.00,USD',
    ]);
  });
});

describe('the workbook that goes back', () => {
  it('has its refused cells commented, and nothing in it that could be a formula', async () => {
    const text = 'Date,Supplier,Amount\n2025-01-15,@SUM(1),10\n2025-01-16,-cmd|x,ten\n2025-01-17,ok,-5\n';
    const { preview } = await read(text);
    const file = { name: 'file.csv', bytes: Buffer.from(text) };
    const marked = await readXlsx(await markWorkbook(await readWorkbook(file), preview), {
      readStyles: true,
    });
    const sheet = marked.sheets[0];
    expect(sheet?.rows.slice(1).map((row) => row[1])).toEqual(["'@SUM(1)", "'-cmd|x", 'ok']);
    expect(sheet?.cells?.get('2,2')).toMatchObject({ comment: { text: 'It is not a number.' } });
  });
});

describe('the reader in its worker', () => {
  it('reads, stages and marks apart from the main thread, and refuses with a sentence', async () => {
    const reader = createSpreadsheetReader();
    const file = { name: 'a.csv', bytes: Buffer.from('Date,Account,Text,Amount\n2025-01-15,1000,x,10.00\n') };
    expect(await reader.preview(file, {})).toMatchObject({ outcome: 'read', sheets: [{ rowsRead: 1 }] });
    expect(await reader.stage(file, {})).toMatchObject({
      outcome: 'staged',
      files: [{ feed: 'ledger_entries', rows: 1 }],
    });
    expect(Buffer.from(await reader.mark(file, {})).toString('latin1', 0, 2)).toBe('PK');
    expect(await reader.preview({ name: 'x.pdf', bytes: Buffer.from('%PDF-1.4') }, {})).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('PDF'),
    });
  });

  it('gives up a file that takes too long', async () => {
    const reader = createSpreadsheetReader({ timeoutMs: 1 });
    expect(await reader.preview({ name: 'a.csv', bytes: Buffer.from('a,b\n1,2') }, {})).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('longer than'),
    });
  });
});
