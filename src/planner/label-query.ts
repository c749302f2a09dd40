import { addDays } from '../domain/day.ts';
import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import { dayInWords, inWords, type Period } from '../domain/period.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { addUnits, startOf } from '../periods/understand-calendar.ts';
import { sayQuery } from './say-query.ts';

const LONGEST = 75;

/** A plan as the words of a button: as the question says it where that is short, else by what tells it apart. */
export function labelQuery(query: MetricQuery, model: SemanticModel): string {
  const { ranking, calculations, having, acrossGrain, comparison } = query;
  const said = capital(sayQuery(query, model).replace(/ of all time$/, ', all time'));
  const shaped = ranking !== null || calculations.length > 0 || having.length > 0 || acrossGrain !== null;
  if (shaped) return fitting([inShortTimes(said, query), said]);
  const metrics = namesOf(query, model);
  const by = query.dimensions.map((name) => labelOf(model.dimensions.get(name)?.label ?? name));
  const filters = query.filters.map((filter) => sayFilter(filter, model));
  const segments = query.segments.map((name) => labelOf(model.segments.get(name)?.label ?? name));
  const against = comparison ? ` against ${shortPeriod(comparison.period)}` : '';
  const broken = `${by.length > 0 ? ` by ${by.join(' and ')}` : ''}${query.grain ? ` per ${query.grain}` : ''}`;
  const time = query.period ? `${shortPeriod(query.period)}${against}` : 'all time';
  const whole = [`${metrics}${broken}`, ...filters, ...segments, time].join(', ');
  return fitting([
    capital(whole),
    capital([`${metrics}${broken}`, ...filters, time].join(', ')),
    capital([`${metrics}${broken}`, time].join(', ')),
  ]);
} // prettier-ignore

/** The fullest wording that a button holds; a word is never cut in two. */
function fitting(wordings: string[]): string {
  const found = wordings.find((one) => one.length <= LONGEST);
  return found ?? shortened(wordings.at(-1) ?? '');
}

export function shortened(label: string): string {
  if (label.length <= LONGEST) return label;
  const kept = label.slice(0, LONGEST - 1);
  return `${kept.slice(0, Math.max(kept.lastIndexOf(' '), 40)).replace(/[\s,;]+$/, '')}…`;
}

/** A figure beside its budget and what is between them is one matter. */
function namesOf({ metrics }: MetricQuery, model: SemanticModel): string {
  const variance = metrics.find((name) => name.endsWith('_variance'));
  const kin =
    metrics.length > 1 && metrics.every((name) => /^(?:revenue|expenses?)(?:_budget|_variance)?$/.test(name));
  const names = (variance !== undefined && kin ? [variance] : metrics).map((name) =>
    labelOf(model.metrics.get(name)?.label ?? name),
  );
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
} // prettier-ignore

function sayFilter({ dimension, operator, values }: Filter, model: SemanticModel): string {
  const name = labelOf(model.dimensions.get(dimension)?.label ?? dimension);
  const list = values.length > 3 ? `${values.slice(0, 2).join(', ')} and others` : values.join(' or ');
  if (operator === 'in') return OBVIOUS.test(dimension) ? list : `${name} ${list}`;
  if (operator === 'not-in') return `without ${list}`;
  if (operator === 'is-empty') return `without ${name}`;
  if (operator === 'is-not-empty') return `with ${name}`;
  return `${name} ${operator.replace(/-/g, ' ')} ${values.join(' and ')}`;
}

/** Names that say by themselves what they are. */
const OBVIOUS =
  /^(?:branch|branch_city|account|category|subcategory|department|brand|product|country|region|city|channel|coupon|counterparty)$/;

function inShortTimes(said: string, { period, comparison }: MetricQuery): string {
  const [one, other] = [period, comparison?.period ?? null].map((each) =>
    each ? `from ${inWords(each)}` : null,
  );
  let text = said;
  if (one && period) text = text.replace(one, `, ${shortPeriod(period)}`);
  if (other && comparison) text = text.replace(other, shortPeriod(comparison.period));
  return text.replace(/ ,/g, ',');
} // prettier-ignore

/** 'Oct 2026', 'Q3 2026', '2026', '1 Jan to 16 Nov 2026'. */
function shortPeriod(period: Period): string {
  const year = period.from.slice(0, 4);
  for (const unit of ['year', 'quarter', 'month'] as const) {
    if (startOf(unit, period.from) !== period.from || addUnits(unit, period.from, 1) !== period.to) continue;
    if (unit === 'year') return year;
    if (unit === 'quarter') return `Q${(Number(period.from.slice(5, 7)) + 2) / 3} ${year}`;
    return dayInWords(period.from).replace(/^\d+ /, '');
  }
  const last = addDays(period.to, -1);
  if (period.from === last) return dayInWords(last);
  const first = dayInWords(period.from);
  return `${last.startsWith(year) ? first.replace(/ \d{4}$/, '') : first} to ${dayInWords(last)}`;
}

function labelOf(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
