import { rewritten } from './rewritten.ts';

const UNITS = 'day|week|month|quarter|year';
const THINGS =
  'stores?|shops?|branch(?:es)?|products?|categor(?:y|ies)|brands?|items?|articles?|customers?|sellers?|accounts?|models?|shoes?';

/** Shorthand of offices and shops, and ways round a figure's own name: said in the words that the rest is read with. */
const SHORT: readonly [said: RegExp, meant: string][] = [
  [/\brevs?\b(?!\.? ?\d)/gi, 'revenue'],
  [/\b(by|per|each|every|which|what) (account)(?= for (?:\p{L}+ )?(?:\d|\p{L}))/giu, '$1 $2,'],
  [/\b(?:weekdays,? ?)?\(?\bmon(?:day)?s? ?[-–] ?fri(?:day)?s?\b\)?/gi, 'weekdays'],
  [/\b(?:weekends,? ?)?\(?\bsat(?:urday)?s? ?[-–/&] ?sun(?:day)?s?\b\)?/gi, 'weekends'],
  [
    /\b(first|second|third|1st|2nd|3rd) (and|vs\.?|versus|against) (?:the )?(second|third|fourth|last|2nd|3rd|4th) (quarter|week|half|month)s?((?: of| in) (?:the )?[\p{L}]+(?: \d{4})?| (?:19|20)\d\d)?/giu,
    '$1 $4$5 $2 $3 $4$5',
  ],
  [/\b(?:over|through|across|down) the years\b|\b(?:year by year|in (?:each|every) year)\b/gi, 'per year'],
  [
    /\b(?:usually|normally|typically|generally|ordinarily)\b([^?.!]*?)\b(?:on|at) (?:a |an )?((?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)s?\b/gi,
    'on average$1on $2s',
  ],
  [/\bon a ((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?! (?:in|of|the))/gi, 'on $1s'],
  [
    /\b((?:stock|inventory)(?: on hand| value| units)?) at (?:the )?(?:end|close) of (?:each|every) (week|month|quarter|year)\b/gi,
    '$1 per $2',
  ],
  [/\b(month|quarter|year|week)[- ]end (stock(?: value| on hand)?|inventory)\b/gi, '$2 per $1'],
  [/\b(?:LY|PY|ly)\b/g, 'last year'],
  [/\bTY\b/g, 'this year'],
  [
    /\b(vs?\.?|versus|against|compared (?:to|with)|beating|hitting) (?:the |our |its |their )?plan\b/gi,
    '$1 budget',
  ],
  [
    /(?<!\b(?:vs?\.?|versus|against|than|to|with) (?:the )?)\b(?:for )?(?:the )?(?:full|whole|entire) year (?=(?:19|20)\d\d\b)/gi,
    '',
  ],
  [/(\b(?:19|20)\d\d\b[^?.!]*?),? (?:for |over )?(?:the )?(?:full|whole|entire) year\b/gi, '$1'],
  [
    new RegExp(
      `\\b(last|past|previous) (\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (${UNITS})s,? (?:each(?! of)|separately|individually|one by one|singly)\\b`,
      'gi',
    ),
    '$1 $2 $3s per $3',
  ],
  [
    new RegExp(
      `\\b(?:over|through|across|throughout) the (${UNITS})s\\b(?! (?:of|in|from|since|before|after))`,
      'gi',
    ),
    'by $1',
  ],
  [new RegExp(`\\b(${THINGS}) of the (week|month|quarter|year)\\b`, 'gi'), '$1 this $2'],
  [/[-–—,(]? ?\b(?:I mean|i\.e\.|that is to say|by which i mean)\b,?/gi, ','],
  [
    /, ?(?:for |in |of |across |over )?all (?:the |our )?(?:branches|channels|categories|departments|locations)(?: together| combined)?(?=[?.! ]*$)/gi,
    '',
  ],
  [
    /\bprofit\b([^?.!]*?) (?:in|from|per|by|according to|as per) (?:the |our )?(?:books|ledger|general ledger|gl)\b/gi,
    'ledger profit$1',
  ],
  [
    /\b(accounts?|balances?|debits?|credits?|expenses|costs|bookings|entries|movements?)\b([^?.!]*?) (?:in|from|per|by|according to|as per) (?:the |our )?(?:books|general ledger|ledger|gl)\b/gi,
    '$1$2',
  ],
];

export function withoutShorthand(question: string): string {
  return rewritten(question, SHORT);
}
