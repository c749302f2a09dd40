import type { PlannerReply } from '../domain/plan.ts';

const THANKS =
  /^(?:ok(?:ay)?[,! ]*)?(?:many )?(?:thanks|thank you|thx|cheers|ta|great|perfect|nice|cool|awesome|good|lovely|brilliant|got it|ok|okay)(?: (?:a lot|so much|very much|again|bot|plumbline|mate|job|work|one|thanks|thank you))*[!. ]*$/i;

/** 'Thanks!' needs no figure. */
export function planSocial(question: string): PlannerReply | undefined {
  if (!THANKS.test(question.trim())) return undefined;
  return {
    kind: 'clarify',
    text: 'You are welcome. What would you like to know next?',
    choices: [{ label: 'What can I ask?', question: 'what can I ask?' }],
    unknownWords: [],
  };
}
