import { rewritten } from './rewritten.ts';

const GOODS = '(?:products?|skus?|items?|articles?|styles?|lines?|product lines?|models?)';
const COUNT = `(?:how many|(?:the )?(?:number|count|no\\.?) of)(?: (?:different|distinct|unique|of (?:our|the)|our))?`;
const AGAINST = '(?:vs\\.?|versus|against|compared (?:to|with))';
const YEAR_BEFORE = '(?:last year|the year before|a year (?:ago|before|earlier)|the previous year)';

/** How buyers and merchandisers say what is out of stock, in short, or beside a heading. */
const WORDING: readonly [said: RegExp, meant: string][] = [
  // What is out of stock, whichever way round.
  [
    new RegExp(
      `\\b${COUNT} ${GOODS}(?: \\(${GOODS}\\))?((?: (?:of|from|by|in) [\\p{L}&' -]{2,30}?)?) (?:(?:that |which )?(?:are|were|is|went|have run|ran) )?(?:currently |now |completely )?(?:out of stock|sold out)\\b(?: somewhere| anywhere)?`,
      'giu',
    ),
    'how many products out of stock$1',
  ],
  [
    new RegExp(
      `\\b(?:out of stock|out-of-stock|sold out|sold-out) ([\\p{L}&' -]{2,30}?),? ${COUNT} ${GOODS}\\b`,
      'giu',
    ),
    'how many products out of stock for $1',
  ],
  [
    new RegExp(`\\b(?:(?:the )?count of )?(?:out[- ]of[- ]stock|sold[- ]out) ${GOODS}\\b`, 'gi'),
    'out of stock products',
  ],
  [
    /\b(?:what|which) ([\p{L}&' -]{2,30}?) (?:are|have) we (?:currently |now )?(?:run |sold )?out of\b/giu,
    'which products are out of stock for $1',
  ],
  [
    /\b(?:do|have) we (?:still )?(?:have|got) (?:any |some )?([\p{L}&' -]{2,40}?) (?:left|in stock|available|on hand)\b/giu,
    'stock on hand of $1',
  ],
  // What a stock is worth is told at cost.
  [/\b((?:stock|inventory) (?:value|worth)\b[^?.!]*?) (?:at|by) cost(?: price)?\b/gi, '$1'],
  // What was taken off of gross sales by discounts alone is the revenue.
  [
    /\b(gross (?:sales|revenue)(?=[^?.!]*\bdiscounts?\b)(?![^?.!]*\b(?:refund|return))[^?.!]*?) net (?:revenue|sales)\b/gi,
    '$1 revenue',
  ],
  // In short.
  [/\bcats? (?=(?:perf|ranking|split|mix|share|list|level|sales|revenue|performance)\b)/gi, 'category '],
  [
    /\b(by|per|each|every|which|what|best|worst|top \d+|bottom \d+) cats?\b(?! food| litter)/gi,
    '$1 category',
  ],
  [/\bret(?:urn)?s?\.? rates?\b/gi, 'return rate'],
  [
    /\b(category|subcategory|brand|branch|store|product|department|channel) perf(?:ormance)?\b([^:?.!]*): (?=\S)/gi,
    'by $1$2: ',
  ],
  [
    /,? (?:as |in )?(?:a )?table(?: form(?:at)?)?,?(?: (?:pls|please|plz|thanks))?(?=[\s?.!]*$)/gi,
    ' as a table',
  ],
  // Seasons that are said to begin on a day, and parts of a year held against the same ones.
  [/\b(?:so far )?this season,? \(?((?:since|from) [^()?.!,]{3,20}?)\)/gi, '$1'],
  [
    /\b(?:the )?same (?:period|time|point|stage|stretch)(?: of| in)? last season\b/gi,
    'same period last year',
  ],
  [
    new RegExp(
      `\\b(${AGAINST}) (?:the )?(?:same )?(?:two|three|four|six|\\d|same) (months|weeks|quarters)(?: of| in)? ${YEAR_BEFORE}`,
      'gi',
    ),
    '$1 the same $2 last year',
  ],
];

/** Headings that say nothing of their own: 'Slow movers: 10 products with ...'. */
const HEADING =
  /^(?:(?:slow|fast|top|quick|best|worst) (?:movers?|sellers?)|mark-?downs?|(?:stock|margin|price|range|season|weekly|monthly|daily|quick) (?:check|review|report|overview|update|recap|question))\s*[:–—-]\s+(?=\S+ \S+ \S+)/i;

export function merchandiseWording(question: string): string {
  const text = question.replace(HEADING, '');
  return rewritten(text, WORDING).trim();
}
