import { rewritten } from './rewritten.ts';

const WHICH = '(last|latest|most recent|first|earliest|very first|very last)';
const NAME = "([\\p{L}\\d&'’. -]{2,50}?)";
const ORDER = '(?:an? |any |the )?(?:orders?|sales?)';
const SPOKEN =
  /(?=.*\b(?:last|latest|most recent(?:ly)?|first|earliest)\b)(?=.*\b(?:orders?|ordered|s[eo]ld|sell|sales?|bought)\b)(?=.*\b(?:when|dates?|days?)\b)/is;

/** 'the last day with an order for it', 'the date of its latest sale': when it was last sold. */
const SAID: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    new RegExp(
      `\\b(?:on )?(?:which|what) (?:day|date) did ${NAME} (?:most recently|last) (?:get|have|take|receive|see|place) ${ORDER} (?:for|of|with|containing) ([^?.!]{3,60}?)(?: in it)?(?=[?.!]|$)`,
      'iu',
    ),
    'when did $1 last sell $2',
  ],
  [
    new RegExp(
      `\\b(?:(?:what|which)(?:['’]s| is| was) )?the ${WHICH} (?:day|date)(?: on which| when| that)? ${NAME} (?:had|got|took|saw|received|has had) ${ORDER} (?:for|of|with) ([^?.!]{3,60}?)(?: in it)?(?=[?.!]|$)`,
      'iu',
    ),
    'when was the $1 order of $3 at $2',
  ],
  [
    new RegExp(
      `\\b(?:(?:what|which)(?:['’]s| is| was) )?(?:the )?${WHICH} (?:day|date) (?:with|that had|which had|on which there (?:was|were)|when there (?:was|were)) ${ORDER} `,
      'iu',
    ),
    'when was the $1 order ',
  ],
  [
    new RegExp(
      `\\b(?:(?:what|which)(?:['’]s| is| was) )?(?:the )?(?:date|day) of (?:the |our )?${WHICH} ${NAME} (?:order|sale)\\b`,
      'iu',
    ),
    'when was the $1 order of $2',
  ],
  [
    new RegExp(`\\b(?:what|which) (?:day|date) was ${NAME} (last|first) (?=ordered|sold|bought)`, 'iu'),
    'when was $1 $2 ',
  ],
  [/\b(?:very )(?=(?:last|first) (?:order|sale|sold|ordered)\b)/gi, ''],
];

export function lastSold(question: string): string {
  if (!SPOKEN.test(question)) return question;
  return rewritten(question, SAID);
}
