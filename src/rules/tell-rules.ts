import { isQuiet } from '../alerts/alert-state.ts';
import { type OnceMessage, type TellOnceNeeds, tellOnce } from '../alerts/tell-once.ts';
import { hasCode } from '../domain/app-error.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Rights } from '../domain/rights.ts';
import { minuteOfDay } from '../domain/time-of-day.ts';
import { localeOf } from '../questions/answer-words.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import { changeRule, listRules, type RuleStore, saveRule } from './keep-rules.ts';
import { type Measured, measureRule, type RuleReading } from './measure-rule.ts';
import type { Rule } from './rule.ts';
import { type DescribedRule, describeCrossing, foundInWords, overInWords } from './rule-words.ts';

type Place = { channel: string; ts: string };

export type RulePoster = {
  /** `key` stays in the message, so that it is found again when the sender died right after it. */
  post(rule: Rule, described: DescribedRule, key: string): Promise<Place>;
  postOver(rule: Rule, sentence: string, key: string): Promise<string>;
  /** To the owner alone: what they may no longer see is watched no more. */
  postForbidden(rule: Rule, why: string, key: string): Promise<string>;
  findPosted(rule: Rule, key: string): Promise<Place | null>;
};

export type TellRulesNeeds = RuleStore &
  TellOnceNeeds & {
    questions: QuestionNeeds;
    /** Of the owner and of everyone who will read it: the least of both. Asked anew each time. */
    rightsFor(rule: Rule): Promise<Rights>;
    poster: RulePoster;
    log: { error(facts: object, message: string): void };
  };

export type RulesTold = { told: string[]; over: string[]; forbidden: string[] };

/**
 * Looks at everybody's own rules and tells what has begun to hold and what is over, each crossing once. Called after
 * each load and every few minutes: what was told is not told again, also by several instances. One rule that fails does
 * not hold up the others.
 */
export async function tellRules(needs: TellRulesNeeds): Promise<RulesTold> {
  const outcome: RulesTold = { told: [], over: [], forbidden: [] };
  for (const rule of await listRules(needs)) {
    if (rule.status !== 'on') continue;
    try {
      await tellRule(rule, outcome, needs);
    } catch (thrown) {
      if (hasCode(thrown, 'records.conflict')) continue;
      needs.log.error({ err: thrown, rule: rule.id }, 'a rule could not be looked at; it is tried again');
    }
  }
  return outcome;
}

async function tellRule(rule: Rule, outcome: RulesTold, needs: TellRulesNeeds): Promise<void> {
  const day = await judgedDay(rule, needs.questions);
  if (!day) return;
  const found = await measureRule(rule, day, await needs.rightsFor(rule), needs.questions);
  if (found.kind === 'forbidden') return tellForbidden(rule, found, outcome, needs);
  if (found.kind === 'unknown') return;
  const judged = await judge(rule, found, needs);
  if (judged.phase === 'crossed') return tellCrossing(judged, found, outcome, needs);
  // What was never told, because of quiet hours, has no end to tell.
  if (judged.place) await tellOver(judged, found, outcome, needs);
}

/** The last day that is loaded of what the rule reads; never today, which is not over. Null when there is none. */
export async function judgedDay(
  rule: Pick<Rule, 'query'>,
  needs: Pick<QuestionNeeds, 'compose' | 'facts' | 'clock'>,
): Promise<Day | null> {
  const today = needs.clock.today();
  const composed = needs.compose({ ...rule.query, period: { from: addDays(today, -1), to: today } });
  if (!composed.ok) return null;
  const facts = await needs.facts();
  const lasts = composed.tables.flatMap((table) => facts.days[table]?.last ?? []).sort();
  const last = lasts.at(-1);
  if (!last) return null;
  const yesterday = addDays(today, -1);
  return last < yesterday ? last : yesterday;
}

/** Remembered before it is told, so that what is not told yet is told by the next who looks. */
async function judge(rule: Rule, found: Measured, needs: TellRulesNeeds): Promise<Rule> {
  const locale = localeOf(await needs.questions.facts(), needs.questions);
  const last = { day: found.day, value: foundInWords(found, rule, locale) };
  const begins = found.holds && rule.phase === 'calm';
  const ends = !found.holds && rule.phase === 'crossed';
  if (!begins && !ends && rule.last?.day === last.day && rule.last.value === last.value) return rule;
  return saveRule(
    {
      ...rule,
      last,
      phase: found.holds ? 'crossed' : 'calm',
      ...(begins ? { crossings: rule.crossings + 1, since: found.day, place: null } : {}),
    },
    needs,
  );
}

async function tellCrossing(
  rule: Rule,
  found: Measured,
  outcome: RulesTold,
  needs: TellRulesNeeds,
): Promise<void> {
  if (rule.place !== null || isQuietNow(rule, needs)) return;
  const { facts, model } = needs.questions;
  const described = describeCrossing(rule, found, model, localeOf(await facts(), needs.questions));
  let place: Place | null = null;
  const told = await tellOnce(
    {
      key: crossingKey(rule),
      async findPosted(key) {
        place = await needs.poster.findPosted(rule, key);
        return place && inOne(place);
      },
      async post(key) {
        place = await needs.poster.post(rule, described, key);
        return inOne(place);
      },
      async after(ts) {
        await changeRule(
          rule.id,
          (now) => (now.crossings === rule.crossings ? { ...now, place: apart(ts) } : now),
          needs,
        );
      },
    },
    needs,
  );
  if (told) outcome.told.push(rule.id);
}

async function tellOver(
  rule: Rule,
  found: Measured,
  outcome: RulesTold,
  needs: TellRulesNeeds,
): Promise<void> {
  if (isQuietNow(rule, needs)) return;
  const { facts, model } = needs.questions;
  const sentence = overInWords(rule, found, model, localeOf(await facts(), needs.questions));
  const message = onceIn(rule, `${crossingKey(rule)}/over`, needs, (key) =>
    needs.poster.postOver(rule, sentence, key),
  );
  const told = await tellOnce(
    {
      ...message,
      async after() {
        await changeRule(
          rule.id,
          (now) => (now.crossings === rule.crossings ? { ...now, place: null } : now),
          needs,
        );
      },
    },
    needs,
  );
  if (told) outcome.over.push(rule.id);
}

async function tellForbidden(
  rule: Rule,
  found: Extract<RuleReading, { kind: 'forbidden' }>,
  outcome: RulesTold,
  needs: TellRulesNeeds,
): Promise<void> {
  const message = onceIn(rule, `rule/${rule.id}/forbidden/${rule.version}`, needs, (key) =>
    needs.poster.postForbidden(rule, found.why, key),
  );
  const told = await tellOnce(
    {
      ...message,
      async after() {
        await changeRule(rule.id, (now) => ({ ...now, status: 'forbidden' }), needs);
      },
    },
    needs,
  );
  if (told) outcome.forbidden.push(rule.id);
}

function onceIn(
  rule: Rule,
  key: string,
  needs: TellRulesNeeds,
  post: (key: string) => Promise<string>,
): OnceMessage {
  return {
    key,
    findPosted: async (wanted) => (await needs.poster.findPosted(rule, wanted))?.ts ?? null,
    post,
    after: async () => undefined,
  };
}

function crossingKey(rule: Rule): string {
  return `rule/${rule.id}/${rule.crossings}`;
}

function isQuietNow(rule: Rule, needs: TellRulesNeeds): boolean {
  return isQuiet(minuteOfDay(rule.timeZone, needs.questions.clock.now()), rule.quiet);
}

/** A claim remembers one text. */
function inOne({ channel, ts }: Place): string {
  return `${channel} ${ts}`;
}

function apart(text: string): Place {
  const [channel = '', ts = ''] = text.split(' ');
  return { channel, ts };
}
