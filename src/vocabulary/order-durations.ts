import { countInWords, NUMBERS_IN_WORDS } from './number-words.ts';

const LEAD =
  '(?:(?:the )?(?:average |avg\\.? |mean )?(?:(?:number|no\\.?|#) of )?(?:days|hours|time)|how (?:long|many (?:days|hours))(?: is it| does it take| did it take| was it| do we (?:need|take)| passes?)?(?: on average)?)';
/** Not 'took more than 7 days to arrive', which is a condition. */
const NOT_COUNTED = '(?<!(?:\\d|\\b(?:an?|one|two|three|four|five|six|seven|ten|fourteen|few)|\\bwith) )';
const ORDERED =
  '(?:the |an |a )?(?:order|purchase|checkout|sale|buying|ordering|purchasing)(?: (?:date|time|placement|being placed|is placed|was placed))?';
const EVENT =
  '(?<event>approv(?:ed?|al|ing)|deliver(?:y|ed|ing)?|arriv(?:al|ed|e|ing)|receipt|shipp?(?:ed|ing|ment)?|dispatch(?:ed|ing)?|despatch(?:ed)?)';

/** 'days between order and delivery', 'hours from purchase to approval'. */
const FROM_TO = new RegExp(
  `\\b${LEAD}(?: (?:that )?(?:pass(?:es|ed)|elaps(?:es|ed)|it takes|taken))? (?:between|from) ${ORDERED} (?:and|to|until|till|through to) (?:the |its |their |being )?${EVENT}(?: date)?\\b`,
  'giu',
);
/** 'hours until an order is approved', 'avg days before orders get shipped'. */
const UNTIL = new RegExp(
  `${NOT_COUNTED}\\b${LEAD} (?:until|till|before|(?<=(?:average|avg\\.?|mean|number|no\\.?|how) [^?.]{0,40})to) (?:(?:an |the |our |their )?(?:orders?|purchases?|parcels?|it|they) (?:is|are|was|were|gets?|got|has been|have been) |the |its |be |get )?${EVENT}\\b`,
  'giu',
);
/** 'delivery time by state, avg days', 'time to ship in hours': the unit of what is asked for, and not what it is broken down by. */
const IN_UNIT =
  /\b((?:time|times|long|duration|delay|wait|takes?|took)\b[^?.!]{0,60}?)(?:,? in (?:hours|days|minutes)\b|(?:[,;(–-]| -)+ ?(?:(?:in|avg\.?|average|mean|number of) )*(?:days|hours)\)?(?=[\s?.!]*$|,))/gi;

/** 'orders that arrived more than 10 days late', 'a week overdue or more'. */
const DAYS_LATE = new RegExp(
  `\\b(?:(?:that|which|who|were|was|are|is|arrived?|came|got|been|delivered|have|had) )*(?:by )?(?:(?<cmp>more than|over|at least|less than|under|up to|at most|exactly) )?(?<count>\\d+|an?|${Object.keys(NUMBERS_IN_WORDS).join('|')}) (?:or (?<more>more) )?(?<unit>days?|weeks?) (?:too )?(?:late|overdue|delayed|behind schedule|after the promised (?:date|day)|past (?:the|their) (?:promised |due )?(?:date|day))(?<after> or (?:more|later|worse))?\\b`,
  'giu',
);

const HOW_LATE =
  /\bby how (?:many days|much|long) (?:are|were|is|was|do|did) (?:the |our |an? )?(?:late |delayed )?(?:orders?|deliver(?:y|ies)|parcels?|packages?) (?:usually |on average )?(?:late|delayed|overdue|arrive late|come late|miss(?:ed)? (?:the|their) (?:promised )?date)\b/gi;

const METRIC: readonly [RegExp, string][] = [
  [/^approv/i, 'average approval time'],
  [/^(?:ship|d[ei]spatch)/i, 'average time to ship'],
  [/./, 'average delivery time'],
];

/** How long an order takes to one of its events is one figure, however it is put. */
export function orderDurations(question: string): string {
  const named = (_whole: string, ...found: unknown[]): string => {
    const { event = '' } = found.at(-1) as Record<string, string | undefined>;
    return METRIC.find(([pattern]) => pattern.test(event))?.[1] ?? '';
  };
  return question
    .replace(HOW_LATE, 'average delay')
    .replace(FROM_TO, named)
    .replace(UNTIL, named)
    .replace(IN_UNIT, '$1');
}

/** Before what 'arrived more than 10 days' is read as the days to delivery. */
export function daysLate(question: string): string {
  const late = (_whole: string, ...found: unknown[]): string => {
    const { cmp, count = '', unit = '', more, after } = found.at(-1) as Record<string, string | undefined>;
    const days = countInWords(count) * (/^w/i.test(unit) ? 7 : 1);
    return `with days late ${more || after ? 'at least' : (cmp?.toLowerCase() ?? 'at least')} ${days}`;
  };
  return question.replace(DAYS_LATE, late);
}
