import { type DataFacts, unloadedMetrics } from '../model/data-facts.ts';
import { createReach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import type { TimeContext } from '../periods/time-meaning.ts';
import { type Holiday, holidayOf } from '../periods/understand-calendar.ts';
import type { Planner } from '../ports/planner.ts';
import { createLexicon } from '../vocabulary/understand-lexicon.ts';
import type { ValueIndex } from '../vocabulary/value-index.ts';
import { planQuestion } from './plan-question.ts';

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

function daysOf(facts: DataFacts): { first: string | null; last: string | null } {
  const sales = [facts.days['orders'], facts.days['order_items']].filter((one) => one !== undefined);
  const all = sales.length > 0 ? sales : Object.values(facts.days);
  const firsts = all.map((one) => one.first).sort();
  const lasts = all.map((one) => one.last).sort();
  return { first: firsts[0] ?? null, last: lasts.at(-1) ?? null };
}
