import type { PlannerReply } from '../domain/plan.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import type { PlannerScope } from './planner-scope.ts';
import { saidUsually } from './said-usually.ts';

/**
 * 'Lease review coming up. How much was the rent last month?': a sentence that only says what somebody asks for is
 * left aside before the rest is read, so that its words are no figures and no breakdowns; this is told.
 */
export function withoutOccasion(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const found = FIRST.exec(question) ?? LAST.exec(question);
  const { before, after, rest = '', end = '' } = found?.groups ?? {};
  const said = before ?? after;
  if (said === undefined || !OCCASION.test(said) || NARROWS.test(said)) return undefined;
  const about = saidUsually(`${rest}${end}`, scope);
  const aside = understandQuestion(said, scope);
  const named = aside.filters.some(({ hits }) =>
    hits.some(({ dimension }) => !/^(?:account|channel)$/.test(dimension)),
  );
  const { span, comparison } = aside.periods;
  const past = span !== undefined && span !== null && span.from <= scope.time.today;
  if (named || past || comparison !== null || aside.conditions.length + aside.segments.length > 0)
    return undefined;
  if (aside.ranking || aside.grain || (before !== undefined && aside.dimensions.length > 0)) return undefined;
  const asked = understandQuestion(about, scope);
  if (asked.metrics.length === 0 && asked.filters.length === 0) return undefined;
  const reply = alone(about);
  return reply.kind === 'plan' ? { ...reply, notes: [...reply.notes, `left aside: '${said}'`] } : undefined;
}

const FIRST =
  /^(?<before>[^.?!:;,–]{6,80}?)(?:[.!:;]| [-–—] |,(?= (?:how|what|which|show|give)\b))\s*(?<rest>\S+ \S.*)$/i;
const LAST =
  /^(?<rest>.{10,}?)[,.;?!–-]+ (?<after>(?:it is|it['’]s|this is|that is|that['’]s|need(?:ed)? (?:it|this)?|i need (?:it|this)) ?for [^,.?!]{3,50})(?<end>[.!?]*)$/i;

const OCCASION =
  /\b(?:meetings?|reviews?|audits?|auditors?|inspections?|call|deadlines?|filing|(?:tax|vat) returns?|pack|deck|slides?|presentation|rota|renewal|re-?launch|launch|negotiat\w+|landlord\w*|lenders?|investors?|bank|banking run|insurance|insurers?|lease|accountants?|accountant['’]s|bookkeepers?|board|year[- ]end|month[- ]end|boss|director|ceo|cfo|owner|planning|budgeting|budget round|strategy day|away day|newsletter|stocktake|paperwork|the books|pitch|spreadsheet)\b/i;

/** What still speaks of the figures. */
const NARROWS =
  /\b(?:only|just|without|excluding|except|including|not|instead|same|compare|versus|vs|against|average|how|what|which|\d+|two|three|four|five|ten)\b/i;
