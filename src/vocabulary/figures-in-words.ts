import { FIGURES_IN_WORDS, type FigureInWords } from './figure-words.ts';
import { MONTH_NAMES } from './month-names.ts';

const MONTHS = MONTH_NAMES.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|');
const WHEN = `(?:last|previous|this|past|current) (?:month|mnth|quarter|year|week)|yesterday|today|(?:month of )?(?:${MONTHS})(?: (?:19|20)\\d\\d)?|(?:the )?(?:first|second|third|fourth) quarter(?: of (?:this|last) year)?|q[1-4](?: (?:19|20)\\d\\d)?|(?:19|20)\\d\\d(?: so far)?|ytd|year to date`;
const TIME = new RegExp(
  `\\b(?:(?:in|for|during|over|of|from|within|throughout|on|over the course of) )?(?:the )?(${WHEN})(?:['’]s|s['’])?(?! ?[-\\d]| (?:to|until|till|and|or|i|we|be)\\b)(?![\\p{L}])`,
  'giu',
);

const KINDS: readonly [said: string, dimension: string][] = [
  ['branch(?:es)?|shops?|stores?', 'branch'],
  ['regions?|areas?', 'region'],
  ['(?:sales )?channels?', 'channel'],
  ['countr(?:y|ies)', 'country'],
  ['states?', 'state'],
  ['cit(?:y|ies)', 'city'],
  ['categor(?:y|ies)', 'category'],
  ['brands?', 'brand'],
  ['products?', 'product'],
  ['(?:refund )?reasons?', 'refund reason'],
  ['payment methods?|methods?|modes? of payment', 'payment method'],
  ['weekdays?|days? of the week', 'weekday'],
  ['months?', 'month'],
  ['weeks?', 'week'],
];
const KIND = KINDS.map(([said]) => said).join('|');
const EACH =
  '(?:split |broken down |break down |listed |grouped |separately )?(?:by|per|(?:for |of |in |at |under |across |does |did |do )?(?:each|every)(?: one)?(?: of (?:the|our))?(?: single)?)';
const BY = new RegExp(
  `(?:[,;:–-] ?)?\\b${EACH} (${KIND})(?:['’]s)?(?![\\p{L}-])|\\b(${KIND}) by \\2(?![\\p{L}])|\\bby (why) (?:they|these|it|people) (?:were|was|got) (?:given|refunded|paid|made|granted)`,
  'giu',
);

/** Words that say nothing of which figure is meant. */
const FILLING = new Set(
  (
    'a an the of for in on at to as is are was were be been being do does did have has had we us our i me my you ' +
    'it its they them their there this that these those what how much many which please pls kindly thanks thank hi ' +
    'hello hey morning can could would will tell show give let know see get need want like just so ok us total ' +
    'overall altogether all figure figures number numbers s d ll ve re with quick one q team advise state provide ' +
    'report about taken come comes came'
  ).split(' '),
);

/** A figure that is told in a sentence of its own, whatever the order of its words: none but those that tell it may stand there. */
export function figuresInWords(question: string): string {
  const times: string[] = [];
  const kinds: string[] = [];
  const rest = question
    .replace(TIME, (_whole, time: string) => {
      times.push(
        new RegExp(`^(?:month of )?(?:${MONTHS})\\b`, 'i').test(time)
          ? `in ${time.replace(/^month of /i, '')}`
          : time,
      );
      return ' , ';
    })
    .replace(BY, (_whole, one?: string, other?: string, why?: string) => {
      kinds.push(why ? 'refund reason' : dimensionOf(one ?? other ?? ''));
      return ' , ';
    });
  if (times.length > 1 || /\d/.test(rest) || ASKS_WHICH.test(rest) || asksForTwo(rest)) return question;
  const words =
    rest
      .replace(/^[\s,]*and\b/i, '')
      .toLowerCase()
      .match(/[\p{L}]+|[%&+]/gu) ?? [];
  const said = words.join(' ');
  const found = FIGURES_IN_WORDS.find((figure) => tells(figure, said, words));
  if (!found) return question;
  return [found.figure, ...[...new Set(kinds)].map((kind) => `by ${kind}`), ...times].join(' ');
}

/** 'which orders were late' wants them told one by one. */
const ASKS_WHICH =
  /^[\s,]*(?:(?:and|so|show|tell|give|list|name)(?: me| us)? )*(?:which|who|whose|list|name)\b|^[\s,]*what (?!is\b|was\b|are\b|were\b|(?:share|percent|percentage|proportion|fraction|part|slice|number|amount)\b|did\b|do\b|does\b|we\b)\p{L}+ |\b(?:in|on|at|for|of|to|from|by|with|through) which\b/iu;

/** 'how many, how much', 'amount and number'. */
function asksForTwo(text: string): boolean {
  return (
    /\b(?:how many|number|count)\b/i.test(text) &&
    /\b(?:how much|amount|value)\b/i.test(text) &&
    /[,&:]/.test(text)
  );
}

function tells({ needs, words, not }: FigureInWords, said: string, all: readonly string[]): boolean {
  if (not?.test(said) || !needs.every((need) => need.test(said))) return false;
  return all.every((word) => FILLING.has(word) || words.has(word));
}

function dimensionOf(said: string): string {
  return KINDS.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'i').test(said))?.[1] ?? said;
}
