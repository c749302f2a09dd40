import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, ZERO } from '../../../src/domain/decimal.ts';
import { digitsOf, inDigits } from '../../../src/ledger/amounts.ts';
import { balanceOf, buildLines, reversalLines } from '../../../src/ledger/build-lines.ts';
import { readLedgerSettings } from '../../../src/ledger/ledger-settings.ts';
import type { LedgerLine } from '../../../src/ledger/money-record.ts';
import { type FormContext, type RecordFields, readForm } from '../../../src/ledger/read-form.ts';
import { aForm, LEDGER_FILE } from '../../support/a-ledger.ts';

const settings = {
  ...readLedgerSettings(LEDGER_FILE),
  currencies: ['GBP', 'EUR', 'JPY', 'KWD', 'CLF', 'USD', 'BRL'],
};

function context(companyCurrency: string): FormContext {
  return {
    settings,
    companyCurrency,
    today: '2025-11-12',
    branches: [{ id: 'B01', name: 'North' }],
    ownBranches: undefined,
  };
}

const ACCOUNTS = settings.accounts.map(({ code }) => code);

/** Forms of every kind, right and wrong, in any of the currencies. */
const anyForm = fc.record({
  kind: fc.constantFrom('expense', 'income', 'transfer', 'refund'),
  units: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
  currency: fc.constantFrom(...settings.currencies),
  company: fc.constantFrom(...settings.currencies),
  rate: fc.integer({ min: 1, max: 99_999_999 }),
  tax: fc.constantFrom('', 'S20', 'R5', 'Z0'),
  account: fc.constantFrom(...ACCOUNTS),
  counterAccount: fc.constantFrom('1200', '1230', '2100', '2110', '3200'),
});

function written(given: typeof anyForm extends fc.Arbitrary<infer T> ? T : never): RecordFields {
  const amount = inDigits({ units: given.units, scale: digitsOf(given.currency) }, given.currency);
  return aForm({
    kind: given.kind,
    amount: amount.includes('.') ? amount : `${amount}`,
    currency: given.currency,
    rate: given.currency === given.company ? '' : `${given.rate / 10_000}`.replace(/^(\d+)$/, '$1.0'),
    tax: given.kind === 'transfer' ? '' : given.tax,
    account: given.account,
    counterAccount: given.counterAccount,
  });
}

function sumsByAccount(lines: LedgerLine[]): Map<string, ReturnType<typeof balanceOf>> {
  const accounts = [...new Set(lines.map(({ account }) => account))];
  return new Map(
    accounts.map((account) => [account, balanceOf(lines.filter((line) => line.account === account))]),
  );
}

describe('the double entry', () => {
  test('has debits equal to credits for every form that is accepted, in any currency, and its reversal leaves nothing', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyForm, (given) => {
        const read = readForm(written(given), context(given.company));
        if ('problems' in read) return;
        accepted += 1;
        const lines = buildLines(read.form, { journal: 'j', settings, companyCurrency: given.company });
        expect(balanceOf(lines).units).toBe(0n);
        expect(lines.length).toBeGreaterThanOrEqual(2);
        const digits = digitsOf(given.company);
        for (const { debit, credit } of lines) {
          expect(`${debit} ${credit}`).toMatch(
            digits === 0 ? /^\d+ \d+$/ : new RegExp(`^\\d+\\.\\d{${digits}} \\d+\\.\\d{${digits}}$`),
          );
          expect([debit, credit].filter((side) => decimal(side).units !== 0n).length).toBeLessThanOrEqual(1);
        }
        const reversal = reversalLines(lines, { journal: 'r', date: '2025-11-12' });
        for (const [, left] of sumsByAccount([...lines, ...reversal])) expect(left.units).toBe(0n);
        expect(reversal.map(({ reverses }) => reverses)).toEqual(lines.map(({ entryId }) => entryId));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  test.each([
    ['expense', '6700', ['6700 D 100.00', '2200 D 20.00', '1200 C 120.00']],
    ['income', '4000', ['1200 D 120.00', '4000 C 100.00', '2200 C 20.00']],
    ['refund', '4000', ['4000 D 100.00', '2200 D 20.00', '1200 C 120.00']],
    ['refund', '6700', ['1200 D 120.00', '6700 C 100.00', '2200 C 20.00']],
  ])('of an %s on %s has its tax on a line of its own', (kind, account, wanted) => {
    expect(linesOf({ kind, account, tax: 'S20' })).toEqual(wanted);
  });

  test('of a transfer moves the whole amount from the counter account', () => {
    expect(linesOf({ kind: 'transfer', account: '1230', tax: '' })).toEqual([
      '1230 D 120.00',
      '1200 C 120.00',
    ]);
  });

  test('of a foreign document is kept in the company’s currency at the stated rate', () => {
    expect(linesOf({ amount: '100.00', currency: 'EUR', rate: '0.8655', tax: 'S20' })).toEqual([
      '6700 D 72.12',
      '2200 D 14.43',
      '1200 C 86.55',
    ]);
  });
});

describe('a form', () => {
  test.each<[Partial<RecordFields>, keyof RecordFields, string]>([
    [{ amount: '12.345' }, 'amount', 'can be read in two ways'],
    [{ amount: '12.3456' }, 'amount', 'GBP has 2 decimals'],
    [{ amount: '-5' }, 'amount', 'above zero'],
    [{ amount: '0' }, 'amount', 'above zero'],
    [{ amount: 'many' }, 'amount', 'such as 1234.50'],
    [{ amount: '' }, 'amount', 'needed'],
    [{ currency: 'JPY', amount: '12.5', rate: '0.0052' }, 'amount', 'JPY has no decimals'],
    [{ currency: 'EUR' }, 'rate', 'How much GBP is one EUR'],
    [{ rate: '0.9' }, 'rate', 'have no exchange rate'],
    [{ currency: 'XBT' }, 'currency', 'not set up'],
    [{ account: '4000' }, 'account', 'expense account'],
    [{ counterAccount: '6100' }, 'counterAccount', 'an asset, a liability or equity'],
    [{ kind: 'transfer', account: '1200' }, 'counterAccount', 'have to differ'],
    [{ kind: 'transfer', account: '1230', tax: 'S20' }, 'tax', 'no tax'],
    [{ tax: 'S20', taxAmount: '24.00' }, 'taxAmount', '20% tax within this amount is 20.00, not 24.00'],
    [{ taxAmount: '20.00' }, 'taxAmount', 'Which tax is it'],
    [{ branch: 'B09' }, 'branch', 'no such branch'],
    [{ date: '2025-13-01' }, 'date', 'YYYY-MM-DD'],
    [{ date: '2205-11-01' }, 'date', 'more than a month ahead'],
    [{ text: '  ' }, 'text', 'needed'],
    [{ kind: 'theft' }, 'kind', 'Choose'],
  ])('with %o is refused at %s', (given, field, sentence) => {
    const read = readForm(aForm(given), context('GBP'));
    expect('problems' in read ? read.problems[field] : 'accepted').toContain(sentence);
  });

  test('takes a tax amount that its document rounded by line', () => {
    const read = readForm(aForm({ amount: '99.99', tax: 'S20', taxAmount: '16.65' }), context('GBP'));
    expect('form' in read && read.form.tax && inDigits(read.form.tax.amount, 'GBP')).toBe('16.65');
  });

  test('reads amounts as people write them', () => {
    for (const amount of ['1,234.50', '1.234,50', '1234,5', ' 1 234.50 ', '1’234.50']) {
      const read = readForm(aForm({ amount }), context('GBP'));
      expect('form' in read ? inDigits(read.form.gross, 'GBP') : read.problems).toBe('1234.50');
    }
  });

  test('tells all of its problems at once', () => {
    const read = readForm(aForm({ amount: '', text: '', date: 'x', account: '1' }), context('GBP'));
    expect('problems' in read ? Object.keys(read.problems).sort() : []).toEqual([
      'account',
      'amount',
      'date',
      'text',
    ]);
  });
});

function linesOf(given: Partial<RecordFields>): string[] {
  const read = readForm(aForm(given), context('GBP'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const lines = buildLines(read.form, { journal: 'j', settings, companyCurrency: 'GBP' });
  return lines.map(({ account, debit, credit }) =>
    decimal(debit).units !== ZERO.units ? `${account} D ${debit}` : `${account} C ${credit}`,
  );
}
