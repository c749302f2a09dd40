const COUNT =
  '(?:(?:a |an |just |only |by |the |in )*(?:head ?count|count(?:s|ed|ing)?(?: (?:them|only))?|number(?:s)?|how many|tally)(?: of (?:them|refunds|orders|payments))?)';
const MONEY = '(?:how much|(?:the )?(?:money|value|values|amounts?|sums?|pounds|euros)|£|\\$|€)';
const COUNTED = /\b(refunds?|returns?|orders?|payments?|sales|cancellations?|invoices?)\b/i;
const ONLY_COUNT = new RegExp(
  `[,;:(.!?–-]? ?\\(?\\b${COUNT},? (?:please,? )?(?:and )?not (?:by |in |for |the )*${MONEY}\\)?(?![\\p{L}])`,
  'iu',
);
const ONLY_MONEY = new RegExp(
  `[,;:(.!?–-]? ?\\(?(?:in |the |by )*(?:money|value|amounts?|£|how much),? (?:please,? )?(?:and )?not (?:by |in |the )*(?:how many|counts?|numbers?|the count|head ?count)\\)?(?![\\p{L}])`,
  'iu',
);
const SAID = /\b(?:how many|number of|count of|no\.? of|how often|often|units?|pieces|pairs)\b/i;

/** 'how many products were sold, not how many units'. */
const NOT_THOSE =
  /(?<=\b(?:how many|number of|count of)\b.*)[,;(–-] ?(?:and )?not (?:how many|the number of|number of) (?:units|pieces|pairs|orders|customers|items|lines)\)?(?=[\s?.!,]|$)/i;

/** 'refunds by reason, a count, not the money': which of the two is meant. */
export function countsOnly(asked: string): string {
  if (!/\bnot\b/i.test(asked)) return asked;
  const question = asked.replace(NOT_THOSE, '');
  if (ONLY_COUNT.test(question)) {
    const rest = question.replace(ONLY_COUNT, '');
    return SAID.test(rest) ? rest : rest.replace(COUNTED, 'number of $1');
  }
  if (!ONLY_MONEY.test(question)) return question;
  return question.replace(ONLY_MONEY, '').replace(/\b(refund|return)s?\b/i, 'value of $1s');
}
