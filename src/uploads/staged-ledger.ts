import { add, type Decimal, decimal, negate, toShortText, tryDecimal, ZERO } from '../domain/decimal.ts';
import { accountKindOf } from './account-kind.ts';
import { normalizeHeader } from './normalize-header.ts';
import { dayOfTable, dayText, type Fields, isReversed, type RowToStage } from './staged-fields.ts';

/** A ledger line; where the row names the other account too, a second line that balances it. */
export function ledgerRecords(staged: RowToStage): Fields[] {
  const { values, id } = staged;
  const amount = signedAmount(staged);
  const base: Fields = {
    ...values,
    ...accountOf(staged),
    entry_id: id,
    journal_id: values['journal_id'] ?? values['document_no'] ?? id,
    entry_date: (values['entry_date'] ?? dayOfTable(staged) ?? '').slice(0, 10),
    counterparty: values['counterparty'] ?? values['supplier'] ?? values['paid_by'] ?? '',
    text: values['text'] ?? values['category'] ?? '',
    tax_amount: values['tax_amount'] ?? '',
  };
  if (amount.units === 0n) return [];
  const line = { ...base, ...sides(amount) };
  const counter = values['contra_account'];
  if (counter === undefined) return [line];
  const other = {
    ...base,
    entry_id: `${id}-c`,
    account_code: counter.slice(0, 32),
    account_name: '',
    account_kind: '',
    tax_amount: '',
    tax_code: '',
    ...sides(negate(amount)),
  };
  return [line, other];
}

/** What an account came to; where debits and credits stand beside a balance at the start, those are movements. */
export function balanceRecord(staged: RowToStage): Fields {
  const { values, id, notes } = staged;
  const closing = closingBalance(staged);
  if (closing)
    notes.add('The balances are those at the end; what moved in the period is not loaded beside them.');
  const both = !closing && (values['debit'] !== undefined || values['credit'] !== undefined);
  return {
    ...values,
    ...accountOf(staged),
    balance_id: id,
    balance_date: (dayOfTable(staged) ?? '').slice(0, 10),
    ...(both
      ? { debit: values['debit'] ?? '', credit: values['credit'] ?? '' }
      : sides(closing ?? signedAmount(staged))),
  };
}

/** In the bank's own sense: plus is what comes in. */
export function bankRecord(staged: RowToStage): Fields {
  const { values, id } = staged;
  return {
    ...values,
    transaction_id: id,
    transaction_date: dayText(values['entry_date'] ?? values['value_date']),
    value_date: dayText(values['value_date']),
    amount: toShortText(negate(signedAmount(staged))),
  };
}

const OPENING =
  /\b(opening|brought forward|b f|bf|eb wert|ebwert|anfangsbestand|anfangssaldo|vortrag|saldovortrag|initial|ouverture|a nouveau|apertura|inicial|begin(saldo|balans)?|iniziale)\b/;

function closingBalance({ table: { columns }, row, values }: RowToStage): Decimal | undefined {
  const balance = tryDecimal(values['balance'] ?? '');
  const hasOpening = columns.some(
    ({ header, mapped }) => !mapped && header !== null && OPENING.test(normalizeHeader(header)),
  );
  if (!balance || !hasOpening) return undefined;
  const column = columns.find(({ mapped }) => mapped?.to === 'balance')?.column ?? -1;
  const side = row.sides.get(column);
  return side === undefined ? balance : onSide(side, balance);
}

/** '1-1110 BNZ Cheque Account' is a code and a name; an account with a name alone is known by it. */
function accountOf({ values, notes }: RowToStage): Fields {
  const kind = { account_kind: accountKindOf(values['account_kind']) ?? '' };
  const name = values['account_name'] ?? '';
  if (values['account_code'])
    return { ...kind, account_code: values['account_code'].slice(0, 32), account_name: name };
  const split = /^(\d[\d.\-/]*)[\s:–-]+(\p{L}.*)$/u.exec(name);
  if (split) return { ...kind, account_code: (split[1] ?? '').slice(0, 32), account_name: split[2] ?? '' };
  if (name !== '') notes.add('Accounts have names and no numbers; the names were taken as their codes.');
  return { ...kind, account_code: name.slice(0, 32), account_name: name };
}

/** Debit less credit of the account; a bank's own plus is what comes in, so it counts as a credit. */
function signedAmount(staged: RowToStage): Decimal {
  const amount = statedAmount(staged);
  return isReversed(staged) ? negate(amount) : amount;
}

function statedAmount({ table, row, values }: RowToStage): Decimal {
  const isOfBank = table.feed?.name === 'bank_statement';
  const { debit, credit } = values;
  if (debit !== undefined || credit !== undefined) {
    const amountOf = (text: string | undefined) => {
      const value = text === undefined ? ZERO : decimal(text);
      return isOfBank ? sizeOf(value) : value;
    };
    return add(amountOf(debit), negate(amountOf(credit)));
  }
  const raw = decimal(values['amount'] ?? values['net_amount'] ?? values['balance'] ?? '0');
  const column = table.columns.find(({ mapped }) => mapped?.to === 'amount')?.column ?? -1;
  const side = row.sides.get(column) ?? directionOf(values['direction']);
  if (side !== undefined) return onSide(side, raw);
  return isOfBank ? negate(raw) : raw;
}

function onSide(side: 'debit' | 'credit', amount: Decimal): Decimal {
  return side === 'debit' ? sizeOf(amount) : negate(sizeOf(amount));
}

function sizeOf(amount: Decimal): Decimal {
  return amount.units < 0n ? negate(amount) : amount;
}

function directionOf(text: string | undefined): 'debit' | 'credit' | undefined {
  if (text === undefined) return undefined;
  if (/^(d|dr|s|soll|debit|debet|d[eé]bito?|debe|dare|af)/i.test(text.trim())) return 'debit';
  return /^(c|cr|h|haben|credit|cr[eé]dito?|haber|avere|bij)/i.test(text.trim()) ? 'credit' : undefined;
}

function sides(amount: Decimal): Fields {
  return amount.units < 0n
    ? { debit: '', credit: toShortText(negate(amount)) }
    : { debit: toShortText(amount), credit: '' };
}
