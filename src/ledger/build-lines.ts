import type { Day } from '../domain/day.ts';
import { type Decimal, decimal, subtract, sum, ZERO } from '../domain/decimal.ts';
import { inDigits } from './amounts.ts';
import type { Account, LedgerSettings } from './ledger-settings.ts';
import type { LedgerLine } from './money-record.ts';
import type { ReadForm } from './read-form.ts';

type Side = { account: Account; debit?: Decimal; credit?: Decimal; taxed?: boolean };

/** The double entry of a form, in the company's currency: debits equal credits, whatever was rounded. */
export function buildLines(
  form: ReadForm,
  of: { journal: string; settings: LedgerSettings; companyCurrency: string },
): LedgerLine[] {
  const { bookedGross, bookedTax, account, counterAccount, tax } = form;
  const net = subtract(bookedGross, bookedTax);
  // Money goes out for an expense, a transfer and a refund to a customer; it comes in for the rest.
  const isIn = form.kind === 'income' || (form.kind === 'refund' && account.kind === 'expense');
  const taxAccount = tax && taxAccountOf(form, of.settings);
  const main: Side[] = [
    { account, [isIn ? 'credit' : 'debit']: net, taxed: tax !== null },
    ...(taxAccount ? [{ account: taxAccount, [isIn ? 'credit' : 'debit']: bookedTax }] : []),
  ];
  const money: Side = { account: counterAccount, [isIn ? 'debit' : 'credit']: bookedGross };
  const inCents = (amount: Decimal | undefined) => inDigits(amount ?? ZERO, of.companyCurrency);
  return (isIn ? [money, ...main] : [...main, money])
    .filter(({ debit, credit, taxed }) => taxed || (debit ?? credit ?? ZERO).units !== 0n)
    .map(({ account: { code, name, kind }, debit, credit, taxed }, index) => ({
      entryId: `${of.journal}-${index + 1}`,
      journalId: of.journal,
      date: form.date,
      account: code,
      accountName: name,
      accountKind: kind,
      debit: inCents(debit),
      credit: inCents(credit),
      taxCode: taxed ? (tax?.code.code ?? null) : null,
      taxAmount: inCents(taxed ? bookedTax : ZERO),
      reverses: null,
    }));
}

/** Every line with its sides exchanged; together with the entry, nothing is left on any account. */
export function reversalLines(
  lines: readonly LedgerLine[],
  of: { journal: string; date: Day },
): LedgerLine[] {
  return lines.map((line, index) => ({
    ...line,
    entryId: `${of.journal}-${index + 1}`,
    journalId: of.journal,
    date: of.date,
    debit: line.credit,
    credit: line.debit,
    reverses: line.entryId,
  }));
}

/** Debits less credits; zero for every entry. */
export function balanceOf(lines: readonly Pick<LedgerLine, 'debit' | 'credit'>[]): Decimal {
  return subtract(
    sum(lines.map(({ debit }) => decimal(debit))),
    sum(lines.map(({ credit }) => decimal(credit))),
  );
}

/** Tax on a purchase (or given back by a supplier) is deducted; tax on a sale (or given back to a customer) is owed. */
function taxAccountOf({ tax, account }: ReadForm, { accounts }: LedgerSettings): Account | undefined {
  const code = account.kind === 'income' ? tax?.code.account : (tax?.code.inputAccount ?? tax?.code.account);
  return accounts.find((each) => each.code === code);
}
