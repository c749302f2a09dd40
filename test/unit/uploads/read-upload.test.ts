import { describe, expect, it } from 'vitest';
import { buildXlsx, dated, errorCell, formula, STYLE } from './build-xlsx.ts';
import { mapping, previewOf, usedSheet } from './preview-of.ts';

describe('a spreadsheet of an accountant', () => {
  it('is read from below its titles, without its totals and notes', async () => {
    const preview = await previewOf(
      'ACME Ltd\nJournal\n\nDate,Account,Description,Debit,Credit\n2025-01-15,1000,Sale,"1,200.50",\n2025-01-15,4000,Sale,,"1,200.50"\nTotal,,,"1,200.50","1,200.50"\n\nPrinted by admin\n',
    );
    const sheet = usedSheet(preview);
    expect(preview.outcome).toBe('read');
    expect(sheet).toMatchObject({
      feed: 'ledger_entries',
      headerRow: 4,
      firstDataRow: 5,
      rowsRead: 2,
      rowsRefused: 0,
    });
    expect(sheet.totals).toEqual({ Debit: '1200.50', Credit: '1200.50' });
    expect(mapping(sheet)).toEqual({
      Date: 'entry_date',
      Account: 'account_code',
      Description: 'text',
      Debit: 'debit',
      Credit: 'credit',
    });
    expect(sheet.leftOut.map(({ row, kind }) => [row, kind])).toEqual([
      [7, 'total'],
      [9, 'note'],
    ]);
    expect(sheet.controlTotals.every(({ agrees }) => agrees)).toBe(true);
  });

  it('says so when its total is not the sum of its rows', async () => {
    const preview = await previewOf(
      'Date,Supplier,Amount\n2025-01-02,A,100.00\n2025-01-13,B,50.00\nTotal,,160.00\n',
    );
    expect(usedSheet(preview).totals).toEqual({ Amount: '150' });
    expect(preview.warnings.join(' ')).toContain(
      "C4 says that 'Amount' comes to 160, but the rows come to 150",
    );
  });

  it('has each bad cell named with its value and why', async () => {
    const rows = [
      ['Date', 'Account', 'Description', 'Debit', 'Credit'],
      [dated(45658), '1000', 'ok', 100, null],
      [dated(45659), '1000', 'error', errorCell('#REF!'), null],
      ['31/02/2025', '1000', 'no such day', 50, null],
      [dated(45660), null, 'no account', 20, null],
      [dated(45661), '1000', 'a word', 'abc', null],
      [dated(45662), '1000', 'no amount', null, null],
      [dated(45663), '1000', 'no result', formula('A1*2'), null],
      [dated(45664), '4000', 'computed', null, formula('50+50', 100)],
    ];
    const sheet = usedSheet(await previewOf(buildXlsx([{ rows }])));
    expect(sheet.refused.map(({ cell, value }) => [cell, value])).toEqual([
      ['D3', '#REF!'],
      ['A4', '31/02/2025'],
      ['B5', ''],
      ['D6', 'abc'],
      ['D7', ''],
      ['D8', '=A1*2'],
    ]);
    expect(sheet).toMatchObject({ rowsRead: 8, rowsRefused: 6, totals: { Debit: '100', Credit: '100' } });
  });

  it('has sub-totals told from entries by arithmetic and words', async () => {
    const sheet = usedSheet(
      await previewOf(
        'Supplier,Invoice No,Date,Amount\nAcme,1,2025-01-02,100.00\nTotal Energies,2,2025-01-03,50.00\nSubtotal Acme,,,150.00\nBeta,3,2025-01-04,70.00\nBeta,4,2025-01-13,30.00\n,,,100.00\nGrand Total,,,250.00\n',
      ),
    );
    expect(sheet.rowsRead).toBe(4);
    expect(sheet.totals).toEqual({ Amount: '250' });
    expect(sheet.leftOut.map(({ row }) => row)).toEqual([4, 7, 8]);
  });

  it('takes sums that stand above their parts for sums', async () => {
    const sheet = usedSheet(
      await previewOf(
        'Conta;Descrição;Débito;Crédito\n1;ATIVO;1.500,00;0,00\n1.1;Circulante;1.500,00;0,00\n1.1.01;Caixa;500,00;0,00\n1.1.02;Bancos;1.000,00;0,00\n2;PASSIVO;0,00;1.500,00\n2.1;Circulante;0,00;1.500,00\n2.1.01;Fornecedores;0,00;1.500,00\n',
      ),
    );
    expect(sheet).toMatchObject({
      feed: 'trial_balance',
      rowsRead: 3,
      totals: { Débito: '1500', Crédito: '1500' },
    });
  });

  it('carries the account of a heading down to its entries', async () => {
    const rows = [
      ['General Ledger'],
      [],
      [null, null, 'Date', 'Comment', 'JE#', 'Debits', 'Credits', 'Balance'],
      ['1060', 'Bank', null, null, null, null, null, 500.5],
      [null, null, dated(45670), 'in', 'J1', 100, 0, 600.5],
      [null, null, dated(45671), 'out', 'J2', 0, 40.25, 560.25],
      [null, null, null, null, null, formula('SUM(F5:F6)', 100), formula('SUM(G5:G6)', 40.25)],
      ['1200', 'Receivables', null, null, null, null, null, 10],
      [null, null, dated(45670), 'sale', 'J3', 0, 100, -90],
      [null, null, dated(45671), 'sale', 'J4', 40.25, 0, -49.75],
    ];
    const sheet = usedSheet(await previewOf(buildXlsx([{ rows }])));
    expect(sheet).toMatchObject({ feed: 'ledger_entries', headerRow: 3, rowsRead: 4, rowsRefused: 0 });
    expect(sheet.totals).toMatchObject({ Debits: '140.25', Credits: '140.25' });
    expect(sheet.firstRows.map(([code, name]) => [code, name])).toEqual([
      ['1060', 'Bank'],
      ['1060', 'Bank'],
      ['1200', 'Receivables'],
      ['1200', 'Receivables'],
    ]);
  });

  it('has two-row headings joined, and the value of a tall merge in each of its rows', async () => {
    const rows = [
      ['Report'],
      [],
      ['Department', 'Budget', null, 'Actual', null],
      [null, 'Q1', 'Q2', 'Q1', 'Q2'],
      ['Sales', 1.5, 2, 3, 4],
      ['HR', 5, 6, 7, 8],
    ];
    const sheet = usedSheet(await previewOf(buildXlsx([{ rows, merges: ['B3:C3', 'D3:E3', 'A3:A4'] }])));
    expect(sheet).toMatchObject({ headerRow: 3, firstDataRow: 5, rowsRead: 2 });
    expect(sheet.columns.map(({ header }) => header)).toEqual([
      'Department',
      'Budget Q1',
      'Budget Q2',
      'Actual Q1',
      'Actual Q2',
    ]);

    const merged = [
      ['Category', 'Item', 'Amount'],
      ['Travel', 'Taxi', 10.1],
      [null, 'Train', 20.2],
      ['Food', 'Lunch', 30.3],
    ];
    const expenses = usedSheet(await previewOf(buildXlsx([{ rows: merged, merges: ['A2:A3'] }])));
    expect(expenses.firstRows.map(([category]) => category)).toEqual(['Travel', 'Travel', 'Food']);
  });

  it('is asked about where months stand across, and of which year they are', async () => {
    const rows = [
      ['Budget 2025'],
      ['Account', 'Name', 'Jan', 'Feb', 'Mar', 'Total'],
      ['4000', 'Sales', 100, 110, 120, 330],
      ['6000', 'Rent', 10, 10, 10, 30],
      [null, 'Total', 110, 120, 130, 360],
    ];
    const preview = await previewOf(buildXlsx([{ rows }]));
    expect(preview.outcome).toBe('needs-detail');
    expect(preview.questions.map(({ id }) => id)).toEqual(['unpivot:Sheet1', 'year:Sheet1']);
    expect(preview.questions[1]?.choices[0]?.value).toBe('2025');
    expect(usedSheet(preview)).toMatchObject({ feed: 'budgets', rowsRead: 2 });
  });

  it('asks what 01/02/2025 and 1,234 are when nothing settles it, and takes the answers', async () => {
    const text = 'Date,Supplier,Amount\n01/02/2025,a,"1,234"\n03/04/2025,b,"2,500"\n';
    const asked = await previewOf(text);
    expect(asked.questions.map(({ id }) => id)).toEqual(['date-order', 'decimal-sign']);
    const answered = await previewOf(text, { answers: { 'date-order': 'mdy', 'decimal-sign': '.' } });
    expect(answered.outcome).toBe('read');
    expect(usedSheet(answered)).toMatchObject({
      period: { from: '2025-01-02', to: '2025-03-04' },
      totals: { Amount: '3734' },
    });
  });

  it.each([
    ['a comma', '1.234', '"12,50"'],
    ['a point', '"1,234"', '12.50'],
  ])('settles a thousand by %s for decimals in another column', async (_sign, amount, tax) => {
    const preview = await previewOf(`Date,Supplier,Amount,Tax\n13/01/2025,a,${amount},${tax}\n`);
    expect(preview.outcome).toBe('read');
    expect(usedSheet(preview).totals).toMatchObject({ Amount: '1234' });
  });

  it('warns when debits and credits of a journal differ', async () => {
    const journal = (credit: string) =>
      previewOf(
        `Date,Account,Account name,Description,Debit,Credit\n2026-02-03,6000,Rent,Rent,100.50,\n2026-02-03,1200,Bank,Rent,,${credit}\n`,
      );
    expect((await journal('100.50')).warnings.join()).not.toContain('differ');
    expect((await journal('100.00')).warnings.join()).toContain('debits and credits differ by 0.50');
  });

  it('settles 04/05 by 13/04 in the same column', async () => {
    const preview = await previewOf('Date,Supplier,Amount\n04/05/2025,a,1.50\n13/04/2025,b,2.50\n');
    expect(preview.outcome).toBe('read');
    expect(usedSheet(preview).period).toEqual({ from: '2025-04-13', to: '2025-05-04' });
  });

  it('keeps the zeros of codes and notices ids that were cut', async () => {
    const sheet = usedSheet(
      await previewOf(
        'SKU,Product,Store,Count date,Qty\n00123,Tea,N1,2025-01-31,12\n4.00638E+12,Pen,N1,2025-01-31,4\n',
      ),
    );
    expect(sheet.feed).toBe('stock_counts');
    expect(sheet.firstRows[0]?.[0]).toBe('00123');
    expect(sheet.refused).toMatchObject([{ cell: 'A3', value: '4.00638E+12' }]);
    const rows = [
      ['SKU', 'Qty', 'Store', 'Count date'],
      [{ attributes: `s="${STYLE.zeros}"`, xml: '<v>42</v>' }, 1, 'N1', dated(45658)],
      [{ attributes: `s="${STYLE.zeros}"`, xml: '<v>7</v>' }, 2, 'N1', dated(45658)],
    ];
    expect(usedSheet(await previewOf(buildXlsx([{ rows }]))).firstRows[0]?.[0]).toBe('00042');
  });

  it('uses the sheets that hold data, and tells of hidden ones', async () => {
    const heading = ['Date', 'Supplier', 'Amount'];
    const preview = await previewOf(
      buildXlsx([
        { name: 'Notes', rows: [['This workbook is for January']] },
        {
          name: 'Jan',
          rows: [heading, [dated(45658), 'A', 10], [dated(45659), 'B', 20]],
          hiddenRows: [3],
          hiddenColumns: [1],
        },
        { name: 'Feb', rows: [heading, [dated(45690), 'A', 30]] },
        { name: 'Old', hidden: true, rows: [heading, [dated(45000), 'A', 99]] },
      ]),
    );
    expect(preview.sheets.filter(({ used }) => used).map(({ name }) => name)).toEqual(['Jan', 'Feb']);
    expect(preview.warnings.join(' ')).toMatch(
      /'Jan' has 1 hidden row.*hidden columns \(B\).*'Old' is hidden/,
    );
  });

  it('has tables beside each other and below each other told apart', async () => {
    const rows = [
      ['Date', 'Expense type', 'Amount', null, 'Date', 'Branch', 'Takings'],
      [dated(45658), 'Pens', 3.5, null, dated(45658), 'North', 100],
      [dated(45659), 'Ink', 7, null, dated(45658), 'South', 200],
    ];
    const beside = await previewOf(buildXlsx([{ rows }]));
    expect(beside.sheets.map(({ range, feed }) => [range, feed])).toEqual([
      ['A1:C3', 'expenses'],
      ['E1:G3', 'branch_takings'],
    ]);
    const below = await previewOf(
      buildXlsx([
        {
          rows: [
            ['Income'],
            ['Item', 'Amount'],
            ['Job', 10.5],
            [],
            ['Costs'],
            ['Item', 'Amount'],
            ['Rent', 5.5],
            ['Gas', 1],
          ],
        },
      ]),
    );
    expect(below.sheets.map(({ headerRow, rowsRead }) => [headerRow, rowsRead])).toEqual([
      [2, 1],
      [6, 2],
    ]);
  });

  it('asks about a table that it would leave out, and takes an answer for that table alone', async () => {
    const workbook = buildXlsx([
      {
        name: 'Cash',
        rows: [
          ['Date', 'From', 'Amount', null, 'Date', 'Paid to', 'Expense type', 'Amount'],
          [dated(45658), 'Till', 3.5, null, dated(45658), 'Ltd', 'Rent', 100],
          [dated(45659), 'Till', 7, null, dated(45660), 'Inc', 'Power', 200],
        ],
      },
    ]);
    const asked = await previewOf(workbook);
    expect(asked.questions).toMatchObject([{ id: 'feed:Cash', choices: [{ value: 'skip' }, {}, {}, {}] }]);
    const left = await previewOf(workbook, { answers: { 'feed:Cash': 'skip' } });
    expect([left.outcome, left.sheets.map(({ used }) => used)]).toEqual(['read', [false, true]]);
    const both = await previewOf(workbook, { answers: { 'feed:Cash': 'bank_statement' } });
    expect(both.sheets.map(({ key, feed }) => [key, feed])).toEqual([
      ['Cash', 'bank_statement'],
      ['Cash E1', 'expenses'],
    ]);
  });

  it('has balances brought forward and headings of further pages left out, and its total still agrees', async () => {
    const preview = await previewOf(
      'Date,Supplier,Category,Amount\n2025-01-13,A,Rent,5.00\nCarried forward,,,5.00\nPage 2,,,\nDate,Supplier,Category,Amount\nBrought forward,,,5.00\n2025-01-14,B,Rent,6.00\nTotal,,,11.00\n',
    );
    expect(usedSheet(preview)).toMatchObject({ rowsRead: 2, totals: { Amount: '11' } });
    expect(usedSheet(preview).controlTotals).toMatchObject([{ says: '11', agrees: true }]);
  });

  it('takes lines with an account alone for the account of the lines below', async () => {
    const preview = await previewOf(
      'Date,Reference,Description,Debit,Credit,Balance\n1000 - Cash,,,,,\n2025-01-13,R1,Sale,100.00,,100.00\n2025-01-14,R2,Buy,,40.00,60.00\nTotal 1000 - Cash,,,100.00,40.00,60.00\n4000 - Sales,,,,,\n2025-01-13,R1,Sale,,60.00,-60.00\nTotal 4000 - Sales,,,0.00,60.00,-60.00\n',
    );
    const sheet = usedSheet(preview);
    expect(sheet).toMatchObject({
      feed: 'ledger_entries',
      rowsRead: 3,
      rowsRefused: 0,
      totals: { Debit: '100', Credit: '100' },
    });
    expect(sheet.firstRows.map((row) => row.at(-1))).toEqual(['1000 - Cash', '1000 - Cash', '4000 - Sales']);
  });

  it('does not take a signature below for a row, nor a total above', async () => {
    const sheet = usedSheet(
      await previewOf(
        'Date,Category,Description,Amount\nTotal,,,57.75\n2025-03-13,Travel,Train,45.50\n2025-03-14,Meals,Lunch,12.25\n\nSignature:,,,Date:\n',
      ),
    );
    expect(sheet).toMatchObject({ rowsRead: 2, rowsRefused: 0, totals: { Amount: '57.75' } });
    expect(sheet.controlTotals).toMatchObject([{ cell: 'D2', agrees: true }]);
  });

  it('asks when its days are written in both orders', async () => {
    const preview = await previewOf(
      'Date,Supplier,Amount\n13/01/2025,a,1.00\n01/25/2025,b,2.00\n02/03/2025,c,3.00\n',
    );
    expect(preview.questions.map(({ id }) => id)).toEqual(['date-order']);
  });

  it('asks which of two columns of one name is the amount, and takes the answer', async () => {
    const text = 'Date,Description,Amount,Amount,Category\n2026-10-13,Rent,100.00,120.00,Rent\n';
    const [question] = (await previewOf(text)).questions;
    expect(question).toMatchObject({ id: 'column:file:amount', choices: [{ value: 'C' }, { value: 'D' }] });
    const told = await previewOf(text, { answers: { 'column:file:amount': 'D' } });
    expect(told.questions).toEqual([]);
    expect(usedSheet(told).columns.find(({ mapsTo }) => mapsTo === 'amount')).toMatchObject({ column: 'D' });
  });

  it('asks rather than taking planned or received money for expenses', async () => {
    const preview = await previewOf('Monthly income\nItem,Amount\nJob,100.50\nOther,20.25\n');
    expect(preview.questions.map(({ id }) => id)).toEqual(['feed:file']);
  });

  it('leaves out headings that come again on each page', async () => {
    const sheet = usedSheet(
      await previewOf('Date,Supplier,Amount\n2025-01-01,a,1.00\nDate,Supplier,Amount\n2025-01-13,c,3.00\n'),
    );
    expect(sheet).toMatchObject({ rowsRead: 2, totals: { Amount: '4' } });
  });

  it('reads an export of DATEV with its dates that have no year', async () => {
    const head =
      '"EXTF";700;21;"Buchungsstapel";9;20250306102500000;;"XY";"A";"";1001;456;20250101;4;20250201;20250228;"Test";"";1;;0;"EUR"';
    const names =
      'Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Buchungstext';
    const sheet = usedSheet(
      await previewOf(
        `${head}\r\n${names}\r\n24,95;"H";;;4940;70001;8;2102;"R1";"Büro"\r\n100,00;"S";;;4940;70001;;3113;"R2";"?"\r\n`,
      ),
    );
    expect(sheet).toMatchObject({
      feed: 'ledger_entries',
      headerRow: 2,
      rowsRead: 2,
      rowsRefused: 1,
      period: { from: '2025-02-21', to: '2025-02-21' },
    });
    expect(mapping(sheet)).toMatchObject({
      'Umsatz (ohne Soll/Haben-Kz)': 'amount',
      Konto: 'account_code',
      'Gegenkonto (ohne BU-Schlüssel)': 'contra_account',
    });
  });

  it.each([
    [
      'German',
      'Buchungstag;Verwendungszweck;Betrag;Saldo\n02.01.2025;Miete;-1.234,56;10,00\n',
      'bank_statement',
    ],
    ['French', 'Date;Libellé;Débit;Crédit;Solde\n13/01/2025;Loyer;1 234,56;;10,00\n', 'bank_statement'],
    ['Spanish', 'Fecha;Concepto;Importe;Saldo\n13/01/2025;Nómina;-1.500,00;3.000,25\n', 'bank_statement'],
    [
      'Dutch',
      'Datum\tOmschrijving\tAf\tBij\n13-01-2025\tHuur\t1.000,00\t\n14-01-2025\tOmzet\t\t2.500,50\n',
      'bank_statement',
    ],
    ['Italian', 'Codice articolo;Descrizione articolo;Prezzo unitario\nA1;Tè;1,50\n', 'price_list'],
    [
      'Portuguese',
      'Data;Loja;Dinheiro;Cartão;Vendas do dia\n13/01/2025;Porto;10,00;20,50;30,50\n',
      'branch_takings',
    ],
  ])('is understood in %s', async (_language, text, feed) => {
    const preview = await previewOf(text);
    expect(usedSheet(preview).feed).toBe(feed);
    expect(preview.outcome).toBe('read');
  });

  it('is asked about when its columns say nothing, and obeys a feed that is given', async () => {
    const text = 'Foo,Bar,Baz\nBiff,Baff,Boff\nQux,Teaspoon,Doge\n';
    const asked = await previewOf(text);
    expect(asked).toMatchObject({ outcome: 'needs-detail', questions: [{ id: 'feed:file' }] });
    expect(usedSheet(asked)).toMatchObject({ headerRow: 1, firstDataRow: 2, rowsRead: 2 });
    const forced = await previewOf(text, { feed: 'expenses' });
    expect(forced.questions.map(({ id }) => id)).toEqual(['column:file:amount', 'column:file:text']);
  });
});
