import { changeRule, findRule, listRules, removeRule } from './rules/keep-rules.ts';
import { type OfferNeeds, offerRule, ruleSentence } from './rules/offer-rule.ts';
import type { Rule } from './rules/rule.ts';
import type { Telling } from './slack/telling.ts';

/** People's own alerts, as Slack's forms and buttons use them. */
export function ownRules(needs: OfferNeeds, lookNow: () => void): Telling['rules'] {
  const inWords = (rule: Rule): Promise<string> => ruleSentence(rule, needs);
  return {
    offer: (wanted, rights) => offerRule(wanted, rights, needs),
    async list(owner) {
      const rules = await listRules(needs, owner);
      return Promise.all(rules.map(async (rule) => ({ rule, sentence: await inWords(rule) })));
    },
    find: (id) => findRule(id, needs),
    async setStatus(id, status) {
      const changed = await changeRule(id, (rule) => ({ ...rule, status }), needs);
      if (changed && status === 'on') lookNow();
      return changed;
    },
    remove: (id) => removeRule(id, needs),
    inWords,
  };
}
