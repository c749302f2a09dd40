import { AppError } from './app-error.ts';
import { add, type Decimal, decimal } from './decimal.ts';

/** An exact amount in one currency (ISO 4217 code). Never a bare number. */
export type Money = { readonly amount: Decimal; readonly currency: string };

export function money(amount: string, currency: string): Money {
  return { amount: decimal(amount), currency };
}

/** Throws `internal` when the currencies differ: sums over currencies have no meaning. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new AppError('internal', { detail: `${a.currency} and ${b.currency} cannot be added.` });
  }
  return { amount: add(a.amount, b.amount), currency: a.currency };
}
