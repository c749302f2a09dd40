const CLOCK = '(\\d{1,2})(?::00)?\\s?([ap])\\.?m\\.?';
const BETWEEN = new RegExp(
  `\\b(?:between|from) ${CLOCK.replace('([ap])', '([ap]?)').replace('m\\.?', 'm?\\.?')}\\s?(?:and|to|until|till|-|–) ?${CLOCK}(?!\\w)`,
  'gi',
);
const AFTER = new RegExp(`\\b(?:after|from|since|later than|past) ${CLOCK}(?!\\w)(?: onwards| on)?`, 'gi');
const BEFORE = new RegExp(`\\b(?:before|until|till|earlier than) ${CLOCK}(?!\\w)`, 'gi');
const AT = new RegExp(`\\b(?:at|around) ${CLOCK}(?!\\w)`, 'gi');

/** 'orders placed between 9 and 11': when, and not how many. */
const PLACED =
  /\b(placed|made|taken|received|came in|come in|coming in|bought|rung up|went through) (between|from) ([01]?\d|2[0-3]) (and|to|until|till) ([01]?\d|2[0-4])(?= (?:on|in|during|yesterday|today|last|this|each|every|o['’]?clock)\b|[?.!,]|$)(?! (?:orders|units|items|pairs|pieces|times|days|weeks))/gi;

/** 'between 6pm and 9pm', 'after 8 pm', 'before 10am': as hours of the day, the last one not begun. */
export function hoursOfDay(question: string): string {
  const placed = question.replace(
    PLACED,
    (whole, when: string, link: string, from: string, to: string, until: string) =>
      Number(from) < Number(until) ? `${when} ${link} ${from}:00 ${to} ${until}:00` : whole,
  );
  return withoutPartOfDay(question, bothHalves(byHalves(placed)))
    .replace(EARLY, (_whole, figure?: string) => `${figure ?? ''} before noon`.trim())
    .replace(/\bbefore noon\b/gi, 'hour of the day under 12')
    .replace(/\b(?:after noon|since noon)\b/gi, 'hour of the day at least 12')
    .replace(BETWEEN, (_, one: string, half: string, other: string, otherHalf: string) => {
      const to = hour(other, otherHalf) || 24;
      const same = hour(one, half || otherHalf);
      const from = half || same < to ? same : (same + 12) % 24;
      return `hour of the day between ${from} and ${to - 1}`;
    })
    .replace(AFTER, (_, one: string, half: string) => `hour of the day at least ${hour(one, half)}`)
    .replace(BEFORE, (_, one: string, half: string) => `hour of the day under ${hour(one, half)}`)
    .replace(AT, (_, one: string, half: string) => `hour of the day exactly ${hour(one, half)}`);
}

/** 'before 12 noon', 'before lunch, before noon', 'before-noon orders'. */
const EARLY =
  /\b(?:before|earlier than)[- ](?:lunch,? before )?(?:12 ?)?(?:o['’ ]?clock )?(?:noon|mid-?day)\b(?: (orders|sales|revenue|takings)\b)?/gi;

const EDGE = '(midnight|noon|\\d{1,2}(?::00)? ?[ap]\\.?m\\.?)';
const SPAN = new RegExp(`\\b(?:between |from )?${EDGE} ?(?:to|until|till|-|–|and) ?${EDGE}(?!\\w)`, 'gi');

/** '9am-5pm', 'midnight to 6am': with both halves said, no 'between' is needed. */
function bothHalves(question: string): string {
  const clock = (said: string): string =>
    said
      .replace(/midnight/i, '12am')
      .replace(/noon/i, '12pm')
      .replace(':00', '');
  return question.replace(SPAN, (_, from: string, to: string) => `between ${clock(from)} and ${clock(to)}`);
}

/** 'night orders (midnight to 6am)': which hours they are is said beside it. */
function withoutPartOfDay(question: string, read: string): string {
  return question === read || !/\bbetween \d+ ?[ap]m and\b/i.test(read)
    ? read
    : read.replace(/\b(?:night(?:-?time)?|evening|daytime|early morning|late night)s? (?=\p{L})/giu, '');
}

const PART: Record<string, string> = { morning: 'am', afternoon: 'pm', evening: 'pm', night: 'pm' };

/** '14:00', "14 o'clock", '9 in the morning', 'between 9 and 10 in the morning', 'noon': with am and pm. */
function byHalves(question: string): string {
  return question
    .replace(
      /\b(?:(?:in|at|during) )?(?:the )?([01]?\d|2[0-3])(?::00)? ?(?:-|–|to) ?([01]?\d|2[0-3])(?::00)? ?(?:h(?:rs|ours?)?\b|(?= ?(?:slot|window)\b))(?: ?(?:slot|hour|window)\b)?/gi,
      (_, one: string, other: string) => `between ${half(one)} and ${half(other)}`,
    )
    .replace(
      /\b(\d{1,2})(?::00)?(?: ?o['’ ]?clock)?( ?(?:and|to|until|till|-|–) ?)(\d{1,2})(?::00)?(?: ?o['’ ]?clock)? (?:in the|at) (morning|afternoon|evening|night)\b/gi,
      (_, one: string, joint: string, other: string, part: string) =>
        `${one}${PART[part.toLowerCase()]}${joint}${other}${PART[part.toLowerCase()]}`,
    )
    .replace(
      /\b(\d{1,2})(?::00)?(?: ?o['’ ]?clock)? (?:in the|at) (morning|afternoon|evening|night)\b/gi,
      (_, one: string, part: string) => `${one}${PART[part.toLowerCase()]}`,
    )
    .replace(/\b([01]?\d|2[0-3]) ?o['’ ]?clock\b/gi, (_, said: string) => half(said))
    .replace(
      /\b(after|before|between|from|since|until|till|at|around|and|to|by) ([01]?\d|2[0-3])(?::00| ?h(?:rs|ours?)? ?00|h00)\b(?!:)/gi,
      (_, link: string, said: string) => `${link} ${half(said)}`,
    )
    .replace(/\b(at|around|from|after|before|until|till|and|to) (?:mid-?day|noon)\b/gi, '$1 12pm')
    .replace(/\bhour of the day (\d+)\b/gi, 'hour of the day exactly $1')
    .replace(/\bbefore 12pm\b/gi, 'before noon');
}

function half(said: string): string {
  const number = Number(said);
  return `${number % 12 === 0 ? 12 : number % 12}${number < 12 ? 'am' : 'pm'}`;
}

function hour(said: string, half: string): number {
  return (Number(said) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
