import { rewritten } from './rewritten.ts';

const COUNT = '(?:\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)';
const SALES = '(?:revenue|sales|turnover|takings)';
const PLACES = '(?:branch|shop|store|region|channel|category|brand|department|month|quarter|week|year)';
const MANY =
  '(?:branches|shops|stores|regions|channels|categories|brands|departments|products|countries|cities|segments)';
const SHARE =
  '(?:(?:what|which|how (?:big|large) a) )?(?:share|percentage|percent|per cent|pct|proportion|part|fraction|slice|%)';
const GOES =
  '(?:goes|go|went|is going|gets|got|is|was|were|are)(?: being)?(?: spent| eaten up| eaten| paid out| used up| swallowed(?: up)?| lost)?(?: straight)? (?:in ?to|on|towards|by|for)';
/** What is spent: one to three words that no other part of the question begins with. */
const THING =
  '((?!each\\b|every\\b|which\\b|what\\b|the\\b|a\\b|an\\b|our\\b|us\\b|in\\b|up\\b|down\\b|sale\\b|top\\b)\\p{L}+(?: of goods(?: sold)?)?)';

/** How finance and the owner name a figure, a ratio of two or a budget, in the words of the model. */
const FINANCE: readonly [said: RegExp, meant: string][] = [
  [/\bGP ?(?:%|pct|percent|per cent|margin)(?!\p{L})/gu, 'margin rate'],
  [/\bGP\b/g, 'gross profit'],
  [/\bmay['’]s (?=\p{L})/giu, 'May '],
  [
    /\b(average|avg\.?|mean) (?:sales|takings)(?= (?:per|a|each|every|by|in a|for a) (?:(?:week|trading|working|calendar)[ -]?)?(?:day|week|month|quarter|year|weekday|hour)\b)/gi,
    '$1 revenue',
  ],
  [
    /\b(average|avg\.?|mean) (daily|weekly|monthly|quarterly|yearly|annual) (?:sales|takings)\b/gi,
    '$1 $2 revenue',
  ],
  [
    /\bone (?:figure|number|value|amount) (?:a|per|for each|each|for every) (?=day|week|month|quarter|year|branch|shop|store|category|brand|account)/gi,
    'per ',
  ],
  [
    /\bjan(?:uary)?,? feb(?:ruary)?(?:,? mar(?:ch)?)?(?:,? apr(?:il)?)?,? (?:and so on|etc\.?|and so forth|onwards)(?: of)?(?= (?:this|last) year)/gi,
    'per month',
  ],
  [
    /\bhow far (?:off|over|under|from|away from) (?:the |its |their |our )?budget (?:is|are|was|were) (?:each|every) account\b/gi,
    'expenses against budget by account',
  ],
  [
    /\bwhat (?:came|comes|has come) in (?:by|through|via|on|with) (?:each|every|the different) (?:payment )?(?:method|type|way)s?(?: of payment)?\b/gi,
    'payments by payment method',
  ],
  [
    /\bhow much (?:business|trade) (?:did|do|does|have|has) (.{2,30}?) (?:do|done)\b/gi,
    'how much revenue did $1 make',
  ],
  [
    /\b((?!sales|revenue|turnover)\p{L}+)(?: expenses| costs| spend)? (?:against|vs\.?|versus) (?:the |its |their )?budget,? (?:in|as a) (?:percent|per cent|%|percentage)(?! of)/giu,
    '$1 variance percent',
  ],
  // The ratio of two figures, of which the second is what was sold.
  [
    new RegExp(
      `\\b(\\p{L}+(?: \\p{L}+)?) ?(?:divided by|relative to|in relation to|in proportion to|÷) (?:the |our )?(${SALES})\\b`,
      'giu',
    ),
    '$1 as a percentage of $2',
  ],
  [/\b(\p{L}+)[- ](?:to|over)[- ](sales|revenue|turnover) ratios?\b/giu, '$1 as a percentage of $2'],
  [
    new RegExp(
      `\\b(wages|rent|marketing|energy|payroll|salaries|cogs|costs|expenses|refunds|discounts|shipping) over (${SALES})\\b(?! (?:of|than|budget|target|£|\\d))`,
      'giu',
    ),
    '$1 as a percentage of $2',
  ],
  [
    new RegExp(
      `\\b(?:${SHARE}|how much) of (?:each|every) (${PLACES})['’]?s? (${SALES}) ${GOES} (?:the |our |its )?${THING}`,
      'giu',
    ),
    '$3 as a percentage of $2 by $1',
  ],
  [
    new RegExp(
      `\\b${SHARE} of (?:our |the |all |its |their )*(${SALES}) ${GOES} (?:the |our |its )?${THING}(?! (?:customers|buyers|shoppers|orders|coupons?)\\b)`,
      'giu',
    ),
    '$2 as a percentage of $1',
  ],
  [
    new RegExp(
      `\\b${SHARE} of (?:our |the |all |its |their )*(${SALES}) (?:do|does|did) (?:the |our )?${THING} (?:make up|account for|represent|come to|amount to)`,
      'giu',
    ),
    '$2 as a percentage of $1',
  ],
  // Those that fell or rose against another time.
  [
    new RegExp(
      `\\b(${MANY})(?: that| which)?(?: have| are| were| is)?(?: been)? (?:down|lower) (?:on|from|vs\\.?|versus|against|compared (?:to|with)) (?=(?:last|the|a year|20\\d\\d))`,
      'gi',
    ),
    '$1 with falling revenue vs ',
  ],
  [
    new RegExp(
      `\\b(${MANY})(?: that| which)?(?: have)? (?:lost|shed|losing|bled) (${SALES}|orders|customers|units)\\b(?! to\\b)`,
      'gi',
    ),
    '$1 with falling $2',
  ],
  [
    new RegExp(
      `\\b(${MANY})(?: that| which)?(?: have)? (?:gained|picked up|added|put on) (${SALES}|orders|customers|units)\\b(?! from\\b)`,
      'gi',
    ),
    '$1 with rising $2',
  ],
  // What was spent, and on what.
  [
    /\b(?:blew|blown|blowing|bust|busted|burst|broke|broken)(?: through)? (?:their|its|the|our) (?:(?:whole|entire|full|total|overall|cost|costs|expense|expenses|spending) )?budgets?\b/gi,
    'overspent',
  ],
  [
    /\b(?:blew|blown|blowing|bust|busted|burst|broke|broken)(?: through)? (?:their|its|the|our) (?!(?:sales|revenue|annual|yearly|monthly|quarterly)\b)(\p{L}+) budgets?\b/giu,
    'overspent on $1',
  ],
  [
    /\b(?:spent|spend|spending|cost|costs) (more|less) than (?:was |were |we |they |had |it )*(?:planned|budgeted|the plan|the budget|budget|plan|allowed|expected)\b/gi,
    '$1-spent',
  ],
  [/\bmore-spent\b/g, 'overspent'],
  [/\bless-spent\b/g, 'underspent'],
  [
    /\b(?:underperform(?:ed|ing)?|fell down|fallen short|did(?: not|n['’]t) (?:make|hit|reach|meet|achieve)) (?:against |on |of )?(?=(?:(?:their|its|the|our) )?(?:sales |revenue )?(?:target|budget)s?\b)/gi,
    'missed ',
  ],
  [
    /\b(?:lay|laid|fork(?:ed)?|shell(?:ed)?|pay|paid) out(?= (?:last|this|in|during|over|since|so far)\b|[?.! ]*$)(?! in refunds)/gi,
    'spend',
  ],
  [
    new RegExp(
      `\\b(?:(?:our|the) )?(?:top )?(${COUNT} )?(?:biggest|largest|highest|top|main|most expensive) (?:(?:items?|lines?|areas?|heads?|kinds?|types?) of (?:spending|spend|expenditure|expense|cost)s?|(?:expense|cost|spend|spending|expenditure) (?:lines|items|heads|categories|types|areas|accounts))(?:,? by account)?`,
      'gi',
    ),
    'top $1accounts by expenses',
  ],
  [
    /\b(?:which|what) (\d{1,2}|two|three|four|five|ten) (?:expense |cost )?(?:accounts|cost lines) (?:did |do |are )?(?:cost|costing|eat up)(?: us)? (?:the )?most\b/gi,
    'top $1 accounts by expenses',
  ],
  [
    /\bwho (?:did|do|have|are) we (?:pay(?:ing)?|paid)(?:,? and how much|,? how much)?(?! (?:back|the most|most)\b)(?=(?:,? (?:to|for each|each))?(?: (?:this|last|in|during|since|so far)\b|[?.!]*$))/gi,
    'expenses by counterparty',
  ],
  [
    /\b(spend|spent|spending|expenses|expenditure|costs|paid|pay)\b([^?.!]{0,25}?) (by|per|with|to|for|from|on) (?:(each|every|our|the|which) )?(?:supplier|vendor|payee)s?\b/gi,
    '$1$2 by counterparty',
  ],
  [
    /\bwhere (?:do|did|have) we (?:spend|spent) (?:the )?most(?: money)?\b/gi,
    'which accounts had the highest expenses',
  ],
  // 'the overspent accounts for May': a time is nothing that they could account for.
  [
    /\baccounts for (?=(?:last|this|the (?:last|month|quarter|year)|q[1-4]|20\d\d|yesterday|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)/gi,
    'accounts in ',
  ],
  [
    /\baccount balances\b|\bbalances (?:of|on|for) (?:(?:each|all|every|the|our|of) )*accounts?\b/gi,
    'balances by account',
  ],
  [/\bdebited and credited (?:on|to) (?:each|every) account\b/gi, 'debits and credits by account'],
  [
    /\b(?:the )?most (?:that )?(?:anyone|anybody|an? (?:single )?customer|someone|any customer|one customer) (?:has |have )?(?:ever )?(?:spent|paid)(?: with us)? (?:in|on|at) (?:one|a single|any one|a) (?:go|order|transaction|basket|visit|purchase)\b/gi,
    'highest order value',
  ],
]; // prettier-ignore

export function financeWording(question: string): string {
  return rewritten(question, FINANCE);
}
