import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { plain } from '../vocabulary/plain-question.ts';
import { usualWording } from '../vocabulary/usual-wording.ts';
import type { PlannerScope } from './planner-scope.ts';

const TAKEN_BACK =
  /^[\s,]*(?:(?:no|nope|nah|sorry|apologies|oops|wait|hang on|hold on|ah|oh|er+|um+|my mistake|my bad|actually|correction|scratch that|not that(?: one)?|not what i (?:meant|asked|wanted))(?: (?:no|sorry|wait))?\s*[,.!:;–—-]+\s*)+/i;
const MEANT =
  /^(?:(?:sorry|actually|no|ok|but)[, ]+)?(?:what )?(?:i|we) (?:actually |really |just |only )?(?:meant|mean|wanted|was after|am after|was asking (?:for|about)|was looking for|should have said|had in mind)(?: was)?(?: to (?:say|ask for|ask|see|know))? (?!to\b|that\b|whether\b|if\b|by that\b)(?:the )?/i;

/** 'no, sandals', 'sorry, I meant units': what is said then is what is asked. */
export function withoutCorrection(question: string): string {
  const rest = question.replace(TAKEN_BACK, '').replace(MEANT, '');
  return /[\p{L}\p{N}]/u.test(rest) ? rest : question;
}

/** One thing named, and another that the thread had in its stead. */
const IN_STEAD: readonly RegExp[] = [
  /^not (?:for |by |in |at |the |just )*(?<old>[^,]+?)(?:,| but|, but|, rather|, instead) (?<now>(?!.*\b(?:and|or|nor)\b).+)$/i,
  /^instead of (?:the )?(?<old>[^,]+?),? (?:show |use |take |give me )?(?<now>.+)$/i,
  /^(?<now>.+?),? (?:and )?not (?:for |by |in |at |the )*(?<old>[^,]+)$/i,
  /^(?<now>.+?),? (?:rather than|instead of|in place of) (?:the |for |by |in )*(?<old>[^,]+)$/i,
  /^(?:replace|swap|exchange|switch|change) (?:the )?(?<old>.+?) (?:with|for|to|by|into) (?:the )?(?<now>.+)$/i,
  /^use (?:the )?(?<now>.+?) (?:for|instead of|rather than|in place of) (?:the )?(?<old>.+)$/i,
];

/** 'not boots, sandals', 'swap category for channel', 'units, not revenue', 'change the year to 2024'. */
export function corrected(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  for (const pattern of IN_STEAD) {
    const { old = '', now = '' } = pattern.exec(said)?.groups ?? {};
    if (old === '' || now === '' || !isShown(old, base, scope)) continue;
    return now.replace(/,? instead$/i, '').replace(/^(?:by|for) /i, (word) => word);
  }
  return undefined;
}

/** Whether the thread's plan has what these words name. */
export function isShown(words: string, base: MetricQuery, scope: PlannerScope): boolean {
  if (/^(?:year|month|week|day|period|quarter|date|time)s?$/i.test(words))
    return base.period !== null || base.grain !== null;
  if (/^(?:metric|figure|measure|kpi|number|breakdown|grouping|split)$/i.test(words)) return true;
  const reading = readWords(words, scope);
  if (reading.unknown.length > 0) return false;
  const named = new Set([
    ...base.dimensions,
    ...base.filters.filter(({ operator }) => operator === 'in').map(({ dimension }) => dimension),
  ]);
  const values = base.filters.filter(({ operator }) => operator === 'in').flatMap(({ values: all }) => all);
  return (
    reading.metrics.some((name) => base.metrics.includes(name)) ||
    reading.dimensions.some(({ name }) => named.has(name)) ||
    reading.segments.some((name) => base.segments.includes(name)) ||
    reading.filters.some(({ hits }) => hits.some(({ value }) => values.includes(value))) ||
    (reading.grain !== null && reading.grain === base.grain) ||
    (reading.subjectUnit !== null && reading.subjectUnit === base.grain) ||
    (reading.periods.span !== undefined && reading.periods.span?.from === base.period?.from)
  );
}

export function readWords(words: string, scope: PlannerScope): Reading {
  return understandQuestion(usualWording(plain(words)), scope);
}
