import type { PlannerReply } from '../domain/plan.ts';
import { fold } from '../vocabulary/understand-words.ts';
import type { PlannerScope } from './planner-scope.ts';

const NAMED = 4;

/** 'web' is a channel wherever there are channels, but not in this data: that is said, and which ones there are. */
export function planAbsentValue(said: string, scope: PlannerScope): PlannerReply | undefined {
  const word = fold(said);
  for (const dimension of scope.model.dimensions.values()) {
    const known = Object.entries(dimension.value_synonyms).some(([value, others]) =>
      [value, ...others].some((one) => fold(one) === word),
    );
    if (!known || dimension.values.kind !== 'column') continue;
    const there = scope.values.valuesOf(dimension.name);
    const label = dimension.label.toLowerCase();
    const text =
      there.length === 0
        ? `No ${label} is recorded in the data, so I cannot tell what '${said}' is.`
        : `The data has no ${label} '${said}'. ${there.length > NAMED ? 'Some of those that it has are' : 'It has'} ${there.slice(0, NAMED).join(', ')}.`;
    return { kind: 'unknown-value', dimension: dimension.name, value: said, didYouMean: [], text };
  }
  return undefined;
}
