import { decimal, divide, negate, toShortText, toText } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import { type RuleWords, readRule } from './read-rule.ts';
import type { RuleMeasure } from './rule.ts';

export type UnderstoodRule =
  | { kind: 'understood'; query: MetricQuery; measure: RuleMeasure }
  /** What is missing or not clear, with whole rules to choose from. */
  | { kind: 'unclear'; text: string; choices: { label: string; words: string }[] };

export type UnderstandNeeds = Pick<QuestionNeeds, 'planners' | 'compose' | 'clock'>;

/** The planner reads questions, so the subject is put to it as one. */
const ASKED_OF = ' in the last 7 days';
const RATES: [RegExp, string][] = [
  [/\b(?:returns?|returned (?:items|units))\b/i, 'return rate'],
  [/\b(?:refunds?)\b/i, 'refund rate'],
  [/\b(?:gross )?(?:margins?|profits?)\b/i, 'margin rate'],
  [/\b(?:discounts?)\b/i, 'discount rate'],
];

const HOW = 'For example: tell me when returns of boots go above 8 % in a week.';

/**
 * A rule in words becomes a metric query and a threshold, or a sentence that says what is missing. The planner decides
 * what the subject means, as it does for questions; nothing is guessed. Errors: none but the planner's.
 */
export async function understandRule(
  text: string,
  of: { rights: Rights; owner: string },
  needs: UnderstandNeeds,
): Promise<UnderstoodRule> {
  const words = readRule(text);
  if (!words)
    return unclear(
      `I did not find what to watch for: a figure and a size that it goes above or below. ${HOW}`,
    );
  const asRate = words.unit === 'percent' && !words.isChange ? rateOf(words.subject) : null;
  for (const subject of asRate ? [asRate, words.subject] : [words.subject]) {
    const planned = await planSubject(subject, of, needs);
    if (planned.kind === 'plan') return withMeasure(planned.query, planned.unit, words);
    if (subject === words.subject) return whatIsUnclear(planned, words);
  }
  return unclear(HOW);
}

type Planned =
  | { kind: 'plan'; query: MetricQuery; unit: Unit }
  | { kind: 'no'; text: string; choices: { label: string; question: string }[] };

async function planSubject(
  subject: string,
  of: { rights: Rights; owner: string },
  needs: UnderstandNeeds,
): Promise<Planned> {
  const { reply } = await needs.planners.offline.plan({
    question: `${subject}${ASKED_OF}`,
    asker: of.owner,
    today: needs.clock.today(),
    rights: of.rights,
    conversation: undefined,
  });
  if (reply.kind === 'unknown-value') return { kind: 'no', text: reply.text, choices: reply.didYouMean };
  if (reply.kind === 'clarify') return { kind: 'no', text: reply.text, choices: reply.choices };
  if (reply.kind === 'refuse') return { kind: 'no', text: reply.text, choices: [] };
  const { plan } = reply;
  if (plan.kind !== 'metrics' || !isOneFigure(plan.query))
    return {
      kind: 'no',
      text: `I can watch one figure at a time, such as revenue or the return rate of a branch or category. ${HOW}`,
      choices: [],
    };
  const composed = needs.compose(plan.query);
  if (!composed.ok) return { kind: 'no', text: composed.problems.join(' '), choices: [] };
  const unit = composed.columns.find((column) => column.name === plan.query.metrics[0])?.unit;
  return { kind: 'plan', query: { ...plan.query, period: null }, unit: unit ?? { kind: 'none' } };
}

function isOneFigure(query: MetricQuery): boolean {
  return (
    query.metrics.length === 1 &&
    query.dimensions.length === 0 &&
    query.grain === null &&
    query.comparison === null &&
    query.ranking === null &&
    query.acrossGrain === null &&
    query.having.length === 0 &&
    query.calculations.length === 0
  );
}

function withMeasure(query: MetricQuery, unit: Unit, words: RuleWords): UnderstoodRule {
  const isRate = unit.kind === 'share';
  const change = changeOf(words, isRate);
  if (!words.isChange && words.unit !== 'plain' && !isRate)
    return unclear(
      `${words.amount} % of what? This figure is ${unit.kind === 'money' ? 'an amount of money' : 'a count'}. Say a size such as 500, or a change such as “falls by ${words.amount} % against the week before”.`,
    );
  if (!words.isChange && words.unit === 'plain' && isRate && Number(words.amount) > 1)
    return withMeasure(query, unit, { ...words, unit: 'percent' });
  const share = words.unit !== 'plain';
  const amount = decimal(words.amount);
  const threshold = share ? toText(divide(amount, decimal(100), amount.scale + 2) ?? amount) : words.amount;
  return {
    kind: 'understood',
    query,
    measure: {
      // A rate of one day jumps; a sum of one day is what people mean when they say no more.
      days: words.against === 'same-weekday' ? 1 : (words.days ?? (isRate ? 7 : 1)),
      against: words.against,
      change,
      direction: words.direction,
      inclusive: words.inclusive,
      threshold: toShortText(
        words.isChange && words.direction === 'below' ? negate(decimal(threshold)) : decimal(threshold),
      ),
    },
  };
}

function changeOf(words: RuleWords, isRate: boolean): RuleMeasure['change'] {
  if (!words.isChange) return null;
  if (words.unit === 'points' || (isRate && words.unit === 'plain')) return 'points';
  return words.unit === 'percent' ? 'share' : 'amount';
}

/** 'returns of boots' with a share can only mean their rate. */
function rateOf(subject: string): string | null {
  if (/\brate\b|\bshare\b|\bpercent/i.test(subject)) return null;
  const known = RATES.find(([pattern]) => pattern.test(subject));
  return known ? subject.replace(known[0], known[1]) : null;
}

function whatIsUnclear(planned: Extract<Planned, { kind: 'no' }>, words: RuleWords): UnderstoodRule {
  return {
    kind: 'unclear',
    text: planned.text,
    choices: planned.choices.flatMap(({ label, question }) =>
      question.endsWith(ASKED_OF) && words.condition !== ''
        ? [{ label, words: `tell me when ${question.slice(0, -ASKED_OF.length)} ${words.condition}` }]
        : [],
    ),
  };
}

function unclear(text: string): UnderstoodRule {
  return { kind: 'unclear', text, choices: [] };
}
