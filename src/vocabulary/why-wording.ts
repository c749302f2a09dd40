const CHANGED =
  /\b(?:rose|risen|rise|rising|grew|grown|fell|fallen|dropped|drop|dipped|declined|decreased|increased|jumped|slipped|slumped|(?:went|go|gone|going|come|came|is|are|was|were) (?:up|down)|up|down|more|less|fewer|higher|lower|better|worse)\b/i;
const REASON =
  "(?:why(?: is that| was that| so)?|how come|what(?:['’]s| is| was| were| are) (?:the )?(?:reasons?|causes?)(?: (?:for|of|behind) (?:it|this|that))?|what(?:['’]s| is| was) behind (?:it|this|that)|for what reasons?|what (?:caused|explains|drove) (?:it|this|that))";

/** What is done, and the figure by which it is told. */
const DONE: readonly [did: RegExp, figure: string][] = [
  [
    /^(?:sell|sold|selling|take|took|taking|turn(?:ed|ing)? over|make|made|making|earn(?:ed|ing)?)$/i,
    'revenue',
  ],
  [/^(?:refund(?:ed|ing)?|(?:give|gave|giving|hand(?:ed|ing)?|pay|paid|paying) back)$/i, 'refunds'],
  [/^discount(?:ed|ing)?$/i, 'discounts'],
  [/^(?:spend|spent|spending)$/i, 'expenses'],
  [/^cancel(?:l?ed|l?ing)?$/i, 'cancelled orders'],
];
const DOING =
  '(sell|sold|selling|take|took|taking|turn(?:ed|ing)? over|make|made|making|earn(?:ed|ing)?|refund(?:ed|ing)?|(?:give|gave|giving|hand(?:ed|ing)?|pay|paid|paying) back|discount(?:ed|ing)?|spend|spent|spending|cancel(?:l?ed|l?ing)?)';
const SO = '(?:so much |a lot |much |far |so many |that much )?';
const WHAT = '(?: (?:money|in (?:money|value)(?: terms)?|in total|overall))?( orders| units| pairs)?';

/** 'why did we refund more', 'we sold less last month. Why?': the figure and its way. */
const MORE_DONE = new RegExp(
  `\\b(?:why|how come|what made)(?: (?:did|do|have|has|are|were|is it that))?,? (?:that )?we (?:have |been |are |were )*${DOING} ${SO}(more|less|fewer)${WHAT}(?! (?:than \\d|of\\b))`,
  'i',
);
const DONE_WHY = new RegExp(
  `^(?:so |and |hi |hello )?we(?:['’]ve| have)? ${DOING} ${SO}(more|less|fewer)${WHAT}\\b([^?.!,;]*)[?.!,;–-]+ ?(?:and |but |so )?${REASON}[\\s?.!]*$`,
  'i',
);
const MORE_LATE =
  /\b(?:why|how come)(?: (?:were|are|was|is it that|have|did))?,? (?:there )?(?:so many )?(more|fewer|less) (orders|parcels|deliveries) (?:were |are |came |come |been |arrived |arrive |get |got )*(late|cancell?ed|returned|refunded|on time)\b/i;
const AT_THE_END = new RegExp(`[,.;?!–-] ?(?:and |but |so )?${REASON}[\\s?.!]*$`, 'i');
const AT_THE_FRONT = /^(?:and |so )?for what reasons? (?:did |have |has |is it that )?(?:the |our )?/i;

/** People who want to know why say so in front, behind, and by what they did more or less of. */
export function whyWording(question: string): string {
  if (
    !/\b(?:why|how come|reasons?|causes?|caused|behind|explains|drove|what made)\b/i.test(question) ||
    !CHANGED.test(question)
  )
    return question;
  return question
    .replace(
      DONE_WHY,
      (_whole, did: string, way: string, noun: string | undefined, rest: string) =>
        why(did, way, noun) + rest,
    )
    .replace(MORE_DONE, (_whole, did: string, way: string, noun: string | undefined) => why(did, way, noun))
    .replace(
      MORE_LATE,
      (_whole, way: string, _orders: string, what: string) =>
        `why did ${/time/i.test(what) ? 'orders on time' : `${what} orders`} ${risen(way)}`,
    )
    .replace(AT_THE_END, ', why')
    .replace(AT_THE_FRONT, 'why did ');
}

function why(did: string, way: string, noun: string | undefined): string {
  const figure =
    noun?.trim().replace(/^pairs$/i, 'units') ?? DONE.find(([said]) => said.test(did.trim()))?.[1];
  return `why did ${figure ?? 'revenue'} ${risen(way)}`;
}

function risen(way: string): string {
  return /^more$/i.test(way) ? 'rise' : 'fall';
}
