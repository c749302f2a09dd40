import { rewritten } from './rewritten.ts';

const METHODS = 'returned|refunded|cancell?ed|delivered late|late|delivered on time|on time';

/** Short forms, and words behind a figure that say how it is meant, in the words of the model. */
const SHORT: readonly [said: RegExp, meant: string][] = [
  [/\byest\b\.?/i, 'yesterday'],
  [/\blw\b/i, 'last week'],
  [/\b(same (?:period|time|month|week|days?|quarter)) ly\b/i, '$1 last year'],
  [/\b(vs|versus|against|than|on) ly\b/i, '$1 last year'],
  [/\bnr\.? of\b/i, 'number of'],
  [/\s*\((?:distinct|unique|different)\)/i, ''],
  [
    /^(?:is|are|was|were) (.{3,40}?) or (.{3,40}?) (?:ahead|in front|in the lead|leading|winning|doing better)\b/i,
    'revenue of $1 vs $2',
  ],
  [/\b(units|items|pairs|pieces) (?:that were |were |we )?(?:shipped|dispatched|sent out)\b/i, 'units sold'],
  [
    /\borders?(?: that| which| we)?(?: were| was| have been| got)* (?:shipped|dispatched|sent out)(?= (?:out )?(?:in (?!\d|under|less|transit)|on|during|last|this|yesterday|today|since|between)\b)/i,
    'orders by day of shipment',
  ],
  [
    /\borders did we (?:ship|dispatch|send out)\b(?! within| in (?:\d|under|less))/i,
    'orders by day of shipment',
  ],
  [
    /\borders?(?: that| which)?(?: were| was| have been| got)* approved(?= (?:in|on|during|last|this|yesterday|today|since|between)\b)/i,
    'orders by day of approval',
  ],
  [
    /\b(?:biggest|largest) orders? (?:in|by) (?:units|items|pieces|pairs|quantity)\b/i,
    'which order has the most units',
  ],
  [/\bon[- ]time delivered orders\b/i, 'orders on time'],
  [/\bpeak (day|weekday|week|month)\b/i, 'busiest $1'],
  [/\b(highest|largest|biggest) (refunds|payments)\b/i, '$1 total $2'],
  [
    new RegExp(
      `\\b(share|percentage|percent|pct|proportion|%|fraction) of (web|online|store|shop) orders(?: that)?(?: are| were| was| get| got| being)* (${METHODS})\\b`,
      'i',
    ),
    '$1 of orders $3 for $2',
  ],
  [
    /\borders? with (?:only |just |exactly )?(?:one|1|a single|a) (?:single )?(line|item|product|article)\b/i,
    'orders with exactly 1 $1',
  ],
  [/\bshipped,? but (?:still )?undelivered\b/i, 'with order status shipped'],
  [
    /\bwas refunded (?:the )?most\b(.*?),? (?:money[- ]wise|value[- ]wise|in money terms|by value|in value)\b/i,
    'had the highest total refunds$1',
  ],
  [/\b(?:that )?did (more|less|over|under|fewer|at least) (than )?(?=[£$€]?\d)/i, 'with $1 $2'],
];

export function shortWords(question: string): string {
  return rewritten(question, SHORT);
}
