/** What people read about money records, whatever the door. */
export const LEDGER_WORDS = {
  needed: 'This is needed.',
  notAnAmount: 'Write an amount such as 1234.50.',
  notAboveZero: 'The amount has to be above zero. A refund is a kind of its own.',
  tooManyDigits: (currency: string, digits: number) =>
    digits === 0 ? `${currency} has no decimals.` : `${currency} has ${digits} decimals.`,
  tooLarge: 'This amount is not believable.',
  tooSmall: 'In the books this would be nothing. Check the amount and the exchange rate.',
  ambiguous: (text: string) =>
    `“${text}” can be read in two ways. Write it with its decimals, such as 1234.00.`,
  notACurrency: (code: string) => `Entries in ${code} are not set up. Add it to the ledger's settings first.`,
  rateNeeded: (currency: string, company: string) =>
    `How much ${company} is one ${currency}? Write it such as 0.8650.`,
  rateNotNeeded: (company: string) => `Entries in ${company} have no exchange rate. Leave it empty.`,
  noSuchKind: 'Choose expense, income, transfer or refund.',
  noSuchAccount: 'This account is not in the chart of accounts.',
  sameAccounts: 'Account and counter account have to differ.',
  wrongAccount: {
    expense: 'An expense goes to an expense account, or to an asset that was bought.',
    income: 'Income goes to an income account.',
    transfer: 'A transfer goes between assets, liabilities and equity, such as bank and cash.',
    refund: 'A refund goes to an income account (to a customer) or an expense account (from a supplier).',
  },
  wrongCounterAccount:
    'The counter account is where the money is or is owed: an asset, a liability or equity, such as bank.',
  noTaxOnTransfers: 'A transfer has no tax.',
  noSuchTax: 'This tax is not in the settings.',
  taxCodeNeeded: 'Which tax is it? Choose it above.',
  taxDiffers: (stated: string, right: string, rate: string) =>
    `${rate}% tax within this amount is ${right}, not ${stated}. Leave it empty to have it worked out.`,
  noSuchBranch: 'There is no such branch.',
  notYourBranch: (branches: string) => `You may record for ${branches} only.`,
  notADay: 'Write the date as YYYY-MM-DD.',
  inFuture: 'This date is more than a month ahead. Check the year.',
  tooLong: (most: number) => `At most ${most} characters.`,
  closed: (month: string, who: string) =>
    `${month} is closed${who}. Use a date in an open month, or have it opened again with /record reopen.`,
  closing: (month: string) =>
    `${month} is being closed, so it takes no new entries. Use a date in an open month.`,
  mayNotRecord: 'You may not record money here. Ask the data owner for access.',
  mayNotApprove: 'You may not approve money records. Ask the data owner for access.',
  mayNotClose: 'You may not close months. Ask an accountant or the data owner.',
  notYourOwn: 'This is your own entry: somebody else has to approve it.',
  notForYourBranch: 'This entry is of a branch that you do not see.',
  aboveLimit: (amount: string, limit: string) =>
    `${amount} is above ${limit}, up to which the recorder needs nobody else.`,
  noLimit: 'The recorder has no limit of their own, so somebody else approves every entry.',
  notFound: (id: string) => `There is no money record ${id}.`,
  alreadyReversed: (by: string) => `This entry was reversed already, by ${by}.`,
  notPosted: 'Only an entry that is in the books can be reversed.',
  isReversal: 'This is a reversal itself. Record a new entry instead.',
  alreadyDecided: (who: string, approved: boolean) =>
    `${who} has ${approved ? 'approved' : 'declined'} this entry already.`,
  notWaiting: 'This entry does not wait for approval any more.',
  reasonNeeded: 'Say why in a few words; the recorder reads it.',
  notAMonth: 'Write the month as YYYY-MM, such as 2026-10.',
  monthNotOver: (month: string) => `${month} is not over yet, so it cannot be closed.`,
  notClosed: (month: string) => `${month} is open.`,
  alreadyClosed: (month: string) => `${month} is closed already.`,
  notYetWaiting: (month: string, count: number) =>
    `${month} takes no new entries now, but is not closed yet: ${count} ${count === 1 ? 'entry waits' : 'entries wait'} for approval. Decide, then close it again.`,
  notYetOnWay: (month: string, count: number) =>
    `${month} takes no new entries now, but is not closed yet: ${count} ${count === 1 ? 'entry is' : 'entries are'} still on the way to the warehouse. Close it again in a minute.`,
  notYetLoading: (month: string, count: number) =>
    `${month} takes no new entries now, but is not closed yet: ${count === 1 ? 'a load or an undo is' : `${count} loads or undos are`} under way that may change entries. Close it again in a minute.`,
  reversalText: (text: string) => `Reversal: ${text}`,
} as const;
