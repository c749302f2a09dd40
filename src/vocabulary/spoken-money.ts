import { rewritten } from './rewritten.ts';

const KIND = '(first[- ]time|new|returning|existing|repeat)';
const WHEN = '((?: (?:each|every|per|in|during|over|this|last|so far|since|for|ytd)\\b[^?.!,]{0,25}?)?)';
const CAME_IN =
  '(?:came in|came|comes in|was paid|were paid|was taken|got paid|did (?:we|people|customers) (?:take|get|pay))';
const BY = '(?:by|through|via|in|with|on)';
const METHOD =
  '(?:an? )?(card|credit card|debit card|cash|paypal|vouchers?|gift cards?|invoice|boleto|bank transfer|cheque|klarna)s?';
const EARNED = '(taken|made|brought in|turned over|rung up|rang up|grossed|earned|pulled in)';
const ALL_COSTS =
  '(?:after|once|net of|less|minus) (?:all |everything |paying )*(?:of )?(?:the |our )?(?:costs|expenses|overheads|outgoings|bills|everything)(?: (?:are|were|have been|had been|is|was) (?:paid|taken off|taken out|off|deducted|covered))?';

/** How shops speak of money: what the tills took, what was handed back, what is left. */
const MONEY: readonly [said: RegExp, meant: string][] = [
  [/\braked in\b/gi, 'brought in'],
  [
    /\b((?:(?:single|individual) )?(?:largest|biggest|highest|maximum|max)(?: single| individual)? payment) (?:that |which )?(?:we(?:['’]ve| have)? (ever )?(?:got|had|took|taken|collected|received|banked)|(?:has |was )?(ever )?(?:came|come|been received|been taken|received|taken|made)(?: in)?(?: by (?:an? |the |any )?(?:customer|buyer)s?)?)(?=[?.! ]|$)(?! (?:on|from|as|for) (?:an?|the)\b)/gi,
    '$1 $2$3',
  ],
  [
    /(?<!\b(?:gross|cost|net|average|stock) )\b(?:(?:merchandise|goods|product) value (?:that )?(?:we )?(?:sold|shifted)|value of (?:all |the |our )*(?:merchandise|goods|products|items) (?:that )?(?:we )?(?:sold|shifted))\b/gi,
    'value of goods sold',
  ],
  [
    /\b(branches|shops|stores|regions|channels|brands|categories) (?:that |which )?turned over (?=(?:more|over|above|less|under|at least|\p{Sc}?\d))/giu,
    '$1 with revenue of ',
  ],
  [
    /\b(?:what|how much) (?:did|does|do|has|have) (?:it cost (?:us )?to run )?((?:each|every|all|the|our) (?:of (?:the|our) )?(?:branch(?:es)?|shops?|stores?)|[\p{Lu}]\p{L}+(?: \p{Lu}\p{L}+)*) (?:cost|costs|costed)(?: us)? (?:to run|in running)\b/giu,
    'expenses of $1',
  ],
  [/\bcosts? (?:of running|to run) (?=(?:each|every|all|the|our)\b|\p{Lu})/giu, 'expenses of '],
  [
    /\b(?:what|how much) (?:do|did) (?:we|the shops) (take|make|turn over|earn|do) (?:on|in) an average (day|week|month)\b/gi,
    'average revenue per $2',
  ],
  [
    /\b(orders|units|items|pieces|pairs|products|transactions|things) (?:(?:that|which|went|gone|go|came|come|passed|were|rung|put) )+(?:up )?(?:through|over) (?:the |our )?tills?\b/gi,
    '$1 sold',
  ],
  [/\borders sold\b/gi, 'orders'],
  [/\b(?:what|which) sort of (?:money|sales|takings|figures?)\b/gi, 'how much money'],
  [
    /\bwhat (?:have|did|do|has) (we|the shops?|the branches) (?:made|make|earned|earn) (?=(?:on|from|with|off|in|out of)\b)/gi,
    'how much did $1 make ',
  ],
  [
    /\b(?:(?:how much|what) (?:did|have|do) (?:we|the shops) (?:earn(?:ed)?|made|make) |(?:profit|earnings) )([^?.!]{0,40}?) ?(?:after|less|net of|minus) (?:the )?(?:cost of goods|cost of sales|cogs|product costs?)(?: sold)?\b/gi,
    'gross margin $1',
  ],
  [
    new RegExp(
      `\\b(?:what|how much) (?:money )?(?:(?:did|do|have|has|were|are|was|we) )*(?:the |our )?${KIND} ?(customers|buyers|shoppers|ones)(?:['’] )? (?:spent|spend|bring in|brought in|make|made|take|bring|brought|buy for|contribute|contributed|worth|earn us|made us)(?: (?:us|to us|for us|with us))?`,
      'gi',
    ),
    'revenue from $1 customers',
  ],
  [
    new RegExp(
      `\\b(?:what|how much)(?: money| revenue)? (?:came|comes|has come|come|did we (?:make|take|earn)|was made)(?: in)? (?:from|off|through) (?:the |our )?${KIND} ?(?:customers|buyers|shoppers)\\b`,
      'gi',
    ),
    'revenue from $1 customers',
  ],
  [
    /\bwhat (?:came in|came|has come in) from (?=(?!customers|people|refunds|returns)\p{L})/giu,
    'revenue from ',
  ],
  [
    /\bhow much(?: money| cash)? (?:went|goes|has gone|was paid) out (?:in|as|on|through|for) refunds?\b/gi,
    'refunds',
  ],
  [
    /\bwhat (?:did|does|do|has|have) (each|every) (branch|shop|store|region|channel|location) (?:give|gave|given|pay|paid|hand|handed) (?:back|out) (?:in|as) (refunds|discounts)\b/gi,
    '$3 by $2',
  ],
  [
    /\b(?:what|how much) (?:did|have|has|do|does) (?:the |our |all the )?tills? (?:ring|rung|rang|take|taken|took|put|do|done|make|made)(?: up| through| in)?\b/gi,
    'revenue',
  ],
  [
    /\b(?:what|how much) (?:money )?(?:(?:went|came|goes|comes|has|have|did|we|was|got|get|been|gone|come|put|rung|ring) )+(?:up )?(?:through|in|into|over|across) (?:the |our |all the )?tills?\b/gi,
    'revenue',
  ],
  [
    new RegExp(
      `^(?:and |so )?(?:what['’]s|what has|how much has) (?!been\\b|the (?!web|shop|store|\\p{Lu})|it\\b|gone\\b|come\\b)(.{3,40}?) ${EARNED}(?=[?.!]*$| (?:in (?!profit|margin|refund|discount|unit|order)|this|last|so far|today|yesterday|since|ytd|mtd|on)\\b)`,
      'iu',
    ),
    'how much revenue did $1 make',
  ],
  [
    /\bhow much(?: money)? (?:came in|comes in|has come in)(?= (?:on|this|last|in (?!refund|return|cash|card|stock|payment)|so far|yesterday|today|since|during|over|at)\b|[?.! ]*$)/gi,
    'revenue',
  ],
  [/\b(?:ring|rang|rung|put) through(?! (?:the|our) )(?=$|[?.!,]| (?:in|on|this|last|at)\b)/gi, 'take'],
  [
    new RegExp(
      `\\b(?:what|how much) (?:did|do|does|have|has) (?:all )?(?:the |our |those )?(?:goods|stuff|things|products|items|shoes|stock|merchandise)(?: (?:that|which))?(?: we(?:['’]ve| have)?)? (?:sold|shifted|sell)${WHEN} cost(?: us)?`,
      'gi',
    ),
    'cost of goods sold$1',
  ],
  [
    new RegExp(
      `\\b(?:what|how much) did (?:we |it )?(?:cost|pay)(?: us)? (?:for )?(?:the )?(?:goods|stuff|products) (?:that )?we sold\\b`,
      'gi',
    ),
    'cost of goods sold',
  ],
  [
    /\b(?:how much|what) (?:money |cash )?(?:(?:did|do|have|has|was|were|is|we|went|goes|gone|been) )+(?:hand|handed|give|given|gave|pay|paid|send|sent|go|went)? ?back(?: out)?(?: to (?:the |our )?(?:customers|people|shoppers|buyers))?(?: (?:in|as|by way of|through|via) refunds?)\b/gi,
    'refunds',
  ],
  [
    /\b(?:how much|what) (?:money |cash )?(?:(?:did|do|have|has|was|were|is|we|went|goes|gone|been) )+(?:hand|handed|give|given|gave|pay|paid|send|sent|go|went)? ?back(?: out)? to (?:the |our )?(?:customers|people|shoppers|buyers)\b/gi,
    'refunds',
  ],
  [/\b(?:burn|burnt|burned|burning|churn|churned|go|gone) through(?= (?:on|for)\b)/gi, 'spent'],
  [
    /\b(?:blow|blew|blown|splash(?:ed)?(?: out)?|fork(?:ed)? out|shell(?:ed)? out|cough(?:ed)? up|lay out|laid out|sink|sunk|chuck(?:ed)?|dish(?:ed)? out)(?= (?:on|for)\b)/gi,
    'spent',
  ],
  [
    new RegExp(
      `\\b(?:what|how much) (?:(?:money|did|do|have|has|was|is|were|we|been|there) )+(?:make|made|earn|earned|left|left over|remains?|remained|clear|cleared|keep|kept)(?: over)?${WHEN} ${ALL_COSTS}`,
      'gi',
    ),
    'ledger profit$1',
  ],
  [/\bnet (?:result|earnings)\b/gi, 'ledger profit'],
  // 'what came in by invoice and what by card' names the ways to pay, once for each of them.
  [
    new RegExp(
      `^(?:and |so )?(?!.*\\b(?:refund|return|back\\b|given|discount|order|baskets?\\b))(?:what|how much)(?: money)?(?: ${CAME_IN})? ${BY} ${METHOD},?(?: and| versus| vs\\.?|,) (?:what|how much)(?: money)?(?: ${CAME_IN})? ${BY} ${METHOD}\\b`,
      'gi',
    ),
    'payments by payment method for $1 and $2',
  ],
  [
    /\b(?:by|according to|per) (?:how|what) (?:people|customers|they|shoppers|buyers) (?:paid|pay|were paying)(?: with| by)?\b/gi,
    'by payment method',
  ],
  [
    /\bhow much(?: money)? (?:came in|came|was paid|was taken|did we take|come in|comes in) (?:by|through|via|in|with|on|for) (?:each|every|the different|the various) (?:payment )?(?:method|type|way)s?(?: of payment)?\b/gi,
    'payments by payment method',
  ],
  [
    /\bhow much(?: money)? (?:came in|came|was paid|was taken|did we take|come in|comes in) (?:by|through|via|in|with|on|for) (?:card|cash|paypal)(?:,? (?:and |or )?(?:card|cash|paypal|voucher|cheque)s?)* (?:and so on|etc|and the like)\b\.?/gi,
    'payments by payment method',
  ],
  [
    /\bwhat (?:did|do|have) (?:our |the )?(?:people|customers|they|shoppers|buyers) (?:pay|paid|paying) with\b([^?.!]{0,30}?),? (?:in )?(?:amounts?|values?|how much each)\b/gi,
    'payments by payment method$1',
  ],
  [/\b(charged|given|taken|paid|collected|levied) on (?:all |our |the )*orders\b/gi, '$1'],
]; // prettier-ignore

export function spokenMoney(question: string): string {
  return rewritten(question, MONEY);
}
