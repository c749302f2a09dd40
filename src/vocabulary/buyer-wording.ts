import { rewritten } from './rewritten.ts';

const PEOPLE = '(customers|people|buyers|shoppers|clients)';
const SALES = '(?:revenue|sales|turnover|takings|orders|spend|spending|average order value|aov|units)';
const OLD = '(?:returning|existing|repeat|old|previous|regular|past)';
const TIME =
  '(?:this|last|in|during|since|so far|over|for|ytd|q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\\d\\d|yesterday|today)';

/** How marketing speaks of kinds of customers and of coupons, in the words of the model. */
const BUYERS: readonly [said: RegExp, meant: string][] = [
  // Whom something was charged or given is no second figure beside what it was.
  [
    new RegExp(
      `\\b(tax|vat|discounts?|refunds?|shipping|postage|money|cash|much)\\b([^?.!,]{0,25}?) (charged?|given?|gave|granted?|offer(?:ed)?|paid|pay|refund(?:ed)?|billed?|bill) (?:to )?(?:our |the |all )*${PEOPLE}(?=(?: back)?(?: ${TIME}\\b| on (?:sales|orders)\\b|[?.! ]*$))`,
      'gi',
    ),
    '$1$2 $3',
  ],
  [
    new RegExp(
      `\\b(${SALES}) (from|of|by|to|for|with|among) (?:the |our )?(?:first[- ]time|new) (?:customers |buyers |shoppers )?(?:and|vs\\.?|versus|against|or|compared (?:to|with)) (?:(?:from|of|by|to|for|with) )?(?:the |our )?${OLD} ${PEOPLE}`,
      'gi',
    ),
    '$1 of new customers vs returning customers',
  ],
  [
    new RegExp(
      `\\bhow many (?:of (?:the |our )?)?(?:old|previous|existing|past) ${PEOPLE} (?:have |had )?(?:came|come|returned|bought|ordered|shopped|purchased)(?: back| again| to (?:buy|shop|order))*\\b`,
      'gi',
    ),
    'how many returning customers',
  ],
  [
    new RegExp(
      `\\b${PEOPLE}(?: who| that)? (?:have |had )?(?:returned|came back|come back) to (?:buy|shop|order|purchase)(?: again| something| more)?\\b`,
      'gi',
    ),
    'returning customers',
  ],
  [
    new RegExp(
      `\\b${PEOPLE} who (?:had|have) (?:already )?(?:bought|ordered|shopped|purchased)(?: from us| with us)? before (?:purchased|bought|ordered|shopped|came back|came in|returned)(?: again)?\\b`,
      'gi',
    ),
    'returning customers',
  ],
  [
    new RegExp(`\\b(?:acquisitions? of (?:new )?|newly acquired |newly won |freshly won )${PEOPLE}`, 'gi'),
    'new customers',
  ],
  [/\bcustomer acquisitions?\b(?! costs?\b)/gi, 'new customers'],
  [
    new RegExp(
      `\\b${PEOPLE}(?: who| that)? never (?:came|come|returned|bought|ordered|shopped)(?: back| again)* after (?:one|a single|the first|their first|just one) (?:order|purchase|visit)\\b`,
      'gi',
    ),
    '$1 with exactly one order',
  ],
  [new RegExp(`\\b(?:single|one)[- ](?:purchase|order) ${PEOPLE}`, 'gi'), '$1 with exactly one order'],
  [
    new RegExp(
      `\\b(?:what|which)? ?(?:percentage|percent|per cent|share|proportion|part|%) of (?:our |the |all )*${PEOPLE}((?: (?:per|by|in each|each|every) \\p{L}+)?) (?:is|are|was|were) (?:brand )?(new|returning)\\b`,
      'giu',
    ),
    'share of $3 customers$2',
  ],
  [
    /(?<!\d ?)(?:%|\bper ?cent\b|\bpct\b) (?=(?:new|returning) (?:customers|buyers|shoppers)\b)/gi,
    'share of ',
  ],
  [
    new RegExp(
      `\\bcustomers (?:do|did) we have (?=(?:[^?.!]*? )?(?:this|last|in) (?:year|month|quarter|week|20\\d\\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))`,
      'gi',
    ),
    'customers bought ',
  ],
  [
    /\b(?:what|how much) (?:does|did|do|is|was) (?:an?|the|our|one) (?:typical|average|usual|normal) (?:order|basket|transaction|sale|purchase) (?:come to|came to|amount to|worth|bring in|make|run to|go for)\b/gi,
    'average order value',
  ],
  // Coupons.
  [
    new RegExp(
      `(?:(?:what|which) )?(share|percentage|percent|per cent|pct|proportion|part|fraction|%) of (web|online|store|in-store|phone) orders\\b([^?.!]{0,25}?) (?:that |which )?(?:had|have|with|used|use|using|carried|were placed with|came with) (?:an? |any )?(?:coupon|(?:discount |promo |voucher |coupon )?code)s?\\b`,
      'gi',
    ),
    'share of orders with a coupon $2$3',
  ],
  [
    new RegExp(
      `(share|percentage|percent|per cent|pct|proportion|part|fraction|%) of ((?:(?:last|this) (?:month|week|quarter|year)|yesterday|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*?))['’]?s ${PEOPLE}(?! (?:who|that))`,
      'giu',
    ),
    '$1 of $3 in $2',
  ],
  [
    /\b(?:coupon|voucher code|promo(?:tion)?(?:al)?(?: code)?|discount code)s?(?:['’]s)? (?:usage|use|redemption|take-?up|uptake) (?:rate|share|percentage|%)|\bcoupon (?:penetration|uptake|take-?up)\b/gi,
    'share of orders with a coupon',
  ],
  [
    /\b(?:that |which |who )?(?:used|use|using|had|with|redeemed|applied|entered) (?:an? |any )code\b/gi,
    'with a coupon',
  ],
  [
    /\bwhat (?:did|does|do) (?:each|a|every|one|the average) new customer cost(?: us)? in (\p{L}+)/giu,
    '$1 spend per new customer',
  ],
  [
    new RegExp(
      `\\b(?:existing|old|previous) ${PEOPLE} (?:who|that) (?:came|come|have come|returned|bought|ordered|shopped)(?: back| again)*\\b`,
      'gi',
    ),
    'returning customers',
  ],
  [
    /\b(?:where|in which|on which|for which|when) (?:an?|any|some) (?:(?:discount|promo(?:tion)?|voucher|coupon) codes?|coupons?) (?:was|were|is|got|has been) (?:used|redeemed|applied|entered)\b/gi,
    'with a coupon',
  ],
  [
    /\b(?:had|have|has|carried|with|using|used) an? (?:(?:discount|promo(?:tion)?|voucher|coupon) code|coupon) (?:on|applied to|attached to) (?:it|them)\b/gi,
    'with a coupon',
  ],
  [
    /^(?:do|did|does|are|is|were) (?:the |our )?(?:coupon|discount code|promo code) (?:orders|baskets) (?:have |had |show |worth )?(?:an? )?(?:higher|bigger|larger|lower|smaller|greater)(?: average)? ?(?:order value|basket(?: value| size)?|value|aov)?(?=[?.!]*$| (?:this|last|in|than|ytd|so)\b)(?: than (?:orders |the others |others |those |the ones |the rest )?(?:without(?: an?| any)?(?: coupons?| codes?| one)?)?)?/gi,
    'average order value with vs without a coupon',
  ],
  [
    new RegExp(
      `^(?:do|did) ${PEOPLE} spend (?:more|less)(?: on average)?(?: per order)? (?:with|when (?:they|using|they use)(?: use| have)?) (?:an? )?(?:coupon|discount code|promo code)s?\\b(?: or without(?: one| a coupon)?)?`,
      'gi',
    ),
    'average order value with vs without a coupon',
  ],
  [
    /\bwith (?:vs\.?|versus|against|or|and) without (?:an? )?(coupon|discount code|promo code)s?\b/gi,
    'with and without coupon',
  ],
]; // prettier-ignore

export function buyerWording(question: string): string {
  return rewritten(question, BUYERS);
}
