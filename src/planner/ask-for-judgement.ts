import type { PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { keepUnderstood, type Wording } from './plan-choices.ts';
import type { PlannerScope } from './planner-scope.ts';

/** 'are sales ok', 'are we making money': whether that is so, the figures must show; which ones, is asked. */
export function askForJudgement(
  reading: Reading,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply | undefined {
  if (!JUDGED.test(reading.text) && !EARNING.test(reading.text)) return undefined;
  const named = EARNING.test(reading.text) ? ['gross_margin', 'ledger_profit', 'revenue'] : reading.metrics;
  const wordings = named.flatMap((name): Wording[] => {
    const label = scope.model.metrics.get(name)?.label.toLowerCase();
    if (label === undefined) return [];
    return [`${label} this month vs last month`, `${label} last month vs the same month last year`].map(
      (question) => ({ label: question.charAt(0).toUpperCase() + question.slice(1), question }),
    );
  });
  const choices = alone ? keepUnderstood(wordings, alone) : wordings;
  if (alone && choices.length < 2) return undefined;
  return { kind: 'clarify', text: 'Held against what?', choices, unknownWords: [] };
}

const JUDGED =
  /^(?:so |and )?(?:is|are|was|were) .*\b(?:ok|okay|fine|normal|alright|all right|on track|acceptable|enough|high|low|too high|too low|as expected)\W*$/i;
const EARNING =
  /^(?:are|were|is) (?:we|it|the business|the company|the shop) (?:\w+ )?(?:making|losing) (?:any |a )?(?:money|profit|loss)\b/i;
