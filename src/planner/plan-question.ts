import { type Choice, type Plan, type PlannerReply } from '../domain/plan.ts';
import { type DataFacts, unloadedMetrics } from '../model/data-facts.ts';
import { createReach } from '../model/model-reach.ts';
import { type SemanticModel } from '../model/semantic-model.ts';
import { type QuestionTemplates } from '../model/template.ts';
import { type TimeContext } from '../periods/time-meaning.ts';
import { type Holiday, holidayOf } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { type Planner, type PlannerInput } from '../ports/planner.ts';
import { type Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { plain } from '../vocabulary/plain-question.ts';
import { withoutTalk } from '../vocabulary/talk.ts';
import { createLexicon } from '../vocabulary/understand-lexicon.ts';
import { type ValueIndex } from '../vocabulary/value-index.ts';
import { askAgainstAll } from './ask-against-all.ts';
import { askForMore, isBareFigure, isLoneFigure } from './ask-for-more.ts';
import { askOfLoneWords } from './ask-of-lone-words.ts';
import { askOnTrack } from './ask-on-track.ts';
import { withoutAsides } from './plan-asides.ts';
import { OF_OUR_BEST } from './plan-asked.ts';
import { withoutBrackets } from './plan-brackets.ts';
import { copied, keepUnderstood, plannableChoices, understoodWordings } from './plan-choices.ts';
import { mendContrary } from './plan-contrary.ts';
import { otherCurrency } from './plan-currency.ts';
import { planDefinition } from './plan-definition.ts';
import { planDifference } from './plan-difference.ts';
import { unmarked } from './plan-doubts.ts';
import { asEvent } from './plan-event.ts';
import { withoutFalseStart } from './plan-false-start.ts';
import { isFollowUp, isOwnShare, planFollowUp, queryOf } from './plan-follow-up.ts';
import { future } from './plan-future.ts';
import { IN_THAT_TIME, keptFromThread, rankedInThread } from './plan-kept-from-thread.ts';
import { liveInstead, planLookUp } from './plan-live.ts';
import { planNothingLoaded } from './plan-nothing-loaded.ts';
import { personal, personalWords } from './plan-personal.ts';
import { planReading } from './plan-reading.ts';
import { refuseAtOnce } from './plan-refusals.ts';
import { shortTurn } from './plan-short-turn.ts';
import { planSocial } from './plan-social.ts';
import { matchTemplate, matchTemplateLoosely } from './plan-template.ts';
import { askAboutWords } from './plan-unknown.ts';
import { type Planned } from './planned.ts';
import { type PlannerScope } from './planner-scope.ts';
import { saidUsually } from './said-usually.ts';
import { threadWording } from './thread-wording.ts';

export type OfflinePlannerNeeds = {
  model: SemanticModel;
  templates: QuestionTemplates;
  values: () => ValueIndex;
  facts: () => DataFacts;
  settings?: { dateOrder?: TimeContext['dateOrder'] };
};

/** Currencies of countries that are all north of the equator. */
const NORTHERN = new Set([
  'GBP',
  'EUR',
  'USD',
  'CAD',
  'CHF',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'HUF',
  'JPY',
]);

const NO_USE = { input: 0, output: 0, cached: 0, costUsd: '0' };

/** The planner that needs no language model: the same question always gives the same plan. */
export function createOfflinePlanner(needs: OfflinePlannerNeeds): Planner {
  const lexicon = createLexicon(needs.model, needs.templates);
  const reach = createReach(needs.model);
  const holidays: Holiday[] = needs.model.events.map(holidayOf);
  return {
    async plan(input) {
      const facts = needs.facts();
      const { first, last } = daysOf(facts);
      const time: TimeContext = {
        today: input.today,
        dataFrom: first,
        dataTo: last,
        holidays,
        northern: facts.currencies.length > 0 && facts.currencies.every((one) => NORTHERN.has(one)),
        fiscalYearStartMonth: needs.model.settings.fiscal_year_start_month,
        dateOrder: needs.settings?.dateOrder ?? null,
      }; // prettier-ignore
      const scope = {
        model: needs.model,
        templates: needs.templates,
        lexicon,
        reach,
        values: needs.values(),
        time,
        rights: input.rights,
        currencies: facts.currencies,
        unloaded: unloadedMetrics(needs.model, facts),
        rows: facts.rows,
      }; // prettier-ignore
      return { reply: planQuestion(input, scope), use: NO_USE };
    },
  };
}

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
  const last = input.conversation?.turns.at(-1);
  const lastPlan = input.conversation?.turns.findLast((turn) => turn.plan !== null)?.plan ?? null;
  const asked = lastPlan ? threadWording(input.question, lastPlan, scope) : input.question;
  const said = saidUsually(asked, scope);
  const question = lastPlan ? inThread(said) : said;
  const alone = (text: string): PlannerReply => planAlone(text, scope);
  const atOnce =
    planSocial(question) ??
    (lastPlan ? undefined : askOfLoneWords(question, alone)) ??
    refuseAtOnce(question) ??
    otherCurrency(question, scope) ??
    askOnTrack(question, scope, alone);
  if (atOnce) return atOnce;
  const reading = understandQuestion(question, scope);
  const short = reading.contentTiles <= 2 && reading.unknown.length === 0;
  const complete = reading.ranking !== null && reading.dimensions.length > 0;
  if (
    last?.answerKind === 'needs-detail' &&
    last.plan === null &&
    !complete &&
    (short || isFollowUp(reading, question))
  ) {
    const joined = `${plain(last.question)} ${question}`;
    const followed = lastPlan && planFollowUp(understandQuestion(joined, scope), lastPlan, scope);
    const whole =
      lastPlan && isFollowUp(understandQuestion(plain(last.question), scope), plain(last.question))
        ? followed && finish(followed, reading, question, scope, alone)
        : planAlone(joined, scope);
    if (whole?.kind === 'plan') return whole;
  }
  const same = lastPlan?.kind === 'template' ? followTemplate(reading, lastPlan, scope, question) : undefined;
  if (same) return same;
  const own = isOwnShare(question) && alone(question).kind === 'plan';
  const between = planDifference(reading, input.conversation?.turns.map((turn) => turn.plan) ?? []);
  if (between) return between;
  const base = lastPlan ? queryOf(lastPlan) : undefined;
  const turned = base && !own ? shortTurn(question, base, scope, reading) : undefined;
  if (turned)
    return finish(
      { kind: 'query', query: turned, notes: [], confidence: 0.9 },
      reading,
      question,
      scope,
      alone,
    );
  if (
    lastPlan &&
    !own &&
    (isFollowUp(reading, question) ||
      IN_THAT_TIME.test(said) ||
      isLoneFigure(reading) ||
      isBareFigure(reading, scope.model))
  ) {
    const followed = planFollowUp(reading, lastPlan, scope);
    if (followed) return finish(followed, reading, question, scope, alone);
  }
  const first = planAlone(question, scope, reading);
  const whole = keptFromThread(
    rankedInThread(first, reading, base, alone, scope) ?? first,
    reading,
    base,
    scope,
  );
  const event = lastPlan ? undefined : asEvent(asked, whole, scope, alone);
  const reply = event
    ? event
    : whole.kind === 'plan'
      ? whole
      : (withoutFalseStart(asked, scope, alone) ??
        withoutAsides(question, scope, alone) ??
        withoutBrackets(question, alone) ??
        askAgainstAll(question, alone) ??
        whole);
  if (lastPlan && reply.kind === 'refuse' && reply.reason === 'off-topic') {
    return {
      kind: 'clarify',
      text: `I do not know what '${question}' means here.`,
      choices: [],
      unknownWords: [question],
    };
  }
  return reply;
}

/** Words that lean on the thread, said as what they change in it. */
function inThread(question: string): string {
  return question.replace(INSTEAD_OF, '').replace(IN_THAT_TIME, '').replace(TO_COMPARE, 'compared with $1');
}

/** 'last year to compare', 'the year before for comparison'. */
const TO_COMPARE =
  /^(?:and |now |show |give me )*(.{3,40}?),? (?:to compare|for comparison|as (?:a )?comparison|by way of comparison|to compare (?:it|that|this) with)[?.! ]*$/i;

/** 'show revenue rather than orders': what the thread has already, and is not wanted any more. */
const INSTEAD_OF =
  /,? (?:rather than|instead of|in place of|and not) (?:the )?[\p{L}]+(?: [\p{L}]+)?(?=[?.! ]*$)/iu;

/** A vetted query keeps its place in the thread: another period, or a picture of the same rows. */
function followTemplate(
  reading: Reading,
  last: Extract<Plan, { kind: 'template' }>,
  scope: PlannerScope,
  question: string,
): PlannerReply | undefined {
  const others =
    reading.metrics.length + reading.dimensions.length + reading.filters.length + reading.unknown.length;
  if (
    others > 0 ||
    reading.leftovers.length > 0 ||
    reading.conditions.length > 0 ||
    !isFollowUp(reading, question)
  )
    return undefined;
  const again = (plan: Plan, notes: string[]): PlannerReply => ({
    kind: 'plan',
    plan,
    confidence: 0.9,
    planner: 'offline',
    notes,
  });
  const { span, comparison, unclear, problem } = reading.periods;
  if (reading.roles.has('chart') && span === undefined) return again(last, ['as a chart']);
  if (!span || comparison || unclear || problem || !last.period || reading.ranking) return undefined;
  const period = periodOf(span);
  return again(
    { ...last, period, parameters: { ...last.parameters, from: span.from, to: span.to } },
    reading.notes,
  );
}

/** 'how much did customer 12 buy, and when was the last order': the list of first and last orders says only the half of it. */
const LAST_AND_MORE =
  /\bhow (?:much|many)\b.*\b(?:last|first|latest) (?:order|purchase)|\b(?:last|first|latest) (?:order|purchase)\b.*\bhow (?:much|many)\b/i;

function planAlone(question: string, scope: PlannerScope, known?: Reading): PlannerReply {
  const special = planDefinition(question, scope) ?? planLookUp(question);
  if (special) return special;
  const reading = known ?? understandQuestion(question, scope);
  const alone = (text: string): PlannerReply => planShallow(text, scope);
  const hidden = personalWords(reading, scope);
  if (hidden) return hidden;
  const composedOnly = OF_OUR_BEST.test(question) || LAST_AND_MORE.test(question);
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
  return loose ?? finish(planned, reading, question, scope, alone);
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

/** For checking a choice: asks nothing about choices of its own. */
function planShallow(question: string, scope: PlannerScope): PlannerReply {
  if (refuseAtOnce(question)) return { kind: 'refuse', reason: 'cannot-answer', text: '' };
  const special = planDefinition(question, scope) ?? planLookUp(question);
  if (special) return special;
  const reading = understandQuestion(question, scope);
  const template = matchTemplate(question, reading, scope);
  if (template) return template;
  const asked = askAboutWords(question, reading, scope, null);
  if (asked) return matchTemplateLoosely(question, reading, scope) ?? asked;
  return finish(planReading(reading, scope), reading, question, scope, null);
}

function finish(
  planned: Planned,
  reading: Reading,
  _question: string,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply {
  switch (planned.kind) {
    case 'cannot':
      return { kind: 'refuse', reason: 'cannot-answer', text: planned.text };
    case 'ask': {
      const wordings =
        planned.questions.length >= 2
          ? planned.questions
          : [...planned.questions, ...understoodWordings(reading, scope)];
      const choices: Choice[] = alone ? keepUnderstood(wordings, alone) : wordings.slice(0, 5);
      const enough = alone ? plannableChoices(choices, alone) : choices;
      return { kind: 'clarify', text: planned.text, choices: enough, unknownWords: [] };
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
      if (doubt) return finish(doubt, reading, _question, scope, alone);
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

function daysOf(facts: DataFacts): { first: string | null; last: string | null } {
  const sales = [facts.days['orders'], facts.days['order_items']].filter((one) => one !== undefined);
  const all = sales.length > 0 ? sales : Object.values(facts.days);
  const firsts = all.map((one) => one.first).sort();
  const lasts = all.map((one) => one.last).sort();
  return { first: firsts[0] ?? null, last: lasts.at(-1) ?? null };
}
