import type { Choice, Plan, PlannerReply } from '../domain/plan.ts';
import type { Rights } from '../domain/rights.ts';
import type { DataFacts } from '../model/data-facts.ts';
import { createReach, type Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import type { Planner, PlannerInput } from '../ports/planner.ts';
import { keepUnderstood, plannableChoices } from './plan-choices.ts';
import { planDefinition } from './plan-definition.ts';
import { isFollowUp, planFollowUp } from './plan-follow-up.ts';
import { liveInstead, planLookUp } from './plan-live.ts';
import { planReading } from './plan-reading.ts';
import { refuseAtOnce } from './plan-refusals.ts';
import { matchTemplate, matchTemplateLoosely } from './plan-template.ts';
import { askAboutWords } from './plan-unknown.ts';
import { type Planned } from './planned.ts';
import { type Reading } from './reading.ts';
import { type TimeContext } from './time-meaning.ts';
import { type Holiday, holidayOf } from './understand-calendar.ts';
import type { Role } from './understand-function-words.ts';
import { createLexicon, type Lexicon } from './understand-lexicon.ts';
import { periodOf } from './understand-periods.ts';
import { understandQuestion } from './understand-question.ts';
import type { ValueIndex } from './value-index.ts';

export type OfflinePlannerNeeds = {
  model: SemanticModel;
  templates: QuestionTemplates;
  values: () => ValueIndex;
  facts: () => DataFacts;
  settings?: { dateOrder?: TimeContext['dateOrder'] };
};

/** All that one question is read with. */
export type PlannerScope = {
  model: SemanticModel;
  templates: QuestionTemplates;
  lexicon: Lexicon;
  values: ValueIndex;
  reach: Reach;
  time: TimeContext;
  rights: Rights;
};

const NO_USE = { input: 0, output: 0, cached: 0, costUsd: '0' };

/** The planner that needs no language model: the same question always gives the same plan. */
export function createOfflinePlanner(needs: OfflinePlannerNeeds): Planner {
  const lexicon = createLexicon(needs.model);
  const reach = createReach(needs.model);
  const holidays: Holiday[] = needs.model.events.map(holidayOf);
  return {
    async plan(input) {
      const { first, last } = daysOf(needs.facts());
      const time: TimeContext = {
        today: input.today,
        dataFrom: first,
        dataTo: last,
        holidays,
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
      }; // prettier-ignore
      return { reply: planQuestion(input, scope), use: NO_USE };
    },
  };
}

/** One question, with the thread it stands in, becomes a plan, a question back or a no. */
export function planQuestion(
  input: Pick<PlannerInput, 'question' | 'conversation'>,
  scope: PlannerScope,
): PlannerReply {
  const question = plain(input.question);
  const last = input.conversation?.turns.at(-1);
  const lastPlan = input.conversation?.turns.findLast((turn) => turn.plan !== null)?.plan ?? null;
  const alone = (text: string): PlannerReply => planAlone(text, scope);
  const refused = refuseAtOnce(question);
  if (refused) return refused;
  const reading = understandQuestion(question, scope);
  const short = reading.contentTiles <= 2 && reading.unknown.length === 0;
  if (last?.answerKind === 'needs-detail' && last.plan === null && (short || isFollowUp(reading, question))) {
    const whole = planAlone(`${plain(last.question)} ${question}`, scope);
    if (whole.kind === 'plan') return whole;
  }
  const same = lastPlan?.kind === 'template' ? followTemplate(reading, lastPlan, scope, question) : undefined;
  if (same) return same;
  if (lastPlan && (isFollowUp(reading, question) || isLoneFigure(reading))) {
    const followed = planFollowUp(reading, lastPlan, scope);
    if (followed) return finish(followed, reading, question, scope, alone);
  }
  const reply = planAlone(question, scope, reading);
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

/** 'sales?': one figure and nothing else. */
function isLoneFigure(reading: Reading): boolean {
  return (
    reading.metrics.length === 1 &&
    reading.contentTiles === 1 &&
    reading.text.trim().split(/\s+/).length <= 2 &&
    !/\b(?:total|all|overall|ever|how|what)\b/i.test(reading.text)
  );
}

/** Neither a period nor what is measured is said in full: one question, with whole questions to choose from. */
function askForMore(
  reading: Reading,
  scope: PlannerScope,
  alone: ((text: string) => PlannerReply) | null,
): PlannerReply | undefined {
  if (reading.periods.span !== undefined || reading.periods.relative || reading.grain) return undefined;
  const { ranking } = reading;
  const [subject] = reading.dimensions;
  const bare =
    ranking !== null &&
    reading.metrics.length === 0 &&
    subject !== undefined &&
    /^(?:top|best|worst|bottom|biggest|leading|strongest|weakest|greatest)$/.test(ranking.word) &&
    ranking.limit === null &&
    reading.contentTiles <= 2 &&
    reading.filters.length === 0 &&
    reading.conditions.length === 0 &&
    !['sell', 'earn', 'buy', 'spend', 'growth'].some((role) => reading.roles.has(role as Role));
  const figure = scope.model.metrics.get(reading.metrics[0] ?? '');
  const timeless = figure?.kind === 'simple' && figure.measures.every((measure) => measure.time === null);
  if (!bare && (timeless || !isLoneFigure(reading))) return undefined;
  const metric = scope.model.metrics.get(reading.metrics[0] ?? '')?.label.toLowerCase() ?? 'revenue';
  const plural = scope.model.dimensions.get(subject?.name ?? '')?.plural ?? 'products';
  const word = ranking?.direction === 'bottom' ? 'bottom' : 'top';
  const whole = bare
    ? (by: string, when: string): string => `${word} ${ranking.limit ?? 10} ${plural} by ${by} ${when}`
    : (_by: string, when: string): string => `${metric} ${when}`;
  const wordings = (
    bare
      ? [
          whole('revenue', 'last month'),
          whole('units', 'last month'),
          whole('revenue', 'this year'),
          whole('revenue', 'of all time'),
        ]
      : [whole('', 'last month'), whole('', 'this month'), whole('', 'this year'), whole('', 'of all time')]
  ).map((question) => ({ label: capital(question), question }));
  const choices = alone ? keepUnderstood(wordings, alone) : wordings;
  if (alone && choices.length < 2) return undefined;
  return {
    kind: 'clarify',
    text: bare ? `The ${ranking.word} by which figure, and when?` : 'For which period?',
    choices,
    unknownWords: [],
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function planAlone(question: string, scope: PlannerScope, known?: Reading): PlannerReply {
  const special = planDefinition(question, scope) ?? planLookUp(question);
  if (special) return special;
  const reading = known ?? understandQuestion(question, scope);
  const alone = (text: string): PlannerReply => planShallow(text, scope);
  const hidden = personalWords(reading, scope);
  if (hidden) return hidden;
  const template = matchTemplate(question, reading, scope);
  const asked = askAboutWords(question, reading, scope, alone);
  if (template && (asked || !composesAsWell(template, reading, scope))) return template;
  if (asked) return matchTemplateLoosely(question, reading, scope) ?? asked;
  const more = askForMore(reading, scope, alone);
  if (more) return more;
  const planned = planReading(reading, scope);
  const composed = planned.kind === 'query' || planned.kind === 'why';
  const loose = composed ? undefined : matchTemplateLoosely(question, reading, scope);
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
  const planned = planReading(structuredCopy(reading), scope);
  return planned.kind === 'query' && planned.query.ranking !== null && !reading.roles.has('combined');
}

function structuredCopy(reading: Reading): Reading {
  return { ...reading, dimensions: reading.dimensions.map((one) => ({ ...one })), notes: [...reading.notes] };
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
      const choices: Choice[] = alone ? keepUnderstood(planned.questions, alone) : planned.questions;
      const enough =
        choices.length >= 2 ? choices : alone ? plannableChoices(choices, scope, alone) : choices;
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

/** Nothing has happened yet in a period that has not begun; a budget may have it. */
function future(plan: Plan, scope: PlannerScope): PlannerReply | undefined {
  if (plan.kind !== 'metrics' || !plan.query.period || plan.query.period.from <= scope.time.today)
    return undefined;
  if (plan.query.metrics.some((name) => /budget|forecast/.test(name))) return undefined;
  return {
    kind: 'refuse',
    reason: 'cannot-answer',
    text: `That is in the future, and I do not predict: today is ${scope.time.today}.`,
  };
}

function personalWords(reading: Reading, scope: PlannerScope): PlannerReply | undefined {
  if (scope.rights.personalData === 'clear') return undefined;
  const found = [
    ...reading.dimensions.map((one) => one.name),
    ...reading.texts.map((one) => one.dimension ?? ''),
  ]
    .map((one) => scope.model.dimensions.get(one))
    .find((one) => one?.personal === true);
  if (!found) return undefined;
  return {
    kind: 'refuse',
    reason: 'not-permitted',
    text: `${found.label} is personal data, which you may not see.`,
  };
}

function personal(plan: Plan, scope: PlannerScope): PlannerReply | undefined {
  if (scope.rights.personalData === 'clear' || (plan.kind !== 'metrics' && plan.kind !== 'why'))
    return undefined;
  const names = [...plan.query.dimensions, ...plan.query.filters.map((filter) => filter.dimension)];
  const bad = names.find((name) => scope.model.dimensions.get(name)?.personal);
  if (bad === undefined) return undefined;
  const label = scope.model.dimensions.get(bad)?.label ?? bad;
  return {
    kind: 'refuse',
    reason: 'not-permitted',
    text: `${label} is personal data, which you may not see.`,
  };
}

function daysOf(facts: DataFacts): { first: string | null; last: string | null } {
  const sales = [facts.days['orders'], facts.days['order_items']].filter((one) => one !== undefined);
  const all = sales.length > 0 ? sales : Object.values(facts.days);
  const firsts = all.map((one) => one.first).sort();
  const lasts = all.map((one) => one.last).sort();
  return { first: firsts[0] ?? null, last: lasts.at(-1) ?? null };
}

/** Slack's marks and mentions taken off. */
function plain(question: string): string {
  return question
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replace(/[*`~]+/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\b(can)(?:no|['’])t\b/gi, '$1 not')
    .replace(/\bwon['’]t\b/gi, 'will not')
    .replace(/\b(do|does|did|is|are|was|were|has|have|had|would|should|could)n['’]?t\b/gi, '$1 not')
    .replace(/\s+/g, ' ')
    .trim();
}
