import { MONTH_NAMES } from './month-names.ts';

const MONTH = MONTH_NAMES.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|');
const YEAR = '(?:19|20)\\d\\d';
const TIME = `(?:(?:${MONTH})(?: ${YEAR})?|q[1-4](?: ${YEAR})?|h[12](?: ${YEAR})?|${YEAR}|(?:the )?(?:last|this|previous) (?:week|month|quarter|year)|yesterday|today)`;
const APART =
  /\b(?:differences?|differs?|differed|gaps?|delta|swing|up or down|down or up|(?:more|higher) or (?:less|fewer|lower)|better or worse)\b/i;
const STEPWISE =
  /\b(?:monthly|weekly|daily|quarterly|yearly|(?:per|each|every|by) (?:day|week|month|quarter|year))\b|\bprices?\b/i;

/** 'the difference between April and May', 'May minus April', 'take May and subtract April': the later time against the other. */
export function differenceWording(question: string): string {
  return minus(between(question)).replace(DIFFERS, 'compared with ');
}

const BETWEEN = new RegExp(
  `\\bbetween (?:(?:those|that|the figures?) (?:of|for|in) )?(${TIME}) (?:and|to) (?:that of |those of )?(${TIME})(?![\\p{L}\\d-])`,
  'giu',
);

/** 'the difference between revenue in May and revenue in April'. */
const OF_BOTH = new RegExp(
  `\\b(?:differences?|gaps?|delta) between (?:the |our )?([\\p{L} ]{3,40}?) (?:in|of|for) (${TIME}) and (?:(?:that|those|the same|the one|(?:the |our )?\\1) (?:in|of|for) )?(${TIME})(?![\\p{L}\\d-])`,
  'iu',
);
/** 'by how many units did its sales differ': units are what was sold. */
const BY_UNITS = /\b(by how many (?:units|pieces|pairs)\b[^?]*?)(?:['’]s|\b(?:our|the)) sales\b/i;

function between(question: string): string {
  if (!APART.test(question) || STEPWISE.test(question)) return question;
  return question
    .replace(OF_BOTH, 'difference in $1 between $2 and $3')
    .replace(BETWEEN, (_whole, one: string, other: string) => {
      const [later, earlier] = inOrder(one, other);
      return `in ${later} compared with ${earlier}`;
    })
    .replace(/\bgaps? (?=in\b|of\b)/i, 'difference ')
    .replace(/\bdiffer(?:ed|s)? (?=in\b)/i, '')
    .replace(BY_UNITS, '$1');
}

const DIFFERS = new RegExp(
  `\\b(?:differ|differed|differs|different)(?: (?:in|by))? (?:from|to|than) (?:that (?:of|in) |those (?:of|in) |what it was in |(?:in|of) )?(?=${TIME}(?![\\p{L}\\d-]))`,
  'iu',
);

const AWAY = '(?:minus|less|take away|taking away|subtract(?:ing)?|deduct(?:ing)?)';
const MINUS = new RegExp(
  `(?<=(?<![\\p{L}\\d])(${TIME})),? ?(?:and |then |and then )?${AWAY} (?:the |our )?(?:([\\p{L} ]{3,30}?) )??(?:(?:of|in|for|from) )?(${TIME})(?![\\p{L}\\d-])`,
  'iu',
);

function minus(question: string): string {
  return question.replace(
    MINUS,
    (whole, _first: string, said: string | undefined, time: string, at: number) => {
      const before = question.slice(0, at).toLowerCase();
      const words = (said ?? '').toLowerCase().split(' ');
      const again = words.every((word) => SMALL.has(word) || before.includes(word));
      return again ? ` compared with ${time}` : whole;
    },
  );
}

const SMALL = new Set([
  '',
  'those',
  'that',
  'the',
  'same',
  'of',
  'in',
  'for',
  'from',
  'figure',
  'ones',
  'it',
]);

/** Months by the calendar; without years, December stands before January. */
function inOrder(one: string, other: string): [later: string, earlier: string] {
  if (/^(?:this|today)/i.test(one)) return [one, other];
  const [first, second] = [placeOf(one), placeOf(other)];
  if (first === undefined || second === undefined || first.dated !== second.dated) return [other, one];
  const steps = second.at - first.at;
  return first.dated
    ? steps > 0
      ? [other, one]
      : [one, other]
    : steps > 6 || (steps < 0 && steps >= -6)
      ? [one, other]
      : [other, one];
}

function placeOf(time: string): { at: number; dated: boolean } | undefined {
  const month = MONTH_NAMES.findIndex((name) =>
    time.toLowerCase().startsWith(name.slice(0, 3).toLowerCase()),
  );
  const part = /^([qh])([1-4])/i.exec(time);
  const year = /(?:19|20)\d\d$/.exec(time)?.[0];
  if (month < 0 && !part && !year) return undefined;
  const step = month >= 0 ? month : part ? Number(part[2]) * (part[1]?.toLowerCase() === 'q' ? 3 : 6) : 0;
  return { at: Number(year ?? 0) * 12 + step, dated: year !== undefined };
}
