import { rewritten } from './rewritten.ts';

const PEOPLE = '(?:(?:our |the )?(?:customers?|people|shoppers?|buyers?|clients?|folk|folks|punters?|they))';
const THINGS = '(?:things|goods|items|units|pairs|pieces|products|articles|stuff|shoes)';
const BACK =
  '(?:come|came|comes|sent|brought|go|went|given|handed|returned|get returned|got returned|get sent|got sent)(?: back)';
const KINDS =
  'category|categories|brand|brands|product|products|subcategory|subcategories|department|departments|style|styles|model|models';
const PERCENT = '(?:percentage|percent|per cent|proportion|share|fraction|%)';

/** What goes back to the shop, and the money that goes back for it. */
const SAID: readonly [said: RegExp, meant: string][] = [
  [
    /^(?:and |so )?(?:which|what) (?:items|products|articles|things|goods) (?:were|are|got|get|have been) (?:returned|sent back|brought back)(?! (?:the )?(?:most|least|more|less|by|for|because))/gi,
    'returned units by product',
  ],
  [
    /^(?:and |so )?(?:which|what) (?:items|products|articles|things|goods) (?:were|are|got|get|have been) refunded(?! (?:the )?(?:most|least|more|less|by|for|because))/gi,
    'refunded units by product',
  ],
  [
    /\b(?:(?:which|what|the|top|name|list|were|are) )*(?:(?:top )?(\d|two|three|four|five|ten) )(?:(?:biggest|main|top|most (?:common|frequent)) )?(?:refund |return )?(?:reasons|things)(?: behind the most refunds| (?:that |which )?caused the (?:greatest|highest|largest) number of refunds| (?:that |which )?(?:came|come|cropped|crop|turned|were given|are given|given)(?: up)?(?: the)? most(?: often| frequently)?(?: given)?(?: (?:for|in|when|with) (?:refunds|we refunded (?:someone|somebody|people)))?| most often given(?: for refunds)?| (?:why |that |for which )?(?:people|folks?|customers|ppl|shoppers)(?: (?:got|get|were|are|mostly|did|wanted|want|sent|send|gave|brought))+(?: (?:refunded|refunds for|refunds|their money back|stuff back|things back|goods back|items back|it back|a refund))?)/gi,
    'top $1 refund reasons by number of refunds',
  ],
  [
    /\btop (\d|two|three|four|five|ten) refund reasons by number of refunds\b(.*?),? (?:going )?by (?:the )?(?:count|number of refunds|how many)\b/gi,
    'top $1 refund reasons by number of refunds$2',
  ],
  [
    /^(\d|two|three|four|five|ten) (?:biggest|main|top|most common) refund reasons\b(.*?)(?:,? (?:going )?by (?:count|how many|number))?(?=[?.! ]*$)/gi,
    'top $1 refund reasons by number of refunds$2',
  ],
  [
    /\bbecause (?:the |their |our )?(?:goods|stuff|things|items|shoes|products|it|they|pairs) (?:was|were|had been|came|arrived|turned up|got|is|are) (?=\p{L})/giu,
    'for ',
  ],
  [
    /\bwhat (?:did|do|have) (\p{L}+) (?:goods|items|stuff|products|shoes) (?:cost|costed)(?: us)? in refunds\b/giu,
    'refunded amount for $1',
  ],
  [/\bwhat(?:['’]s| is| was) the damage (?:from|of|for|on|in|with)\b/gi, 'how much were'],
  [
    /\bhow much (?:money |cash )?(have|did|do) we (?:handed|hand|gave|give|paid|pay|dished|shelled)(?: (?:out|over))? (?:back|out in refunds)\b/gi,
    'how much $1 we refund',
  ],
  [
    new RegExp(
      `\\b(?:what|which) (?:${PERCENT}|part) of (?:our |the |all )*orders (?:did|do|have|had) we (?:have to |had to |need to |get to )?(?:refund(?:ed)?|pay back|paid back|give money back (?:for|on))\\b`,
      'gi',
    ),
    'share of orders refunded',
  ],
  [
    /\b(?:refunds|refunded amounts?) (?:in|as a) (?:percent|per cent|percentage|%|share) of (?:the |our |all |total )*(?:revenue|sales|turnover|takings)\b/gi,
    'refund rate',
  ],
  [
    /\b(?:how many|number of|count of) orders (?:(?:that|which|were|have been|got|did|do|have) )*(?:(?:customers|people|buyers|they|shoppers) )?(?:had |been )?(?:sent|send|bring|brought|give|gave|given) back\b/gi,
    'number of returned orders',
  ],
  [
    /\b(?:how many|number of|count of|quantity of|amount of) (?:things|items|units|pieces|pairs|goods|products|articles) (?:(?:that|which|were|have|did|do|has) )*(?:(?:customers|people|buyers|they|shoppers) )?(?:sent|send|bring|brought|give|gave|given|returned|return|come|came|been) ?(?:back|returned)?\b(?<=back|return|returned)(?! (?:on|in) time)/gi,
    'number of returned units',
  ],
  [
    /(?<!\bof (?:the |our |all )?)\b(?:quantity|number) (?:that was |that were )?returned\b/gi,
    'number of returned units',
  ],
  [
    /\bhow (?:long|many days) (?:does|did|do) (?:it take )?(?:on average )?(?:until|till|before|for|to get) (?:an? |the |their )?refunds?\b/gi,
    'average days to refund',
  ],
  [
    /\bwhat (?:does|did|do) (?:(?:an? |the |our )?(?:average |typical )?refund (?:come|came|amount|work out) (?:in )?(?:to|at)(?: on average| per refund)?|(?:the |our )?refunds (?:come|came|amount|work out) (?:in )?(?:to|at) (?:on average|per refund|each))\b/gi,
    'average refund',
  ],
  [
    /\bhow many refunds (?:went|have gone|go|are going|were going) (?:out|through)\b/gi,
    'how many refunds were there',
  ],
  [
    /\bwhat (?:did|does|do|has|have) each (?:refund |return )?reason(?: for (?:a )?(?:refunds?|returns?))? (?:cost|costs|costed)(?: us)?\b/gi,
    'total refunds by refund reason',
  ],
  [
    /\b(?:what|which) (?:refund |return )?reason (?:came|comes|comes? up|crops?|cropped|was given|is given|was named|was mentioned|is mentioned|turns?|turned)(?: up)?(?: the)? (?:most|most often|most frequently)(?: often)?(?: for (?:refunds|returns))?\b/gi,
    'most common refund reason',
  ],
  [
    /\b(?:the )?reason (?:given|named|mentioned|cited|stated) (?:the )?most(?: often| frequently)?(?: for (?:refunds|returns))?\b/gi,
    'most common refund reason',
  ],
  [
    new RegExp(
      `\\bwhy (?:do|did|are|were) ${PEOPLE} (?:mostly|mainly|usually|most often|generally) (?:return(?:ing)?|send(?:ing)?|bring(?:ing)?)(?: ${THINGS}| their \\w+| our \\w+)?(?: back)?\\b`,
      'gi',
    ),
    'most common refund reason',
  ],
  [
    new RegExp(
      `\\bhow (?:often|frequently) (?:do|did|are|were|have|has|does|is|was) (?:(?:our|the) )?${THINGS} (?:been |being )?(?:${BACK}|returned)\\b`,
      'gi',
    ),
    'return rate',
  ],
  [
    new RegExp(
      `^((?:for |of |in |by )(?:each|every|the|our) (?:${KINDS}),? )(?:what|which|how many) ${PERCENT}(?: of (?:it|them|what we sold))? (?:was |were |is |are |has |have )?(?:${BACK}|returned)\\b`,
      'gi',
    ),
    '$1return rate',
  ],
  [
    new RegExp(
      `\\b(which|what) (${KINDS}) (?:is|was|are|were|has|have|get|gets|got)? ?(?:${BACK}|returned)(?: the)? (most|least)(?: often)?([^?.!]*?),? (?:as an? (?:share|percentage|proportion|%) of (?:the )?(?:units|items|pieces|pairs|what (?:was|we))(?: (?:sold|that sold))?|relative to (?:units |what )?(?:we )?(?:sold|sales))`,
      'gi',
    ),
    '$1 $2 has the $3 return rate$4',
  ],
  [/\bhas the most return rate\b/gi, 'has the highest return rate'],
  [/\bhas the least return rate\b/gi, 'has the lowest return rate'],
  [
    new RegExp(
      `\\b(highest|lowest|biggest|worst|largest|smallest) ${PERCENT} of (?:goods |units |items )?(returns|refunds)\\b(?! (?:in|from|by|for|on) (?:the |our )?(?:total|all|whole))`,
      'gi',
    ),
    '$1 $2 rate',
  ],
  [/\b(return|refund)s rate\b/gi, '$1 rate'],
];

const REFUND_DAYS: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\bhow (?:long|many days) (?:do|did|does|must|have|are|were|was|is) (?:${PEOPLE}|a customer) (?:have to |had to |been )?(?:wait(?:ed|ing)?)(?: around)? (?:for|to get|to receive|to see|on) (?:(?:their|the|his|her|a|any) )?(?:money(?: back)?|refunds?|cash(?: back)?|repayment)\\b`,
      'gi',
    ),
    'average days to refund',
  ],
  [
    new RegExp(
      `\\bhow (?:quickly|fast|soon|promptly|speedily) (?:do|did|are|were|have|can) we (?:refund(?:ed|ing)?|pay(?:ing)? back|paid back|reimburse|give (?:their )?money back to)(?: ${PEOPLE})?\\b`,
      'gi',
    ),
    'average days to refund',
  ],
  [
    /\bhow (?:quick|fast|slow|prompt|speedy) (?:were|are|was|is|have been) (?:we (?:with|at|on) )?(?:our |the )?(?:refunds?|refunding)\b/gi,
    'average days to refund',
  ],
  [/\brefunds? (?:lead|processing|waiting|handling|turnaround|cycle) ?times?\b/gi, 'average days to refund'],
  [/\b(?:average |mean )?wait for (?:an? |the |their )?refunds?\b/gi, 'average days to refund'],
  [
    new RegExp(
      `\\b(?:days|time) (?:until|till|before) (?:${PEOPLE} )?(?:get|got|have|had|see|receive|received) (?:their |the )?(?:money back|refunds?|money)\\b`,
      'gi',
    ),
    'average days to refund',
  ],
  [/\baverage average days to refund\b/gi, 'average days to refund'],
];

export function spokenReturns(question: string): string {
  return rewritten(question, REFUND_DAYS, SAID);
}
