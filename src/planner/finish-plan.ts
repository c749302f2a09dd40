import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { keepUnderstood, plannableChoices, understoodWordings } from './plan-choices.ts';
import { mendContrary } from './plan-contrary.ts';
import { unmarked } from './plan-doubts.ts';
import { future } from './plan-future.ts';
import { liveInstead } from './plan-live.ts';
import { personal } from './plan-personal.ts';
import type { Planned } from './planned.ts';
import type { PlannerScope } from './planner-scope.ts';

/** What was planned as the reply to the asker: doubts are asked about, and what may not be seen or cannot be known yet is refused. */
export function finishPlan(
  planned: Planned,
  reading: Reading,
  scope: PlannerScope,
  /** Null where only counts whether there is a plan. */
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply {
  switch (planned.kind) {
    case 'cannot':
      return { kind: 'refuse', reason: 'cannot-answer', text: planned.text };
    case 'ask': {
      if (!alone) return { kind: 'clarify', text: planned.text, choices: [], unknownWords: [] };
      const wordings =
        planned.questions.length >= 2
          ? planned.questions
          : [...planned.questions, ...understoodWordings(reading, scope)];
      const choices = plannableChoices(keepUnderstood(wordings, alone), alone);
      return {
        kind: 'clarify',
        text: planned.text,
        choices,
        unknownWords: [],
        ...(planned.asksFigure === true && { asksFigure: true }),
      };
    }
    case 'why': {
      const { query, before, notes } = planned;
      const dimensions = query.dimensions;
      const plan: Plan = {
        kind: 'why',
        metric: query.metrics[0] ?? 'revenue',
        query: { ...query, dimensions: [] },
        before,
        dimensions,
      };
      return personal(plan, scope) ?? { kind: 'plan', plan, confidence: 0.9, planner: 'offline', notes };
    }
    case 'query': {
      const doubt = unmarked(reading, planned.query, scope);
      if (doubt) return finishPlan(doubt, reading, scope, alone);
      mendContrary(planned.query, scope.model);
      const plan: Plan = liveInstead(planned.query, reading, scope) ?? {
        kind: 'metrics',
        query: planned.query,
      };
      return (
        future(plan, scope) ??
        personal(plan, scope) ?? {
          kind: 'plan',
          plan,
          confidence: planned.confidence,
          planner: 'offline',
          notes: planned.notes,
        }
      );
    }
  }
}
