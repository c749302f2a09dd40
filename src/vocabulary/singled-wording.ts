import { rewritten } from './rewritten.ts';

const UNIT = '(?:day|date|week|month|quarter|year|weekday|hour)';
const KIND = `(?:${UNIT}|product|item|article|brand|category|subcategory|department|branch|shop|store|region|country|city|channel|customer|segment|customer segment|payment method)`;
const SALE = '(?:order|basket|sale|transaction|invoice|receipt|purchase)';
const MOST =
  '(?:most|fewest|least|highest|lowest|biggest|largest|smallest|best|worst|strongest|weakest|busiest|quietest|peak|record)';

/** 'one', 'single' and 'date' where they only say that it is one of them. */
const SINGLED: readonly [said: RegExp, meant: string][] = [
  [
    /,? ?\b(?:as |in )?(?:a |one )?(?:one|single|joint|combined) (?:figure|number|total|sum|amount)(?: for both| for all| of both)?(?:,? (?:please|pls))?(?=[\s?.!,;:]*$)/gi,
    ', combined',
  ],
  [
    /^(?:i |we )?(?:need |want |give me |just )?(?:one|a single) (?:number|figure|total)(?: please)?[:,–-] *(?=\S+ \S+)(.+?)(?:,? (?:taken )?together)?[?.! ]*$/i,
    '$1 combined',
  ],
  [/\badd(?:ing)? (?:up|together) (?=(?:the |our )?\p{Lu})/gu, 'combined '],
  [/^add(?:ing)? (?:up|together) (?=[^,.?!]{2,40} (?:and|plus|\+|&) )(?!.*\bas we go\b)/gi, 'combined '],
  [/\b(?:a|one) (hundred|thousand|dozen)\b(?! (?:and|thousand|million))/gi, '{$1}'],
  [/\b(each|every|any) (?:single )?one of (?:the |our |these |those )?/gi, '$1 of the '],
  [/\b(in|for|at|from|by|per|on|of|to) (each|every) (?:single )?one(?=[\s.?!,;:]|$)(?! of\b)/gi, '$1 each'],
  [/\b(to|with|against|vs\.?|versus|than) (?:the|that) ones? (of|in|from|for|at) (?:the )?/gi, '$1 $2 '],
  [/[\s,;:.?!–-]+(?:just|only) (?:the )?(?:top |best )?one(?:,? (?:please|pls))?[\s.?!]*$/i, ''],
  [
    new RegExp(
      `(?<!\\b(?:just|only|exactly|than|but) )\\b(which|what|the|our) (?:one |single )(?=${KIND}\\b)`,
      'gi',
    ),
    '$1 ',
  ],
  [
    new RegExp(
      `\\bwhat (did|does|was|is) (?:one|a single|each|an?|the average|the mean|an average) ${SALE} (?:come to|worth|cost|bring(?: in)?|amount to|make)(?: on average)?\\b`,
      'gi',
    ),
    'what $1 the average order value',
  ],
  [
    new RegExp(
      `\\bhow many (items|pieces|units|pairs|products|articles) (?:did|does|do|were|are|is|was) (?:there )?(?:in |on )?(?:one|a single|an?|each|every|the average|an average) ${SALE} (?:contain|hold|have|include|come with|count)?(?: on average)?`,
      'gi',
    ),
    'items per order ',
  ],
  [
    new RegExp(
      `\\bhow many (?:items|pieces|units|pairs|products|articles) (?:people|customers|shoppers|they|buyers) (?:put|had|have|buy|bought|get|got|took) (?:in|on|with|per) (?:one|a single|an|a|each|the average|an average) ${SALE}(?:,? on average,?)?`,
      'gi',
    ),
    'items per order ',
  ],
  [
    new RegExp(
      `\\b(?:the )?(?:average |avg |mean )?(?:number of )?(?:items|pieces|units|pairs|articles) (?:on|in|within) (?:an|a|one|each|every|the average|an average|a single|a typical|a typical) ${SALE}(?: on average)?\\b(?! of\\b)`,
      'gi',
    ),
    'items per order',
  ],
  [
    new RegExp(`\\b(?:on|in|over) (?:the|an|a) (?:average|typical) (day|week|month|weekday)\\b`, 'gi'),
    'per $1 on average',
  ],
  [new RegExp(`^((?:on |in )?(?:which|what)) (?:calendar )?date(?=\\b[^?.!]*\\b${MOST}\\b)`, 'i'), '$1 day'],
  [new RegExp(`\\b(${MOST}) (?:calendar )?date\\b`, 'gi'), '$1 day'],
  [
    new RegExp(
      `\\b((?:best|worst|busiest|quietest|top|record|peak) ${UNIT}\\b[^?.!]*)[?.!,]+ *(?:the|which|what) date(?: (?:was|is) (?:it|that))?[\\s?.!]*$`,
      'i',
    ),
    '$1',
  ],
  [
    /^when (?:in |during )?([^?.!]{0,25}?) ?did (?:the |our )?([^?.!]{3,40}?) (?:hit|reach|have|see) (?:their|its|the|a) daily (?:high|peak|maximum|best|record)\b/i,
    'which day in $1 had the most $2',
  ],
];

const WRITTEN: Record<string, string> = { hundred: '100', thousand: '1000', dozen: '12' };

export function singledWording(question: string): string {
  return rewritten(question, SINGLED)
    .replace(/\{(hundred|thousand|dozen)\}/gi, (_said, word: string) => WRITTEN[word.toLowerCase()] ?? word)
    .trim();
}
