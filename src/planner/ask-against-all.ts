import type { PlannerReply } from '../domain/plan.ts';
import { keepUnderstood } from './plan-choices.ts';

const AGAINST =
  /,? ?\b(?:vs\.?|versus|against|compared? (?:to|with)|relative to|than|with)(?: the| our| an?)* (?:(?:company|chain|group|estate|overall|network|branch|store|shop|country|company[- ]wide|total|general)[- ]average|average (?:of (?:all|the) )?(?:branch|store|shop|branches|stores|shops|country)|(?:company|chain|group|estate|network)(?: as a whole)?|all (?:the |our |other )?(?:branches|stores|shops)|whole (?:company|chain|group|estate))\b/i;

/** 'Leeds against the company average': one against all is not told; against the others together, or each by itself, is. */
export function askAgainstAll(
  question: string,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  if (!AGAINST.test(question) || /\b(?:budget|target|plan)\b/i.test(question)) return undefined;
  const wordings = [
    `${question.replace(AGAINST, ' vs the rest')}`,
    `${question.replace(AGAINST, ' by branch')}`,
  ];
  const choices = keepUnderstood(
    wordings.map((text, at) => ({
      label: at === 0 ? 'Against all the others together' : 'Every branch by itself',
      question: text.replace(/\s+/g, ' ').trim(),
    })),
    alone,
  );
  if (choices.length === 0) return undefined;
  return {
    kind: 'clarify',
    text: 'I can set it beside all the others together, or tell each by itself. Which?',
    choices,
    unknownWords: [],
  };
}
