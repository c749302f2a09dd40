import { rewritten } from './rewritten.ts';

const CODE = '(?:(?:discount |promo(?:tion)?(?:al)? |voucher |coupon )codes?|coupons?)';
const A_CODE = `(?:(?:an?|any|some) (?:${CODE}|code)|(?:coupons|codes))`;
const NO_CODE = `(?:without(?: (?:an? |any )?(?:one|${CODE}|code|it))?|(?:with )?no (?:${CODE}|code)|(?:of )?(?:those|orders|the ones|the rest|the others)(?: (?:that|which|who))? (?:did(?: not|n['’]t)|without)(?: (?:use )?(?:an? )?(?:one|${CODE}|code))?)`;
const AGAINST =
  '(?:or|vs?\\.?|versus|compared (?:to|with)|against|and(?: of| an)?|stack(?:s|ed)? up against)';

/** Coupons and codes: used, redeemed, applied, with one and without. */
const COUPONS: readonly [said: RegExp, meant: string][] = [
  [
    /\bon (?:all |the |our |those )*orders (?=with|that|where|which|from|placed|using|having)/gi,
    'of orders ',
  ],
  [
    /\b(?:was|were|is|are|has been|have been|got|been|get) (?:redeemed|applied|entered|cashed in)\b/gi,
    'used',
  ],
  [/\b(?:redeemed|redeeming|cashed in|applied) (?=(?:it|the|a|our|any|one|[A-Z]{3,}\w*)\b)/g, 'used '],
  [
    new RegExp(
      `\\b(?:that |which )?(?:carried|carrying|bore|came with|went through with) (?=(?:the |a |an |any |code |coupon |[A-Z]{3,}\\w*))`,
      'g',
    ),
    'with ',
  ],
  [/\bto which (?:the )?(coupon|code) (\S+) used\b/gi, 'with $1 $2'],
  [/\buncouponed\b/gi, 'without a coupon'],
  [/\bcouponed\b(?! (?:orders|sales|revenue))/gi, 'with a coupon'],
  [
    new RegExp(
      `\\b(?:with|using|that used|which used|used|by|when (?:they|people|customers) used?|who used?|coupons?|of coupon orders|a) ?${A_CODE}?,? ${AGAINST} (?:(?:an? |the )?(?:avg |average )?(?:orders?|basket) )?${NO_CODE}`,
      'gi',
    ),
    'with and without coupon',
  ],
  [/\b(?:split )?by coupon used or not\b|\bcoupon used or not\b/gi, 'with and without coupon'],
  [/\b(?:a |an )?(?:order|orders|basket) with and without coupon\b/gi, 'order value with and without coupon'],
  [/\border value (order value|value)\b/gi, '$1'],
  [
    /\b(?:was|is|were|are) (?:the )?(?:average|avg|mean) (?:order|basket)(?: value)?([^?.!]{0,20}?) (?:bigger|higher|larger|smaller|lower) (?=with and without coupon)/gi,
    'average order value$1 ',
  ],
  [
    /\b(?:the |an? )?(?:avg|average|mean) (?:order|basket)(?: value| size)?(?= with and without coupon)/gi,
    'average order value',
  ],
  [
    new RegExp(
      `\\b(?:${CODE}|couponed|code)[- ]?(?:driven |based |led )?(sales|revenue|turnover|takings)\\b(?! (?:by|per) coupon)`,
      'gi',
    ),
    '$1 with a coupon',
  ],
  [/\b(?:came in|made|placed|paid|sold|bought)? ?(?:using|with) any (?:coupon|code)\b/gi, ' with a coupon'],
  [
    new RegExp(
      `\\b(?:what|how much)(?: money| did we (?:sell|take|make))? (?:did|came in|come in|was (?:taken|made|sold)|on|from|of|through)(?: on| from| of| through)? (?:coupon orders|orders with ${A_CODE})(?: bring in| make| come to)?`,
      'gi',
    ),
    'revenue with a coupon',
  ],
  [
    /\b(?:what|how much) (?:have|did) we (?:taken?|took|made?|earn(?:ed)?) (?:on|with|through|via|from) (?:the |our )?(?:coupon |code )?([A-Z][A-Z0-9]{3,}|[a-z]{3,}\d{1,3})(?: code| coupon)?\b/g,
    'revenue with $1',
  ],
  [
    /\bhow much did (?:people|customers|shoppers|buyers) who used (.{4,25}?) buy([^?.!]{0,20}?),? in money\b/gi,
    'revenue with $1$2',
  ],
]; // prettier-ignore

export function couponsUsed(question: string): string {
  return /\b(?:coupon|code|redeem|appl(?:y|ied)|on orders|[A-Z]{3,}\d*)/i.test(question)
    ? rewritten(used(question), COUPONS)
    : question;
}

/** A code is redeemed where it is used; a voucher is paid with. */
function used(question: string): string {
  return /\b(?:vouchers?(?! codes?)|gift cards?)\b/i.test(question)
    ? question
    : question
        .replace(/\bredeemed\b/gi, 'used')
        .replace(/\bredemptions of (?:the )?(?=[A-Z]{3,})/g, 'uses of ');
}
