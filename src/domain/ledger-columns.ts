/** The columns of a line of the books, as files for the feeds of ledger entries have them. */
export const LEDGER_LINE_COLUMNS = [
  'entry_id',
  'journal_id',
  'entry_date',
  'account_code',
  'account_name',
  'account_kind',
  'branch_id',
  'counterparty',
  'document_no',
  'text',
  'debit',
  'credit',
  'tax_code',
  'tax_amount',
  'currency',
] as const;
