import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlannerReply } from '../domain/plan.ts';
import type { PlanningNeeds } from './planned.ts';
import type { PlannerScope } from './planner-scope.ts';

/** How people say the currencies that shops trade in. */
const SAID: [currency: string, said: RegExp][] = [
  ['EUR', /€|\b(?:euros?|eur)\b/i],
  ['GBP', /£|\b(?:gbp|sterling|british pounds|quid)\b|\b(?:in|of) pounds\b|\bpounds sterling\b/i],
  ['USD', /(?<![rR])\$|\b(?:usd|us dollars?|dollars?|bucks)\b/i],
  ['BRL', /R\$|\b(?:brl|reais)\b/i],
  ['CHF', /\b(?:chf|(?:swiss )?francs?)\b/i],
  ['JPY', /¥|\b(?:jpy|yen)\b/i],
  ['SEK', /\b(?:sek|swedish kron(?:a|or))\b/i],
  ['NOK', /\b(?:nok|norwegian kroner?)\b/i],
  ['DKK', /\b(?:dkk|danish kroner?)\b/i],
  ['PLN', /\b(?:pln|zloty|zlotys)\b/i],
  ['INR', /₹|\b(?:inr|rupees?)\b/i],
  ['CAD', /\b(?:cad|canadian dollars?)\b/i],
  ['AUD', /\b(?:aud|australian dollars?)\b/i],
];

/** An amount is asked for, or given, in a currency that the data does not hold: nothing is converted, and nothing passed over. */
export function otherCurrency(question: string, scope: PlannerScope): PlannerReply | undefined {
  const { currencies } = scope;
  if (currencies.length === 0) return undefined;
  const unquoted = question.replace(/"[^"]*"/g, ' ');
  const other = SAID.find(([currency, said]) => !currencies.includes(currency) && said.test(unquoted));
  if (!other) return undefined;
  const held = scope.values.valuesOf('currency').includes(other[0]);
  if (held) return undefined;
  return {
    kind: 'refuse',
    reason: 'cannot-answer',
    text: `Amounts here are in ${currencies.join(' and ')}, and I hold no exchange rates, so I cannot give them in ${other[0]}.`,
  };
}

/** 'turnover in reais', '(euros)': said of the one currency that there is, it says nothing more. */
export function withoutOwnCurrency(question: string, currencies: readonly string[]): string {
  const [own = '', ...others] = currencies;
  const names = OWN[own];
  if (names === undefined || others.length > 0) return question;
  const inIt = new RegExp(
    `,? ?(?:\\((?:in |all in |as )?(?:${names})\\)|\\b(?:in|as|expressed in|measured in|stated in) (?:terms of )?(?:${names})(?![\\p{L}\\d])(?! ?(?:and|or|&|\\+|\\/|\\d)))`,
    'giu',
  );
  return question
    .replace(inIt, '')
    .replace(
      new RegExp(`\\bhow many (?:${names})(?= (?:did|do|have|has|were|was|worth|of|came|went)\\b)`, 'giu'),
      'how much money',
    );
}

/** What people call the money that they trade in. */
const OWN: Record<string, string> = {
  EUR: '€|euros?|eur',
  GBP: '£|pounds?(?: sterling)?|gbp|sterling|quid',
  USD: '\\$|us dollars?|dollars?|usd|bucks',
  BRL: 'R\\$|brazilian reais|brazilian real|reais|real|brl',
  CHF: 'swiss francs?|francs?|chf|sfr',
};

/** 'average basket in CHF' where all is in CHF narrows nothing. */
export function dropOwnCurrency(query: MetricQuery, needs: PlanningNeeds): void {
  if ((needs.values?.valuesOf('currency').length ?? 0) !== 1) return;
  query.filters = query.filters.filter(
    ({ dimension, operator }) => dimension !== 'currency' || operator !== 'in',
  );
}
