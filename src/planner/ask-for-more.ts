import { type PlannerReply } from '../domain/plan.ts';
import { keepUnderstood } from './plan-choices.ts';
import { type PlannerScope } from './planner-scope.ts';
import { type Reading } from './reading.ts';
import { type Role } from './understand-function-words.ts';

/** 'sales?': one figure and nothing else. */
export function isLoneFigure(reading: Reading): boolean {
  return (
    reading.metrics.length === 1 &&
    reading.contentTiles === 1 &&
    reading.text.trim().split(/\s+/).length <= 2 &&
    !/\b(?:total|all|overall|ever|how|what)\b/i.test(reading.text)
  );
}

/** Neither a period nor what is measured is said in full: one question, with whole questions to choose from. */
export function askForMore(
  reading: Reading,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply | undefined {
  if (reading.periods.span !== undefined || reading.periods.relative || reading.grain) return undefined;
  const { ranking } = reading;
  const [subject] = reading.dimensions;
  const bare =
    ranking !== null &&
    reading.metrics.length === 0 &&
    subject !== undefined &&
    /^(?:top|best|worst|bottom|biggest|leading|strongest|weakest|greatest)$/.test(ranking.word) &&
    ranking.limit === null &&
    reading.contentTiles <= 2 &&
    reading.filters.length === 0 &&
    reading.conditions.length === 0 &&
    !['sell', 'earn', 'buy', 'spend', 'growth'].some((role) => reading.roles.has(role as Role));
  const figure = scope.model.metrics.get(reading.metrics[0] ?? '');
  const timeless = figure?.kind === 'simple' && figure.measures.every((measure) => measure.time === null);
  if (!bare && (timeless || !isLoneFigure(reading))) return undefined;
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
