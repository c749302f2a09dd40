import { z } from 'zod';
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  negate,
  subtract,
  toShortText,
  ZERO,
} from '../../src/domain/decimal.ts';

/** What lines come to: how many, and their exact quantity and amount. */
export type LineSums = { lines: number; quantity: Decimal; amount: Decimal };

/** The same as text. */
export const SaidSums = z.object({ lines: z.number().int(), quantity: z.string(), amount: z.string() });
export type SaidSums = z.infer<typeof SaidSums>;

export const NO_LINES: Readonly<LineSums> = { lines: 0, quantity: ZERO, amount: ZERO };

export function withLine(
  before: Readonly<LineSums>,
  item: { quantity: string; unitPrice: string },
): LineSums {
  const quantity = decimal(item.quantity);
  return {
    lines: before.lines + 1,
    quantity: add(before.quantity, quantity),
    amount: add(before.amount, multiply(quantity, decimal(item.unitPrice))),
  };
}

export function totalOf(sums: Iterable<Readonly<LineSums>>): LineSums {
  const all = { ...NO_LINES };
  for (const { lines, quantity, amount } of sums) {
    all.lines += lines;
    all.quantity = add(all.quantity, quantity);
    all.amount = add(all.amount, amount);
  }
  return all;
}

export function said({ lines, quantity, amount }: Readonly<LineSums>): SaidSums {
  return { lines, quantity: toShortText(quantity), amount: toShortText(amount) };
}

export function sumsOf({ lines, quantity, amount }: SaidSums): LineSums {
  return { lines, quantity: decimal(quantity), amount: decimal(amount) };
}

/** The warehouse keeps four decimals of each line. */
export function sameSums(a: Readonly<LineSums>, b: Readonly<LineSums>): boolean {
  const most = divide(decimal(a.lines), decimal(10_000), 4) ?? ZERO;
  return (
    a.lines === b.lines &&
    compare(a.quantity, b.quantity) === 0 &&
    compare(distance(a.amount, b.amount), most) <= 0
  );
}

export function distance(a: Decimal, b: Decimal): Decimal {
  const difference = subtract(a, b);
  return compare(difference, ZERO) < 0 ? negate(difference) : difference;
}

export function inWords({ lines, amount }: Readonly<LineSums>): string {
  return `${lines} ${lines === 1 ? 'line' : 'lines'}, ${toShortText(amount)}`;
}
