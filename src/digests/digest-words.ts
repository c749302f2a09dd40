import type { Day } from '../domain/day.ts';
import { decimal, negate, toText, tryDecimal } from '../domain/decimal.ts';
import { dayInWords } from '../domain/period.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { PartOfDay } from './compare-parts.ts';
import type { Digest, DigestScope } from './digest.ts';
import { type Compared, type DigestEvidence, type KpiEvidence, shown } from './digest-evidence.ts';
import type { KpiValues } from './read-kpis.ts';

/** The sentences of a digest: what happened on the day, how the month and the year go, who did best and worst. */
export function digestSentences(
  evidence: DigestEvidence,
  of: { day: Day; scope: DigestScope; complete: boolean },
): { headline: string; sentences: string[] } {
  const by = (name: string): KpiEvidence | undefined => evidence.kpis.find((kpi) => kpi.kpi === name);
  const { locale } = evidence;
  const sentences = [
    ...monthSentence(by('revenue') ?? by('orders'), of.day, locale),
    ...returnSentence(by('return_rate'), locale),
    ...partSentences(evidence.parts, of.day, locale),
  ];
  return { headline: headlineOf(evidence, of.day), sentences };
}

function headlineOf(evidence: DigestEvidence, day: Day): string {
  const revenue = evidence.kpis.find((kpi) => kpi.kpi === 'revenue') ?? evidence.kpis[0];
  const orders = evidence.kpis.find((kpi) => kpi.kpi === 'orders' && kpi !== revenue);
  if (!revenue || revenue.value === null) return `There are no figures for ${dayInWords(day)}.`;
  const { locale } = evidence;
  const amount = shown(revenue.value, revenue.unit, locale);
  const from = orders?.value
    ? ` from ${shown(orders.value, orders.unit, locale)} ${plural('order', orders.value)}`
    : '';
  const against = [
    comparedWords(revenue.sameWeekday, revenue, locale, `an average ${weekdayName(day)}`),
    comparedWords(revenue.dayBefore, revenue, locale, 'the day before'),
  ].filter(Boolean);
  return `${revenue.label} on ${weekdayName(day)}, ${dayInWords(day)}, was ${amount}${from}${against.length > 0 ? `: ${against.join(' and ')}` : ''}.`;
}

/** '12.0% more than an average Friday (£6,945)'. */
function comparedWords(compared: Compared | null, kpi: KpiEvidence, locale: Locale, what: string): string {
  if (!compared || compared.change === null) return '';
  return `${changeWords(compared.change, locale)} ${what} (${shown(compared.base, kpi.unit, locale, true)})`;
}

function changeWords(change: string, locale: Locale): string {
  const value = tryDecimal(change) ?? decimal(0);
  if (value.units === 0n) return 'level with';
  const size = formatNumber(toText(value.units < 0n ? negate(value) : value), { kind: 'share' }, locale);
  return `${size} ${value.units < 0n ? 'less' : 'more'} than`;
}

function monthSentence(kpi: KpiEvidence | undefined, day: Day, locale: Locale): string[] {
  if (!kpi?.month) return [];
  const parts = [
    comparedWords(kpi.month.lastMonth, kpi, locale, 'in the same days of last month'),
    comparedWords(kpi.month.lastYear, kpi, locale, 'in the same days of last year'),
  ].filter(Boolean);
  const said = [
    `${monthName(day)} so far: ${shown(kpi.month.value, kpi.unit, locale, true)}${parts.length > 0 ? `, ${parts.join(' and ')}` : ''}.`,
  ];
  const year = kpi.year && comparedWords(kpi.year.lastYear, kpi, locale, 'last year to the same day');
  if (kpi.year && year)
    said.push(`The year so far: ${shown(kpi.year.value, kpi.unit, locale, true)}, ${year}.`);
  return said;
}

/** Returns come later than the sale, so the day's own rate says little yet. */
function returnSentence(kpi: KpiEvidence | undefined, locale: Locale): string[] {
  if (!kpi?.value || !kpi.year || Number(kpi.year.value) === 0) return [];
  return [
    `Return rate of the day's items ${shown(kpi.value, kpi.unit, locale)} so far (returns come later); of all items sold this year ${shown(kpi.year.value, kpi.unit, locale)}.`,
  ];
}

function partSentences(parts: PartOfDay[], day: Day, locale: Locale): string[] {
  return (['branch', 'category'] as const).flatMap((what) => {
    const sorted = parts
      .filter((part) => part.what === what)
      .sort((a, b) => b.actual - b.usual - (a.actual - a.usual));
    if (sorted.length < 2) return [];
    const plus = sorted.filter((part) => part.actual > part.usual).slice(0, 2);
    const minus = sorted
      .filter((part) => part.actual < part.usual)
      .slice(-2)
      .reverse();
    const listed = (some: PartOfDay[]): string => some.map((part) => partWords(part, locale)).join(', ');
    const words = what === 'branch' ? 'branches' : 'categories';
    return [
      ...(plus.length > 0
        ? [`Best ${words} against their average ${weekdayName(day)}: ${listed(plus)}.`]
        : []),
      ...(minus.length > 0 ? [`Weakest: ${listed(minus)}.`] : []),
    ];
  });
}

function partWords(part: PartOfDay, locale: Locale): string {
  const money = (value: number): string =>
    new Intl.NumberFormat(locale.language, {
      style: 'currency',
      currency: locale.currency,
      maximumFractionDigits: 0,
    }).format(value);
  const difference = part.actual - part.usual;
  return `${part.name} ${money(part.actual)} (${difference < 0 ? '-' : '+'}${money(Math.abs(difference))})`;
}

export function tileOf(kpi: KpiValues, _day: Day, evidence: DigestEvidence): Digest['tiles'][number] {
  const held = evidence.kpis.find((each) => each.kpi === kpi.kpi);
  const change = (compared: Compared | null | undefined): string | null =>
    // Returns come later than the sale: the newest day against older ones would always look good.
    compared?.change && kpi.kpi !== 'return_rate'
      ? signed(compared.change, kpi.unit.kind === 'share', evidence.locale)
      : null;
  return {
    kpi: kpi.kpi,
    label: kpi.label,
    value: held?.value ? shown(held.value, kpi.unit, evidence.locale) : 'n/a',
    dayBefore: change(held?.dayBefore),
    sameWeekday: change(held?.sameWeekday),
  };
}

/** '▲ up 12.0%'; for rates '▲ up 1.2 points'. */
function signed(change: string, points: boolean, locale: Locale): string {
  const value = tryDecimal(change) ?? decimal(0);
  const size = formatNumber(toText(value.units < 0n ? negate(value) : value), { kind: 'share' }, locale);
  const words = points ? `${size.replace('%', '')} points` : size;
  return value.units === 0n ? '■ level' : value.units > 0n ? `▲ up ${words}` : `▼ down ${words}`;
}

export function digestText(digest: Omit<Digest, 'text'>): string {
  const lines = [
    digest.title,
    ...digest.warnings.map((warning) => `Attention: ${warning}`),
    '',
    digest.headline,
    '',
    ...digest.tiles.map(
      (tile) =>
        `  ${tile.label}: ${tile.value}${tile.sameWeekday ? ` (${tile.sameWeekday} on the average of this weekday${tile.dayBefore ? `, ${tile.dayBefore} on the day before` : ''})` : ''}`,
    ),
    '',
    ...digest.sentences,
  ];
  if (digest.standsOut.length > 0) {
    lines.push('', 'What stands out:');
    for (const found of digest.standsOut)
      lines.push(`  - ${found.headline}. ${found.sentences.join(' ')}`, `    Ask: ${found.why}?`);
  } else if (digest.complete) lines.push('', 'Nothing else stands out.');
  lines.push('', digest.dataLine);
  return lines.join('\n');
}

export function weekdayName(day: Day): string {
  return named(day, { weekday: 'long' });
}

function monthName(day: Day): string {
  return named(day, { month: 'long' });
}

function named(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function plural(word: string, count: string): string {
  return count === '1' ? word : `${word}s`;
}
