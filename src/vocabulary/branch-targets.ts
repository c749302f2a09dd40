import { rewritten } from './rewritten.ts';

const SALES = '(?:sales|revenue|turnover|takings)';
const PLAN = '(?:budget|plan|target)s?';
const EACH = '(?:(?:did |has |have |does |was )?(?:each|every|the|our) (branch|shop|store)(?:e?s)?)';
const PERCENT = '(?:percent(?:age)?|per cent|share|proportion|part|%)';
const REACH = '(?:reach(?:ed)?|hit|achieve[d]?|ma[dk]e|met|meet|attain(?:ed)?|deliver(?:ed)?|got|get)';

/** What was to be sold, and how much of it was: a branch's budget as it is spoken of. */
const SAID: readonly (readonly [said: RegExp, meant: string])[] = [
  [/\bbudgetted\b/gi, 'budgeted'],
  [
    new RegExp(
      `\\bhow much (?:was|were|is|are) ([^?.!,]{3,40}?) (?:supposed|meant|expected|planned|due|budgeted) to (?:sell|take|make|turn over|bring in)\\b(.*?),? (?:according to|as per|per|in|by|under|going by) (?:the |our )?${PLAN}(?:, in (?:money|value))?`,
      'i',
    ),
    'revenue budget of $1$2',
  ],
  [
    new RegExp(
      `\\b(?:what|how much)(?: ${SALES})? (?:had we|have we|did we|was|were|had been|has been|is) (?:pencilled in|penciled in|foreseen|planned|set(?: down)?|put down|budgeted|down)(?: (?:as|for|in)(?= ))?(.{3,60}?),? (?:in|by|under) (?:the |our )?${PLAN}\\b`,
      'i',
    ),
    'revenue budget of $1',
  ],
  [
    new RegExp(
      `^(?:according to|in|by|under|as per|per) (?:the |our )?${PLAN},? (?:what|how much) ${SALES}(?: figure)? (?:was|were|is|had been) (?:foreseen|planned|set|expected|pencilled in|budgeted|put down) `,
      'i',
    ),
    'revenue budget ',
  ],
  [
    new RegExp(
      `\\b(?:what|which) ${SALES}(?: figures?)? (?:did|does) (?:the |our )?${PLAN} (?:give|set|have|foresee|allow|show|hold)(?: for)?\\b`,
      'i',
    ),
    'revenue budget of',
  ],
  [new RegExp(`\\b${SALES} target in (?:the |our )?(?:budget|plan)\\b`, 'i'), 'revenue budget'],
  [new RegExp(`(\\brevenue budget of )(.{3,40}?)['’]s ${SALES}\\b`, 'i'), '$1$2'],
  [
    new RegExp(`\\b(?:${SALES} )?${PLAN} attainment\\b((?:(?!\\b${SALES}).)*),? ${SALES}(?=[?.! ]*$)`, 'i'),
    'revenue budget reached$1',
  ],
  [
    new RegExp(
      `\\bhow (?:far|close|near) ${EACH} (?:get|got|come|came) (?:to(?:wards)?|in|on) (?:making |reaching |hitting |meeting )?(?:its |their )?(?:${SALES} )?${PLAN}\\b`,
      'i',
    ),
    'revenue budget reached by $1',
  ],
  [
    new RegExp(
      `(?<=revenue budget reached.*)[?.,;:]+ ?(?:(?:in|as) )?(?:a )?${PERCENT} of (?:the )?${PLAN}(?: reached)?`,
      'i',
    ),
    '',
  ],
  [
    new RegExp(
      `\\b(?:what |which )?${PERCENT} of (?:the |its |their )?planned ${SALES} ${EACH} ${REACH}\\b`,
      'i',
    ),
    'revenue budget reached by $1',
  ],
  [
    new RegExp(
      `\\b(?:what |which )?${PERCENT} of (?:the |its |their )?(?:${SALES} )?${PLAN} ${REACH}\\b`,
      'i',
    ),
    'revenue budget reached',
  ],
];

const SPOKEN = /\b(?:budget\p{L}*|plans?|planned|targets?)\b/iu;

export function branchTargets(question: string): string {
  return SPOKEN.test(question) ? rewritten(question, SAID) : question;
}
