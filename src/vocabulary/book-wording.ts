import { rewritten } from './rewritten.ts';

const BOOKS =
  '(?:(?:according to|going by|as per|per|in|from|by|on|out of|looking at) (?:(?:the |our )?(?:ledger|general ledger|books|bookkeeping)|(?:the|our) accounts)(?! (?:entr|line|account|balance|posting|booking|profit|income|movement)))';
const SPENT =
  /\b(?:expen[sd]\w*|costs?|spen[dt]\w*|overheads?|bills?|bookings?|entries|postings?|bottom line|rent|wages)\b/i;
const EARNED =
  /\b(?:profit|clear(?:ed)?|net result|left after|after (?:all )?(?:the |our )?(?:costs|expenses)|make|made|earn(?:ed)?)\b/i;
const BIGGEST = '(?:the |our )?(?:biggest|largest|highest|priciest|dearest|most expensive|top)';
const IN_ONE_GO =
  '(?:in one go|as one (?:expense|bill|item)|on one (?:thing|bill|item)|at once|at one time|in a single (?:booking|entry|go|payment))';

/** What stands in the books: entries, single bookings, lines of cost. */
const BOOKED: readonly [said: RegExp, meant: string][] = [
  [
    /\b(?:lines?|items?|entries|postings?|bookings?)(?: (?:got|were|was|have been|are|did we|we))* (?:booked|posted|entered|made|put) (?:in|in ?to|to|on) (?:the |our )?(?:ledger|books|accounts)\b|\b(?:postings?|entries|lines|bookings?) (?:in|to|on|of) (?:the |our )?(?:ledger|books)\b/gi,
    'ledger entries',
  ],
  [
    /\bledger entries (?:did|do|have) we (?:book|booked|make|made|post|posted|enter|entered)\b/gi,
    'ledger entries',
  ],
  [
    new RegExp(
      `\\b${BIGGEST} (?:single|individual|one|one[- ]off|lone) (?:bill|expense|cost|expenditure|outgoing|spend)(?: (?:entry|booking|posting|item|payment|amount))?(?: (?:we (?:have )?)?(?:to hit|that hit|hit|in|on|booked in) (?:the |our )?(?:books|ledger|accounts)| (?:that )?we (?:have )?(?:booked|paid|posted|had))?\\b`,
      'gi',
    ),
    'largest single expense',
  ],
  [
    new RegExp(
      `\\b(?:the )?(?:most|largest amount|biggest amount|highest amount) (?:that )?(?:(?:we|was|has been) (?:have |ever )?)?(?:spent|booked|paid) ${IN_ONE_GO}`,
      'gi',
    ),
    'largest single expense',
  ],
  [
    /(?<=\b(?:expenses?|overheads?|costs?|spen[dt]\w*|expense budget)\b[^?.!]*),? (?:line by line|by (?:expense |cost |overhead )?line)\b(?=[?.!, ]|$)/gi,
    ' by account',
  ],
  [/\bset (?:us|you|the company) back\b/gi, 'cost us'],
  [
    /\bhow much (?:money )?(?:went|goes|has gone|is going|was going) out (?:on|in|for|as|under) (?!refund)/gi,
    'how much did we spend on ',
  ],
  [/\bwhat (?:went|goes) out\b([^?.!,]{0,25}?) (?:in|on|as) (?:expenses|costs|overheads)\b/gi, 'expenses$1'],
  [
    /\bhow much (?:has|have|did) (.{3,40}?) (?:had|have|taken|take|got|get|charged?) (?:off|from|out of) us\b/gi,
    'expenses for $1',
  ],
  [
    /\b((?:accounts?|lines?|headings?)) (?:that |which )?(?:have |has )?(?:swallowed|ate|eaten|gobbled|soaked|guzzled|devoured)(?: up)?(?: us)? (?:the )?most(?: money| cash)?(?: in expenses| of the budget)?\b/gi,
    '$1 had the highest expenses',
  ],
  [/\bwhere did most of (?:the |our )?money go\b/gi, 'where did the money go'],
  [
    /\b(?:of|out of) (?:everything|all|the money|all the money) (?:that )?we (?:have )?spen[dt]([^?.!,]{0,20}?),? (?:what|which|how much)(?: (?:part|share|percentage|percent|slice|proportion))? (?:went|goes|was spent|is) (?:on|to|in ?to) each (\p{L}+(?: (?:line|heading))?)(?:\?? ?in (?:percent|%|per cent))?/giu,
    'share of expenses by $2$1',
  ],
  // What customers paid.
  [
    /\bhow much (?:money )?(?:was|were|has been|have been|got|is) paid (?:in )?to us by (?:the |our )?(?:customers|people|shoppers|buyers)\b/gi,
    'payments',
  ],
  [/\b(?:customers?['’]?s?['’]?|shoppers?['’]) payments\b/gi, 'payments received'],
  [
    /\bhow much (?:did|do|have|has) (?:the |our )?(?:customers|people|shoppers) pa(?:y|id) us\b/gi,
    'payments',
  ],
  [/\bmode of payment\b|\bmodes of payment\b/gi, 'payment method'],
  [
    /\b(biggest|largest|highest|smallest|lowest) (?:single|individual|one) (?:sale|transaction|ticket|till sale)\b(?! (?:day|week|month))(?:(?: that)? we (?:have |ever )*(?:rang|rung|ring|put|made|took|had|did)(?: up| through)?)?/gi,
    '$1 order value',
  ],
  [
    /\b((?:single )?(?:best|worst|busiest|biggest|slowest|top|quietest|strongest|weakest)) trading (day|week|month|hour)\b/gi,
    '$1 $2',
  ],
]; // prettier-ignore

export function bookWording(question: string): string {
  return rewritten(ofTheBooks(question), BOOKED);
}

/** 'according to the ledger': what is booked is in the ledger anyway, and of two profits it is the one that is. */
function ofTheBooks(question: string): string {
  const shown = question
    .replace(/\bwhat profit (?:did|do) (?:the |our )?(?:books|ledger|accounts) show\b/gi, 'ledger profit')
    .replace(/^(?:the |our )?(?:books|ledger) (?:for|of) ([^?.!,:]{2,20}): ?/i, 'per the books $1 ');
  const behind = new RegExp(`,? ?\\b${BOOKS}\\b,?`, 'gi');
  if (!behind.test(shown)) return shown;
  const bare = shown.replace(behind, ' ').replace(/ {2,}/g, ' ').trim();
  if (/\bledger (?:profit|entries|balance|income)\b/i.test(bare)) return bare;
  if (EARNED.test(bare) && !/\b(?:gross|margin|revenue|sales|budget)\b/i.test(bare))
    return /\bprofit\b/i.test(bare)
      ? bare
          .replace(/\b(?:net )?profit\b/i, 'ledger profit')
          .replace(
            /\bhow much ledger profit (?:did|have|do) we (?:make|made|earn(?:ed)?|clear(?:ed)?)\b/i,
            'ledger profit',
          )
      : bare.replace(
          /\b(?:what|how much) (?:(?:did|do|have|was|is|money) )*(?:we )?(?:make|made|earn(?:ed)?|clear(?:ed)?|left(?: over)?)\b(?: after (?:all )?(?:the |our )?(?:costs|expenses|bills))?/i,
          'ledger profit',
        );
  return SPENT.test(bare) ? bare : shown;
}
