import type { PlannerReply } from '../domain/plan.ts';
import { emptyReading } from '../reading/reading.ts';
import { eventFigure } from '../vocabulary/event-figures.ts';
import { plain } from '../vocabulary/plain-question.ts';
import { tokens } from '../vocabulary/understand-words.ts';
import { usualWording } from '../vocabulary/usual-wording.ts';
import { finishPlan } from './finish-plan.ts';
import { unmarked } from './plan-doubts.ts';
import type { PlannerScope } from './planner-scope.ts';
import { withDefinedTimes } from './with-defined-times.ts';

/** Figures that a part of 'refunded units' or 'customers who got money back' is by itself. */
const PLAIN_FIGURES = new Set(['units', 'orders', 'unique_customers', 'revenue', 'returning_customers']);
const MARKS = /discount|full_price|^delivered_|^order_status$|^refund_/;
const SEVERAL = /\b(?:and|plus|as well as|along with|with|vs|versus|against)\b|[&+]/i;

/**
 * Where a question is asked about, or falls apart into figures that are none of what happened ('customers' and 'refunds'
 * for those who got one), it is read once more as what happened and how that is measured.
 */
export function asEvent(
  question: string,
  first: PlannerReply,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  if (isDoubt(first)) return undefined;
  const event = eventFigure(question);
  if (first.kind === 'plan' && !fallsApart(first, question, event?.shareOfAll === true)) return undefined;
  const reply = event && alone(usualWording(withDefinedTimes(plain(event.question), scope.time)));
  if (!event || reply?.kind !== 'plan' || reply.plan.kind !== 'metrics') return undefined;
  const { metrics } = reply.plan.query;
  if (metrics.length !== 1 || metrics[0] !== event.metric) return undefined;
  const said = emptyReading(question, tokens(question), []);
  const doubt = unmarked(said, reply.plan.query, scope);
  return doubt ? finishPlan(doubt, said, scope, alone) : reply;
}

/** Every word was understood, and what they ask for together no plan gives: to pass over some of them would be to guess. */
function isDoubt(first: PlannerReply): boolean {
  return first.kind === 'clarify' && first.unknownWords.length === 0 && first.asksFigure !== true;
}

function fallsApart(
  first: Extract<PlannerReply, { kind: 'plan' }>,
  question: string,
  shareOfAll: boolean,
): boolean {
  if (first.plan.kind !== 'metrics') return false;
  const { metrics, calculations, filters, segments, dimensions } = first.plan.query;
  // 'revenue with a discount' has said so in what it is narrowed to.
  const marked = [...filters.map(({ dimension }) => dimension), ...segments, ...dimensions];
  if (marked.some((name) => MARKS.test(name))) return false;
  if (shareOfAll && calculations.some(({ kind }) => kind === 'share-of-total')) return true;
  // Told both ways where nothing says by which.
  if (metrics.toSorted().join() === 'refund_count,refunds') return false;
  if (metrics.length > 1) return !SEVERAL.test(question);
  return PLAIN_FIGURES.has(metrics[0] ?? '');
}
