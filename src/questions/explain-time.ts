import { describeOtherPeriod, metricLabel } from '../composer/describe-query.ts';
import { tidyPeriod, withPreposition } from '../composer/say-period.ts';
import { type ExplainInput, isLevel, isTimeless } from './explain-words.ts';

/** ' last month (1 Oct 2026 to 31 Oct 2026)'; nothing for what has no time. */
export function when(input: ExplainInput): string {
  return inOwnTime(input) + atOtherTimes(input);
}

/** ' who did not buy in 2026 (1 Jan 2026 to 31 Dec 2026)', right behind the question's own time. */
function atOtherTimes({ query, model }: ExplainInput): string {
  const [only] = query.metrics;
  return (query.members ?? [])
    .map((members) => {
      const other = describeOtherPeriod(members, model);
      if (other === null) return '';
      const many = model.dimensions.get(members.dimension)?.plural.toLowerCase() ?? members.dimension;
      const counted = only !== undefined && metricLabel(only, model).startsWith(many);
      return counted ? ` ${other}` : `, of ${many} ${other}`;
    })
    .join('');
}

function inOwnTime(input: ExplainInput): string {
  const { metrics, period: asked } = input.query;
  if (metrics.every((name) => isTimeless(name, input.model))) return '';
  const { period } = input.understood;
  if (!period) return metrics.every((name) => isLevel(name, input.model)) ? '' : ' over all time';
  const label = asked?.label;
  if (input.query.grain === null && metrics.every((name) => isLevel(name, input.model)))
    return atItsEnd(label, period);
  if (!label || sameDay(tidyPeriod(label), period))
    return period.includes(' to ') ? ` from ${period}` : ` on ${period}`;
  return ` ${withPreposition(label)} (${period})`;
}

/** What is on the shelf is counted at the end: ' at the end of Q3 (30 Sept 2026)', ' on 16 Jun 2026'. */
function atItsEnd(label: string | undefined, period: string): string {
  const last = period.split(' to ').at(-1) ?? period;
  if (!label || last === period || sameDay(tidyPeriod(label), period) || RUNNING.test(label))
    return ` on ${last}`;
  const named = withPreposition(label).replace(/^(?:in|on|during|over|for|of) /, '');
  return `${/\bend of\b/i.test(named) ? ' at ' : ' at the end of '}${named.replace(/['’]s$/, '')} (${last})`;
}

/** Times that are not over, or have no end of their own. */
const RUNNING =
  /^(?:in |the )?(?:this|today|between|from|since|until|till|before|after|ytd|mtd|qtd)\b|\b(?:so far|to date)\b/i;

/** '5 november 2026' said of '5 Nov 2026'. */
function sameDay(label: string, period: string): boolean {
  const short = (text: string): string => text.toLowerCase().replace(/([a-z]{3})[a-z]*/g, '$1');
  return short(label) === short(period);
}

/** 'in the week before', 'last year', 'from 1 Jan 2026 to 20 Jan 2026'. */
export function inThat(comparedWith: string | null): string {
  const words = comparedWith ?? 'the other period';
  if (/^\d{1,2} \p{L}+ \d{4}(?: to |$)/u.test(words))
    return words.includes(' to ') ? `from ${words}` : `on ${words}`;
  const [label = '', ...dates] = words.split(' (');
  return [withPreposition(label), ...dates].join(' (');
}
