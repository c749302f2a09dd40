import type { PlannerReply } from '../domain/plan.ts';
import type { PlannerInput } from '../ports/planner.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { withoutTalk } from '../vocabulary/talk.ts';
import { askAgainstAll } from './ask-against-all.ts';
import { askOfLoneWords } from './ask-of-lone-words.ts';
import { askOnTrack } from './ask-on-track.ts';
import { planAlone } from './plan-alone.ts';
import { withoutAsides } from './plan-asides.ts';
import { withoutBrackets } from './plan-brackets.ts';
import { otherCurrency } from './plan-currency.ts';
import { asEvent } from './plan-event.ts';
import { withoutFalseStart } from './plan-false-start.ts';
import { queryOf } from './plan-follow-up.ts';
import { planInThread, withoutLeaning } from './plan-in-thread.ts';
import { keptFromThread, rankedInThread } from './plan-kept-from-thread.ts';
import { onTheSentenceBefore } from './plan-leaning.ts';
import { withoutOccasion } from './plan-occasions.ts';
import { refuseAtOnce } from './plan-refusals.ts';
import { planSocial } from './plan-social.ts';
import { withoutWhatFor } from './plan-what-for.ts';
import type { PlannerScope } from './planner-scope.ts';
import { saidUsually } from './said-usually.ts';
import { threadWording } from './thread-wording.ts';

/** One question, with the thread it stands in, becomes a plan, a question back or a no; what is not understood is read again without the talk around it. */
export function planQuestion(
  input: Pick<PlannerInput, 'question' | 'conversation'>,
  scope: PlannerScope,
): PlannerReply {
  const reply = planWhole(input, scope);
  if (reply.kind === 'plan') return reply;
  const question = withoutTalk(input.question, reply.kind === 'refuse' && reply.reason !== 'off-topic');
  if (question === input.question) return reply;
  const bare = planWhole({ ...input, question }, scope);
  return bare.kind === 'plan' ? bare : reply;
}

function planWhole(
  input: Pick<PlannerInput, 'question' | 'conversation'>,
  scope: PlannerScope,
): PlannerReply {
  const turns = input.conversation?.turns ?? [];
  const lastPlan = turns.findLast((turn) => turn.plan !== null)?.plan ?? null;
  const asked = lastPlan ? threadWording(input.question, lastPlan, scope) : input.question;
  const said = saidUsually(asked, scope);
  const question = lastPlan ? withoutLeaning(said) : said;
  const alone = (text: string): PlannerReply => planAlone(text, scope);
  const atOnce =
    planSocial(question) ??
    (lastPlan ? undefined : askOfLoneWords(question, alone)) ??
    refuseAtOnce(question) ??
    otherCurrency(question, scope) ??
    askOnTrack(question, scope, alone) ??
    (lastPlan ? undefined : withoutOccasion(asked, scope, alone));
  if (atOnce) return atOnce;
  const reading = understandQuestion(question, scope);
  const leaning = planInThread({ question, said, reading, turns, lastPlan }, scope);
  if (leaning) return leaning;
  const first = planAlone(question, scope, reading);
  const base = lastPlan ? queryOf(lastPlan) : undefined;
  const ranked = rankedInThread(first, reading, base, alone, scope) ?? first;
  const whole = keptFromThread(ranked, reading, base, scope);
  const event = lastPlan ? undefined : asEvent(asked, whole, scope, alone);
  if (event) return event;
  if (whole.kind === 'plan') return whole;
  const reply =
    withoutFalseStart(asked, scope, alone) ??
    onTheSentenceBefore(question, scope, alone) ??
    withoutAsides(question, scope, alone) ??
    withoutWhatFor(question, scope, alone) ??
    withoutBrackets(question, alone) ??
    askAgainstAll(question, alone) ??
    whole;
  return lastPlan && reply.kind === 'refuse' && reply.reason === 'off-topic' ? unknownHere(question) : reply;
}

/** Inside of a thread, words that mean nothing are a slip rather than another matter. */
function unknownHere(question: string): PlannerReply {
  return {
    kind: 'clarify',
    text: `I do not know what '${question}' means here.`,
    choices: [],
    unknownWords: [question],
  };
}
