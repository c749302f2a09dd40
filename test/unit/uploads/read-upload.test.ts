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
});
