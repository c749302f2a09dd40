import type { MoneyRecord, RecordState } from '../ledger/money-record.ts';

/** Sentences and labels of money records in Slack; what is wrong with an entry is said in src/ledger/ledger-words.ts. */
export const RECORD_WORDS = {
  title: 'Record money',
  correctTitle: 'Correct an entry',
  reverseTitle: 'Reverse an entry',
  declineTitle: 'Decline an entry',
  detailTitle: 'Money record',
  submit: 'Record',
  kind: 'What is it?',
  kinds: {
    expense: 'Expense',
    income: 'Income',
    transfer: 'Transfer',
    refund: 'Refund',
    reversal: 'Reversal',
  },
  amount: 'Amount, with tax',
  currency: 'Currency',
  rate: 'Exchange rate',
  rateHint: (company: string) =>
    `Only for other currencies: how much ${company} is one unit of it, such as 0.8650.`,
  tax: 'Tax',
  taxHint: 'The tax within the amount is worked out from its rate.',
  taxAmount: 'Tax amount on the document',
  taxAmountHint: 'Leave it empty unless the document says something else than the rate; it is checked.',
  account: 'Account',
  accountHint: 'What it is for. For a transfer: where the money goes to.',
  counterAccount: 'Counter account',
  counterAccountHint: 'Where the money is paid from or into, such as bank or cash, or who is owed.',
  branch: 'Branch',
  noBranch: 'No branch',
  date: 'Date of the document',
  documentNo: 'Document number',
  counterparty: 'Paid to or received from',
  text: 'What it is for',
  attachment: 'Document (PDF, picture, spreadsheet)',
  reason: 'Why',
  reasonHint: 'The recorder reads this.',
  reversalDate: 'Date of the reversal',
  accountKinds: {
    asset: 'Assets',
    liability: 'Liabilities',
    equity: 'Equity',
    income: 'Income',
    expense: 'Expenses',
  },
  buttons: {
    record: 'Record money',
    show: 'Show',
    approve: 'Approve',
    decline: 'Decline',
    reverse: 'Reverse',
    correct: 'Correct',
    file: 'Send me the document',
    export: 'Export as CSV',
  },
  states: {
    draft: 'being kept',
    waiting: 'waiting for approval',
    posted: 'in the books',
    declined: 'declined',
    refused: 'refused',
  } satisfies Record<RecordState, string>,
  signs: { draft: '⏳', waiting: '⏳', posted: '✅', declined: '✖️', refused: '✖️' } satisfies Record<
    RecordState,
    string
  >,
  headline: (record: MoneyRecord, amount: string) => {
    const kind = RECORD_WORDS.kinds[record.kind];
    const what = `${kind} of ${amount}`;
    if (record.state === 'waiting') return `⏳ ${what} waits for approval.`;
    if (record.state === 'declined') return `✖️ ${what} was declined.`;
    if (record.state === 'refused') return `✖️ ${what} was not recorded.`;
    return `✅ ${what} is in the books.`;
  },
  approvalHeadline: (name: string, kind: string, amount: string) =>
    `${name} asks you to approve: ${kind.toLowerCase()} of ${amount}.`,
  approvedBy: (name: string) => `Approved by ${name}.`,
  declinedBy: (name: string, reason: string | null) => `Declined by ${name}${reason ? `: ${reason}` : '.'}`,
  nobodyApproves: 'Nobody else here may approve entries. Tell the data owner, who sets that in the policy.',
  askedToApprove: (names: string[]) => `Asked to approve: ${names.join(', ')}.`,
  recordedBy: (name: string, at: string) => `Recorded by ${name}, ${at}`,
  reversedBy: (id: string) => `Reversed by ${id}`,
  takesBack: (id: string) => `Takes back ${id}`,
  onAccount: (account: string, counter: string) => `${account}, against ${counter}`,
  foreign: (amount: string, rate: string) => `${amount} at ${rate}`,
  taxWithin: (code: string, amount: string) => `${amount} (${code})`,
  lines: 'Lines',
  columns: { account: 'Account', debit: 'Debit', credit: 'Credit' },
  none: 'There are no money records yet. Type /record to make the first.',
  noneFound: (text: string) => `No money record fits “${text}”.`,
  nothingWaits: 'Nothing waits for approval.',
  listTitle: 'Money records, newest first',
  foundTitle: (text: string) => `Money records that fit “${text}”`,
  waitingTitle: 'Waiting for approval',
  homeTitle: 'Money records',
  notForYou: 'Money records are for people who keep the books. Ask the data owner for access.',
  off: 'Money records are not switched on here.',
  exported: (count: number) =>
    `${count} money ${count === 1 ? 'record' : 'records'}, one line of the books a row:`,
  sentToYou: 'I have sent the file to you in our direct messages.',
  noFile: 'This record has no document.',
  fileNotKept: (name: string) =>
    `The document ${name} could not be kept: send it again with a correction, or keep it elsewhere.`,
  approved: 'Approved. The recorder has been told.',
  declined: 'Declined. The recorder has been told.',
  closed: (month: string) => `${month} is closed. Nothing can be dated in it any more, in forms or in files.`,
  reopened: (month: string) => `${month} is open again.`,
  periodLine: (month: string, state: string, history: string) => `${month}: ${state}. ${history}`,
  periodHistory: { closing: 'closing begun by', closed: 'closed by', reopened: 'opened again by' },
  noPeriods: 'No month was ever closed.',
  reopenWhy: 'Say why: /record reopen 2026-10 a late invoice',
  more: (count: number) =>
    `Only the first ${count} are shown. /record find TEXT narrows it down; the export has all.`,
  help: [
    '/record opens the form. What it takes is in the books at once, or waits for somebody to approve it.',
    '/record list and /record find TEXT: what was recorded, by any of its words, amounts and numbers.',
    '/record waiting: what waits for approval. /record export 2026-10 sends a month as CSV; without a month, everything.',
    '/record close 2026-10, /record reopen 2026-10 REASON, /record months: closing of months.',
  ],
} as const;
