import { rewritten } from './rewritten.ts';

const SALES = '(?:sales(?: value| revenue)?|revenue|turnover|takings)';
const MADE =
  '(?:did|do|have|has) (?:we|the (?:shops|business|company)) (?:turn over|turned over|take|taken|took|make|made|sell|sold|bring in|keep|kept)';
const GONE =
  '(?:(?: (?:have|had|has|are|were|is|was|been|get|got))*(?: (?:taken|knocked|come|came|took|stripped|netted))* (?:off|out|away|deducted|subtracted|removed|paid))';
const REFUNDS =
  "(?:the |our |all |any )*(?:refunds?|money refunded|money (?:given|handed|paid) back|what (?:we(?:['’]ve| have)? |was |has been |people )?(?:handed|given|gave|paid|sent|refunded)(?: back)?(?: in refunds| as refunds| to customers)?)";
const TAKING =
  '(?:(?:taking|take|deducting|deduct|subtracting|subtract|knocking|knock|removing|remove|minus|accounting)(?: (?:off|out|away|for))?)';
/** 'after refunds', 'once the refunds are off', 'when we subtract what we gave back'. */
const less = (what: string): string =>
  `,? (?:(?:after|less|minus|net of|excluding)(?: ${TAKING})? ${what}${GONE}?|(?:once|when|with|if|after) (?:(?:we|you|i|one) )?(?:have )?(?:${TAKING} ${what}(?: (?:off|out|away))?|${what}${GONE}))`;
const LESS_REFUNDS = less(REFUNDS);
const GOODS =
  '(?:the |all )*(?:costs? of (?:the |those |our )?(?:goods|stock|products|merchandise|sales)(?: sold)?|cogs|product costs?|goods(?: themselves)?|stock we sold)';
const LESS_GOODS = `,? (?:(?:after|less|minus|net of)(?: (?:paying(?: for)?|deducting|taking off|subtracting|taking out))? ${GOODS}${GONE}?|(?:once|when|with|if|after) (?:(?:we|you) )?(?:have )?(?:(?:paid(?: for)?|deducted|taken|take|subtract|pay(?: for)?) ${GOODS}(?: (?:off|out|away))?|${GOODS}${GONE}))`;
const DISCOUNTS =
  '(?:the |our |all |any )*(?:discounts?|anything|price cuts?|markdowns?|reductions?|money off|promotions?)';
const BEFORE_DISCOUNTS = `,? (?:(?:before|prior to|ahead of)(?: (?:deducting|taking off|subtracting|applying|counting|knocking off))? ${DISCOUNTS}${GONE}?(?: (?:was|were|is|are) (?:knocked off|applied|given))?|(?:with no|without(?: any)?|ignoring|disregarding|leaving out|gross of|with zero) ${DISCOUNTS}(?: (?:taken|knocked) off| deducted| applied)?)`;
const LEFT =
  "(?:what|how much)(?: money)?(?:['’]s| is| was| were| did we have| do we have| have we)?(?: left(?: over)?| remains?| remained) ?";

/** Sales less what came off them again, or before it did: by the one name that the figure has. */
const NET: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(`\\b${LEFT}(?:of|from|out of) ([^?.!,]{0,25}?)${SALES}([^?.!,]{0,30}?)${LESS_REFUNDS}`, 'gi'),
    'net revenue $1$2',
  ],
  [
    new RegExp(
      `\\bhow much of ([^?.!,]{0,25}?)${SALES} (?:do|did|have|could|can) we (?:keep|kept|hold on to|retain)${LESS_REFUNDS}`,
      'gi',
    ),
    'net revenue $1',
  ],
  [new RegExp(`\\b(?:what|how much) ${MADE}([^?.!,]{0,30}?)${LESS_REFUNDS}`, 'gi'), 'net revenue$1'],
  [new RegExp(`(?<!\\bnet )\\b${SALES}([^?.!,]{0,30}?)${LESS_REFUNDS}`, 'gi'), 'net revenue$1'],
  [
    new RegExp(
      `\\b(?:deduct|subtract|take)(?:ing)? ${REFUNDS} (?:off|from|away from|out of) ([^?.!,]{0,25}?)${SALES}(?:[:,;] (?:what['’]?s|what is|and|gives?) (?:the |that )?(?:result|left|remains?))?`,
      'gi',
    ),
    'net revenue $1',
  ],
  [
    new RegExp(`\\b${LEFT}(?:of|from|out of) ([^?.!,]{0,25}?)${SALES}([^?.!,]{0,30}?)${LESS_GOODS}`, 'gi'),
    'gross margin $1$2',
  ],
  [new RegExp(`\\b(?:what|how much) ${MADE}([^?.!,]{0,30}?)${LESS_GOODS}`, 'gi'), 'gross margin$1'],
  [new RegExp(`(?<!\\b(?:net|gross) )\\b${SALES}([^?.!,]{0,30}?)${LESS_GOODS}`, 'gi'), 'gross margin$1'],
  [
    new RegExp(
      `\\bonce (?:you|we) (?:take|have taken|knock) ${GOODS} (?:off|out|away),? what (?:did|do|does) ([^?.!,]{0,25}?)sales leave(?: us)?`,
      'gi',
    ),
    'gross margin $1',
  ],
  [
    new RegExp(
      `^(?:ignoring|before|disregarding|without) ${DISCOUNTS}, (?:what|how much) (?:did|do|were|was) (?:the |our )?sales(?: (?:add up to|come to|amount to|total))?`,
      'i',
    ),
    'gross sales',
  ],
  [
    new RegExp(
      `\\b(?:what|how much) (?:did|do) (?:the |our )?sales (?:come to|add up to|amount to)([^?.!,]{0,25}?)${BEFORE_DISCOUNTS}`,
      'gi',
    ),
    'gross sales$1',
  ],
  [new RegExp(`\\b(?:what|how much) ${MADE}([^?.!,]{0,30}?)${BEFORE_DISCOUNTS}`, 'gi'), 'gross sales$1'],
  [new RegExp(`(?<!\\b(?:net|gross) )\\b${SALES}([^?.!,]{0,30}?)${BEFORE_DISCOUNTS}`, 'gi'), 'gross sales$1'],
  // What was sold is what it is after discounts.
  [
    new RegExp(
      `(?<!\\b(?:net|gross) )\\b(sales|revenue|turnover|takings)([^?.!,]{0,20}?) (?:after|less|minus|net of) (?:the |all |our )*discounts\\b(?! and\\b)(?: (?:have been |are |were )?(?:taken off|deducted))?`,
      'gi',
    ),
    '$1$2',
  ],
  // What the goods cost.
  [
    /\bcosts?(?: price)? of (?:everything|all|the (?:goods|things|stock|stuff|items|products)|what) (?:that |which )?(?:we (?:have )?|has |have |was |were )*(?:went|gone|go) out (?:of )?(?:the )?doors?\b|\bcosts?(?: price)? of (?:everything|all|the (?:things|stuff|items)) (?:that |which )?(?:we (?:have )?|was |were )*(?:sold|shifted)\b/gi,
    'cost of goods sold',
  ],
  [
    /\b(?:the )?(?:things|goods|stuff|products|items)(?: (?:that|which))? (?:we (?:have |['’]ve )?|we['’]ve |were |was )?sold\b([^?.!,]{0,25}?),? (?:how much (?:did |do )?(?:they|it) cost|what did (?:they|it) cost|(?:had |have )?cost (?:us )?how much)(?: to)?(?: us)?/gi,
    'cost of goods sold$1',
  ],
  [
    /\bin ([^?.!,]{3,20}),? the goods sold (?:had |have )?cost (?:us )?how much\b/gi,
    'cost of goods sold in $1',
  ],
  [
    /\bsales[:,] (?:what was |how much was )?the cost of (?:those|these|the) goods(?: to us)?\b/gi,
    ': cost of goods sold',
  ],
  [
    /\b(?:how much|what) (?:did|have|do) we (?:knock|knocked|take|taken|took|cut|shave|shaved) off (?:the |our )?prices?\b/gi,
    'discounts',
  ],
  // What tax is on is no second figure.
  [
    /\b(tax|vat|gst)\b([^?.!,]{0,30}?) (?:on|in|from) (?:the |our |all )*((?:(?:last|this) (?:month|week|quarter|year)|yesterday|today|q[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*)(?:['’]s)? )sales\b(?! (?:tax|price|budget|target))/giu,
    '$1$2 $3',
  ],
  [
    /\b(tax|vat|gst)\b((?: (?:was|were|is|did|do|have|we|been|you|our|the|charged?|collect(?:ed)?|take|taken|added?|include[sd]?|customers))+) (?:on|in) (?:the |our |all )*sales\b(?! (?:tax|price|budget|target))/gi,
    '$1$2',
  ],
]; // prettier-ignore

export function netWording(question: string): string {
  return rewritten(question, NET);
}
