import { toShortText, tryDecimal } from '../domain/decimal.ts';
import type { RuleMeasure } from './rule.ts';

/** The words of a rule taken apart; what the subject means is for the planner. */
export type RuleWords = {
  /** 'returns of boots'. */
  subject: string;
  /** Null when no window was said. */
  days: number | null;
  against: RuleMeasure['against'];
  isChange: boolean;
  direction: RuleMeasure['direction'];
  inclusive: boolean;
  /** Decimal text as it was said: '8' of '8 %'. */
  amount: string;
  unit: 'percent' | 'points' | 'plain';
  /** All but the subject, to put another subject before it. */
  condition: string;
};

const POLITE = '(?:(?:hey|hi|please|can you|could you|would you|i want you to)[, ]+)*';
const LEAD = new RegExp(
  `^${POLITE}(?:(?:tell|alert|notify|warn|ping|inform|message)\\s+(?:me|us|this channel|everyone)(?:\\s+here)?|let\\s+(?:me|us)\\s+know|give (?:me|us) (?:a shout|an alert))\\s*,?\\s*(?:when(?:ever)?|if|as soon as|once|in case)\\s+`,
  'i',
);
const ALERT_LEAD = /^(?:an? )?(?:alert|rule)?\s*(?:when(?:ever)?|if|as soon as|once)\s+/i;

const NUMBER = String.raw`(?:[£$€¥]\s?|(?:gbp|usd|eur)\s?)?(\d[\d,. ]*\d|\d)\s*(?:(k|m|thousand|million)\b)?\s*(%|percentage points?|percent|per cent|points?|pp\b)?`;
const VERB = String.raw`(?:will |should |would |ever |suddenly )*(?:goes|go|gets|get|is|are|was|were|comes|come|moves?|stays?|falls?|drops?|sinks?|dips?|declines?|decreases?|rises?|climbs?|grows?|increases?|jumps?|shrinks?)?(?:\s+(?:back|down|up))?`;
const ABOVE =
  'above|over|beyond|more than|higher than|greater than|at least|exceeds?|passes|reach(?:es)?|>=|>';
const BELOW = 'below|under|beneath|less than|fewer than|lower than|at most|<=|<';
const LEVEL = new RegExp(`\\s+(?:${VERB}\\s+)?(${ABOVE}|${BELOW})\\s*${NUMBER}`, 'i');
const THERE = new RegExp(
  `^(there (?:are|is)|we (?:have|get|see|make|sell|take))\\s+(${ABOVE}|${BELOW})\\s*${NUMBER}\\s+(.+)$`,
  'i',
);
const FALL = 'falls?|drops?|declines?|decreases?|sinks?|shrinks?|dips?|goes down|go down|is down|are down';
const RISE = 'rises?|grows?|increases?|climbs?|jumps?|goes up|go up|is up|are up';
const CHANGE = new RegExp(
  `\\s+(${FALL}|${RISE})\\s+(?:by\\s+)?(more than |over |at least |less than )?${NUMBER}`,
  'i',
);

const WINDOW =
  /\s*,?\s*(?:\b(?:in|over|within|during|for|of)\s+)?\b(?:(?:the\s+)?(?:last|past)|an?|any|one|per|each|every|single)\s+(?:single\s+)?(\d{1,3}\s+)?(day|week|fortnight|month|quarter|year)s?\b|\s*\b(daily|weekly|monthly)\b|\s*\bin (\d{1,3}) (day|week|month)s?\b/i;
const AGAINST: [RegExp, RuleMeasure['against'], number | null][] = [
  [
    /\s*,?\s*(?:\b(?:compared (?:with|to)|against|versus|vs\.?|than|from|on)\s+)?(?:the\s+)?(?:(?:an?\s+)?(?:average|usual|same)\s+(?:same\s+)?(?:week\s?days?|day of (?:the|last) week)(?:\s+(?:of\s+)?(?:the\s+)?(?:week before|last week|weeks before))?|same day last week)\b/i,
    'same-weekday',
    1,
  ],
  [
    /\s*,?\s*\b(?:compared (?:with|to)|against|versus|vs\.?|than|from|on)\s+(?:the\s+)?(?:same\s+(?:period|day|week|month)\s+(?:of\s+)?)?(?:last year|(?:a|the) year (?:ago|earlier|before))\b/i,
    'last-year',
    null,
  ],
  [
    /\s*,?\s*\b(?:week (?:on|over) week|(?:compared (?:with|to)|against|versus|vs\.?|than|from)\s+(?:the\s+)?(?:week before|(?:last|previous|prior) week))\b/i,
    'window-before',
    7,
  ],
  [
    /\s*,?\s*\b(?:month (?:on|over) month|(?:compared (?:with|to)|against|versus|vs\.?|than|from)\s+(?:the\s+)?(?:month before|(?:last|previous|prior) month))\b/i,
    'window-before',
    30,
  ],
  [
    /\s*,?\s*\b(?:day (?:on|over) day|(?:compared (?:with|to)|against|versus|vs\.?|than|from)\s+(?:the\s+)?(?:day before|yesterday|(?:previous|prior) day))\b/i,
    'window-before',
    1,
  ],
  [
    /\s*,?\s*\b(?:compared (?:with|to)|against|versus|vs\.?|than|from)\s+(?:the\s+)?(?:(?:period|window|days) before|(?:last|previous|prior) period)\b/i,
    'window-before',
    null,
  ],
];
const LONGEST = 400;
const UNIT_DAYS: Record<string, number> = {
  day: 1,
  daily: 1,
  week: 7,
  weekly: 7,
  fortnight: 14,
  month: 30,
  monthly: 30,
  quarter: 91,
  year: 365,
};

/** Whether these words ask for an alert and not for an answer. */
export function asksForRule(text: string): boolean {
  const rest = withoutLead(text, LEAD);
  return rest !== undefined && readRule(text) !== undefined;
}

/**
 * 'tell me when returns of boots go above 8 % in a week' taken apart. Undefined when there is no condition with a figure
 * in it. Pure.
 */
export function readRule(text: string): RuleWords | undefined {
  if (text.length > LONGEST) return undefined;
  const trimmed = text
    .trim()
    .replace(/[\s.!?]+$/, '')
    .replaceAll(/\s+/g, ' ');
  const body = withoutLead(trimmed, LEAD) ?? withoutLead(trimmed, ALERT_LEAD) ?? trimmed;
  const held = heldAgainst(body);
  const window = windowIn(held.rest);
  const rest = ` ${window.rest.trim()}`;
  const found =
    held.against === 'nothing' ? (levelIn(rest) ?? changeIn(rest)) : (changeIn(rest) ?? levelIn(rest));
  if (!found || found.subject === '') return undefined;
  const isChange = found.isChange;
  return {
    ...found,
    days: window.days ?? held.days,
    against: isChange && held.against === 'nothing' ? 'window-before' : isChange ? held.against : 'nothing',
    condition: conditionAfter(found.subject, body),
  };
}

function conditionAfter(subject: string, body: string): string {
  const at = body.indexOf(subject);
  return at < 0 ? '' : body.slice(at + subject.length).trim();
}

type Found = Pick<RuleWords, 'subject' | 'isChange' | 'direction' | 'inclusive' | 'amount' | 'unit'>;

function levelIn(text: string): Found | undefined {
  const there = THERE.exec(text.trim());
  if (there) {
    const subject = `${/sell$/i.test(there[1] ?? '') ? 'units' : 'number'} of ${there[6] ?? ''}`;
    return found(subject, false, there[2] ?? '', there.slice(3, 6));
  }
  const level = LEVEL.exec(text);
  if (!level) return undefined;
  return found(subjectOf(text.slice(0, level.index)), false, level[1] ?? '', level.slice(2, 5));
}

function changeIn(text: string): Found | undefined {
  const change = CHANGE.exec(text);
  if (!change) return undefined;
  const falls = new RegExp(`^(?:${FALL})$`, 'i').test(change[1] ?? '');
  const made = found(
    subjectOf(text.slice(0, change.index)),
    true,
    change[2] ?? 'more than',
    change.slice(3, 6),
  );
  return made && { ...made, direction: falls ? 'below' : 'above' };
}

function found(
  subject: string,
  isChange: boolean,
  comparison: string,
  [digits, size, unit]: (string | undefined)[],
): Found | undefined {
  const amount = amountOf(digits ?? '', size);
  if (amount === undefined) return undefined;
  const word = comparison.trim().toLowerCase();
  return {
    subject,
    isChange,
    direction: new RegExp(`^(?:${BELOW})$`, 'i').test(word) ? 'below' : 'above',
    inclusive: /^(at least|at most|reach(es)?|>=|<=)$/.test(word),
    amount,
    unit: unit === undefined ? 'plain' : /^(%|percent|per cent)$/i.test(unit) ? 'percent' : 'points',
  };
}

/** '5,000', '1 200', '8,5' and '1.2m' as plain decimal text. */
function amountOf(digits: string, size: string | undefined): string | undefined {
  const plain = digits
    .replaceAll(' ', '')
    .replaceAll(/,(?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.');
  const value = tryDecimal(plain);
  if (!value) return undefined;
  const times = /^(k|thousand)$/i.test(size ?? '') ? 1000n : size ? 1_000_000n : 1n;
  return toShortText({ ...value, units: value.units * times });
}

function heldAgainst(text: string): { rest: string; against: RuleMeasure['against']; days: number | null } {
  for (const [pattern, against, days] of AGAINST) {
    const match = pattern.exec(text);
    if (match) return { rest: text.replace(match[0], ' '), against, days };
  }
  return { rest: text, against: 'nothing', days: null };
}

function windowIn(text: string): { rest: string; days: number | null } {
  const match = WINDOW.exec(text);
  if (!match) return { rest: text, days: null };
  const unit = (match[2] ?? match[3] ?? match[5] ?? 'day').toLowerCase();
  const count = Number((match[1] ?? match[4] ?? '1').trim());
  const days = count * (UNIT_DAYS[unit] ?? 1);
  return { rest: text.replace(match[0], ' '), days: days >= 1 && days <= 366 ? days : null };
}

function subjectOf(text: string): string {
  return text
    .trim()
    .replace(/^(?:the|our|my)\s+/i, '')
    .replace(/[\s,]+$/, '')
    .replaceAll(/\s+/g, ' ');
}

function withoutLead(text: string, lead: RegExp): string | undefined {
  const match = lead.exec(text.trim());
  return match ? text.trim().slice(match[0].length) : undefined;
}
