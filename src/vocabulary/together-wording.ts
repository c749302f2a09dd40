const GOODS = '(?:products?|items?|articles?|styles?|lines?|things?|goods)';
const PEOPLE = '(?:people|customers|shoppers|buyers|they|someone|somebody|a customer|folks)';
const NAME =
  "(?<goods>(?!the\\b|what\\b|which\\b|(?:cash|credit|cards?|coupons?|vouchers?|codes?|discounts?|welcome\\w*|boleto)\\b)[\\p{L}\\p{N}&'’ -]{3,40}?)";
const END = '(?=\\s*[?.!]*$|,? (?:in|last|this|during|over|since|for|at|from|per|by) )';

/** How people say what is bought with what. */
const TOGETHER: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    new RegExp(
      `\\b(?:what|which) (?:other )?${GOODS}(?: (?:are|get|is|often|usually|mostly|most))* (?:go|goes|sell|sells|bought|sold|ordered|purchased|fit) (?:well |best |often )?(?:together|as (?:pairs|a pair)|in pairs)(?: most(?: often)?)?(?: in (?:one |the same |a )?(?:baskets?|orders?))?`,
      'giu',
    ),
    'which products are bought together',
  ],
  [
    /\b(?:what|which (?:products|items)) (?:gets?|is|are) (?:often |usually )?(?:bought|ordered|sold|put) (?:in|into) the same (?:basket|order|cart)\b(?! as)/gi,
    'which products are bought together',
  ],
  [
    /^(?:the )?(?:most )?(?:frequent|common|usual|popular|typical) (?:product|item|basket) (?:combinations?|combos?|pairings?|pairs)\b/gi,
    'which products are bought together',
  ],
  [
    /^(?:products? |items? )?(?:most )?(?:frequently|often|commonly|usually) (?:bought|ordered|purchased) together\b/gi,
    'which products are bought together',
  ],
  [
    new RegExp(
      `\\b(?:what|which) (?:else )?(?:is|are|gets|do we find|lies|lands)(?: usually| often)?(?: also)? in (?:the |an? )?(?:same )?(?:basket|order|cart)s? (?:together )?with ${NAME}${END}`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
  [
    new RegExp(
      `\\b(?:when|if) (?:${PEOPLE}) (?:buys?|orders?|takes?|gets?|bought) ${NAME},? what (?:else )?do (?:${PEOPLE}) (?:also )?(?:buy|take|get|order|pick)(?: with (?:it|them))?(?: as well| too)?`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
  [
    new RegExp(
      `\\b(?:which )?${GOODS} (?:that are )?(?:most )?(?:often|frequently|usually|commonly|mostly) (?:bought|ordered|sold|purchased) (?:together )?with ${NAME}${END}`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
  [
    new RegExp(
      `\\bwhat (?:else )?(?:do|did) ${NAME} (?:buyers|shoppers|customers) (?:also|else) (?:buy|take|get|order|bought)(?: too| as well)?`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
  [
    new RegExp(
      `\\bwhat(?:['’]s| is| gets)(?: usually| often| mostly)? (?:bought|ordered) (?:together )?with ${NAME}${END}`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
  [
    new RegExp(
      `^${PEOPLE} (?:who|that) (?:bought|buy|ordered|got) ${NAME},? (?:also (?:bought|buy|ordered) what|what (?:else )?(?:do|did) they (?:also )?(?:buy|order|get))`,
      'iu',
    ),
    'what do people buy together with $<goods>',
  ],
];

export function togetherWording(question: string): string {
  const found = TOGETHER.find(([said]) => said.test(question));
  return found ? question.replace(found[0], found[1]) : question;
}
