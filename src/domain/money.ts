import type { Decimal } from './decimal.ts';

/** An exact amount in one currency (ISO 4217 code). Never a bare number; amounts of two currencies have no sum. */
export type Money = { readonly amount: Decimal; readonly currency: string };
