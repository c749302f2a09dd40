import { furthestOff } from './furthest-off.ts';
import { rewritten } from './rewritten.ts';

const MOST = 'best|highest|biggest|largest|greatest|most|top|longest|slowest|strongest';
const LEAST = 'worst|lowest|smallest|least|fewest|shortest|fastest|weakest|quickest';
const PLACE = 'second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th';
/** Orders and places that are said with other words in between. */
const ORDERS: readonly [said: RegExp, meant: string][] = [
  [/\b(?:the )?runners?[- ]up\b/gi, 'second best'],
  [
    /\bsecond (?:to last|from last|from bottom|from the bottom)\b|\b(?:last|bottom) but one\b/gi,
    'second lowest',
  ],
  [/\b(?:the )?(?:number|no\.?|#) ?(?:two|2)(?= (?!or\b|and\b|of\b|to\b)\p{L})/giu, 'the second best'],
  [
    new RegExp(
      `\\b(?:came|comes|come|was|were|is|are|ranks|ranked|finished|sits|sat|in) (?:in )?(?:the )?(${PLACE})(?: place| spot| position)?(?: (?:in|by|for|on) (?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\\d|20|19|last|this|the)))(?=\\p{L})`,
      'giu',
    ),
    'had the $1 highest ',
  ],
  [
    new RegExp(
      `\\b(?:came|comes|come|finished|ranked|ranks|is|was) (?:in )?(?:the )?(${PLACE})(?: place| spot| position)?(?=$|[?.!,]| (?:in|for|on|last|this)\\b)`,
      'gi',
    ),
    'was the $1 best',
  ],
  [
    new RegExp(
      `\\b(${MOST}|${LEAST}) (?:ones?|amounts?|values?|numbers?|figures?|totals?|spenders?|sellers?|first) first\\b`,
      'gi',
    ),
    '$1 first',
  ],
];

/** 'worst overspend first': in order of a figure that is named with it. */
const BY_FIGURE = new RegExp(
  `,? ?(?:with )?(?:the )?\\b(${MOST}|${LEAST}) ((?!first\\b)\\p{L}+(?: (?!first\\b)\\p{L}+){0,2}) (?:first(?! (?:quarter|half|weeks?|months?|weekend|fortnight|days?|years?|few|\\d|two|three|four|five|six|nine|ten|time)\\b)|at the top|on top)\\b`,
  'giu',
);

/** 'ranked by growth, fastest first': of what grows the fastest grew most. */
const GROWING = /\b(?:grow|grew|growth|rose|increase|increased|climbed)\w*\b/i;
const FASTEST_FIRST =
  /\b(?:fastest|quickest)(?: growing| growers?| growth)?(?: ones?)? (?:first|at the top|on top)\b/gi;

export function orderingWording(question: string): string {
  const asked = GROWING.test(question) ? question.replace(FASTEST_FIRST, 'highest first') : question;
  const placed = rewritten(furthestOff(asked), ORDERS);
  return placed.replace(BY_FIGURE, ', $1 first by $2');
}
