import { describeUnusual } from '../alerts/describe-unusual.ts';
import { findUnusual } from '../alerts/find-unusual.ts';
import { readWatched } from '../alerts/read-watched.ts';
import type { WatchedData } from '../alerts/sales-cells.ts';
import type { Unusual } from '../alerts/unusual.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { Rights } from '../domain/rights.ts';
import { dataStateFor } from '../model/data-facts.ts';
import { formatNumber } from '../questions/format-value.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import { compareParts } from './compare-parts.ts';
import { DIGEST_KPIS, type Digest, type DigestKpi, type DigestScope } from './digest.ts';
import { courseOf } from './digest-course.ts';
import { checkDigest, digestEvidence } from './digest-evidence.ts';
import { digestSentences, digestText, tileOf, weekdayName } from './digest-words.ts';
import { type KpiValues, readKpis } from './read-kpis.ts';
import { wordDigest } from './word-digest.ts';

export type DigestInput = {
  /** Undefined: the last day that is loaded. */
  day?: Day;
  scope: DigestScope;
  kpis?: readonly DigestKpi[];
  /** Of everyone who will read it. */
  rights: Rights;
};

export type DigestNeeds = Pick<
  QuestionNeeds,
  | 'compose'
  | 'vet'
  | 'ensureRights'
  | 'warehouse'
  | 'limits'
  | 'facts'
  | 'clock'
  | 'locale'
  | 'lateFor'
  | 'explainer'
  | 'model'
>;

const MOST_FINDINGS = 3;
const MODEL_NOTE = 'The language model worded a part of this; every figure in it was checked.';

/**
 * A day's message: its KPIs against the day before, eight of the same weekday, the month and the year so far; what
 * stands out; the best and the weakest. What is missing or does not add up is said first. Every figure of its sentences
 * is held against what was read. Errors: those of the warehouse; internal when a sentence is not held.
 */
export async function makeDigest(input: DigestInput, needs: DigestNeeds): Promise<Digest> {
  const facts = await needs.facts();
  const locale = { ...needs.locale, currency: facts.currencies[0] ?? needs.locale.currency };
  const span = facts.days['orders'];
  const day = input.day ?? yesterdayOrLast(span?.last, needs.clock.today());
  const state = dataStateFor(facts, ['orders', 'order_items']);
  const loadedThrough = span?.last ?? null;
  const complete = loadedThrough !== null && loadedThrough >= day;
  const kpis = await readKpis(
    { day, scope: input.scope, kpis: input.kpis ?? DIGEST_KPIS, rights: input.rights },
    needs,
  );
  const watched = await readWatched(day, input.rights, needs);
  const found = complete ? ofScope(findUnusual(watched), input.scope, watched).slice(0, MOST_FINDINGS) : [];
  const parts = complete ? compareParts(input.scope, watched) : [];
  const evidence = digestEvidence(kpis, parts, { day, first: span?.first ?? day, locale });
  const late = (await needs.lateFor?.(['orders', 'order_items', 'refunds'])) ?? [];
  const warnings = [
    ...onlyOf(input.rights, watched.branchNames),
    ...(complete ? [] : [missing(day, loadedThrough)]),
    ...late,
    ...(state.reconciled === 'off'
      ? [
          `The loads do not add up: off by ${formatNumber(state.offBy ?? '0', { kind: 'money' }, locale)} over all checks. See the findings.`,
        ]
      : []),
  ];
  const said = digestSentences(evidence, { day, scope: input.scope, complete });
  checkDigest([said.headline, ...said.sentences], evidence, day);
  const title = titleOf(day, input.scope);
  const ours = [said.headline, ...said.sentences];
  const worded = await wordDigest({ day, title, said: ours, parts, locale, rights: input.rights }, needs);
  const standsOut = found.map((each) => {
    const { headline, sentences, why } = describeUnusual(each, locale);
    return { headline, sentences, why };
  });
  const dataLine = `Data through ${loadedThrough ? dayInWords(loadedThrough) : 'no day yet'}, ${state.reconciled === 'off' ? 'not reconciled' : state.reconciled === 'reconciled' ? 'reconciled' : 'not checked'}.`;
  const digest: Omit<Digest, 'text'> = {
    day,
    scope: input.scope,
    title,
    warnings,
    complete,
    headline: said.headline,
    tiles: kpis.filter(isKnown).map((kpi) => tileOf(kpi, day, evidence)),
    sentences: [...said.sentences, ...worded],
    course: courseOf(kpis, day, title),
    standsOut,
    dataLine: worded.length > 0 ? `${dataLine} ${MODEL_NOTE}` : dataLine,
  };
  return { ...digest, text: digestText(digest) };
}

/** A channel is told what all of its members may see; whoever may see more must know that it is not all. */
function onlyOf({ rowFilters }: Rights, branchNames: ReadonlyMap<string, string>): string[] {
  return Object.entries(rowFilters).map(([column, values]) => {
    const names = values.map((value) => (column === 'branch_id' ? (branchNames.get(value) ?? value) : value));
    const what = column.replace(/_id$/, '').replaceAll('_', ' ');
    return `Only ${what} ${names.join(', ')}: that is what everyone who reads this may see.`;
  });
}

/** A source without returns has no return rate, rather than one of nothing. */
function isKnown(kpi: KpiValues): boolean {
  return kpi.kpi !== 'return_rate' || Number(kpi.yearToDate ?? 0) > 0;
}

/** The last complete day: yesterday, or the last day that is loaded when data ended earlier. */
function yesterdayOrLast(last: Day | undefined, today: Day): Day {
  const yesterday = addDays(today, -1);
  if (!last) return yesterday;
  // Data that ended long ago (a sample, a closed year) has its last day as 'yesterday'; data of these days may be late.
  return daysBetween(last, yesterday) > 14 || last > yesterday
    ? last > yesterday
      ? yesterday
      : last
    : yesterday;
}

function missing(day: Day, through: Day | null): string {
  return through
    ? `${dayInWords(day)} is not loaded yet: the data goes through ${dayInWords(through)}. What follows is not complete.`
    : 'Nothing is loaded yet.';
}

function titleOf(day: Day, scope: DigestScope): string {
  const of =
    scope.kind === 'branch' ? `${scope.name}: ` : scope.kind === 'category' ? `${scope.category}: ` : '';
  return `${of}${weekdayName(day)}, ${dayInWords(day)}`;
}

/** A branch's or category's digest tells what is its own, or the company's. */
function ofScope(found: Unusual[], scope: DigestScope, _data: WatchedData): Unusual[] {
  if (scope.kind === 'company') return found;
  return found.filter(
    ({ slice, level }) =>
      level === 'company' ||
      (scope.kind === 'branch' ? slice.branch === scope.branch : slice.category === scope.category),
  );
}
