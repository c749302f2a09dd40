import type { MetricQuery } from '../domain/metric-query.ts';
import type { Period } from '../domain/period.ts';
import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { TimeContext } from '../periods/time-meaning.ts';
import type { ValueIndex } from '../vocabulary/value-index.ts';

/** What a reading comes to, or why it comes to nothing. */
export type Planned =
  | { kind: 'query'; query: MetricQuery; notes: string[]; confidence: number }
  | { kind: 'why'; query: MetricQuery; before: Period; notes: string[] }
  | { kind: 'ask'; text: string; questions: { label: string; question: string }[]; asksFigure?: boolean }
  | { kind: 'cannot'; text: string };

export type PlanningNeeds = { model: SemanticModel; reach: Reach; time: TimeContext; values?: ValueIndex };
