import { rewritten } from './rewritten.ts';

const UNIT = '(?:day|week|month|quarter|year|weekday)';
const THING =
  '(?:branch|shop|store|region|country|city|channel|category|subcategory|department|brand|product|account|customer|payment method|reason|segment|coupon)';
const ONE = '(?:one|a|an|a single|1)';
const MANY =
  '(?:\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|thirty-one|a few|some)';
const TIME = '(?:day|week|month|quarter|year)';

/** How the answer is to be laid out: in rows, lines and columns, of which only what each of them is of matters. */
const LAYOUT: readonly [said: RegExp, meant: string][] = [
  // Of all late orders, and not of all orders.
  [
    /\b(?:what )?(?:share|percentage|percent|proportion|part|%) of (?:all|all of|the total number of)(?: the| our)? late orders (?:(?:does|did|do) (?:each|every) (\p{L}+) (?:have|make up|account for)|(?:by|per|for each|in each) (\p{L}+))/giu,
    'number of late orders by $1$2 with share of total',
  ],
  [
    new RegExp(
      `(?:[.;:,–-] ?)?\\b(?:(?:with|in|as|on|give me|show) )?(?:${MANY} (?:rows|lines)[,:]? )?\\b${ONE} (?:row|line|entry|record|figure|number|value) (?:per|for each|for every|each|a|an|by) (${UNIT}|${THING})\\b`,
      'gi',
    ),
    ' per $1',
  ],
  [
    new RegExp(
      `\\b${MANY} (?:rows|lines|figures|numbers)[,:]? ${ONE} (?:per|for each|for every|a) (${UNIT})\\b`,
      'gi',
    ),
    'per $1',
  ],
  [
    new RegExp(
      `\\b(?:each|every) (${THING}|${UNIT}) (?:on|in) (?:its|their|a) (?:own )?(?:separate )?(?:line|row)\\b`,
      'gi',
    ),
    'by $1',
  ],
  [/\b(?:in |with )?(?:two|three|four|2|3|4) (?:columns?|figures|numbers) ?[:–-] ?/gi, ''],
  [
    /\b(months|quarters|weeks|days|years) (?:down|along|across)(?: the (?:side|left|top))?,? (?:and )?([\p{L} ]{4,20}?) (?:down|across|along)(?: the (?:side|left|top))?(?=[\s?.!,;]|$)/giu,
    'by $1 and $2',
  ],
  [
    /\b([\p{L} ]{4,20}?) (?:down|along) the (?:side|left),? (?:and )?(months|quarters|weeks|days|years) (?:across|along)(?: the top)?(?=[\s?.!,;]|$)/giu,
    'by $1 and $2',
  ],
  [
    /\b(region|branch|month|brand|country|category|department|channel|store|shop|product|quarter|week)[ -]?wise\b/gi,
    'by $1',
  ],
  [new RegExp(`\\b(?:each|every)(?: single)? one of (?:the |our )(?=\\p{L})`, 'giu'), 'each of the '],
  [/\b(?:each|every|all) of (?:the )?(?:four|4) quarters\b/gi, 'each quarter'],
  [/\b(?:each|every|all) of (?:the )?(?:twelve|12) months\b/gi, 'each month'],
  [/\bof the (?:seven|7) days of the week\b/gi, 'day of the week'],
  [/\b(which|what) of the (?:four|4) quarters\b/gi, '$1 quarter'],
  [/\b(which|what) of the (?:twelve|12) months\b/gi, '$1 month'],
  [new RegExp(`\\b(${TIME}) after \\1\\b`, 'gi'), 'by $1'],
  [new RegExp(`\\bsingle (?=${TIME}\\b)(?! (?:order|sale|largest))`, 'gi'), ''],
  [
    new RegExp(
      `\\b(?:over|across|through|for) the (days|weeks|months|quarters) (of|in) (?=(?:this|last|the|20\\d\\d)\\b)`,
      'gi',
    ),
    'by $1 in ',
  ],
  [/\bhow many (?:pounds|quid|euros|dollars|reais) (?=(?:did|do|have|has|were|was|of)\b)/gi, 'how much '],
]; // prettier-ignore

export function answerLayout(question: string): string {
  return rewritten(question, LAYOUT);
}
