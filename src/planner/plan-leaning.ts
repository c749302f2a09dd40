import type { PlannerReply } from '../domain/plan.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import type { PlannerScope } from './planner-scope.ts';
import { sayPeriod } from './say-query.ts';

const SENTENCES =
  /^(?<first>[^.!?;]{4,70})[.!;]\s+(?:(?:so|and|now|ok|okay)[, ]+)?(?<second>[^.!;]{8,}?)[.!?]*$/i;
/** 'we pushed WALK15', 'Plumb skews everything': somebody, what was done, and of what; or that, and what it does. */
const TOLD =
  /^(?:(?:we|i|they|marketing|the team|our team|someone|the buyers?)(?:['’]ve| have| had)? (?:just |recently |also |really |only )?(?<did>\p{L}+)|(?!how|what|which|who|when)[\p{L}\p{N}&'’ -]{2,40}? (?<does>skews?|distorts?|spoils?|messes|dominates?|worries|worry|swamps?|inflates?|flatters?)\b.*)/iu;
const LEANS =
  /\b(its|their|(?<!\b(?:was|is|were|are|does|did) )(?:it|them|they|those|these|that one|this one))\b/i;
/** What lasts as long as the time that is said with it. */
const LASTS = /^(?:ran|run|pushed|promoted|had|did|offered|gave|sent|advertised|featured|used|discounted)$/;

/**
 * 'We pushed WELCOME10 last month. How many orders used it?': the second sentence leans on the one name of the first, and on
 * its time where it has none of its own. What else is told there is not of the figures.
 */
export function onTheSentenceBefore(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const { first = '', second = '' } = SENTENCES.exec(question)?.groups ?? {};
  const told = TOLD.exec(first)?.groups;
  if (!told || !LEANS.test(second)) return undefined;
  const before = understandQuestion(
    first.replace(/^(?:marketing|(?:the|our) (?:team|buyers?))\b/i, 'we'),
    scope,
  );
  const [filter, another] = before.filters;
  const [hit] = filter?.hits ?? [];
  const verb = (told['did'] ?? told['does'] ?? '').toLowerCase();
  const strange = before.unknown.filter(({ text }) => text.toLowerCase() !== verb);
  const more = [
    before.metrics,
    before.dimensions,
    before.conditions,
    before.segments,
    before.texts,
    before.outside,
  ];
  if (!filter || !hit || another || filter.negated || more.some((list) => list.length > 0)) return undefined;
  if (told['did'] && strange.length > 0) return undefined;
  const kind = (scope.model.dimensions.get(hit.dimension)?.label ?? hit.dimension).toLowerCase();
  const named = `${kind} "${hit.value}"`;
  const of = /^(?:its|their)$/i.test(LEANS.exec(second)?.[1] ?? '');
  const asked = of ? `${second.replace(LEANS, ' ')} for ${named}` : second.replace(LEANS, named);
  const own = understandQuestion(asked, scope).periods;
  const { span } = before.periods;
  if (span && own.span === undefined && told['did'] && !LASTS.test(verb)) return undefined;
  const timed = span && own.span === undefined ? `${asked} ${sayPeriod(span)}` : asked;
  const reply = alone(timed.replace(/\s+/g, ' '));
  return reply.kind === 'plan' ? reply : undefined;
}
