import { rewritten } from './rewritten.ts';

const NOUNS =
  '(?:channels?|branch(?:es)?|shops?|stores?|brands?|categor(?:y|ies)|subcategor(?:y|ies)|departments?|regions?|countr(?:y|ies)|cit(?:y|ies)|products?|payment methods?|segments?|accounts?|methods?)';
/** A name of one to four words: none of them begins another matter. */
const NAME =
  "(?!it\\b|them\\b|that\\b|this\\b|those\\b|these\\b)(?:the )?[\\p{L}\\p{N}&'’-]+(?: (?!and\\b|or\\b|in\\b|out\\b|for\\b|of\\b|from\\b|by\\b|last\\b|this\\b)[\\p{L}\\p{N}&'’-]+){0,3}?(?:,? (?:and|or|&) (?!then\\b|tell\\b|give\\b|show\\b)[\\p{L}\\p{N}&'’-]+){0,2}";
const OUT = '(?:out(?: of (?:it|this|that|the (?:count|figures?|numbers?|sum|total)))?|aside|to one side)';

/** What is left out, said with a verb around its name: 'leaving web out', 'if we do not count Plumb'. */
const LEFT_OUT: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(?:leav(?:e|ing)|tak(?:e|ing)|strip(?:ping)?|keep(?:ing)?|cut(?:ting)?|filter(?:ing)?|set(?:ting)?|put(?:ting)?) (${NAME}) ${OUT}(?:[,;:]? (?:and|then|and then),? (?:tell|give|show)(?: me| us)?(?: what| how much)?)?(?=[\\s,.;:?!]|$)`,
      'giu',
    ),
    'excluding $1, ',
  ],
  [
    /\b(?:strip(?:ping)? out|tak(?:e|ing) out|filter(?:ing)? out|cut(?:ting)? out|disregard(?:ing|ed)?|set(?:ting)? aside|leav(?:e|ing) aside|leav(?:e|ing) off|forget(?:ting)? about) (?=(?!that\b|it\b|them\b)\p{L})/giu,
    'excluding ',
  ],
  [
    /\b(?:if|when|as long as|so long as) (?:we|you|i|one) (?:do not|don['’]?t|did not|didn['’]?t|exclude|ignore|leave out|take out|discount)(?: (?:count(?: in)?|include|consider|look at|take in))? (?=(?!the total|it\b|them\b)\p{L})/giu,
    'excluding ',
  ],
  [
    new RegExp(`\\b(all|every) (?:the |our |other )?(${NOUNS}) (?:but|bar|save(?: for)?) (?=\\p{L})`, 'giu'),
    '$1 $2 except ',
  ],
  // Of all kinds together: which of them it was is not asked.
  [
    new RegExp(
      `\\b(?:any|whatever|whichever) ${NOUNS} (?:other than|except(?: for)?|but|bar|apart from|that (?:is|was) not|that isn['’]?t) (?=\\p{L})`,
      'giu',
    ),
    'excluding ',
  ],
  [
    /[.;!?] *(?:please )?(?:leave out|ignore|forget|skip|drop|no need for) (?:all )?(?:the )?(?:others?|rest|other \p{L}+)[.! ]*$/iu,
    '',
  ],
  // 'I do not want units, I want ...'.
  [
    /^(?:i|we) (?:do not|don['’]?t) (?:want|need|mean) [^,.;:?!]{2,40}[,.;:] *(?:but )?(?:(?:i|we) (?:want|need|mean)|just|only|give me|rather) (?:to (?:know|see) )?/iu,
    '',
  ],
];

const MONEY = /\b(?:revenue|sales|turnover|takings|value|money|spend|margin|profit)\b/i;
const COUNT = /\b(?:units?|quantity|pieces|pairs|volume|number|count|how many|items)\b/i;
/** 'by quantity, not by value', 'units, not percent', 'counted in units rather than %'. */
const NOT_SO =
  /[,;(]? ?(?:\babsolute,? )?(?:\bi mean,? )?(?:\band )?\b(?:not|rather than|instead of|as opposed to)(?: (?:by|in|as|on|the|a))* (value|revenue|money|pounds|euros|£|quantity|units|volumes?|numbers?|count|percent(?:age)?s?|per cent|%|rates?|shares?|margins?|profit)\)?(?=[\s.?!,;)]*$|[,;.)] )/i;

/** What is not asked for is said by its opposite, where nothing else says it. */
function notSo(question: string): string {
  const found = NOT_SO.exec(question);
  if (!found) return question;
  const [whole, word = ''] = found;
  const before = question.slice(0, found.index);
  const rest = before + question.slice(found.index + whole.length);
  if (/^(?:value|revenue|money|pounds|euros|£)$/i.test(word)) {
    if (COUNT.test(rest)) return rest;
    return MONEY.test(rest) ? question : `${rest} by units`;
  }
  if (/^(?:margins?|profit)$/i.test(word))
    return /\b(?:revenues?|sales|turnover|takings|units)\b/i.test(rest) ? rest : question;
  if (/^(?:quantity|units|volumes?|count)$/i.test(word)) {
    if (MONEY.test(rest)) return rest;
    return COUNT.test(rest) ? question : `${rest} by revenue`;
  }
  return COUNT.test(rest) || MONEY.test(rest) ? rest : question;
}

export function leftOutWording(question: string): string {
  const text = notSo(question);
  return rewritten(text, LEFT_OUT)
    .replace(/(?<=excluding [^,]{2,40}), (?=[,.;:?!]|$)/g, '')
    .trim();
}
