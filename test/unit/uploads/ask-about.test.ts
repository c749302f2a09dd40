import { describe, expect, it } from 'vitest';
import { buildXlsx, dated } from './build-xlsx.ts';
import { previewOf, usedSheet } from './preview-of.ts';

describe('a spreadsheet with something that nothing in it settles', () => {
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

  it('settles 04/05 by 13/04 in the same column', async () => {
    const preview = await previewOf('Date,Supplier,Amount\n04/05/2025,a,1.50\n13/04/2025,b,2.50\n');
    expect(preview.outcome).toBe('read');
    expect(usedSheet(preview).period).toEqual({ from: '2025-04-13', to: '2025-05-04' });
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

  it('is asked about when its columns say nothing, and obeys a feed that is given', async () => {
    const text = 'Foo,Bar,Baz\nBiff,Baff,Boff\nQux,Teaspoon,Doge\n';
    const asked = await previewOf(text);
    expect(asked).toMatchObject({ outcome: 'needs-detail', questions: [{ id: 'feed:file' }] });
    expect(usedSheet(asked)).toMatchObject({ headerRow: 1, firstDataRow: 2, rowsRead: 2 });
    const forced = await previewOf(text, { feed: 'expenses' });
    expect(forced.questions.map(({ id }) => id)).toEqual(['column:file:amount', 'column:file:text']);
  });
});
