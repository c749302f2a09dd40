import type { PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { askForMore } from './ask-for-more.ts';
import { finishPlan } from './finish-plan.ts';
import { OF_OUR_BEST } from './plan-asked.ts';
import { copied } from './plan-choices.ts';
import { planDefinition } from './plan-definition.ts';
import { planLookUp } from './plan-live.ts';
import { planNothingLoaded } from './plan-nothing-loaded.ts';
import { personalWords } from './plan-personal.ts';
import { planReading } from './plan-reading.ts';
import { refuseAtOnce } from './plan-refusals.ts';
import { matchTemplate, matchTemplateLoosely } from './plan-template.ts';
import { askAboutWords, mustAskAboutWords } from './plan-unknown.ts';
import type { PlannerScope } from './planner-scope.ts';

/** 'how much did customer 12 buy, and when was the last order': the list of first and last orders says only the half of it. */
const LAST_AND_MORE =
  /\bhow (?:much|many)\b.*\b(?:last|first|latest) (?:order|purchase)|\b(?:last|first|latest) (?:order|purchase)\b.*\bhow (?:much|many)\b/i;

/** 'stores last week' asks for a figure of theirs; only of when they opened does a list of branches have a period. */
function isOfTrading(question: string, { periods, contentTiles }: Reading): boolean {
  const timed = periods.span !== undefined && periods.span !== null;
  return timed && contentTiles <= 2 && BRANCHES_BY_THEMSELVES.test(question);
}

const BRANCHES_BY_THEMSELVES =
  /^\W*(?:all )?(?:the |our )?(?:stores|shops|branches|outlets|locations)\b(?!.*\b(?:open\w*|new\w*|clos\w*|old\w*|since)\b)/i;

/** A question by itself, as if there were no thread; `known` is what was read of it already. */
export function planAlone(question: string, scope: PlannerScope, known?: Reading): PlannerReply {
  const special = planDefinition(question, scope) ?? planLookUp(question);
  if (special) return special;
  const reading = known ?? understandQuestion(question, scope);
  const alone = (text: string): PlannerReply => planShallow(text, scope);
  const hidden = personalWords(reading, scope);
  if (hidden) return hidden;
  const composedOnly =
    OF_OUR_BEST.test(question) || LAST_AND_MORE.test(question) || isOfTrading(question, reading);
  const template = composedOnly ? undefined : matchTemplate(question, reading, scope);
  const asked = askAboutWords(question, reading, scope, alone);
  if (template && (asked || !composesAsWell(template, reading, scope))) return template;
  const loosely = (): PlannerReply | undefined =>
    composedOnly ? undefined : matchTemplateLoosely(question, reading, scope);
  if (asked) return loosely() ?? planNothingLoaded(reading, scope) ?? asked;
  const more = askForMore(reading, scope, alone);
  if (more) return more;
  const planned = planReading(reading, scope);
  const composed = planned.kind === 'query' || planned.kind === 'why';
  const loose = composed ? undefined : loosely();
  return loose ?? finishPlan(planned, reading, scope, alone);
}

/** A template that would have to assume a period gives way to a composed ranking or breakdown over all data. */
function composesAsWell(template: PlannerReply, reading: Reading, scope: PlannerScope): boolean {
  if (
    template.kind !== 'plan' ||
    template.plan.kind !== 'template' ||
    !template.plan.period ||
    reading.periods.span !== undefined
  )
    return false;
  const planned = planReading(copied(reading), scope);
  return planned.kind === 'query' && planned.query.ranking !== null && !reading.roles.has('combined');
}

const ASKED_BACK: PlannerReply = { kind: 'clarify', text: '', choices: [], unknownWords: [] };

/** For checking a choice: only whether there is a plan counts, so what would be asked back is not worded. */
function planShallow(question: string, scope: PlannerScope): PlannerReply {
  if (refuseAtOnce(question)) return { kind: 'refuse', reason: 'cannot-answer', text: '' };
  const special = planDefinition(question, scope) ?? planLookUp(question);
  if (special) return special;
  const reading = understandQuestion(question, scope);
  const template = matchTemplate(question, reading, scope);
  if (template) return template;
  if (mustAskAboutWords(reading)) return matchTemplateLoosely(question, reading, scope) ?? ASKED_BACK;
  return finishPlan(planReading(reading, scope), reading, scope, null);
}
