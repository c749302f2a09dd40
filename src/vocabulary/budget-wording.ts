import { rewritten } from './rewritten.ts';

const SALES = '(?:revenue|sales|turnover|top line|takings)';
const OF =
  '((?!the\\b|our\\b|this\\b|that\\b|its\\b|their\\b|whole\\b|annual\\b|sales\\b|revenue\\b|expense\\b|cost\\b)\\p{L}+(?: (?:&|and) \\p{L}+)?)';
const YEAR = "(?:(this|last) (year|quarter|month)['’]s |the |our )?";
const SHARE =
  '(?:(?:what|which|how many|how much) )?(?:percentage|percent|per cent|pct|%|share|part|portion|proportion|slice)';
const USED =
  '(?:used(?: up)?|spent|gone|eaten(?: (?:up|into))?|burnt|burned|consumed|run through|gone through)';
const ACCOUNT = '(account|cost line|expense line|overhead line|line|cost heading|heading|branch|shop|store)';

/** Budgets, plans and pots: how much there is, what is gone of it and what is left. */
const BUDGETS: readonly [said: RegExp, meant: string][] = [
  [
    /\b(?:overspen[dt]|overshoot|overshot) or (?:underspen[dt]|undershoot|undershot)(?: (?:the|our|its))? (?:budget|plan)\b/gi,
    'over or under budget',
  ],
  [
    /\b(over|under|above|below|hit|make|made|miss|missed|beat|meet|met|reach|reached|against|vs\.?|versus|v|within|on|off|ahead of|behind|overspen[dt]|underspen[dt])( (?:or|and) (?:over|under|above|below|behind|ahead of))?( the| our| its| their)? plan\b(?! to\b|ned\b)/gi,
    '$1$2$3 budget',
  ],
  [
    new RegExp(
      `\\b(did|has|have|does) ([^?.!,]{3,20}?) (?:make|made|hit|meet|met|reach|reached|miss|missed) (?:the |its |our )?budget (?:on|for|in) (${SALES})\\b`,
      'gi',
    ),
    'revenue vs revenue budget: $2',
  ],
  [
    /\b(against|vs\.?|versus|compared (?:to|with)|than|to|and|beside) (?:what|the (?:amount|sum|figure)) (?:we(?:['’]d| had| have)?|was|were|had been|has been)(?: been)? (?:budgeted|planned)(?: for(?= ?[?.!,]|$)| to spend)?/gi,
    '$1 budget',
  ],
  [/\b(?:the )?(?:planned|budgeted) ones?\b/gi, 'budget'],
  [new RegExp(`\\b(?:budgeted|planned) (${SALES})\\b`, 'gi'), '$1 budget'],
  [
    /\b(?:budgeted|planned) (?:overheads?|expenses?|costs?|spend(?:ing)?|expenditure|outgoings)\b/gi,
    'expense budget',
  ],
  [/\b(?:budgeted|planned) (\p{L}+)(?: spend(?:ing)?| costs?| expenses?| expenditure)\b/giu, '$1 budget'],
  [
    new RegExp(
      `\\b(?:what|how much) (?:in )?(${SALES}) (?:have|had|did|do|are|were|is|was) (?:we )?(?:(?:budget(?:ed)?|plan(?:ned)?)|pencil(?:led)? in|meant to (?:make|take))(?: for)?\\b`,
      'gi',
    ),
    '$1 budget',
  ],
  [
    new RegExp(
      `\\b(?:what|how much) (?:did|have|had|do) we (?:pencil(?:led)? in|plan(?:ned)?|budget(?:ed)?|put(?: down)?) (?:for|on|in) (${SALES})(?: in)?(?: (this|last) (year|quarter|month)['’]s budget)?`,
      'gi',
    ),
    '$1 budget $2 $3',
  ],
  [
    new RegExp(
      `\\bhow much (${SALES}) (?:is|was|do we have|have we) (?:there )?in (?:the |our )?budget\\b`,
      'gi',
    ),
    '$1 budget',
  ],
  [
    new RegExp(`\\bin the budget (?:of|for) ([^?.!,]{4,15}),? (?:how much|what) is the (${SALES})\\b`, 'gi'),
    '$2 budget $1',
  ],
  [
    new RegExp(
      `\\b(?:how much|what) (?:are|were) we (?:meant|supposed|expected|due|aiming|hoping) to (?:sell|take|make|turn over)([^?.!,]{0,20}?),? (?:according to|per|in|by|as per|under) (?:the |our )?(?:budget|plan|target)(?:, in money)?\\b`,
      'gi',
    ),
    'revenue budget$1',
  ],
  [
    /\b(?:what|how much) (?:expenses? )?(?:(?:did|have|had|do|was|were) )+(?:we )?(?:been )?(?:plan(?:ned)?(?: to spend)?|budget(?:ed)?|set aside(?: in the budget)?|allow(?:ed)?|pencil(?:led)? in) (?:on|for) (?=\p{L})/giu,
    'expense budget for ',
  ],
  [/\b(expense budget) for (?:each|every) (expense |cost )?(?:account|line|heading)\b/gi, '$1 by account'],
  [/\b(?:turnover|takings|top line) (budget|target)\b/gi, 'sales $1'],
  // How much of it is gone.
  [
    new RegExp(
      `\\b${SHARE} of (?:its|their|the|our)(?: own)?(?: expense| cost)? budget (?:that )?(?:has|have|did|had) (?:each|every|the|our) ${ACCOUNT}s? (?:already )?${USED}\\b`,
      'gi',
    ),
    'share of the budget used by $1',
  ],
  [
    new RegExp(
      `\\b${SHARE} of (?:its|their|the|our)(?: own)?(?: expense| cost)? budget (?:that )?(?:(?:has|have|is|was|are|we|been|did|already|had|got) )*${USED}\\b`,
      'gi',
    ),
    'share of the budget used',
  ],
  [
    new RegExp(`\\bhow far through (?:its|their) budget (?:is|are|was) (?:each|every) ${ACCOUNT}\\b`, 'gi'),
    'share of the budget used by $1',
  ],
  [
    /\b(?:spend(?:ing)?|expenses|costs) as (?:a )?(?:percent(?:age)?|per cent|%|share|proportion) of (?:the |its |their )?budget\b/gi,
    'share of the budget used',
  ],
  // What is left of it.
  [
    new RegExp(
      `\\b(?:how much|what)(?: money)?(?:['’]s| is| was| do we have| have we got| remains?)?(?: still)?(?: left| remaining| unspent| over| available)? (?:in|of|from) ${YEAR}${OF} budget(?= ?[?.!,]|$| (?:this|for|in|still|please))`,
      'giu',
    ),
    'budget left for $3 $1 $2',
  ],
  [
    new RegExp(
      `\\bhow much of ${YEAR}${OF} budget (?:have(?:n['’]t| not)|has(?:n['’]t| not)|did(?:n['’]t| not)|have) (?:we )?(?:not )?(?:been )?(?:spent|used|touched|spend|left)(?: yet)?`,
      'giu',
    ),
    'budget left for $3 $1 $2',
  ],
  [
    /\b(?:what|how much) (?:have|do) we (?:still )?(?:(?:got|have) )?(?:left )?(?:still )?to spend on (\p{L}+)/giu,
    'budget left for $1',
  ],
  [
    new RegExp(
      `\\b(?:unspent|remaining|unused) (?:part|portion|share|bit|amount) of (?:the |our )?${OF} budget\\b`,
      'giu',
    ),
    'budget left for $1',
  ],
  [
    new RegExp(
      `\\bin (?:the |our )?${OF} budget(?: (?:of|for))?([^?.!,]{0,15}?),? (?:how much|what)(?: money)? (?:is|do we have|was|have we) (?:still |there )*(?:got )?(?:available|left|unspent|in it|remaining)`,
      'giu',
    ),
    'budget left for $1 $2',
  ],
  [
    new RegExp(
      `\\bhow much more (?:can|could|may) we spend on ${OF}([^?.!,]{0,15}?)(?: before (?:the |our )?budget(?:['’]s| is) (?:gone|used up|spent|out)|(?= ?[?.!]|$))`,
      'giu',
    ),
    'budget left for $1$2',
  ],
  [
    new RegExp(`\\b${YEAR}${OF} budget ?[-–:,] ?how much(?: is|['’]s)? (?:still )?(?:in it|left)\\b`, 'giu'),
    'budget left for $3 $1 $2',
  ],
  [
    /\b(?:ran|run|runs|gone|went|go|came in|come in|came out|ended(?: up)?|finished|landed) (over|under|above|below) (?:the |its |their |our )?budget\b/gi,
    'were $1 budget',
  ],
]; // prettier-ignore

/** A pot of money, and none that is sold. */
const OF_MONEY = /\b(?:left|remaining|spen[dt]|spending|unspent|still|available|gone|money|account|in it)\b/i;
const POT =
  /(?<!\b(?:tea|coffee|melting|flower|plant|cooking)[ -]?)\bpot\b(?=[?.!,;:]| [-–]| (?:for|this|last|in|have|is|was|do)\b|$)/giu;

export function budgetWording(question: string): string {
  const ofPots = OF_MONEY.test(question) ? question.replace(POT, 'budget') : question;
  return rewritten(ofPots, BUDGETS);
}
