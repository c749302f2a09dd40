import { rewritten } from './rewritten.ts';

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const TIME = `(?:(?:the )?(?:last|this|previous|prior|same) (?:day|week|month|quarter|year)(?:['’]s)?(?: last year)?|(?:the )?(?:day|week|month|quarter|year) before(?: (?:it|that|last))?|(?:${MONTH})(?: (?:19|20)\\d\\d)?|(?:19|20)\\d\\d|q[1-4](?: (?:19|20)\\d\\d)?|yesterday|today)`;

/** How two times are held against each other: with a verb, a sign, a place beside. */
const COMPARING: readonly [said: RegExp, meant: string][] = [
  [
    /[,.;?!]? *\b(?:and )?how (?:does|do|did|is|was) (?:that|it|this|they) (?:differ|differs|different) (?:from|to) (?:that of |the one of |those of )?/giu,
    ' compared with ',
  ],
  [new RegExp(`\\b(${TIME}) minus (?=${TIME})`, 'gi'), '$1 vs '],
  [/\b(?:the )?(?:gap|distance|spread) (in|of|between) /gi, 'the difference $1 '],
  [
    /\b(?:the )?(day|week|month|quarter|year) (?:that |which )?(?:preceded|came before|precedes|preceding|went before)(?: it| that| this)?\b/gi,
    'the $1 before',
  ],
  [/\b(?:the )?preceding (day|week|month|quarter|year)\b/gi, 'the previous $1'],
  [
    new RegExp(
      `,? ?\\b(?:set|put|placed|held|laid|stood|seen)? ?(?:beside|alongside|next to|side by side with|up against|over against) (?:that of |those of |the one of |what it was )?(?=(?:in |for )?${TIME})`,
      'gi',
    ),
    ' compared with ',
  ],
  [/\balongside (?:the )?(?=\p{L})/giu, 'and '],
  [
    /\b(?:put|list|show|give|sort|arrange|place)(?: me)? (?:the |our |all )*([\p{L}]+) in (?:the )?order of /giu,
    'rank $1 by ',
  ],
  [
    /\bhow (?:fast|quickly|strongly|rapidly|well) (?:their |its |the |our )?(revenue|turnover|sales|takings|units|orders|margin) (?:rose|grew|increased|climbed|went up|developed|has grown|have grown|is growing|are growing)\b/gi,
    'percentage growth in $1',
  ],
  [
    /\bin absolute (?:terms|numbers|figures|units)\b|\b(?:\(?absolute\)?,? )(?=(?:decrease|increase|change|fall|drop|rise|growth|decline|loss|gain|difference)s?\b)|\(absolute,? (?=not\b)|[,(] ?absolute change\)?(?=[\s.?!,]|$)|\(absolute\)/gi,
    '',
  ],
  [
    /\b(fell|dropped|declined|decreased|shrank|sank|went down|grew|rose|climbed|increased|went up|improved) (?:the )?(?:furthest|farthest|hardest|deepest|most (?:heavily|steeply|sharply|strongly))\b/gi,
    '$1 the most',
  ],
  [
    /\b(?:is|are|was|were) (?:(down)|up) (?:by )?(?:the )?(?:most|greatest number of|largest number of) (units|orders|customers|revenue|sales)\b/gi,
    'had the biggest {$1} in $2',
  ],
  [
    /\b(?:did|have|do) we (?:lose|lost) (?:the )?(?:greatest|largest|highest|biggest) (?:number|amount|quantity) of /gi,
    'lost the most ',
  ],
  // One figure of two: 'web orders minus store orders', 'how many more orders did web have than stores'.
  [
    /\b(\p{L}+) (orders|revenue|sales|units|refunds|margin|customers) (?:minus|less|take away) (?:the )?(\p{L}+) \2\b/giu,
    'difference in $2 between $1 and $3',
  ],
  [
    /\bhow many more (orders|units|customers|refunds|returns) did (?:the )?(\p{L}+(?: (?!have|get)\p{L}+)?) (?:have|get|make|take|see|receive|place|sell) than (?:the |in |at )?(\p{L}+(?: (?!last|this|in|on|over|during|for|since|so|yesterday|today)\p{L}+)?)/giu,
    'difference in $1 between $2 and $3',
  ],
  [/,? ?\b(?:counted|measured|expressed) in (units|pounds|revenue|money)(?=[\s?.!,]|$)/gi, ', in $1'],
  [/\bhow did (?:the |our )?([^?.!,]{3,40}?) move\b/gi, 'how did $1 change'],
  [
    /\b(?:from|between) ([^?.!,]{3,25}?) (?:to|and) ([^?.!,]{3,25}?),? ([^?.!,]{3,40}?) (?:moved|shifted|changed|went) by how (?:many|much)(?: (?:pounds|euros|units|percent|points|in money))?/gi,
    'by how much did $3 change from $1 to $2',
  ],
];

export function comparingWording(question: string): string {
  return rewritten(question, COMPARING)
    .replace(/\{(down)?\}/gi, (_said, down: string | undefined) => (down ? 'fall' : 'rise'))
    .trim();
}
