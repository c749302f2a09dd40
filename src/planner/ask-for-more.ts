import type { PlannerReply } from '../domain/plan.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { readTime } from '../periods/understand-time.ts';
import { isStanding } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import { tokens } from '../vocabulary/understand-words.ts';
import { askForJudgement } from './ask-for-judgement.ts';
import { keepUnderstood, understoodWordings } from './plan-choices.ts';
import type { PlannerScope } from './planner-scope.ts';

/** 'sales?': one figure and nothing else. */
export function isLoneFigure(reading: Reading): boolean {
  return (
    reading.metrics.length === 1 &&
    reading.contentTiles === (reading.roles.has('follow') ? 2 : 1) &&
    (reading.text.trim().split(/\s+/).length <= 2 ||
      /^(?:and )?(?:what|how) about (?:the |our )?\w+\W*$/i.test(reading.text)) &&
    !/\b(?:total|all|overall|ever|how|what)\b(?! about)/i.test(reading.text)
  );
}

/** 'how many orders', 'average order value': in a thread, of what it is about, and not of all time. */
export function isBareFigure(reading: Reading, model: SemanticModel): boolean {
  const { periods } = reading;
  const others = [reading.filters, reading.segments, reading.dimensions, reading.conditions, reading.texts];
  return (
    reading.metrics.length === 1 &&
    others.every((list) => list.length === 0) &&
    periods.span === undefined &&
    !periods.relative &&
    !reading.ranking &&
    !reading.grain &&
    reading.contentTiles <= 3 &&
    !reading.metrics.some((name) => isStanding(name, model)) &&
    !/\b(?:all|overall|ever|in total|altogether|on file|now|today|currently)\b/i.test(reading.text)
  );
}

/** 'how is delivery doing', 'what about sellers?': neither what is measured nor when is said. */
function isOpenEnded(reading: Reading): boolean {
  const open =
    /^(?:and |so )?(?:how (?:is|are)\b.*\b(?:doing|going|looking|performing)|(?:what|how) about\b)/i;
  const narrowed = reading.filters.length + reading.dimensions.length + reading.conditions.length > 0;
  return open.test(reading.text.trim()) && reading.metrics.length === 1 && !narrowed && !reading.ranking;
}

/** Neither a period nor what is measured is said in full: one question, with whole questions to choose from. */
export function askForMore(
  reading: Reading,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply | undefined {
  const judged = askForJudgement(reading, scope, alone);
  if (judged) return judged;
  if (reading.periods.span !== undefined || reading.periods.relative || reading.grain) return undefined;
  const { ranking } = reading;
  const [subject] = reading.dimensions;
  const bare =
    ranking !== null &&
    reading.metrics.length === 0 &&
    subject !== undefined &&
    /^(?:top|best|worst|bottom|biggest|leading|strongest|weakest|greatest|best performing|worst performing|top performing|most successful|least successful|underperforming)$/.test(
      ranking.word,
    ) &&
    ranking.limit === null &&
    reading.contentTiles <= (reading.roles.has('which') || reading.roles.has('who') ? 3 : 2) &&
    reading.filters.length === 0 &&
    reading.conditions.length === 0 &&
    !['sell', 'earn', 'buy', 'spend', 'growth'].some((role) => reading.roles.has(role as Role));
  if (reading.performance) return askHowItDid(reading, scope, alone);
  const figure = scope.model.metrics.get(reading.metrics[0] ?? '');
  const timeless = figure !== undefined && isStanding(figure.name, scope.model);
  if (!bare && !isOpenEnded(reading) && (timeless || !isLoneFigure(reading))) return undefined;
  const metric = scope.model.metrics.get(reading.metrics[0] ?? '')?.label.toLowerCase() ?? 'revenue';
  const plural = scope.model.dimensions.get(subject?.name ?? '')?.plural ?? 'products';
  const word = ranking?.direction === 'bottom' ? 'bottom' : 'top';
  const whole = bare
    ? (by: string, when: string): string => `${word} ${ranking.limit ?? 10} ${plural} by ${by} ${when}`
    : (_by: string, when: string): string => `${metric} ${when}`;
  const wordings = (
    bare
      ? [
          whole('revenue', 'last month'),
          whole('units', 'last month'),
          whole('revenue', 'this year'),
          whole('revenue', 'of all time'),
        ]
      : [whole('', 'last month'), whole('', 'this month'), whole('', 'this year'), whole('', 'of all time')]
  ).map((question) => ({ label: capital(question), question }));
  const choices = alone ? keepUnderstood(wordings, alone) : wordings;
  if (alone && choices.length < 2) return undefined;
  return {
    kind: 'clarify',
    text: bare ? `The ${ranking.word} by which figure, and when?` : 'For which period?',
    choices,
    unknownWords: [],
  };
}

/** 'how did York do': its usual figures, in the usual times. */
function askHowItDid(
  reading: Reading,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply | undefined {
  if (reading.filters.length + reading.segments.length + reading.dimensions.length === 0) return undefined;
  const times = ['last month', 'this month', 'this year'].map((said) =>
    readTime(tokens(said), 0, scope.time),
  );
  const whole = times.flatMap((time) => {
    if (time?.meaning.kind !== 'span') return [];
    const { span } = time.meaning;
    return understoodWordings({ ...reading, periods: { ...reading.periods, span } }, scope);
  });
  const choices = alone ? keepUnderstood(whole, alone) : whole;
  if (choices.length < 2) return undefined;
  return { kind: 'clarify', text: 'By which figure, and when?', choices, unknownWords: [] };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
