import type { Rights } from '../domain/rights.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import { localeOf } from '../questions/answer-words.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import { findRule, type RuleStore, saveRule } from './keep-rules.ts';
import { measureRule } from './measure-rule.ts';
import type { QuietHours, Rule } from './rule.ts';
import { foundInWords, ruleInWords } from './rule-words.ts';
import { judgedDay } from './tell-rules.ts';
import { understandRule } from './understand-rule.ts';

export type WantedRule = {
  words: string;
  owner: string;
  to: string;
  timeZone: string;
  quiet: QuietHours | null;
  /** The draft that is changed. */
  id?: string;
};

export type OfferedRule =
  | {
      kind: 'offered';
      rule: Rule;
      /** 'return rate of Boots goes above 8.0% over 7 days'. */
      sentence: string;
      /** What it is now, or why that is not known. */
      now: string;
    }
  | { kind: 'unclear'; text: string; choices: { label: string; words: string }[] };

export type OfferNeeds = RuleStore & { questions: QuestionNeeds; clock: Clock; ids: Ids };

/** A rule in words as it was understood, kept as a draft until its owner says yes. Errors: those of the warehouse. */
export async function offerRule(wanted: WantedRule, rights: Rights, needs: OfferNeeds): Promise<OfferedRule> {
  const { questions } = needs;
  const understood = await understandRule(wanted.words, { rights, owner: wanted.owner }, questions);
  if (understood.kind === 'unclear') return understood;
  const { query, measure } = understood;
  const day = await judgedDay({ query }, questions);
  const found = day
    ? await measureRule({ ...wanted, query, measure }, day, rights, questions)
    : { kind: 'unknown' as const, why: 'Nothing is loaded yet.' };
  if (found.kind === 'forbidden') return { kind: 'unclear', text: found.why, choices: [] };
  const locale = localeOf(await questions.facts(), questions);
  const unit = found.kind === 'measured' ? found.unit : unitOf(query, questions);
  const earlier = wanted.id ? await findRule(wanted.id, needs) : undefined;
  const mine = earlier?.owner === wanted.owner ? earlier : undefined;
  const rule = await saveRule(
    {
      id: mine?.id ?? needs.ids.next('rul'),
      owner: wanted.owner,
      to: wanted.to,
      words: wanted.words.slice(0, 600),
      query,
      measure,
      quiet: wanted.quiet,
      timeZone: wanted.timeZone,
      status: 'draft',
      crossings: mine?.crossings ?? 0,
      phase: 'calm',
      since: null,
      place: null,
      last: null,
      createdAt: needs.clock.now().toISOString(),
      version: mine?.version ?? 0,
    },
    needs,
  );
  return {
    kind: 'offered',
    rule,
    sentence: ruleInWords(rule, unit, questions.model, locale),
    now: found.kind === 'measured' ? `${foundInWords(found, rule, locale)}.` : found.why,
  };
}

/** A kept rule in words. */
export async function ruleSentence(
  rule: Rule,
  { questions }: Pick<OfferNeeds, 'questions'>,
): Promise<string> {
  const locale = localeOf(await questions.facts(), questions);
  return ruleInWords(rule, unitOf(rule.query, questions), questions.model, locale);
}

function unitOf(query: Rule['query'], needs: Pick<QuestionNeeds, 'compose'>) {
  const composed = needs.compose(query);
  const column = composed.ok ? composed.columns.find(({ name }) => name === query.metrics[0]) : undefined;
  return column?.unit ?? { kind: 'none' as const };
}
