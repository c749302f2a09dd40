/** Columns of staged uploads that are amounts of money. */
export const AMOUNT_COLUMNS = [
  'debit',
  'credit',
  'amount',
  'net_amount',
  'tax_amount',
  'cash_amount',
  'card_amount',
  'balance',
  'unit_price',
  'unit_cost',
] as const;
