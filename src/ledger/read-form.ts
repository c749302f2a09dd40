import { addMonths, type Day, isDay } from '../domain/day.ts';
import { compare, type Decimal, decimal, ZERO } from '../domain/decimal.ts';
import {
  converted,
  digitsOf,
  inDigits,
  isCurrency,
  isWithin,
  readAmount,
  readNumber,
  taxWithin,
} from './amounts.ts';
import type { Account, LedgerSettings, TaxCode } from './ledger-settings.ts';
import { LEDGER_WORDS } from './ledger-words.ts';
import { RECORD_KINDS, type RecordKind } from './money-record.ts';

/** What a person wrote, field by field. */
export type RecordFields = {
  kind: string;
  amount: string;
  currency: string;
  rate: string;
  tax: string;
  taxAmount: string;
  account: string;
  counterAccount: string;
  branch: string;
  date: string;
  documentNo: string;
  counterparty: string;
  text: string;
};

/** A form that makes sense: amounts exact, in the document's currency and in the company's. */
export type ReadForm = {
  kind: RecordKind;
  gross: Decimal;
  tax: { code: TaxCode; amount: Decimal } | null;
  currency: string;
  rate: Decimal | null;
  bookedGross: Decimal;
  bookedTax: Decimal;
  account: Account;
  counterAccount: Account;
  branch: string | null;
  date: Day;
  documentNo: string | null;
  counterparty: string | null;
  text: string;
};

export type FormContext = {
  settings: LedgerSettings;
  companyCurrency: string;
  today: Day;
  branches: readonly { id: string; name: string }[];
  /** The branches that the person may record for; undefined: all, and entries of none. */
  ownBranches: readonly string[] | undefined;
};

/** Sentences by field; empty when all is well. */
export type FieldProblems = Partial<Record<keyof RecordFields, string>>;

const KIND_OF_ACCOUNT: Record<RecordKind, readonly Account['kind'][]> = {
  expense: ['expense', 'asset'],
  income: ['income'],
  transfer: ['asset', 'liability', 'equity'],
  refund: ['income', 'expense'],
};
const MONEY_ACCOUNTS: readonly Account['kind'][] = ['asset', 'liability', 'equity'];
const LENGTHS = { documentNo: 80, counterparty: 200, text: 300 } as const;

/** Reads a form, all problems at once. */
export function readForm(
  fields: RecordFields,
  context: FormContext,
): { form: ReadForm } | { problems: FieldProblems } {
  const problems: FieldProblems = {};
  const kind = RECORD_KINDS.find((each) => each === fields.kind);
  if (!kind) problems.kind = LEDGER_WORDS.noSuchKind;
  const money = readMoney(fields, context, problems);
  const accounts = readAccounts(fields, kind, context, problems);
  const tax = money && readTax(fields, kind, money.gross, money.currency, context, problems);
  const date = readDate(fields.date, context.today, problems);
  const branch = readBranch(fields.branch.trim(), context, problems);
  for (const name of ['documentNo', 'counterparty', 'text'] as const)
    if (Buffer.byteLength(fields[name].trim()) > LENGTHS[name])
      problems[name] = LEDGER_WORDS.tooLong(LENGTHS[name]);
  if (fields.text.trim() === '') problems.text = LEDGER_WORDS.needed;
  if (Object.keys(problems).length > 0 || !kind || !money || !accounts || tax === undefined || !date)
    return { problems };
  return {
    form: {
      kind,
      ...money,
      tax,
      bookedTax: tax ? converted(tax.amount, money.rate, context.companyCurrency) : ZERO,
      ...accounts,
      branch,
      date,
      documentNo: oneLine(fields.documentNo),
      counterparty: oneLine(fields.counterparty),
      text: oneLine(fields.text) ?? '',
    },
  };
}

type Amounts = Pick<ReadForm, 'gross' | 'currency' | 'rate' | 'bookedGross'>;

function readMoney(
  fields: RecordFields,
  { settings, companyCurrency }: FormContext,
  problems: FieldProblems,
): Amounts | undefined {
  const currency = fields.currency.trim() || companyCurrency;
  if (!isCurrency(currency) || (currency !== companyCurrency && !settings.currencies.includes(currency))) {
    problems.currency = LEDGER_WORDS.notACurrency(currency.slice(0, 10));
    return undefined;
  }
  const gross = readAmount(fields.amount, currency);
  if ('problem' in gross) problems.amount = fields.amount.trim() ? gross.problem : LEDGER_WORDS.needed;
  const rate = readRate(fields.rate.trim(), currency, companyCurrency, problems);
  if ('problem' in gross || rate === undefined) return undefined;
  const bookedGross = converted(gross, rate, companyCurrency);
  if (compare(bookedGross, ZERO) <= 0) {
    problems.amount = LEDGER_WORDS.tooSmall;
    return undefined;
  }
  return { gross, currency, rate, bookedGross };
}

/** Null: none is needed. Undefined: something is wrong with it. */
function readRate(
  text: string,
  currency: string,
  companyCurrency: string,
  problems: FieldProblems,
): Decimal | null | undefined {
  if (currency === companyCurrency) {
    if (text === '' || /^1([.,]0*)?$/.test(text)) return null;
    problems.rate = LEDGER_WORDS.rateNotNeeded(companyCurrency);
    return undefined;
  }
  // A rate such as 1.085 is no thousand: here the point settles it.
  const plain = /^\d+[.,]\d+$/.test(text) ? decimal(text.replace(',', '.')) : readNumber(text);
  if ('problem' in plain || compare(plain, ZERO) <= 0 || compare(plain, decimal('1000000')) > 0) {
    problems.rate = LEDGER_WORDS.rateNeeded(currency, companyCurrency);
    return undefined;
  }
  return plain;
}

function readAccounts(
  fields: RecordFields,
  kind: RecordKind | undefined,
  { settings }: FormContext,
  problems: FieldProblems,
): Pick<ReadForm, 'account' | 'counterAccount'> | undefined {
  const find = (code: string) => settings.accounts.find((account) => account.code === code.trim());
  const account = find(fields.account);
  const counterAccount = find(fields.counterAccount);
  if (!account) problems.account = LEDGER_WORDS.noSuchAccount;
  else if (kind && !KIND_OF_ACCOUNT[kind].includes(account.kind))
    problems.account = LEDGER_WORDS.wrongAccount[kind];
  if (!counterAccount) problems.counterAccount = LEDGER_WORDS.noSuchAccount;
  else if (!MONEY_ACCOUNTS.includes(counterAccount.kind))
    problems.counterAccount = LEDGER_WORDS.wrongCounterAccount;
  else if (account?.code === counterAccount.code) problems.counterAccount = LEDGER_WORDS.sameAccounts;
  return account && counterAccount && { account, counterAccount };
}

/** The rate makes the amount; a stated amount is held against the rate. Undefined: something is wrong. */
function readTax(
  fields: RecordFields,
  kind: RecordKind | undefined,
  gross: Decimal,
  currency: string,
  { settings }: FormContext,
  problems: FieldProblems,
): ReadForm['tax'] | undefined {
  const code = fields.tax.trim();
  const stated = fields.taxAmount.trim();
  if (code === '' && stated === '') return null;
  if (kind === 'transfer') problems[code === '' ? 'taxAmount' : 'tax'] = LEDGER_WORDS.noTaxOnTransfers;
  const found = settings.taxes.find((tax) => tax.code === code);
  if (!found) {
    problems[code === '' ? 'taxAmount' : 'tax'] ??=
      code === '' ? LEDGER_WORDS.taxCodeNeeded : LEDGER_WORDS.noSuchTax;
    return undefined;
  }
  const right = taxWithin(gross, decimal(found.rate), digitsOf(currency));
  if (stated === '') return { code: found, amount: right };
  const amount = /^[0.,\s]+$/.test(stated) ? ZERO : readAmount(stated, currency);
  if ('problem' in amount) {
    problems.taxAmount = amount.problem;
    return undefined;
  }
  if (!isWithin(amount, right, decimal(settings.taxTolerance)) || compare(amount, gross) >= 0) {
    problems.taxAmount = LEDGER_WORDS.taxDiffers(
      inDigits(amount, currency),
      inDigits(right, currency),
      found.rate,
    );
    return undefined;
  }
  return { code: found, amount };
}

function readDate(text: string, today: Day, problems: FieldProblems): Day | undefined {
  const day = text.trim();
  if (!isDay(day) || day < '1990-01-01') problems.date = LEDGER_WORDS.notADay;
  else if (day > addMonths(today, 1)) problems.date = LEDGER_WORDS.inFuture;
  else return day;
  return undefined;
}

function readBranch(branch: string, context: FormContext, problems: FieldProblems): string | null {
  const { ownBranches } = context;
  if (branch !== '' && !context.branches.some(({ id }) => id === branch))
    problems.branch = LEDGER_WORDS.noSuchBranch;
  else if (ownBranches && !ownBranches.includes(branch))
    problems.branch = LEDGER_WORDS.notYourBranch(ownBranches.join(', '));
  return branch === '' ? null : branch;
}

function oneLine(text: string): string | null {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return line === '' ? null : line;
}
