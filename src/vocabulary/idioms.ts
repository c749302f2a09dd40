import { rewritten } from './rewritten.ts';

const PEOPLE =
  '(?:people|customers|our customers|the customers|most people|most customers|shoppers|buyers|they)';

const COUNT = '\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty';

/** Whole phrases that name a figure and how to break it down without naming either: said in the words that do. */
const IDIOMS: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\bdo (?:more |most |fewer |the most )?${PEOPLE} (?:usually |mostly |rather |prefer to )?(?:pay|settle) (?:by|with|using|via|in) (?=[^?]* or )`,
      'i',
    ),
    'number of payments by payment method for ',
  ],
  [
    new RegExp(
      `\\bdo (?:more |most |fewer |the most )?${PEOPLE} (?:usually |mostly |rather |prefer to )?(?:buy|shop|order)(?= (?:in|on|at|with|from|through|via)?[^?]* or )`,
      'i',
    ),
    'number of orders',
  ],
  [
    /\bwith (?:the )?(?:figures? (?:of|from) |same (?:period|months?|weeks?|days?) (?:of )?)?(?:last year|the year before|the previous year|the prior year)(?:'s)?(?: figures?| numbers?)? (?:alongside|beside (?:it|them)|next to (?:it|them)|for comparison|in comparison)\b/i,
    'compared with the same period last year',
  ],
  [
    /^(?:is|are) (?!(?:we|i|you|they|it|this|that|things|sales|revenue|business|orders|trade|takings)\b)(.+?) (?:doing|selling|performing|trading) (?:better|worse) than (?=\p{L})/iu,
    'revenue of $1 vs ',
  ],
  [/\bon (?:track|course) (?:for|to (?:hit|meet|reach|make|beat)|with|against)\b/i, 'against'],
  [
    /\b(revenue|sales|turnover|costs?|expenses|spend|spending)((?: \p{L}+)?(?: this \p{L}+)?) (?:still )?on (?:track|course|plan|target)\b/iu,
    '$1$2 against budget',
  ],
  [
    new RegExp(
      `\\bhow (?:do|did|have) ${PEOPLE} (?:usually |mostly |like to |prefer to )?(?:pay|paid)\\b`,
      'i',
    ),
    'number of payments by payment method',
  ],
  [
    new RegExp(
      `\\b(?:in |by )?(?:what|which) (?:(?:are|were) the )?(?:different |various )?ways (?:in which )?(?:(?:can|could|do|did|may|might) )?${PEOPLE}(?: can| could| may)? (?:usually |mostly )?(?:pay|paid)(?: us)?(?=[?.!,]|$| (?:and|in|last|this|so far|during|with us)\\b)`,
      'i',
    ),
    'payment methods',
  ],
  [
    new RegExp(
      `\\bwhy do ${PEOPLE} (?:return|send|bring|give)(?: us)?(?: their| our)?(?: things| items| stuff| shoes| goods| products| orders)?(?: back)?\\b`,
      'i',
    ),
    'number of refunds by refund reason',
  ],
  [
    new RegExp(
      `\\bwhat (?:do|did|are|were) ${PEOPLE} (?:mostly |usually )?complain(?:ing)? about(?: when (?:they )?(?:send|bring|return)[^?,.]*)?`,
      'i',
    ),
    'number of refunds by refund reason',
  ],
  [
    /\b(?:main|biggest|top|most common|usual) reasons? for (?:refunds|returns|refunding|returning)\b/i,
    'number of refunds by refund reason',
  ],
  [/\bwhere (?:did|does|has) (?:all )?(?:the |our )?money (?:go|gone)(?: to)?\b/i, 'expenses by account,'],
  [/\bwhat (?:did|do) we spend (?:our |the )?money on\b/i, 'expenses by account,'],
  [/\b(?:expenses?|costs?|spending) breakdown\b/i, 'expenses by account,'],
  [/\b(?:largest|biggest|highest) (?:cost|expense) items\b/i, 'highest accounts by expenses'],
  [new RegExp(`\\bwhere do ${PEOPLE} (?:come from|live)\\b`, 'i'), 'customers by country'],
  [/\bwhen are we (?:the )?busiest (?:during|of|in) the day\b|\bpeak hours?\b/i, 'busiest hour of the day'],
  [/\bwhen are we (?:the )?busiest (?:during|of|in) the week\b/i, 'busiest weekday'],
  [
    /\b(?:rolling|moving|trailing) (\d+)[- ]?(day|week|month)s? (?:average|avg|mean)\b/i,
    '$1 $2 moving average',
  ],
  [
    /\b(?:moving|rolling) (?:average|avg|mean)\b(.*?) over (\d+) (day|week|month)s?\b/i,
    '$2 $3 moving average$1',
  ],
  [/\bsmoothed over (\d+) (day|week|month)s?\b/i, '$1 $2 moving average'],
  [
    /\b(average|avg|mean) orders(?= (?:per|a|each|every|by) (?:day|week|month|quarter|year)\b)/i,
    '$1 number of orders',
  ],
  [/\btotal number of (?:products|items|articles|pieces) sold\b/i, 'units sold'],
  [/\borders (?:that |which )?(?:contained|contain|included|include)\b/i, 'orders for'],
  [/(?<=^|\s)(?:#|no\.) ?of\b/gi, 'number of'],
  [
    /\b(?:at )?what times?(?! of (?:the )?year)\b(?= (?:of (?:the )?day )?do\b)(?: of (?:the )?day)?/i,
    'which hour of the day',
  ],
  [
    /\bbetween new (?:and|or) (?:old|existing|returning|repeat) (?:customers|buyers|ones)\b/i,
    'by new or returning customer',
  ],
  [
    new RegExp(
      `\\bhow (?:many times|often) (?:did|do|have) ${PEOPLE} (?:order|ordered|buy|bought|shop|shopped)\\b`,
      'i',
    ),
    'number of orders',
  ],
  [
    new RegExp(
      `\\b(?:on |at )?(?:which|what) (weekday|day of the week|hour|month|hour of the day) (?:do|does|did) ${PEOPLE} (?:order|buy|shop|purchase)(?: the)? most(?: often)?\\b`,
      'i',
    ),
    'which $1 had the most orders',
  ],
  [
    new RegExp(
      `\\bthe (${COUNT}) ([\\p{L}]+) with (?:the )?(?:highest|most|largest|biggest|best|greatest)\\b`,
      'iu',
    ),
    'top $1 $2 by',
  ],
  [
    new RegExp(`\\bthe (${COUNT}) ([\\p{L}]+) with (?:the )?(?:lowest|fewest|least|smallest)\\b`, 'iu'),
    'bottom $1 $2 by',
  ],
  // The worst return rate is the highest one.
  [new RegExp(`\\bthe (${COUNT}) ([\\p{L}]+) with (?:the )?(worst|poorest|weakest)\\b`, 'iu'), '$3 $1 $2 by'],
  [/\bone (?:line|row|bar) (?:per|for each|for every)\b/i, 'per'],
  [/\b(?:a|the|one) table (?:of|with)\b/i, ''],
  [/\b(?:for|in|over|of) the (?:different|various|single|individual) (?=\p{L})/iu, 'for each '],
  [/\b(?:split|broken|cut) (.{2,40}?) (?:out|up|down) by\b/i, '$1 by'],
  [
    /\b(?:from|in|at|of) (?:the |our )?(?:physical|brick and mortar|bricks and mortar|high[- ]street) (?:stores|shops|branches)\b/i,
    'in store',
  ],
  [/\blist (.{2,40}?) (?:for|of|in) all (?:the |our )?(?=\p{L})/iu, 'list $1 for each '],
];

export function plainIdioms(question: string): string {
  return rewritten(question, IDIOMS);
}
