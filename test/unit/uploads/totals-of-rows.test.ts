import { describe, expect, it } from 'vitest';
import { previewOf, usedSheet } from './preview-of.ts';

describe('a spreadsheet with totals', () => {
  it('says so when its total is not the sum of its rows', async () => {
    const preview = await previewOf(
      'Date,Supplier,Amount\n2025-01-02,A,100.00\n2025-01-13,B,50.00\nTotal,,160.00\n',
    );
    expect(usedSheet(preview).totals).toEqual({ Amount: '150' });
    expect(preview.warnings.join(' ')).toContain(
      "C4 says that 'Amount' comes to 160, but the rows come to 150",
    );
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

  it('warns when debits and credits of a journal differ', async () => {
    const journal = (credit: string) =>
      previewOf(
        `Date,Account,Account name,Description,Debit,Credit\n2026-02-03,6000,Rent,Rent,100.50,\n2026-02-03,1200,Bank,Rent,,${credit}\n`,
      );
    expect((await journal('100.50')).warnings.join()).not.toContain('differ');
    expect((await journal('100.00')).warnings.join()).toContain('debits and credits differ by 0.50');
  });

  it('has balances brought forward and headings of further pages left out, and its total still agrees', async () => {
    const preview = await previewOf(
      'Date,Supplier,Category,Amount\n2025-01-13,A,Rent,5.00\nCarried forward,,,5.00\nPage 2,,,\nDate,Supplier,Category,Amount\nBrought forward,,,5.00\n2025-01-14,B,Rent,6.00\nTotal,,,11.00\n',
    );
    expect(usedSheet(preview)).toMatchObject({ rowsRead: 2, totals: { Amount: '11' } });
    expect(usedSheet(preview).controlTotals).toMatchObject([{ says: '11', agrees: true }]);
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
});
